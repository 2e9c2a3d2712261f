/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.workerman.handler;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.Supplier;

import io.github.workerman.execution.ExecutionMode;
import io.github.workerman.handler.HandlerDefinitionException.Problem;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.SpringProxy;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Makes a handler method of a candidate: checks that it can be called through the bean's
 * proxy and binds its arguments and its result.
 */
final class HandlerBinder {

	private final ConfigurableListableBeanFactory beanFactory;

	private final HandlerServices services;

	private final ParameterBinder parameters;

	HandlerBinder(ConfigurableListableBeanFactory beanFactory, HandlerServices services) {
		this.beanFactory = beanFactory;
		this.services = services;
		this.parameters = new ParameterBinder(services);
	}

	/**
	 * Returns what the handlers bound so far take from paths.
	 */
	PathVariables pathVariables() {
		return this.parameters.pathVariables();
	}

	HandlerMethod bind(HandlerCandidate candidate, HandlerSettings settings) {
		ParameterBinder.Arguments arguments = this.parameters.bind(candidate, settings);
		ReturnPlan returns = ReturnPlan.of(candidate, this.services.resultHandlers());
		MethodHandle handle = handle(candidate, arguments.readers());
		boolean blocking = !candidate.event().isOfServer()
				&& (candidate.blocking() || settings.execution() == ExecutionMode.BLOCKING);
		return new HandlerMethod(candidate, settings, arguments.payload(), returns, blocking, handle);
	}

	private MethodHandle handle(HandlerCandidate candidate, List<ArgumentReader> readers) {
		if (this.beanFactory.isSingleton(candidate.bean())) {
			Object bean = this.beanFactory.getBean(candidate.bean());
			return CallBinder.bind(invocable(candidate, bean.getClass()), bean, readers);
		}
		// Whether a proxy hides the method shows only when there is an instance.
		Method method = invocable(candidate, this.beanFactory.getType(candidate.bean()));
		return CallBinder.bind(method, (Supplier<Object>) () -> instance(candidate, method), readers);
	}

	private Object instance(HandlerCandidate candidate, Method method) {
		Object bean = this.beanFactory.getBean(candidate.bean());
		if (!method.getDeclaringClass().isInstance(bean)) {
			throw hidden(candidate, bean.getClass(), null);
		}
		return bean;
	}

	private Method invocable(HandlerCandidate candidate, @Nullable Class<?> type) {
		if (type == null) {
			return candidate.method();
		}
		Method method;
		try {
			method = AopUtils.selectInvocableMethod(candidate.method(), type);
		}
		catch (IllegalStateException ex) {
			throw hidden(candidate, type, ex);
		}
		boolean proxied = SpringProxy.class.isAssignableFrom(type);
		if (proxied && Modifier.isFinal(method.getModifiers()) && !Modifier.isStatic(method.getModifiers())
				&& !type.isInterface() && !java.lang.reflect.Proxy.isProxyClass(type)) {
			throw hidden(candidate, type, null);
		}
		return method;
	}

	private static HandlerDefinitionException hidden(HandlerCandidate candidate, Class<?> proxy,
			@Nullable Throwable cause) {
		boolean ofInterfaces = java.lang.reflect.Proxy.isProxyClass(proxy);
		String modifier = Modifier.isPrivate(candidate.method().getModifiers()) ? "private" : "final";
		String description = "The proxy of bean '" + candidate.bean() + "' hides " + candidate.where()
				+ (ofInterfaces ? ": it is a JDK proxy and none of its interfaces has the method."
						: ": the method is " + modifier + ", so that it would run on the proxy itself.");
		String action = ofInterfaces
				? "Declare the method in an interface of the class, or have the class proxied instead of its interfaces"
						+ " (proxyTargetClass=true)."
				: "Remove '" + modifier + "' from the method.";
		return new HandlerDefinitionException(Problem.HIDDEN_BY_PROXY, candidate.location(null), description, action,
				List.of(), cause);
	}

}
