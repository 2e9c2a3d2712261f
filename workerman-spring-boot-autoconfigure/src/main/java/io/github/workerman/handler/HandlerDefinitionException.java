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

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A handler method is not what it should be, found when the application starts. The
 * message says what and where, {@link #action()} what to do about it.
 */
public class HandlerDefinitionException extends RuntimeException {

	private final Problem problem;

	private final String action;

	private final Location location;

	private final List<String> choices;

	HandlerDefinitionException(Problem problem, Location location, String description, String action,
			List<String> choices, @Nullable Throwable cause) {
		super(description, cause);
		this.problem = problem;
		this.location = location;
		this.action = action;
		this.choices = List.copyOf(choices);
	}

	/**
	 * Returns what is wrong in general.
	 * @return the problem
	 */
	public Problem problem() {
		return this.problem;
	}

	/**
	 * Returns what to do about it.
	 * @return one or a few sentences
	 */
	public String action() {
		return this.action;
	}

	/**
	 * Returns the name of the bean.
	 * @return the bean's name
	 */
	public String bean() {
		return this.location.bean();
	}

	/**
	 * Returns the method.
	 * @return the method with its class and the types of its parameters
	 */
	public String method() {
		return this.location.method();
	}

	/**
	 * Returns the parameter.
	 * @return the parameter's name or index, or {@code null} if it is not about one
	 */
	public @Nullable String parameter() {
		return this.location.parameter();
	}

	/**
	 * Returns what would be legal.
	 * @return the choices, possibly none
	 */
	public List<String> choices() {
		return this.choices;
	}

	/**
	 * What can be wrong with a handler method.
	 */
	public enum Problem {

		/** Nothing can provide a parameter. */
		UNRESOLVABLE_PARAMETER,

		/** More than one thing could be meant by a parameter. */
		AMBIGUOUS_PARAMETER,

		/** Two message handlers take the same type and kind on one server. */
		DUPLICATE_HANDLER,

		/** A proxy does not show the method. */
		HIDDEN_BY_PROXY,

		/** The return type is not one that the event allows. */
		ILLEGAL_RETURN_TYPE,

		/** A parameter is to be validated and nothing can do that. */
		NO_VALIDATOR,

		/** No server accepts connections at a path that the annotation names. */
		PATH_NOT_SERVED,

		/** No server that the bean names has a protocol with the event. */
		NEVER_CALLED,

		/** The annotation's values contradict the method. */
		ILLEGAL_ANNOTATION

	}

	/**
	 * Where a problem is.
	 *
	 * @param bean the bean's name
	 * @param method the method with its class and parameter types
	 * @param parameter the parameter, or {@code null}
	 */
	record Location(String bean, String method, @Nullable String parameter) {

	}

}
