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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * An element of the field {@code Forwarded} (RFC 7239 section 4).
 *
 * @param node what {@code for} says, empty if it is missing
 * @param proto what {@code proto} says
 * @param host what {@code host} says
 */
record ForwardedElement(String node, @Nullable String proto, @Nullable String host) {

	/**
	 * Reads the elements of a field that may come several times.
	 * @param fields the values, each of which is read for itself
	 * @return the elements
	 * @throws IllegalArgumentException if a quoted string does not end: what a proxy has
	 * added behind it would be part of it
	 */
	static List<ForwardedElement> parse(List<String> fields) {
		List<ForwardedElement> elements = new ArrayList<>();
		for (String field : fields) {
			if (!field.isBlank()) {
				for (String element : split(field, ',')) {
					elements.add(parseElement(element));
				}
			}
		}
		return elements;
	}

	private static ForwardedElement parseElement(String text) {
		String node = "";
		String proto = null;
		String host = null;
		for (String pair : split(text, ';')) {
			int equals = pair.indexOf('=');
			String name = (equals < 0) ? "" : pair.substring(0, equals).strip().toLowerCase(Locale.ROOT);
			String value = unquote(pair.substring(equals + 1).strip());
			switch (name) {
				case "for" -> node = value;
				case "proto" -> proto = value;
				case "host" -> host = value;
				default -> {
					// of no interest here
				}
			}
		}
		return new ForwardedElement(node, proto, host);
	}

	/**
	 * Splits at a separator outside of quoted strings.
	 */
	private static List<String> split(String text, char separator) {
		List<String> parts = new ArrayList<>();
		boolean quoted = false;
		boolean escaped = false;
		int from = 0;
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (escaped) {
				escaped = false;
			}
			else if (character == '"') {
				quoted = !quoted;
			}
			else if (quoted && character == '\\') {
				escaped = true;
			}
			else if (!quoted && character == separator) {
				parts.add(text.substring(from, i));
				from = i + 1;
			}
		}
		if (quoted) {
			throw new IllegalArgumentException("a quoted string in Forwarded does not end");
		}
		parts.add(text.substring(from));
		return parts;
	}

	private static String unquote(String value) {
		boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
		return quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
	}

}
