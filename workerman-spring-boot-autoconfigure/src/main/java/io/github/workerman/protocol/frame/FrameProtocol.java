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

package io.github.workerman.protocol.frame;

import io.github.workerman.protocol.CodecContext;
import io.github.workerman.protocol.FramingProtocol;
import io.github.workerman.protocol.Payloads;
import io.github.workerman.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;

/**
 * The protocol {@code frame}: four bytes with the total length, big-endian and including
 * themselves, then the message. A length below four is a protocol violation; one that
 * announces a message above the size limit ends the connection before the message is
 * received.
 */
public final class FrameProtocol extends FramingProtocol {

	/** The name of the protocol. */
	public static final String NAME = "frame";

	private static final int HEADER = Integer.BYTES;

	@Override
	public String name() {
		return NAME;
	}

	@Override
	protected int frameLength(ByteBuf in, CodecContext context) throws ProtocolException {
		if (in.readableBytes() < HEADER) {
			return 0;
		}
		long total = in.getUnsignedInt(in.readerIndex());
		if (total < HEADER) {
			throw ProtocolException.malformed("frame length " + total + " is less than 4");
		}
		if (total > Integer.MAX_VALUE) {
			throw ProtocolException.tooBig(context.maxMessageSize());
		}
		return (int) total;
	}

	@Override
	protected int overhead() {
		return HEADER;
	}

	@Override
	protected Object decode(ByteBuf frame, CodecContext context) {
		frame.skipBytes(HEADER);
		return Payloads.read(frame, frame.readableBytes(), context.kind());
	}

	@Override
	protected void encode(Object message, ByteBuf out) {
		int start = out.writerIndex();
		out.writeInt(0);
		Payloads.write(message, out);
		out.setInt(start, out.writerIndex() - start);
	}

}
