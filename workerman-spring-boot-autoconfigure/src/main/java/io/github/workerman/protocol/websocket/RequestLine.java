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

import io.github.workerman.connection.RejectReason;
import io.github.workerman.protocol.HandshakeException;

/**
 * The first line of a request (RFC 9112 section 3).
 *
 * @param method the method
 * @param target the target as it was sent
 * @param minorVersion the digit after {@code HTTP/1.}
 */
record RequestLine(String method, String target, int minorVersion) {

	private static final int VERSION_LENGTH = "HTTP/1.1".length();

	/**
	 * Parses the line that the bytes begin with.
	 * @param head the bytes; hold a CR LF
	 * @return the line
	 * @throws HandshakeException if it is not valid
	 */
	static RequestLine parse(byte[] head) throws HandshakeException {
		int end = 0;
		while (head[end] != '\n') {
			end++;
		}
		end--;
		int methodEnd = tokenEnd(head);
		int targetEnd = targetEnd(head, methodEnd + 1, end);
		if (methodEnd == 0 || head[methodEnd] != ' ' || targetEnd == methodEnd + 1 || head[targetEnd] != ' '
				|| end - targetEnd - 1 != VERSION_LENGTH) {
			throw HandshakeResponses.malformed("the request line is not valid");
		}
		String target = new String(head, methodEnd + 1, targetEnd - methodEnd - 1, StandardCharsets.UTF_8);
		return new RequestLine(ascii(head, 0, methodEnd), target, minorVersion(ascii(head, targetEnd + 1, end)));
	}

	private static int tokenEnd(byte[] head) {
		int i = 0;
		while (HeaderFields.isToken(head[i])) {
			i++;
		}
		return i;
	}

	/* Bytes above ASCII ought to be percent-encoded; what they mean is clear enough. */
	private static int targetEnd(byte[] head, int from, int end) {
		int i = from;
		while (i < end && (head[i] < 0 || (head[i] > ' ' && head[i] < 0x7F && head[i] != '#'))) {
			i++;
		}
		return Math.min(i, end);
	}

	private static int minorVersion(String version) throws HandshakeException {
		char major = version.charAt(5);
		char minor = version.charAt(7);
		if (!version.startsWith("HTTP/") || version.charAt(6) != '.' || !isDigit(major) || !isDigit(minor)) {
			throw HandshakeResponses.malformed("the request line is not valid");
		}
		if (major != '1') {
			throw HandshakeResponses.error(RejectReason.MALFORMED, 505, "HTTP/1.1 is needed, not " + version);
		}
		return minor - '0';
	}

	private static boolean isDigit(char character) {
		return character >= '0' && character <= '9';
	}

	private static String ascii(byte[] bytes, int from, int to) {
		return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
	}

}
