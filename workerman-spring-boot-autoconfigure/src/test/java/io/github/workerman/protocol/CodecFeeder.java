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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Feeds a codec as the engine does: in pieces, keeping what the codec leaves, and calling
 * it again as long as it returns messages and bytes are left.
 */
public final class CodecFeeder {

	/*
	 * Buffers live for one call here, and recording every access to them takes minutes.
	 */
	private static final ByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true, true);

	private final Codec codec;

	private final boolean direct;

	private final List<Object> messages = new ArrayList<>();

	private byte[] left = new byte[0];

	public CodecFeeder(Codec codec, boolean direct) {
		this.codec = codec;
		this.direct = direct;
	}

	public CodecFeeder(Codec codec) {
		this(codec, true);
	}

	/**
	 * Feeds one piece.
	 * @param piece the bytes
	 * @return everything that was decoded so far
	 * @throws ProtocolException if the codec throws it
	 */
	public List<Object> feed(byte... piece) throws ProtocolException {
		// An own offset and no spare room, so that a codec that reads beyond is found out
		ByteBuf in = buffer(3 + this.left.length + piece.length);
		try {
			in.writeZero(3).skipBytes(3).writeBytes(this.left).writeBytes(piece);
			while (in.isReadable()) {
				int before = in.readableBytes();
				Object message = this.codec.decode(in);
				if (message == null) {
					break;
				}
				assertThat(in.readableBytes()).as("bytes left after a message").isLessThan(before);
				this.messages.add(message);
			}
			this.left = new byte[in.readableBytes()];
			in.readBytes(this.left);
			return this.messages;
		}
		finally {
			in.release();
		}
	}

	private ByteBuf buffer(int capacity) {
		return this.direct ? ALLOCATOR.directBuffer(capacity, capacity) : ALLOCATOR.heapBuffer(capacity, capacity);
	}

	/**
	 * Feeds pieces of one size.
	 * @param bytes all bytes
	 * @param size the size of a piece
	 * @return everything that was decoded so far
	 * @throws ProtocolException if the codec throws it
	 */
	public List<Object> feedInPieces(byte[] bytes, int size) throws ProtocolException {
		for (int i = 0; i < bytes.length; i += size) {
			feed(Arrays.copyOfRange(bytes, i, Math.min(i + size, bytes.length)));
		}
		return this.messages;
	}

	/**
	 * Returns how many bytes the codec has left for later.
	 * @return the number of bytes
	 */
	public int left() {
		return this.left.length;
	}

	public List<Object> messages() {
		return this.messages;
	}

}
