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

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Encodes long ASCII text without an array of its size: {@link String#getBytes} would
 * make garbage of the size of every message, and memory that no cache holds. The text
 * goes through a small array instead, chunk by chunk, as it lies in the string. One array
 * per thread.
 */
final class AsciiEncoder {

	/** A chunk stays in the first cache of a core. */
	static final int CHUNK = 4096;

	/*
	 * A string holds a byte for each character unless one of them is beyond Latin-1, but
	 * does not say so. It does by what it iterates over its characters with. Where all
	 * strings are of one kind, as with -XX:-CompactStrings, nothing is encoded here.
	 */
	private static final Class<?> NARROW = iterator("a");

	private static final boolean SUPPORTED = NARROW != iterator("\u0100");

	private static final FastThreadLocal<byte[]> CHUNKS = new FastThreadLocal<>() {
		@Override
		protected byte[] initialValue() {
			return new byte[CHUNK];
		}
	};

	private AsciiEncoder() {
	}

	/**
	 * Appends text if all of it is ASCII.
	 * @param text the text
	 * @param out takes the bytes
	 * @return whether it is; nothing is appended if not
	 */
	static boolean encode(String text, ByteBuf out) {
		if (!SUPPORTED || iterator(text) != NARROW) {
			return false;
		}
		int start = out.writerIndex();
		out.ensureWritable(text.length());
		if (append(text, out)) {
			return true;
		}
		out.writerIndex(start);
		return false;
	}

	/*
	 * The method that knows no charset copies the lower halves of the characters; there
	 * are no others here.
	 */
	@SuppressWarnings("deprecation")
	private static boolean append(String text, ByteBuf out) {
		byte[] chunk = CHUNKS.get();
		int length = text.length();
		for (int from = 0; from < length; from += CHUNK) {
			int size = Math.min(CHUNK, length - from);
			text.getBytes(from, from + size, chunk, 0);
			if (!Utf8Validator.isAscii(chunk, 0, size)) {
				return false;
			}
			out.writeBytes(chunk, 0, size);
		}
		return true;
	}

	private static Class<?> iterator(String text) {
		return text.chars().spliterator().getClass();
	}

}
