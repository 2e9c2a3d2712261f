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

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Takes the mask off a payload (RFC 6455 section 5.3), eight bytes at a time, and learns
 * on the way whether all of it is ASCII.
 */
final class Masking {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

	private static final long NOT_ASCII = 0x8080808080808080L;

	private Masking() {
	}

	/**
	 * Unmasks bytes in place.
	 * @param mask the mask, its first byte being the highest
	 * @param bytes holds the bytes
	 * @param offset where they begin
	 * @param length how many there are
	 * @return whether all of them are ASCII now
	 */
	static boolean remove(int mask, byte[] bytes, int offset, int length) {
		long word = (LITTLE_ENDIAN ? Integer.reverseBytes(mask) : mask) & 0xFFFFFFFFL;
		long key = word << Integer.SIZE | word;
		long seen = 0;
		int i = offset;
		int end = offset + length;
		for (; i <= end - 4 * Long.BYTES; i += 4 * Long.BYTES) {
			long a = (long) LONGS.get(bytes, i) ^ key;
			long b = (long) LONGS.get(bytes, i + 8) ^ key;
			long c = (long) LONGS.get(bytes, i + 16) ^ key;
			long d = (long) LONGS.get(bytes, i + 24) ^ key;
			LONGS.set(bytes, i, a);
			LONGS.set(bytes, i + 8, b);
			LONGS.set(bytes, i + 16, c);
			LONGS.set(bytes, i + 24, d);
			seen |= a | b | c | d;
		}
		for (; i <= end - Long.BYTES; i += Long.BYTES) {
			long a = (long) LONGS.get(bytes, i) ^ key;
			LONGS.set(bytes, i, a);
			seen |= a;
		}
		for (int shift = 24; i < end; i++, shift = (shift - 8) & 31) {
			byte unmasked = (byte) (bytes[i] ^ (mask >>> shift));
			bytes[i] = unmasked;
			seen |= unmasked;
		}
		return (seen & NOT_ASCII) == 0;
	}

	/**
	 * Returns the mask for what follows the bytes that were unmasked.
	 * @param mask the mask at the beginning of these bytes
	 * @param length how many they were
	 * @return the mask behind them
	 */
	static int after(int mask, int length) {
		return Integer.rotateLeft(mask, Byte.SIZE * (length & 3));
	}

}
