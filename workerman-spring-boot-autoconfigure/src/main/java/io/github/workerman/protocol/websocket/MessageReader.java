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

import java.nio.charset.StandardCharsets;

import io.github.workerman.protocol.CodecContext;
import io.github.workerman.protocol.Payloads;
import io.github.workerman.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of an open connection. One that lies complete in the received bytes,
 * the usual case, is made of them in one go; any other is put together by an
 * {@link IncomingMessage}. Pings are answered on the way.
 */
final class MessageReader {

	/* Compressing can make a message larger: by less than a quarter and a few bytes. */
	private static final int COMPRESSED_OVERHEAD = 1024;

	private final CodecContext context;

	/* None if messages must not be compressed */
	private final @Nullable MessageInflater inflater;

	private @Nullable IncomingMessage incoming;

	MessageReader(CodecContext context, @Nullable MessageInflater inflater) {
		this.context = context;
		this.inflater = inflater;
	}

	/**
	 * Returns how much of a frame has not come.
	 * @return the number of bytes
	 */
	int remaining() {
		return (this.incoming != null) ? this.incoming.remaining() : 0;
	}

	/**
	 * Reads the next message.
	 * @param in the received bytes
	 * @return a {@code String}, a {@code byte[]}, the peer's
	 * {@link io.github.workerman.connection.CloseReason}, or {@code null} if there is no
	 * more
	 * @throws ProtocolException if the bytes are not valid
	 */
	@Nullable Object read(ByteBuf in) throws ProtocolException {
		while (true) {
			IncomingMessage incoming = this.incoming;
			if (incoming != null && incoming.inFrame()) {
				if (!incoming.read(in)) {
					return null;
				}
				if (incoming.isComplete()) {
					this.incoming = null;
					return incoming.toMessage();
				}
			}
			int readable = in.readableBytes();
			if (readable < FrameHeader.START) {
				return null;
			}
			int index = in.readerIndex();
			int start = in.getUnsignedShort(index);
			FrameHeader.check(start, this.inflater != null);
			int size = FrameHeader.unmaskedSize(start) + FrameHeader.MASK;
			if (readable < size - FrameHeader.MASK) {
				return null;
			}
			long length = FrameHeader.payloadLength(start, in, index);
			boolean control = FrameHeader.isControl(start);
			if (!control) {
				checkSequence(start, length);
			}
			if (readable < (control ? size + length : size)) {
				return null;
			}
			if (FrameHeader.opcode(start) == FrameHeader.CLOSE) {
				return CloseFrames.read(in, (int) length);
			}
			if (control) {
				answer(FrameHeader.opcode(start), in, (int) length);
				continue;
			}
			int mask = in.getInt(index + size - FrameHeader.MASK);
			in.readerIndex(index + size);
			if (incoming == null && FrameHeader.isFinalAndPlain(start) && length <= readable - size) {
				return message(FrameHeader.opcode(start), in, (int) length, mask);
			}
			begin(start, (int) length, mask);
		}
	}

	private void checkSequence(int start, long length) throws ProtocolException {
		IncomingMessage incoming = this.incoming;
		boolean continuation = FrameHeader.opcode(start) == FrameHeader.CONTINUATION;
		if (continuation && incoming == null) {
			throw ProtocolException.malformed("continuation of nothing");
		}
		if (!continuation && incoming != null) {
			throw ProtocolException.malformed("new message within a fragmented one");
		}
		int limit = this.context.maxMessageSize();
		int before = (incoming != null) ? incoming.size() : 0;
		if (length > limit - before && !mayShrink(start, length, limit)) {
			throw ProtocolException.tooBig(limit);
		}
	}

	/* What counts of a compressed message is what it becomes, and that is seen later. */
	private boolean mayShrink(int start, long length, int limit) {
		boolean compressed = FrameHeader.isCompressed(start) || this.incoming instanceof CompressedMessage;
		return compressed && length <= Math.min((long) limit + (limit >> 2) + COMPRESSED_OVERHEAD, Integer.MAX_VALUE);
	}

	private void begin(int start, int length, int mask) {
		IncomingMessage incoming = this.incoming;
		if (incoming == null) {
			incoming = newMessage(start);
			this.incoming = incoming;
		}
		incoming.beginFrame(length, mask, FrameHeader.isFinal(start));
	}

	private IncomingMessage newMessage(int start) {
		boolean text = FrameHeader.opcode(start) == FrameHeader.TEXT;
		MessageInflater inflater = this.inflater;
		return (inflater != null && FrameHeader.isCompressed(start))
				? new CompressedMessage(text, this.context, inflater) : new IncomingMessage(text);
	}

	private static Object message(int opcode, ByteBuf in, int length, int mask) throws ProtocolException {
		if (opcode == FrameHeader.BINARY) {
			byte[] bytes = Payloads.readBytes(in, length);
			Masking.remove(mask, bytes, 0, length);
			return bytes;
		}
		byte[] bytes;
		int offset = 0;
		if (in.hasArray()) {
			bytes = in.array();
			offset = in.arrayOffset() + in.readerIndex();
			in.skipBytes(length);
		}
		else {
			bytes = Payloads.scratch(length);
			in.readBytes(bytes, 0, length);
		}
		boolean ascii = Masking.remove(mask, bytes, offset, length);
		return ascii ? new String(bytes, offset, length, StandardCharsets.ISO_8859_1)
				: Payloads.strictText(bytes, offset, length);
	}

	private void answer(int opcode, ByteBuf in, int length) {
		// Broadcasts may go out first, and compressing them takes the payload's array.
		ByteBuf out = (opcode == FrameHeader.PING) ? this.context.answer(FrameHeader.START + length) : null;
		byte[] payload = ControlFrames.read(in, length);
		if (out != null) {
			ControlFrames.write(FrameHeader.PONG, payload, length, out);
		}
	}

}
