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

import java.util.regex.Pattern;

/**
 * What may be in a header field of a response (RFC 9110 section 5).
 */
final class HeaderSyntax {

	private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

	private HeaderSyntax() {
	}

	static void checkName(String name) {
		if (!TOKEN.matcher(name).matches()) {
			throw new IllegalArgumentException("'" + name + "' cannot be the name of a header field or cookie");
		}
	}

	static void checkValue(String value) {
		for (int i = 0; i < value.length(); i++) {
			char character = value.charAt(i);
			if ((character < ' ' && character != '\t') || character == 0x7F || character > 0xFF) {
				throw new IllegalArgumentException("The value of a header field holds the character U+%04X at index %d"
					.formatted((int) character, i));
			}
		}
	}

}
