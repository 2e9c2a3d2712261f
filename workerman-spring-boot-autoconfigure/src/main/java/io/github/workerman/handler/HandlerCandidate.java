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

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.github.workerman.protocol.PathPattern;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;

/**
 * An annotated method of a bean, before it is bound to a server.
 *
 * @param bean the bean's name
 * @param beanClass the class behind proxies
 * @param method the annotated method
 * @param event what the annotation says it handles
 * @param type the message type, else empty
 * @param errors the exceptions that the annotation names
 * @param order the order among handlers of the same event
 * @param blocking whether it is marked as blocking
 * @param paths the paths of the connections that it is for, the more special ones first;
 * none for all
 */
record HandlerCandidate(String bean, Class<?> beanClass, Method method, HandlerEvent event, String type,
		List<Class<? extends Throwable>> errors, int order, boolean blocking, List<PathPattern> paths) {

	/**
	 * Sets the paths.
	 * @throws HandlerDefinitionException if one of them is none
	 */
	HandlerCandidate withPaths(List<String> paths) {
		try {
			return new HandlerCandidate(this.bean, this.beanClass, this.method, this.event, this.type, this.errors,
					this.order, this.blocking, PathPattern.parse(paths));
		}
		catch (IllegalArgumentException ex) {
			throw problem(HandlerDefinitionException.Problem.ILLEGAL_ANNOTATION,
					where() + " is for the paths '" + String.join("', '", paths) + "': " + ex.getMessage() + ".",
					"Use paths such as /chat, /rooms/{id} or /files/**.");
		}
	}

	String name() {
		return this.bean + "#" + this.method.getName();
	}

	String signature() {
		return this.beanClass.getSimpleName() + "." + call();
	}

	private String call() {
		String parameters = Arrays.stream(this.method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", "));
		return this.method.getName() + "(" + parameters + ")";
	}

	/**
	 * Describes the method in messages.
	 * @return annotation, method and bean
	 */
	String where() {
		return this.event + " method " + signature() + " of bean '" + this.bean + "'";
	}

	MethodParameter parameter(int index) {
		return new MethodParameter(this.method, index).withContainingClass(this.beanClass);
	}

	HandlerDefinitionException.Location location(@Nullable String parameter) {
		return new HandlerDefinitionException.Location(this.bean, this.beanClass.getName() + "." + call(), parameter);
	}

	HandlerDefinitionException problem(HandlerDefinitionException.Problem problem, String description, String action) {
		return problem(problem, null, description, action, List.of());
	}

	HandlerDefinitionException problem(HandlerDefinitionException.Problem problem, @Nullable String parameter,
			String description, String action, List<String> choices) {
		return new HandlerDefinitionException(problem, location(parameter), description, action, choices, null);
	}

}
