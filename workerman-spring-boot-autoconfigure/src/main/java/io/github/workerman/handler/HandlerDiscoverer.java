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

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.workerman.annotation.Blocking;
import io.github.workerman.annotation.OnError;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.annotation.WorkermanHandler;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.Order;
import org.springframework.core.annotation.OrderUtils;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/**
 * Finds the beans with handler methods by their types, so that no bean is created for it.
 */
final class HandlerDiscoverer {

	private static final Log logger = LogFactory.getLog(HandlerDiscoverer.class);

	private static final List<Class<? extends Annotation>> ANNOTATIONS = Arrays.stream(HandlerEvent.values())
		.<Class<? extends Annotation>>map(HandlerEvent::annotation)
		.toList();

	private final ConfigurableListableBeanFactory beanFactory;

	HandlerDiscoverer(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	List<HandlerBean> discover() {
		List<HandlerBean> beans = new ArrayList<>();
		for (String name : this.beanFactory.getBeanNamesForType(Object.class)) {
			if (!ScopedProxyUtils.isScopedTarget(name)) {
				Class<?> type = targetType(name);
				if (type != null) {
					HandlerBean bean = inspect(name, type);
					if (bean != null) {
						beans.add(bean);
					}
				}
			}
		}
		return beans;
	}

	private @Nullable Class<?> targetType(String name) {
		try {
			Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, name);
			if (type != null && ScopedObject.class.isAssignableFrom(type)) {
				Class<?> target = AutoProxyUtils.determineTargetClass(this.beanFactory,
						ScopedProxyUtils.getTargetBeanName(name));
				type = (target != null) ? target : type;
			}
			return (type != null) ? ClassUtils.getUserClass(type) : null;
		}
		catch (RuntimeException ex) {
			// The type of a lazy bean may not be known before it is created.
			logger.debug("Cannot tell the type of bean '" + name + "', so that it cannot be a handler", ex);
			return null;
		}
	}

	private @Nullable HandlerBean inspect(String name, Class<?> type) {
		if (isSpringClass(type) || !AnnotationUtils.isCandidateClass(type, ANNOTATIONS)) {
			return null;
		}
		WorkermanHandler annotation = AnnotatedElementUtils.findMergedAnnotation(type, WorkermanHandler.class);
		Map<Method, List<HandlerCandidate>> methods = MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<List<HandlerCandidate>>) (method) -> candidates(name, type, method));
		if (methods.isEmpty() && annotation == null) {
			return null;
		}
		List<HandlerCandidate> candidates = new ArrayList<>();
		methods.values().forEach(candidates::addAll);
		// Reflection lists methods in no particular order.
		candidates.sort(Comparator.comparing(HandlerCandidate::signature));
		Set<String> servers = (annotation != null) ? new LinkedHashSet<>(Arrays.asList(annotation.value())) : Set.of();
		return new HandlerBean(name, type, servers, List.copyOf(candidates));
	}

	private @Nullable List<HandlerCandidate> candidates(String name, Class<?> type, Method method) {
		List<HandlerCandidate> candidates = new ArrayList<>();
		for (HandlerEvent event : HandlerEvent.values()) {
			Annotation annotation = AnnotatedElementUtils.findMergedAnnotation(method, event.annotation());
			if (annotation != null) {
				String messageType = type(annotation);
				List<Class<? extends Throwable>> errors = (annotation instanceof OnError onError)
						? List.of(onError.value()) : List.of();
				candidates.add(new HandlerCandidate(name, type, method, event, messageType, errors, order(type, method),
						isBlocking(type, method), List.of())
					.withPaths(paths(type, annotation)));
			}
		}
		return candidates.isEmpty() ? null : candidates;
	}

	private static String type(Annotation annotation) {
		if (annotation instanceof OnRequest onRequest) {
			return HttpRoute.describe(onRequest);
		}
		return (annotation instanceof OnMessage onMessage) ? onMessage.value() : "";
	}

	/*
	 * Annotations of what does not happen to a connection have no such attribute, that of
	 * requests is another one.
	 */
	private static List<String> paths(Class<?> type, Annotation annotation) {
		if (!(AnnotationUtils.getValue(annotation, "path") instanceof String[] paths)) {
			return List.of();
		}
		WorkermanHandler handler = AnnotatedElementUtils.findMergedAnnotation(type, WorkermanHandler.class);
		return List.of((paths.length == 0 && handler != null) ? handler.path() : paths);
	}

	private static int order(Class<?> type, Method method) {
		Order order = AnnotatedElementUtils.findMergedAnnotation(method, Order.class);
		return (order != null) ? order.value() : OrderUtils.getOrder(type, Ordered.LOWEST_PRECEDENCE);
	}

	private static boolean isBlocking(Class<?> type, Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, Blocking.class)
				|| AnnotatedElementUtils.hasAnnotation(type, Blocking.class);
	}

	private static boolean isSpringClass(Class<?> type) {
		return type.getName().startsWith("org.springframework.")
				&& !AnnotatedElementUtils.isAnnotated(type, Component.class);
	}

}
