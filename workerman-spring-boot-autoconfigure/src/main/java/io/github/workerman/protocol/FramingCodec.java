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
import org.jspecify.annotations.Nullable;

/**
 * Asks a {@link FramingProtocol} for lengths, and cuts out frames of that length.
 */
final class FramingCodec implements Codec {

	private final FramingProtocol protocol;

	private final CodecContext context;

	/* The length of the next frame once it is known, so that it is asked for once. */
	private int frameLength;

	FramingCodec(FramingProtocol protocol, CodecContext context) {
		this.protocol = protocol;
		this.context = context;
	}

	@Override
	public @Nullable Object decode(ByteBuf in) throws ProtocolException {
		while (in.isReadable()) {
			if (this.frameLength == 0 && !findLength(in)) {
				return null;
			}
			if (in.readableBytes() < this.frameLength) {
				return null;
			}
			Object message = decodeFrame(in, this.frameLength);
			if (message != null) {
				return message;
			}
		}
		return null;
	}

	private boolean findLength(ByteBuf in) throws ProtocolException {
		int length = this.protocol.frameLength(in, this.context);
		if (length < 0) {
			throw ProtocolException.malformed("frame length " + length + " is negative");
		}
		int limit = this.context.maxMessageSize();
		int least = (length != 0) ? length : in.readableBytes();
		if (least > (long) limit + this.protocol.overhead()) {
			throw ProtocolException.tooBig(limit);
		}
		this.frameLength = length;
		return length != 0;
	}

	/*
	 * The buffer itself becomes the frame for a moment: a slice would be an object more
	 * for every message.
	 */
	private @Nullable Object decodeFrame(ByteBuf in, int length) throws ProtocolException {
		this.frameLength = 0;
		int received = in.writerIndex();
		int end = in.readerIndex() + length;
		in.writerIndex(end);
		try {
			return this.protocol.decode(in, this.context);
		}
		finally {
			in.setIndex(end, received);
		}
	}

	@Override
	public void encode(Object message, ByteBuf out) {
		this.protocol.encode(message, out);
	}

	@Override
	public boolean accepts(Object message) {
		return this.protocol.accepts(message);
	}

	@Override
	public Object broadcastKey() {
		return this.protocol;
	}

}
