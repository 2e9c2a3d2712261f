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

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Encodes long ASCII text without an array of its size: {@link String#getBytes} would
 * make garbage of the size of every message, and memory that no cache holds. The text
 * goes through two small arrays instead, chunk by chunk, by operations that the virtual
 * machine vectorizes. One per thread.
 */
final class AsciiEncoder {

	/** Both arrays of a chunk fit into the first cache of a core. */
	static final int CHUNK = 4096;

	private static final FastThreadLocal<AsciiEncoder> ENCODERS = new FastThreadLocal<>() {
		@Override
		protected AsciiEncoder initialValue() {
			return new AsciiEncoder();
		}
	};

	private final char[] chars = new char[CHUNK];

	private final byte[] bytes = new byte[CHUNK];

	private final CharBuffer source = CharBuffer.wrap(this.chars);

	private final ByteBuffer target = ByteBuffer.wrap(this.bytes);

	/* Of the encoders that narrow characters, the one that is vectorized everywhere */
	private final CharsetEncoder encoder = StandardCharsets.ISO_8859_1.newEncoder();

	private AsciiEncoder() {
	}

	/**
	 * Appends text if all of it is ASCII.
	 * @param text the text
	 * @param out takes the bytes
	 * @return whether it is; nothing is appended if not
	 */
	static boolean encode(String text, ByteBuf out) {
		int start = out.writerIndex();
		out.ensureWritable(text.length());
		if (ENCODERS.get().append(text, out)) {
			return true;
		}
		out.writerIndex(start);
		return false;
	}

	private boolean append(String text, ByteBuf out) {
		int length = text.length();
		for (int from = 0; from < length; from += CHUNK) {
			int size = Math.min(CHUNK, length - from);
			text.getChars(from, from + size, this.chars, 0);
			if (!narrow(size) || !Utf8Validator.isAscii(this.bytes, 0, size)) {
				return false;
			}
			out.writeBytes(this.bytes, 0, size);
		}
		return true;
	}

	private boolean narrow(int size) {
		this.source.clear().limit(size);
		this.target.clear();
		return this.encoder.reset().encode(this.source, this.target, true).isUnderflow();
	}

}
