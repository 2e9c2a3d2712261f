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

import io.github.workerman.connection.CloseReason;
import io.github.workerman.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the peer's close frame after ours has been sent. Everything else is skipped
 * without being kept or looked at; what a message consists of does not matter any more.
 */
final class GoodbyeReader {

	private final boolean compression;

	/* What is left of a frame that nobody wants. */
	private long unwanted;

	GoodbyeReader(long unwanted, boolean compression) {
		this.compression = compression;
		this.unwanted = unwanted;
	}

	/**
	 * Reads on.
	 * @param in the received bytes
	 * @return the peer's goodbye, or {@code null} as long as there is none
	 * @throws ProtocolException if the bytes are no frames
	 */
	@Nullable CloseReason read(ByteBuf in) throws ProtocolException {
		while (true) {
			int skipped = (int) Math.min(this.unwanted, in.readableBytes());
			in.skipBytes(skipped);
			this.unwanted -= skipped;
			int readable = in.readableBytes();
			if (readable < FrameHeader.START) {
				return null;
			}
			int index = in.readerIndex();
			int start = in.getUnsignedShort(index);
			FrameHeader.check(start, this.compression);
			int size = FrameHeader.unmaskedSize(start) + FrameHeader.MASK;
			if (readable < size) {
				return null;
			}
			long length = FrameHeader.payloadLength(start, in, index);
			if (FrameHeader.opcode(start) == FrameHeader.CLOSE) {
				return (readable < size + length) ? null : CloseFrames.read(in, (int) length);
			}
			in.skipBytes(size);
			this.unwanted = length;
		}
	}

}
