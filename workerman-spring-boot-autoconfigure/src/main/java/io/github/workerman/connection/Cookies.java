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

package io.github.workerman.connection;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads the cookies of a request (RFC 6265 section 5.4), as leniently as all others do.
 */
public final class Cookies {

	private Cookies() {
	}

	/**
	 * Returns the value of a cookie.
	 * @param fields the values of the header fields {@code Cookie}
	 * @param name the cookie's name
	 * @return the first value of that name, percent-decoded and without quotation marks
	 * around it, or {@code null}
	 */
	public static @Nullable String first(List<String> fields, String name) {
		for (String field : fields) {
			for (String pair : field.split(";")) {
				if (isNamed(pair, name)) {
					return value(pair);
				}
			}
		}
		return null;
	}

	/**
	 * Returns the values of all cookies of a name, as there are some when several sites
	 * of a domain have set one.
	 * @param fields the values of the header fields {@code Cookie}
	 * @param name the cookies' name
	 * @return the values in the order of the request, percent-decoded and without
	 * quotation marks around them
	 */
	public static List<String> all(List<String> fields, String name) {
		List<String> values = new ArrayList<>(1);
		for (String field : fields) {
			for (String pair : field.split(";")) {
				if (isNamed(pair, name)) {
					values.add(value(pair));
				}
			}
		}
		return values;
	}

	private static boolean isNamed(String pair, String name) {
		int equals = pair.indexOf('=');
		return equals > 0 && pair.substring(0, equals).strip().equals(name);
	}

	private static String value(String pair) {
		String value = pair.substring(pair.indexOf('=') + 1).strip();
		boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
		return decode(quoted ? value.substring(1, value.length() - 1) : value);
	}

	/* A stray percent sign is what it is, and so is a plus sign. */
	private static String decode(String value) {
		if (value.indexOf('%') < 0) {
			return value;
		}
		try {
			return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return value;
		}
	}

}
