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

package io.github.workerman.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The arguments of a program, given as {@code --name value}.
 */
public final class Arguments {

	private final Map<String, String> values;

	private Arguments(Map<String, String> values) {
		this.values = values;
	}

	/**
	 * Reads the arguments.
	 * @param args pairs of {@code --name} and value
	 * @param known the names that the program knows
	 * @return the arguments
	 * @throws IllegalArgumentException if a name is not known or has no value
	 */
	public static Arguments parse(String[] args, Set<String> known) {
		Map<String, String> values = new LinkedHashMap<>();
		for (int i = 0; i < args.length; i += 2) {
			String name = args[i].startsWith("--") ? args[i].substring(2) : args[i];
			if (!args[i].startsWith("--") || !known.contains(name)) {
				throw new IllegalArgumentException("Unknown argument '%s'. Known: %s".formatted(args[i],
						known.stream().sorted().map((each) -> "--" + each).collect(Collectors.joining(", "))));
			}
			if (i + 1 == args.length) {
				throw new IllegalArgumentException("Argument '--%s' has no value".formatted(name));
			}
			values.put(name, args[i + 1]);
		}
		return new Arguments(values);
	}

	/**
	 * Returns a text.
	 * @param name the name without dashes
	 * @return the value or {@code null} if it is not given
	 */
	public @Nullable String text(String name) {
		return this.values.get(name);
	}

	/**
	 * Returns a text.
	 * @param name the name without dashes
	 * @param fallback the value if it is not given
	 * @return the value
	 */
	public String text(String name, String fallback) {
		return this.values.getOrDefault(name, fallback);
	}

	/**
	 * Returns a whole number that is not negative.
	 * @param name the name without dashes
	 * @param fallback the value if it is not given
	 * @return the value
	 * @throws IllegalArgumentException if the value is not such a number
	 */
	public int number(String name, int fallback) {
		String value = this.values.get(name);
		if (value == null) {
			return fallback;
		}
		try {
			return Integer.parseUnsignedInt(value);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("'--%s %s' is not a whole number".formatted(name, value), ex);
		}
	}

	/**
	 * Returns seconds as nanoseconds.
	 * @param name the name without dashes
	 * @param fallback the seconds if it is not given
	 * @return nanoseconds
	 * @throws IllegalArgumentException if the value is not a number
	 */
	public long seconds(String name, double fallback) {
		String value = this.values.get(name);
		try {
			return (long) ((value != null ? Double.parseDouble(value) : fallback) * 1e9);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("'--%s %s' is not a number of seconds".formatted(name, value), ex);
		}
	}

	/**
	 * Returns one of several choices.
	 * @param <E> the choices
	 * @param name the name without dashes
	 * @param fallback the value if it is not given
	 * @return the value
	 * @throws IllegalArgumentException if the value is none of the choices
	 */
	public <E extends Enum<E>> E choice(String name, E fallback) {
		String value = this.values.get(name);
		return (value != null) ? choice(name, value, fallback.getDeclaringClass()) : fallback;
	}

	/**
	 * Finds a choice by its name in lower case.
	 * @param <E> the choices
	 * @param name the name of the argument without dashes, for the error message
	 * @param value the value
	 * @param type the choices
	 * @return the choice
	 * @throws IllegalArgumentException if the value is none of the choices
	 */
	public static <E extends Enum<E>> E choice(String name, String value, Class<E> type) {
		for (E candidate : type.getEnumConstants()) {
			if (candidate.name().equalsIgnoreCase(value.replace('-', '_'))) {
				return candidate;
			}
		}
		throw new IllegalArgumentException("'--%s %s' is not known. Known: %s".formatted(name, value,
				Arrays.stream(type.getEnumConstants())
					.map((each) -> each.name().toLowerCase(Locale.ROOT))
					.collect(Collectors.joining(", "))));
	}

}
