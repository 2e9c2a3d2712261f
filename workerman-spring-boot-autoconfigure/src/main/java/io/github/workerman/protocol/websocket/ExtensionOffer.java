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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.workerman.protocol.HandshakeException;

/**
 * An extension as a client offers it (RFC 6455 section 9.1).
 *
 * @param name the name of the extension
 * @param parameters the values of its parameters by name, empty for those without a value
 * @param ambiguous whether a parameter comes more than once
 */
record ExtensionOffer(String name, Map<String, String> parameters, boolean ambiguous) {

	/**
	 * Parses the fields of a request.
	 * @param fields the values of the fields {@code Sec-WebSocket-Extensions} in their
	 * order
	 * @return the offers in the client's order of preference
	 * @throws HandshakeException if a field is not valid
	 */
	static List<ExtensionOffer> parse(List<String> fields) throws HandshakeException {
		List<ExtensionOffer> offers = new ArrayList<>(2);
		for (String field : fields) {
			new Parser(field).addTo(offers);
		}
		return offers;
	}

	/**
	 * Walks over one field.
	 */
	private static final class Parser {

		private final String field;

		private int index;

		Parser(String field) {
			this.field = field;
		}

		/* Elements of a list may be empty (RFC 9110 section 5.6.1). */
		void addTo(List<ExtensionOffer> offers) throws HandshakeException {
			do {
				skipBlanks();
				if (this.index < this.field.length() && this.field.charAt(this.index) != ',') {
					offers.add(offer());
				}
			}
			while (skip(','));
			if (this.index != this.field.length()) {
				throw malformed();
			}
		}

		private ExtensionOffer offer() throws HandshakeException {
			String name = token();
			Map<String, String> parameters = new LinkedHashMap<>(4);
			boolean ambiguous = false;
			while (skip(';')) {
				String parameter = token();
				boolean valued = skip('=');
				String value = valued ? value() : "";
				ambiguous |= parameters.putIfAbsent(parameter, value) != null;
			}
			return new ExtensionOffer(name, parameters, ambiguous);
		}

		private String value() throws HandshakeException {
			skipBlanks();
			return (this.index < this.field.length() && this.field.charAt(this.index) == '"') ? quoted() : token();
		}

		/* What is quoted must be a token as well once it is unquoted. */
		private String quoted() throws HandshakeException {
			StringBuilder value = new StringBuilder();
			this.index++;
			while (character() != '"') {
				if (character() == '\\') {
					this.index++;
				}
				value.append(tokenCharacter());
				this.index++;
			}
			this.index++;
			skipBlanks();
			if (value.isEmpty()) {
				throw malformed();
			}
			return value.toString();
		}

		private String token() throws HandshakeException {
			skipBlanks();
			int start = this.index;
			while (this.index < this.field.length() && isToken(this.field.charAt(this.index))) {
				this.index++;
			}
			if (this.index == start) {
				throw malformed();
			}
			String token = this.field.substring(start, this.index);
			skipBlanks();
			return token;
		}

		private char tokenCharacter() throws HandshakeException {
			char character = character();
			if (!isToken(character)) {
				throw malformed();
			}
			return character;
		}

		private char character() throws HandshakeException {
			if (this.index == this.field.length()) {
				throw malformed();
			}
			return this.field.charAt(this.index);
		}

		private static boolean isToken(char character) {
			return character < 0x80 && HeaderFields.isToken((byte) character);
		}

		private boolean skip(char separator) {
			boolean there = this.index < this.field.length() && this.field.charAt(this.index) == separator;
			if (there) {
				this.index++;
			}
			return there;
		}

		private void skipBlanks() {
			while (this.index < this.field.length() && " \t".indexOf(this.field.charAt(this.index)) >= 0) {
				this.index++;
			}
		}

		private static HandshakeException malformed() {
			return HandshakeResponses.malformed("the Sec-WebSocket-Extensions field is not valid");
		}

	}

}
