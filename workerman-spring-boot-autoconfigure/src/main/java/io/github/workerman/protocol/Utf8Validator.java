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

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Validates UTF-8 (RFC 3629) that comes in pieces, cut anywhere, and finds an error at
 * the first byte that no valid continuation could have: overlong forms, surrogates and
 * code points above U+10FFFF included. The state between two pieces is a number, so that
 * it costs no object per connection. Usable from any thread.
 */
public final class Utf8Validator {

	/** The state at the beginning, and after complete characters. */
	public static final int COMPLETE = 0;

	/** The state after bytes that are not UTF-8, whatever follows. */
	public static final int MALFORMED = -1;

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final long NOT_ASCII = 0x8080808080808080L;

	private Utf8Validator() {
	}

	/**
	 * Validates the next piece.
	 * @param state the state after the pieces before, {@link #COMPLETE} at first
	 * @param bytes holds the piece
	 * @param from where the piece begins
	 * @param to where it ends, exclusive
	 * @return {@link #COMPLETE}, {@link #MALFORMED}, or another state if a character is
	 * cut by the end of the piece
	 */
	public static int advance(int state, byte[] bytes, int from, int to) {
		if (state == MALFORMED) {
			return MALFORMED;
		}
		// How many bytes the character still needs, and what the next of them may be
		int needed = state >>> 16;
		int lowest = (state >>> 8) & 0xFF;
		int highest = state & 0xFF;
		int i = from;
		while (i < to) {
			int current = bytes[i] & 0xFF;
			i++;
			if (needed != 0) {
				if (current < lowest || current > highest) {
					return MALFORMED;
				}
				needed--;
				lowest = 0x80;
				highest = 0xBF;
			}
			else if (current < 0x80) {
				i = skipAscii(bytes, i, to);
			}
			else {
				needed = following(current);
				if (needed == 0) {
					return MALFORMED;
				}
				lowest = lowestSecond(current);
				highest = highestSecond(current);
			}
		}
		return (needed != 0) ? (needed << 16) | (lowest << 8) | highest : COMPLETE;
	}

	/**
	 * Validates bytes that are complete.
	 * @param bytes holds the bytes
	 * @param from where they begin
	 * @param to where they end, exclusive
	 * @return whether they are UTF-8
	 */
	public static boolean isValid(byte[] bytes, int from, int to) {
		return advance(COMPLETE, bytes, from, to) == COMPLETE;
	}

	/**
	 * Tells whether there are only bytes below 0x80.
	 * @param bytes holds the bytes
	 * @param from where they begin
	 * @param to where they end, exclusive
	 * @return whether all of them are ASCII
	 */
	static boolean isAscii(byte[] bytes, int from, int to) {
		long seen = 0;
		int i = from;
		for (; i <= to - 4 * Long.BYTES; i += 4 * Long.BYTES) {
			seen |= (long) LONGS.get(bytes, i) | (long) LONGS.get(bytes, i + 8) | (long) LONGS.get(bytes, i + 16)
					| (long) LONGS.get(bytes, i + 24);
		}
		for (; i < to; i++) {
			seen |= bytes[i];
		}
		return (seen & NOT_ASCII) == 0;
	}

	private static int skipAscii(byte[] bytes, int from, int to) {
		int i = from;
		while (to - i >= Long.BYTES && ((long) LONGS.get(bytes, i) & NOT_ASCII) == 0) {
			i += Long.BYTES;
		}
		return i;
	}

	private static int following(int first) {
		if (first < 0xC2 || first > 0xF4) {
			return 0;
		}
		return (first < 0xE0) ? 1 : (first < 0xF0) ? 2 : 3;
	}

	/* Below it the form is overlong. */
	private static int lowestSecond(int first) {
		return switch (first) {
			case 0xE0 -> 0xA0;
			case 0xF0 -> 0x90;
			default -> 0x80;
		};
	}

	/* Above it are the surrogates, or the code points beyond U+10FFFF. */
	private static int highestSecond(int first) {
		return switch (first) {
			case 0xED -> 0x9F;
			case 0xF4 -> 0x8F;
			default -> 0xBF;
		};
	}

}
