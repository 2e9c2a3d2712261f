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

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A path with variables, as {@link io.github.workerman.annotation.OnRequest} explains.
 */
final class PathPattern implements Comparable<PathPattern> {

	private final String text;

	private final String[] segments;

	/* The name of what takes the rest, empty if it has none, null if there is no such. */
	private final @Nullable String rest;

	private final boolean literal;

	/**
	 * Parses a pattern.
	 * @throws IllegalArgumentException if it is none
	 */
	PathPattern(String text) {
		this.text = text;
		if (!text.startsWith("/")) {
			throw new IllegalArgumentException("A path begins with a slash");
		}
		String[] parts = text.substring(1).split("/", -1);
		String last = parts[parts.length - 1];
		if (last.equals("**")) {
			this.rest = "";
		}
		else {
			this.rest = (last.startsWith("{*") && last.endsWith("}")) ? last.substring(2, last.length() - 1) : null;
		}
		this.segments = (this.rest != null) ? Arrays.copyOf(parts, parts.length - 1) : parts;
		this.literal = this.rest == null && Arrays.stream(parts).noneMatch(PathPattern::isVariable);
		check();
	}

	private void check() {
		Set<String> names = new HashSet<>();
		for (String segment : this.segments) {
			if (isVariable(segment) ? !names.add(segment) || segment.length() < 3
					: segment.indexOf('{') >= 0 || segment.indexOf('*') >= 0 || segment.indexOf('?') >= 0) {
				throw new IllegalArgumentException("'" + segment
						+ "' is neither plain nor a variable such as {name}, or occurs twice; '**' and '{*name}' come last");
			}
		}
	}

	private static boolean isVariable(String segment) {
		return segment.startsWith("{") && segment.endsWith("}");
	}

	/**
	 * Tells whether only one path fits.
	 */
	boolean isLiteral() {
		return this.literal;
	}

	/**
	 * Matches a path.
	 * @param path the segments, still encoded
	 * @return the variables, or {@code null} if the path does not fit
	 */
	@Nullable Map<String, String> match(List<String> path) {
		int length = this.segments.length;
		if ((this.rest != null) ? path.size() < length : path.size() != length) {
			return null;
		}
		Map<String, String> variables = new HashMap<>();
		for (int i = 0; i < length; i++) {
			String segment = this.segments[i];
			String value = decode(path.get(i));
			if (isVariable(segment)) {
				if (value.isEmpty()) {
					return null;
				}
				variables.put(segment.substring(1, segment.length() - 1), value);
			}
			else if (!segment.equals(value)) {
				return null;
			}
		}
		if (this.rest != null && !this.rest.isEmpty()) {
			variables.put(this.rest, decode(String.join("/", path.subList(length, path.size()))));
		}
		return variables;
	}

	static String decode(String encoded) {
		return (encoded.indexOf('%') < 0) ? encoded
				: URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

	/**
	 * Names of variables make no difference.
	 */
	String shape() {
		StringBuilder shape = new StringBuilder();
		for (String segment : this.segments) {
			shape.append('/').append(isVariable(segment) ? "{}" : segment);
		}
		return (this.rest != null) ? shape.append("/**").toString() : shape.toString();
	}

	/**
	 * The more special pattern comes first.
	 */
	@Override
	public int compareTo(PathPattern other) {
		int common = Math.min(this.segments.length, other.segments.length);
		for (int i = 0; i < common; i++) {
			int result = Boolean.compare(isVariable(this.segments[i]), isVariable(other.segments[i]));
			if (result != 0) {
				return result;
			}
		}
		int result = Boolean.compare(this.rest != null, other.rest != null);
		return (result != 0) ? result : Integer.compare(other.segments.length, this.segments.length);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof PathPattern pattern && pattern.text.equals(this.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	@Override
	public String toString() {
		return this.text;
	}

}
