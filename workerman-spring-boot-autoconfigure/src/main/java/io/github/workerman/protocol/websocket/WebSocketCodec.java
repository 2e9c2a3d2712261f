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
 * The state machine of one websocket connection. A reader for each phase takes the
 * received bytes: first the request is read, then nothing until the application has
 * decided, then messages, then, if we close first, the peer's close frame. At the end,
 * and after any violation, what comes is dropped.
 */
final class WebSocketCodec implements HandshakeCodec {

	/* The key of the connections without compression */
	private static final Object UNCOMPRESSED = new Object();

	private final HandshakeRules rules;

	private final CodecContext context;

	/* Reads what is due; there is none while the application decides, and at the end. */
	private @Nullable Object reader = new HandshakeReader();

	private boolean deciding;

	private @Nullable HandshakeRequest handshake;

	private @Nullable String subprotocol;

	private @Nullable MessageCompression compression;

	private @Nullable CloseReason goodbye;

	WebSocketCodec(HandshakeRules rules, CodecContext context) {
		this.rules = rules;
		this.context = context;
	}

	private void end() {
		this.reader = null;
		this.deciding = false;
	}

	@Override
	public @Nullable Object decode(ByteBuf in) throws ProtocolException {
		try {
			if (this.reader instanceof MessageReader messages) {
				return note(messages.read(in));
			}
			if (this.reader instanceof HandshakeReader request) {
				return decodeRequest(request, in);
			}
			if (this.reader instanceof GoodbyeReader goodbyes) {
				return note(goodbyes.read(in));
			}
		}
		catch (ProtocolException ex) {
			end();
			throw ex;
		}
		if (this.reader == null && !this.deciding) {
			in.skipBytes(in.readableBytes());
		}
		return null;
	}

	private @Nullable Object note(@Nullable Object message) {
		if (message instanceof CloseReason reason) {
			this.goodbye = reason;
			end();
		}
		return message;
	}

	private @Nullable Object decodeRequest(HandshakeReader request, ByteBuf in) throws HandshakeException {
		byte[] head = request.read(in, this.rules.maxHeaderSize());
		if (head == null) {
			return null;
		}
		this.handshake = new HandshakeRequest(this.rules, head, this.context);
		this.rules.check(this.handshake);
		this.reader = null;
		this.deciding = true;
		return this.handshake;
	}

	@Override
	public void complete(HandshakeDecision decision, ByteBuf out) throws HandshakeException {
		HandshakeRequest request = this.handshake;
		if (request == null || !this.deciding) {
			throw new IllegalStateException("No handshake waits for a decision");
		}
		if (!decision.accepted()) {
			end();
			throw HandshakeResponses.rejected(decision);
		}
		this.subprotocol = this.rules.subprotocol(decision, request);
		DeflateParameters agreed = this.rules.agree(request);
		HandshakeResponses.accept(request, this.subprotocol, (agreed != null) ? agreed.response() : null, decision,
				out);
		MessageCompression compression = (agreed != null) ? this.rules.compression(agreed) : null;
		this.compression = compression;
		this.reader = new MessageReader(this.context, (compression != null) ? compression.inflater() : null);
		this.deciding = false;
	}

	@Override
	public @Nullable Handshake handshake() {
		return this.handshake;
	}

	@Override
	public @Nullable String extensions() {
		MessageCompression compression = this.compression;
		return (compression != null) ? compression.extension() : null;
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
	public HandshakeException tlsRequired() {
		end();
		return HandshakeResponses.tlsRequired(this.rules.path());
	}

	@Override
	public void encode(Object message, ByteBuf out) {
		if (message instanceof String text) {
			encode(text, out);
		}
		else if (message instanceof byte[] bytes) {
			encode(FrameHeader.BINARY, bytes, out);
		}
		else if (message instanceof ByteBuffer buffer) {
			encode(buffer, out);
		}
		else {
			throw new IllegalArgumentException("Cannot encode " + message.getClass().getName());
		}
	}

	private void encode(String text, ByteBuf out) {
		if (text.length() < Payloads.LONG_TEXT || this.compression != null || !encodeAscii(text, out)) {
			encode(FrameHeader.TEXT, text.getBytes(StandardCharsets.UTF_8), out);
		}
	}

	private static boolean encodeAscii(String text, ByteBuf out) {
		int start = out.writerIndex();
		out.ensureWritable(FrameHeader.LARGEST_SENT + text.length());
		FrameHeader.write(FrameHeader.TEXT, text.length(), out);
		if (Payloads.writeAscii(text, out)) {
			return true;
		}
		out.writerIndex(start);
		return false;
	}

	private void encode(int opcode, byte[] payload, ByteBuf out) {
		MessageCompression compression = this.compression;
		if (compression != null && compression.deflater().encode(opcode, ByteBuffer.wrap(payload), out)) {
			return;
		}
		out.ensureWritable(FrameHeader.LARGEST_SENT + payload.length);
		FrameHeader.write(opcode, payload.length, out);
		out.writeBytes(payload);
	}

	private void encode(ByteBuffer payload, ByteBuf out) {
		MessageCompression compression = this.compression;
		if (compression == null || !compression.deflater().encode(FrameHeader.BINARY, payload, out)) {
			write(FrameHeader.BINARY, payload, out);
		}
	}

	private static void write(int opcode, ByteBuffer payload, ByteBuf out) {
		int length = payload.remaining();
		out.ensureWritable(FrameHeader.LARGEST_SENT + length);
		FrameHeader.write(opcode, length, out);
		out.writeBytes(payload.duplicate());
	}

	@Override
	public void encodePing(ByteBuffer payload, ByteBuf out) {
		if (payload.remaining() > FrameHeader.LARGEST_CONTROL) {
			throw new IllegalArgumentException("A ping has at most 125 bytes, not " + payload.remaining());
		}
		write(FrameHeader.PING, payload, out);
	}

	@Override
	public boolean encodeClose(CloseReason reason, ByteBuf out) {
		// An answer carries the peer's code; there is no point in telling its text again.
		CloseFrames.write(reason.code(), (this.goodbye != null) ? "" : reason.text(), out);
		if (this.reader instanceof MessageReader messages) {
			this.reader = new GoodbyeReader(messages.remaining(), this.compression != null);
			return true;
		}
		return false;
	}

	@Override
	public CloseReason endOfStream() {
		return (this.goodbye != null) ? this.goodbye : CloseReason.LOST;
	}

	@Override
	public @Nullable Object broadcastKey() {
		MessageCompression compression = this.compression;
		return (compression != null) ? compression.broadcastKey() : UNCOMPRESSED;
	}

	@Override
	public void release() {
		end();
		MessageCompression compression = this.compression;
		if (compression != null) {
			compression.release();
		}
	}

}
