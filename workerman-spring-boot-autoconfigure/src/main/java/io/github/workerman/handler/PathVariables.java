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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.workerman.annotation.PathParam;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.handler.HandlerDefinitionException.Problem;
import io.github.workerman.protocol.PathPattern;
import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.ConversionException;

/**
 * The variables of paths that the handlers of a server take as arguments. They are
 * converted when a connection is opened, and found again by their number.
 */
final class PathVariables {

	private final List<Variable> variables = new ArrayList<>();

	boolean isEmpty() {
		return this.variables.isEmpty();
	}

	/**
	 * Provides a parameter, at start-up.
	 * @return a reader, or {@code null} if the parameter is of a type that paths cannot
	 * be converted to
	 * @throws HandlerDefinitionException if there is no such variable
	 */
	@Nullable ArgumentReader resolve(HandlerCandidate candidate, HandlerParameter parameter, PathParam annotation) {
		Class<?> type = parameter.type();
		if (!PathConversion.isPossible(type)) {
			return null;
		}
		String name = name(parameter, annotation);
		List<PathPattern> sources = candidate.paths().isEmpty() ? parameter.settings().paths() : candidate.paths();
		checkName(candidate, parameter, name, sources);
		int number = number(new Variable(candidate.paths(), name, type));
		return (connection, event) -> Objects
			.requireNonNull((ConnectionPath) ((ManagedConnection) connection).attachment())
			.variable(number);
	}

	/**
	 * Checks that the paths of a handler have a variable.
	 * @throws HandlerDefinitionException if one has not
	 */
	static void checkName(HandlerCandidate candidate, HandlerParameter parameter, String name,
			List<PathPattern> sources) {
		for (PathPattern source : sources) {
			if (!source.variables().contains(name)) {
				throw candidate.problem(Problem.ILLEGAL_ANNOTATION, parameter.name(),
						"Parameter '" + parameter.name() + "' of " + candidate.where() + " asks for '{" + name
								+ "}', which path '" + source + "' does not have.",
						"Name one of the path's variables, or give the method the path that has it" + " (path = \"/…/{"
								+ name + "}\").",
						List.copyOf(source.variables()));
			}
		}
	}

	/**
	 * Returns the name of the variable that a parameter asks for.
	 */
	static String name(HandlerParameter parameter, PathParam annotation) {
		return annotation.value().isEmpty() ? parameter.name() : annotation.value();
	}

	private int number(Variable variable) {
		int number = this.variables.indexOf(variable);
		if (number < 0) {
			number = this.variables.size();
			this.variables.add(variable);
		}
		return number;
	}

	/**
	 * Converts the variables of a connection.
	 * @param matched the decoded values by name, by the paths that fit; those of the
	 * server's under an empty list
	 * @return the values, {@code null} for those of paths that do not fit
	 * @throws IllegalArgumentException if a value cannot be converted; names the variable
	 */
	@Nullable Object[] values(Map<List<PathPattern>, Map<String, String>> matched) {
		@Nullable Object[] values = new Object[this.variables.size()];
		for (int i = 0; i < values.length; i++) {
			Variable variable = this.variables.get(i);
			Map<String, String> source = matched.get(variable.paths());
			String value = (source != null) ? source.get(variable.name()) : null;
			if (value != null) {
				try {
					values[i] = PathConversion.convert(value, variable.type());
				}
				catch (ConversionException ex) {
					throw new IllegalArgumentException(variable.name(), ex);
				}
			}
		}
		return values;
	}

	/**
	 * A variable.
	 *
	 * @param paths the patterns that it is of, empty for those of the server
	 * @param name its name
	 * @param type what it is converted to
	 */
	private record Variable(List<PathPattern> paths, String name, Class<?> type) {

	}

}
