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

package io.github.workerman.protocol;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A path with variables. A segment <code>{name}</code> takes any segment that is not
 * empty, {@code **} at the end any number of further ones, <code>{*name}</code> at the
 * end too and names them; everything else takes what is equal to it once percent-decoded.
 * Immutable.
 */
public final class PathPattern implements Comparable<PathPattern> {

	private final String text;

	private final String[] segments;

	/* The name of what takes the rest, empty if it has none, null if there is no such. */
	private final @Nullable String rest;

	private final boolean literal;

	private final Set<String> variables;

	/**
	 * Parses a pattern.
	 * @param text the path, beginning with a slash
	 * @throws IllegalArgumentException if it is none
	 */
	public PathPattern(String text) {
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
		this.variables = Collections.unmodifiableSet(names());
	}

	private Set<String> names() {
		Set<String> names = new LinkedHashSet<>();
		for (String segment : this.segments) {
			if (isVariable(segment) ? segment.length() < 3 || segment.charAt(1) == '*' || !names.add(name(segment))
					: segment.indexOf('{') >= 0 || segment.indexOf('*') >= 0 || segment.indexOf('?') >= 0) {
				throw new IllegalArgumentException("'" + segment
						+ "' is neither plain nor a variable such as {name}, or occurs twice; '**' and '{*name}' come last");
			}
		}
		if (this.rest != null && !this.rest.isEmpty() && !names.add(this.rest)) {
			throw new IllegalArgumentException("'{*" + this.rest + "}' has the name of another variable");
		}
		return names;
	}

	private static String name(String variable) {
		return variable.substring(1, variable.length() - 1);
	}

	/**
	 * Parses patterns.
	 * @param texts the paths
	 * @return the patterns, each once, the more special ones first
	 * @throws IllegalArgumentException if one of them is none
	 */
	public static List<PathPattern> parse(Collection<String> texts) {
		return texts.stream().distinct().map(PathPattern::new).sorted().toList();
	}

	private static boolean isVariable(String segment) {
		return segment.startsWith("{") && segment.endsWith("}");
	}

	/**
	 * Tells whether only one path fits.
	 * @return whether there are no variables
	 */
	public boolean isLiteral() {
		return this.literal;
	}

	/**
	 * Returns the names of the variables.
	 * @return the names in order, none for those without one
	 */
	public Set<String> variables() {
		return this.variables;
	}

	/**
	 * Takes a path apart.
	 * @param path the path without query, beginning with a slash, still encoded
	 * @return its segments, still encoded
	 */
	public static List<String> segments(String path) {
		return List.of(path.substring(1).split("/", -1));
	}

	/**
	 * Matches a path.
	 * @param path the segments, still encoded
	 * @return the decoded variables, or {@code null} if the path does not fit
	 * @throws IllegalArgumentException if the path cannot be decoded
	 */
	public @Nullable Map<String, String> match(List<String> path) {
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
				variables.put(name(segment), value);
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

	/**
	 * Tells whether there are paths that fit this pattern and another one.
	 * @param other the other pattern
	 * @return whether there is at least one
	 */
	public boolean overlaps(PathPattern other) {
		int length = this.segments.length;
		int otherLength = other.segments.length;
		if ((length < otherLength && this.rest == null) || (otherLength < length && other.rest == null)) {
			return false;
		}
		for (int i = 0; i < Math.min(length, otherLength); i++) {
			if (!overlap(this.segments[i], other.segments[i])) {
				return false;
			}
		}
		return true;
	}

	private static boolean overlap(String one, String other) {
		if (isVariable(one) || isVariable(other)) {
			return !one.isEmpty() && !other.isEmpty();
		}
		return one.equals(other);
	}

	private static String decode(String encoded) {
		return (encoded.indexOf('%') < 0) ? encoded
				: URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

	/**
	 * Describes which paths fit: the same for patterns that differ in the names of
	 * variables only.
	 * @return the pattern without names
	 */
	public String shape() {
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
