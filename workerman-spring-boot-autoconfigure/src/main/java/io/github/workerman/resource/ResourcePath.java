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

package io.github.workerman.resource;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The path of a request below the served prefix, as names of directories and a file. What
 * could mean something else to some file system than the name of a visible file is no
 * path at all: dots alone, hidden names, separators, drives, streams and control
 * characters, percent-encoded ones too.
 *
 * @param names the names, none for the root
 * @param directory whether the path ends with a slash
 */
record ResourcePath(List<String> names, boolean directory) {

	/** The one hidden name that is meant to be seen (RFC 8615). */
	private static final String WELL_KNOWN = ".well-known";

	/**
	 * Reads a path.
	 * @param path the path as it stands in the request, without query
	 * @return the names, or {@code null} if there cannot be a resource
	 */
	static @Nullable ResourcePath parse(String path) {
		String decoded = decode(path);
		if (decoded == null || !decoded.startsWith("/")) {
			return null;
		}
		if (decoded.equals("/")) {
			return new ResourcePath(List.of(), true);
		}
		boolean directory = decoded.endsWith("/");
		String inner = decoded.substring(1, decoded.length() - (directory ? 1 : 0));
		List<String> names = List.of(inner.split("/", -1));
		for (int i = 0; i < names.size(); i++) {
			if (!isName(names.get(i)) && !(i == 0 && names.get(i).equals(WELL_KNOWN))) {
				return null;
			}
		}
		return new ResourcePath(names, directory);
	}

	/**
	 * Tells whether a text is the name of a visible file everywhere: a colon separates
	 * drives and streams on Windows, which also drops dots and spaces at the end.
	 */
	static boolean isName(String name) {
		if (name.isEmpty() || name.startsWith(".") || name.endsWith(".") || name.endsWith(" ")) {
			return false;
		}
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			if (c < ' ' || c == 0x7F || c == '/' || c == '\\' || c == ':' || c == '*' || c == '?' || c == '"'
					|| c == '<' || c == '>' || c == '|') {
				return false;
			}
		}
		return true;
	}

	private static @Nullable String decode(String path) {
		ByteBuffer bytes = ByteBuffer.allocate(path.length());
		int index = 0;
		while (index < path.length()) {
			char c = path.charAt(index);
			boolean encoded = c == '%';
			int value = encoded ? hex(path, index + 1) : c;
			// A slash would separate names that are one to the client, and what is beyond
			// ASCII must come encoded (RFC 3986 section 2.1).
			if (value < 0 || (encoded && value == '/') || (!encoded && value >= 0x80)) {
				return null;
			}
			bytes.put((byte) value);
			index += encoded ? 3 : 1;
		}
		try {
			return StandardCharsets.UTF_8.newDecoder()
				.onMalformedInput(CodingErrorAction.REPORT)
				.decode(bytes.flip())
				.toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	private static int hex(String path, int index) {
		if (index + 1 >= path.length()) {
			return -1;
		}
		int high = Character.digit(path.charAt(index), 16);
		int low = Character.digit(path.charAt(index + 1), 16);
		return (high < 0 || low < 0) ? -1 : high << 4 | low;
	}

}
