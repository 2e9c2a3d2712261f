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

package io.github.workerman.benchmarks.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * All messages of a run: the number of the message and the number of the connection as
 * letters, then a text that depends on the position only. It is framed once; sending a
 * message copies it and sets the two numbers.
 */
final class MessageTemplate implements Messages {

	/**
	 * The shortest payload in bytes.
	 */
	static final int HEADER_LENGTH = 16;

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private final byte[] payload;

	private final byte[] framed;

	private final int payloadIndex;

	private final long mask;

	MessageTemplate(WireFormat format, int size) {
		this.payload = new byte[size];
		for (int i = HEADER_LENGTH; i < size; i++) {
			this.payload[i] = (byte) ('0' + (i * 31 + i / 64) % 75);
		}
		this.framed = format.frame(this.payload);
		this.payloadIndex = format.payloadIndex(this.payload.length);
		this.mask = format.mask();
	}

	@Override
	public int framedLength() {
		return this.framed.length;
	}

	@Override
	public void append(ByteBuffer target, int sequence, int connection) {
		LONGS.set(this.framed, this.payloadIndex, letters(sequence) ^ this.mask);
		LONGS.set(this.framed, this.payloadIndex + 8, letters(connection) ^ this.mask);
		target.put(this.framed);
	}

	@Override
	public boolean matches(byte[] bytes, int from, int to, int sequence, int connection) {
		return to - from == this.payload.length && (long) LONGS.get(bytes, from) == letters(sequence)
				&& (long) LONGS.get(bytes, from + 8) == letters(connection)
				&& Arrays.equals(bytes, from + HEADER_LENGTH, to, this.payload, HEADER_LENGTH, this.payload.length);
	}

	/** Eight letters from 'a' to 'p', one for each four bits. */
	private static long letters(int value) {
		long bits = value & 0xFFFF_FFFFL;
		bits = (bits | bits << 16) & 0x0000_FFFF_0000_FFFFL;
		bits = (bits | bits << 8) & 0x00FF_00FF_00FF_00FFL;
		bits = (bits | bits << 4) & 0x0F0F_0F0F_0F0F_0F0FL;
		return bits + 0x6161_6161_6161_6161L;
	}

}
