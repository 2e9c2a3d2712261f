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

package io.github.workerman.protocol.websocket;

import java.nio.charset.StandardCharsets;

import io.github.workerman.protocol.HandshakeException;

/**
 * Walks over the header fields of a request (RFC 9112 section 5), which stay bytes.
 */
final class HeaderFields {

	private static final boolean[] TOKEN = new boolean[128];

	static {
		for (char character : "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			.toCharArray()) {
			TOKEN[character] = true;
		}
	}

	private HeaderFields() {
	}

	/**
	 * Takes a field.
	 */
	@FunctionalInterface
	interface Visitor {

		/**
		 * Takes a field.
		 * @param name the name
		 * @param value the value without white space around it
		 */
		void field(Slice name, Slice value);

	}

	/**
	 * A part of the head.
	 *
	 * @param head the head
	 * @param from where the part begins
	 * @param to where the part ends, exclusive
	 */
	record Slice(byte[] head, int from, int to) {

		/**
		 * Tells whether the part is a text, no matter in what case.
		 * @param lowerCase the text in lower case, ASCII only
		 * @return whether they are the same
		 */
		boolean is(String lowerCase) {
			int length = lowerCase.length();
			if (this.to - this.from != length) {
				return false;
			}
			for (int i = 0; i < length; i++) {
				if (toLowerCase(this.head[this.from + i]) != lowerCase.charAt(i)) {
					return false;
				}
			}
			return true;
		}

		private static int toLowerCase(byte ascii) {
			return (ascii >= 'A' && ascii <= 'Z') ? ascii + ('a' - 'A') : ascii;
		}

		@Override
		public String toString() {
			return new String(this.head, this.from, this.to - this.from, StandardCharsets.ISO_8859_1);
		}

	}

	static boolean isToken(byte character) {
		return character >= 0 && TOKEN[character];
	}

	/**
	 * Checks the syntax of all fields.
	 * @param head the request line and the fields, each with CR LF
	 * @throws HandshakeException if one is not valid
	 */
	static void check(byte[] head) throws HandshakeException {
		for (int i = nextLine(head, 0); i < head.length; i = nextLine(head, i)) {
			int name = i;
			int colon = name;
			while (isToken(head[colon])) {
				colon++;
			}
			if (head[colon] != ':' || colon == name) {
				throw HandshakeResponses.malformed(describe(head, name, colon));
			}
			for (int j = colon + 1; head[j] != '\r' || head[j + 1] != '\n'; j++) {
				if ((head[j] >= 0 && head[j] < ' ' && head[j] != '\t') || head[j] == 0x7F) {
					throw HandshakeResponses.malformed("a header field holds a control character");
				}
			}
		}
	}

	private static String describe(byte[] head, int name, int end) {
		if (end > name) {
			return "the name of a header field is not followed by a colon";
		}
		return (head[name] == ' ' || head[name] == '\t') ? "header fields must not be folded"
				: "a header field has no valid name";
	}

	/**
	 * Walks over the fields of a head that has been checked.
	 * @param head the request line and the fields, each with CR LF
	 * @param visitor takes the fields in their order
	 */
	static void forEach(byte[] head, Visitor visitor) {
		int i = nextLine(head, 0);
		while (i < head.length) {
			int colon = i;
			while (head[colon] != ':') {
				colon++;
			}
			int next = nextLine(head, colon);
			int from = colon + 1;
			int to = next - 2;
			while (from < to && isBlank(head[from])) {
				from++;
			}
			while (to > from && isBlank(head[to - 1])) {
				to--;
			}
			visitor.field(new Slice(head, i, colon), new Slice(head, from, to));
			i = next;
		}
	}

	private static boolean isBlank(byte character) {
		return character == ' ' || character == '\t';
	}

	private static int nextLine(byte[] head, int from) {
		int i = from;
		while (head[i] != '\n') {
			i++;
		}
		return i + 1;
	}

}
