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

package io.github.workerman.transport.http;

/**
 * The kinds of bytes that a head is made of (RFC 9110 section 5.6), and what is asked of
 * a few in a row.
 */
final class HttpBytes {

	private static final boolean[] TOKEN = new boolean[128];

	static {
		for (char character : "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			.toCharArray()) {
			TOKEN[character] = true;
		}
	}

	private HttpBytes() {
	}

	static boolean isToken(byte value) {
		return value >= 0 && TOKEN[value];
	}

	static boolean isDigit(byte value) {
		return value >= '0' && value <= '9';
	}

	static boolean isBlank(byte value) {
		return value == ' ' || value == '\t';
	}

	static boolean isControl(byte value) {
		return (value >= 0 && value < ' ' && value != '\t') || value == 0x7F;
	}

	/**
	 * Returns the value of a hexadecimal digit.
	 * @return the value, -1 if it is none
	 */
	static int hex(byte value) {
		return Character.digit(value, 16);
	}

	/**
	 * Returns where the blanks end that bytes begin with.
	 */
	static int skipBlanks(byte[] bytes, int from, int to) {
		int i = from;
		while (i < to && isBlank(bytes[i])) {
			i++;
		}
		return i;
	}

	/**
	 * Returns where the blanks begin that bytes end with.
	 */
	static int skipBlanksBack(byte[] bytes, int from, int to) {
		int i = to;
		while (i > from && isBlank(bytes[i - 1])) {
			i--;
		}
		return i;
	}

	/**
	 * Tells whether bytes are some text, in whatever case.
	 */
	static boolean isAscii(byte[] bytes, int from, int to, String lowerCase) {
		return to - from == lowerCase.length() && isAsciiPrefix(bytes, from, to, lowerCase);
	}

	/**
	 * Tells whether some text, in whatever case, is an element of a list (RFC 9110
	 * section 5.6.1).
	 */
	static boolean lists(byte[] bytes, int from, int to, String lowerCase) {
		int start = from;
		while (start <= to) {
			int end = start;
			while (end < to && bytes[end] != ',') {
				end++;
			}
			int first = skipBlanks(bytes, start, end);
			if (isAscii(bytes, first, skipBlanksBack(bytes, first, end), lowerCase)) {
				return true;
			}
			start = end + 1;
		}
		return false;
	}

	/**
	 * Tells whether bytes begin with some text, in whatever case.
	 */
	static boolean isAsciiPrefix(byte[] bytes, int from, int to, String lowerCase) {
		if (to - from < lowerCase.length()) {
			return false;
		}
		for (int i = 0; i < lowerCase.length(); i++) {
			byte value = bytes[from + i];
			if (((value >= 'A' && value <= 'Z') ? value + 32 : value) != lowerCase.charAt(i)) {
				return false;
			}
		}
		return true;
	}

}
