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
import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;

/**
 * A parameter of a handler method.
 */
public final class HandlerParameter {

	private final HandlerEvent event;

	private final HandlerSettings settings;

	private final MethodParameter parameter;

	HandlerParameter(HandlerEvent event, HandlerSettings settings, MethodParameter parameter) {
		this.event = event;
		this.settings = settings;
		this.parameter = parameter;
	}

	/**
	 * Returns what the method handles.
	 * @return the event
	 */
	public HandlerEvent event() {
		return this.event;
	}

	/**
	 * Returns the server that the method is bound for.
	 * @return the server's settings
	 */
	public HandlerSettings settings() {
		return this.settings;
	}

	/**
	 * Returns the parameter's class.
	 * @return the class, type variables resolved
	 */
	public Class<?> type() {
		return this.parameter.getParameterType();
	}

	/**
	 * Returns the parameter's type with its type arguments.
	 * @return the type, type variables resolved where the bean's class tells them
	 */
	public Type genericType() {
		return GenericTypeResolver.resolveType(this.parameter.getGenericParameterType(),
				this.parameter.getContainingClass());
	}

	/**
	 * Returns the parameter's name.
	 * @return the name, or {@code arg0} and so on where the class was compiled without
	 * {@code -parameters}
	 */
	public String name() {
		String name = this.parameter.getParameterName();
		return (name != null) ? name : "arg" + this.parameter.getParameterIndex();
	}

	/**
	 * Finds an annotation of the parameter.
	 * @param <A> the annotation's type
	 * @param type the annotation's type
	 * @return the annotation, or {@code null}
	 */
	public <A extends Annotation> @Nullable A annotation(Class<A> type) {
		return this.parameter.getParameterAnnotation(type);
	}

	/**
	 * Returns the annotations of the parameter.
	 * @return the annotations, possibly none
	 */
	public Annotation[] annotations() {
		return this.parameter.getParameterAnnotations();
	}

	/**
	 * Tells whether {@code null} is a legal value.
	 * @return whether the parameter is marked as nullable
	 */
	public boolean isNullable() {
		return this.parameter.isOptional();
	}

}
