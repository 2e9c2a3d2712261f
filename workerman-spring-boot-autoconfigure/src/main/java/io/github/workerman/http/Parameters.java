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

package io.github.workerman.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query or the fields of a form. Immutable.
 */
public final class Parameters {

	/** A body of short names would else take many times its size. */
	private static final int MOST = 10_000;

	/** No parameters. */
	public static final Parameters NONE = new Parameters(Map.of());

	private final Map<String, List<String>> values;

	private Parameters(Map<String, List<String>> values) {
		this.values = values;
	}

	/**
	 * Takes values over.
	 * @param values the values by name, in order
	 * @return the parameters
	 */
	public static Parameters of(Map<String, List<String>> values) {
		Map<String, List<String>> copy = new LinkedHashMap<>();
		values.forEach((name, list) -> copy.put(name, List.copyOf(list)));
		return new Parameters(Collections.unmodifiableMap(copy));
	}

	/**
	 * Decodes parameters.
	 * @param encoded {@code a=1&b=2}, as in a query and in
	 * {@code application/x-www-form-urlencoded}; a stray percent sign is left as it is
	 * @return the parameters
	 * @throws HttpException 400 if there are more than 10000
	 */
	public static Parameters parse(String encoded) {
		if (encoded.isEmpty()) {
			return NONE;
		}
		Map<String, List<String>> values = new LinkedHashMap<>();
		int start = 0;
		int count = 0;
		while (start <= encoded.length()) {
			int end = encoded.indexOf('&', start);
			end = (end < 0) ? encoded.length() : end;
			if (end > start) {
				if (++count > MOST) {
					throw new HttpException(400, "More than " + MOST + " parameters");
				}
				int equals = encoded.indexOf('=', start);
				boolean named = equals >= 0 && equals < end;
				String name = decode(encoded.substring(start, named ? equals : end));
				String value = named ? decode(encoded.substring(equals + 1, end)) : "";
				values.computeIfAbsent(name, (key) -> new ArrayList<>(1)).add(value);
			}
			start = end + 1;
		}
		values.replaceAll((name, list) -> Collections.unmodifiableList(list));
		return new Parameters(Collections.unmodifiableMap(values));
	}

	private static String decode(String encoded) {
		if (encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0) {
			return encoded;
		}
		try {
			return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			// A stray percent sign; it is for the application to say what it means.
			return encoded;
		}
	}

	/**
	 * Returns the first value.
	 * @param name the name
	 * @return the value, or {@code null}
	 */
	public @Nullable String first(String name) {
		List<String> list = this.values.get(name);
		return (list != null) ? list.get(0) : null;
	}

	/**
	 * Returns all values of a name.
	 * @param name the name
	 * @return the values in order, possibly none
	 */
	public List<String> all(String name) {
		return this.values.getOrDefault(name, List.of());
	}

	/**
	 * Returns the names.
	 * @return the names in order
	 */
	public Set<String> names() {
		return this.values.keySet();
	}

	/**
	 * Tells whether there is none.
	 * @return whether there is none
	 */
	public boolean isEmpty() {
		return this.values.isEmpty();
	}

	/**
	 * Returns all values.
	 * @return the values by name, in order
	 */
	public Map<String, List<String>> asMap() {
		return this.values;
	}

	/**
	 * Reads brackets in names as PHP does: {@code a[b]=c} is a map in a map,
	 * {@code a[]=x&a[]=y} a list. Of plain names the last value counts.
	 * @return strings, lists of these and maps of these, by name
	 */
	public Map<String, Object> nested() {
		NestedParameters nested = new NestedParameters();
		this.values.forEach((name, list) -> list.forEach((value) -> nested.put(name, value)));
		return nested.toMap();
	}

	@Override
	public String toString() {
		return this.values.toString();
	}

}
