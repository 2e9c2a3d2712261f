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
 * What a request may be addressed to: targets (RFC 9112 section 3.2) and hosts (RFC 9110
 * section 7.2).
 */
final class HttpAddress {

	private HttpAddress() {
	}

	/* Bytes above ASCII ought to be percent-encoded; what they mean is clear enough. */
	static boolean isTargetByte(byte value) {
		return value < 0 || (value > ' ' && value < 0x7F && value != '#');
	}

	/**
	 * Tells whether bytes that may stand in a target are one.
	 * @param options whether the request is one for options, which may be those of the
	 * whole server
	 */
	static boolean isTarget(byte[] bytes, int from, int to, boolean options) {
		if (bytes[from] == '/') {
			return isDecodable(bytes, from, to);
		}
		if (to - from == 1 && bytes[from] == '*') {
			return options;
		}
		int authority = authority(bytes, from, to);
		return authority != from && isHost(bytes, authority, authorityEnd(bytes, authority, to))
				&& isDecodable(bytes, from, to);
	}

	/**
	 * Returns where the host begins that a target names.
	 * @return the index; {@code from} if the target names none
	 */
	static int authority(byte[] bytes, int from, int to) {
		return from + (HttpBytes.isAsciiPrefix(bytes, from, to, "http://") ? 7
				: HttpBytes.isAsciiPrefix(bytes, from, to, "https://") ? 8 : 0);
	}

	/**
	 * Returns where the host ends that a target names.
	 * @param from where it begins
	 */
	static int authorityEnd(byte[] bytes, int from, int to) {
		int i = from;
		while (i < to && bytes[i] != '/' && bytes[i] != '?') {
			i++;
		}
		return i;
	}

	/*
	 * Every percent sign of the path begins two hexadecimal digits, none of them a zero
	 * byte.
	 */
	private static boolean isDecodable(byte[] bytes, int from, int to) {
		for (int i = from; i < to && bytes[i] != '?'; i++) {
			if (bytes[i] == '%') {
				if (i + 2 >= to) {
					return false;
				}
				int high = HttpBytes.hex(bytes[i + 1]);
				int low = HttpBytes.hex(bytes[i + 2]);
				if (high < 0 || low < 0 || high + low == 0) {
					return false;
				}
			}
		}
		return true;
	}

	/**
	 * Tells whether bytes are a name or an address of a host, with or without a port.
	 */
	static boolean isHost(byte[] bytes, int from, int to) {
		int i = from;
		if (i < to && bytes[i] == '[') {
			i++;
			while (i < to && bytes[i] != ']') {
				if (HttpBytes.hex(bytes[i]) < 0 && bytes[i] != ':' && bytes[i] != '.') {
					return false;
				}
				i++;
			}
			if (i == from + 1) {
				return false;
			}
			i++;
		}
		else {
			while (i < to && isHostByte(bytes[i])) {
				i++;
			}
		}
		boolean valid = i > from && i <= to;
		if (valid && i < to) {
			valid = bytes[i] == ':' && to - i <= 6;
			for (int j = i + 1; j < to; j++) {
				valid &= HttpBytes.isDigit(bytes[j]);
			}
		}
		return valid;
	}

	private static boolean isHostByte(byte value) {
		return value > ' ' && value < 0x7F && ":/?#[]@,\"<>\\^`{|}".indexOf(value) < 0;
	}

}
