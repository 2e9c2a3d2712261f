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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.protocol.CodecContext;
import io.github.workerman.protocol.HandshakeCodec;
import io.github.workerman.protocol.HandshakeException;
import io.github.workerman.protocol.Payloads;
import io.github.workerman.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of one websocket connection: waits for the request, then for the
 * application's decision, then is open, then waits for the peer's close frame, then is at
 * the end. A message that lies complete in the received bytes, the usual case, is made of
 * them in one go; any other is put together by an {@link IncomingMessage}.
 */
final class WebSocketCodec implements HandshakeCodec {

	private enum Phase {

		REQUEST, DECISION, OPEN, CLOSING, END

	}

	/* With permessage-deflate this will be the key of the connections without it. */
	private static final Object UNCOMPRESSED = new Object();

	private final HandshakeRules rules;

	private final CodecContext context;

	private Phase phase = Phase.REQUEST;

	private @Nullable HandshakeReader reader = new HandshakeReader();

	private @Nullable HandshakeRequest handshake;

	private @Nullable String subprotocol;

	private @Nullable IncomingMessage incoming;

	/* While closing: what is left of a frame that nobody wants. */
	private long unwanted;

	private @Nullable CloseReason goodbye;

	WebSocketCodec(HandshakeRules rules, CodecContext context) {
		this.rules = rules;
		this.context = context;
	}

	@Override
	public @Nullable Object decode(ByteBuf in) throws ProtocolException {
		try {
			return switch (this.phase) {
				case OPEN -> decodeFrames(in);
				case REQUEST -> decodeRequest(in);
				case DECISION -> null;
				case CLOSING -> seekClose(in);
				case END -> skip(in);
			};
		}
		catch (ProtocolException ex) {
			end();
			throw ex;
		}
	}

	private void end() {
		this.phase = Phase.END;
		this.reader = null;
		this.incoming = null;
	}

	private @Nullable Object skip(ByteBuf in) {
		in.skipBytes(in.readableBytes());
		return null;
	}

	private @Nullable Object decodeRequest(ByteBuf in) throws HandshakeException {
		HandshakeReader reader = this.reader;
		byte[] head = (reader != null) ? reader.read(in, this.rules.maxHeaderSize()) : null;
		if (head == null) {
			return null;
		}
		this.reader = null;
		this.handshake = new HandshakeRequest(this.rules, head, this.context);
		this.rules.check(this.handshake);
		this.phase = Phase.DECISION;
		return this.handshake;
	}

	private @Nullable Object decodeFrames(ByteBuf in) throws ProtocolException {
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
			FrameHeader.check(start);
			int size = FrameHeader.unmaskedSize(start);
			if (readable < size) {
				return null;
			}
			long length = FrameHeader.payloadLength(start, in, index);
			if (FrameHeader.isControl(start)) {
				if (readable < size + FrameHeader.MASK + length) {
					return null;
				}
				CloseReason reason = control(FrameHeader.opcode(start), in, (int) length);
				if (reason != null) {
					return reason;
				}
				continue;
			}
			checkSequence(start, length);
			size += FrameHeader.MASK;
			if (readable < size) {
				return null;
			}
			int mask = in.getInt(index + size - FrameHeader.MASK);
			in.readerIndex(index + size);
			if (incoming == null && FrameHeader.isFinal(start) && length <= readable - size) {
				return message(FrameHeader.opcode(start) == FrameHeader.TEXT, in, (int) length, mask);
			}
			if (incoming == null) {
				incoming = new IncomingMessage(FrameHeader.opcode(start) == FrameHeader.TEXT);
				this.incoming = incoming;
			}
			incoming.beginFrame((int) length, mask, FrameHeader.isFinal(start));
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
		if (length > limit - before) {
			throw ProtocolException.tooBig(limit);
		}
	}

	private Object message(boolean text, ByteBuf in, int length, int mask) throws ProtocolException {
		if (!text) {
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

	private @Nullable CloseReason control(int opcode, ByteBuf in, int length) throws ProtocolException {
		int mask = in.getInt(in.readerIndex() + FrameHeader.START);
		in.skipBytes(FrameHeader.START + FrameHeader.MASK);
		if (opcode == FrameHeader.PONG) {
			in.skipBytes(length);
			return null;
		}
		byte[] payload = Payloads.scratch(length);
		in.readBytes(payload, 0, length);
		Masking.remove(mask, payload, 0, length);
		if (opcode == FrameHeader.PING) {
			answer(payload, length);
			return null;
		}
		CloseReason reason = CloseFrames.read(payload, length);
		this.goodbye = reason;
		end();
		return reason;
	}

	private void answer(byte[] payload, int length) {
		if (this.phase != Phase.OPEN) {
			return;
		}
		ByteBuf out = this.context.answer(FrameHeader.START + length);
		if (out != null) {
			out.ensureWritable(FrameHeader.LARGEST_SENT + length);
			FrameHeader.write(FrameHeader.PONG, length, out);
			out.writeBytes(payload, 0, length);
		}
	}

	private @Nullable CloseReason seekClose(ByteBuf in) throws ProtocolException {
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
			FrameHeader.check(start);
			int size = FrameHeader.unmaskedSize(start) + FrameHeader.MASK;
			if (readable < size) {
				return null;
			}
			long length = FrameHeader.payloadLength(start, in, index);
			if (FrameHeader.opcode(start) != FrameHeader.CLOSE) {
				in.skipBytes(size);
				this.unwanted = length;
			}
			else {
				return (readable < size + length) ? null : control(FrameHeader.CLOSE, in, (int) length);
			}
		}
	}

	@Override
	public void encode(Object message, ByteBuf out) {
		if (message instanceof String text) {
			byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			out.ensureWritable(FrameHeader.LARGEST_SENT + bytes.length);
			FrameHeader.write(FrameHeader.TEXT, bytes.length, out);
			out.writeBytes(bytes);
		}
		else {
			int length = Payloads.size(message);
			out.ensureWritable(FrameHeader.LARGEST_SENT + Math.max(length, 0));
			FrameHeader.write(FrameHeader.BINARY, length, out);
			Payloads.write(message, out);
		}
	}

	@Override
	public void encodePing(ByteBuffer payload, ByteBuf out) {
		int length = payload.remaining();
		if (length > FrameHeader.LARGEST_CONTROL) {
			throw new IllegalArgumentException("A ping has at most 125 bytes, not " + length);
		}
		out.ensureWritable(FrameHeader.LARGEST_SENT + length);
		FrameHeader.write(FrameHeader.PING, length, out);
		out.writeBytes(payload.duplicate());
	}

	@Override
	public boolean encodeClose(CloseReason reason, ByteBuf out) {
		boolean answer = this.goodbye != null;
		CloseFrames.write(reason.code(), answer ? "" : reason.text(), out);
		if (this.phase != Phase.OPEN) {
			return false;
		}
		this.phase = Phase.CLOSING;
		if (this.incoming != null) {
			this.unwanted = this.incoming.remaining();
			this.incoming = null;
		}
		return true;
	}

	@Override
	public CloseReason endOfStream() {
		return (this.goodbye != null) ? this.goodbye : CloseReason.LOST;
	}

	@Override
	public Object broadcastKey() {
		return UNCOMPRESSED;
	}

	@Override
	public void complete(HandshakeDecision decision, ByteBuf out) throws HandshakeException {
		HandshakeRequest request = this.handshake;
		if (request == null || this.phase != Phase.DECISION) {
			throw new IllegalStateException("No handshake waits for a decision");
		}
		if (!decision.accepted()) {
			end();
			throw HandshakeResponses.rejected(decision);
		}
		this.subprotocol = this.rules.subprotocol(decision, request);
		HandshakeResponses.accept(request, this.subprotocol, decision, out);
		this.phase = Phase.OPEN;
	}

	@Override
	public @Nullable Handshake handshake() {
		return this.handshake;
	}

	@Override
	public @Nullable String subprotocol() {
		return this.subprotocol;
	}

	@Override
	public HandshakeException handshakeTimeout() {
		end();
		return HandshakeResponses.timeout();
	}

	@Override
	public void release() {
		end();
	}

}
