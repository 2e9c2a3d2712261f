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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * How the protocols {@code length-field} and {@code delimiter} find the end of a message.
 * A value that cannot be used stops the server from being defined.
 *
 * @param lengthBytes how many bytes the length field has: 1, 2, 3, 4 or 8
 * @param offset how many bytes of the header come before the length field
 * @param adjust what is added to the length field's value to get the number of bytes that
 * follow it; negative where the value counts the header, too
 * @param littleEndian whether the length field's lowest byte comes first
 * @param strip whether messages come without the header or the delimiter and get it when
 * they are sent; else they are whole frames both ways
 * @param delimiter what ends a message: text, in which backslash n, r, t, 0, a doubled
 * backslash, and backslash x with two hexadecimal digits stand for single bytes
 */
public record FrameSettings(int lengthBytes, int offset, int adjust, boolean littleEndian, boolean strip,
		String delimiter) {

	/**
	 * A length field of four bytes, big-endian, that counts what follows it; messages
	 * without their header; a line feed as delimiter.
	 */
	public static final FrameSettings DEFAULT = new FrameSettings(4, 0, 0, false, true, "\\n");

	private static final String ESCAPES = "nrt0\\";

	private static final byte[] ESCAPED = { '\n', '\r', '\t', 0, '\\' };

	/**
	 * Describes a header with a length field, of which messages are relieved.
	 * @param lengthBytes see {@link #lengthBytes()}
	 * @param offset see {@link #offset()}
	 * @param adjust see {@link #adjust()}
	 * @return the settings
	 */
	public static FrameSettings lengthField(int lengthBytes, int offset, int adjust) {
		return new FrameSettings(lengthBytes, offset, adjust, false, true, DEFAULT.delimiter);
	}

	/**
	 * Describes messages that end with a delimiter, of which they are relieved.
	 * @param delimiter see {@link #delimiter()}
	 * @return the settings
	 */
	public static FrameSettings delimitedBy(String delimiter) {
		return new FrameSettings(DEFAULT.lengthBytes, 0, 0, false, true, delimiter);
	}

	/**
	 * Returns how many bytes there are up to the end of the length field.
	 * @return the size of the header in bytes
	 */
	public int headerSize() {
		return this.offset + this.lengthBytes;
	}

	/**
	 * Returns the bytes of the delimiter, its text as UTF-8.
	 * @return a new array
	 * @throws IllegalArgumentException if a backslash is followed by something unknown
	 */
	public byte[] delimiterBytes() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		int i = 0;
		while (i < this.delimiter.length()) {
			int end = i + 1;
			if (this.delimiter.charAt(i) == '\\') {
				end = i + ((i + 1 < this.delimiter.length() && this.delimiter.charAt(i + 1) == 'x') ? 4 : 2);
				bytes.write(escaped(i, end));
			}
			else {
				end = this.delimiter.offsetByCodePoints(i, 1);
				bytes.writeBytes(this.delimiter.substring(i, end).getBytes(StandardCharsets.UTF_8));
			}
			i = end;
		}
		return bytes.toByteArray();
	}

	private int escaped(int start, int end) {
		if (end > this.delimiter.length()) {
			throw new IllegalArgumentException("ends within an escape sequence");
		}
		if (end - start == 4) {
			int high = Character.digit(this.delimiter.charAt(start + 2), 16);
			int low = Character.digit(this.delimiter.charAt(start + 3), 16);
			if (high >= 0 && low >= 0) {
				return high * 16 + low;
			}
		}
		int known = ESCAPES.indexOf(this.delimiter.charAt(start + 1));
		if (known < 0) {
			throw new IllegalArgumentException("has unknown escape sequence " + this.delimiter.substring(start, end));
		}
		return ESCAPED[known];
	}

}
