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

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.github.workerman.protocol.CodecContext;
import io.github.workerman.protocol.Payloads;
import io.github.workerman.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;

/**
 * A compressed message (RFC 7692 section 7.2.2). What comes is decompressed at once and
 * not kept; what it becomes is validated like any other message, and never gets larger
 * than a message may be, whatever a few bytes may stand for.
 */
final class CompressedMessage extends IncomingMessage {

	private static final int PIECE = 16 * 1024;

	private static final int FIRST_CAPACITY = 512;

	/*
	 * The end of the empty block that a sender leaves out, and another one: something
	 * comes out of them only if something is missing.
	 */
	private static final byte[] TAIL_AND_MORE = { 0, 0, (byte) 0xFF, (byte) 0xFF, 0, 0, 0, (byte) 0xFF, (byte) 0xFF };

	/* The same, but the other one is final: it is found only if nothing is missing. */
	private static final byte[] TAIL_AND_END = { 0, 0, (byte) 0xFF, (byte) 0xFF, 1, 0, 0, (byte) 0xFF, (byte) 0xFF };

	private final CodecContext context;

	private final MessageInflater inflaters;

	private boolean empty = true;

	CompressedMessage(boolean text, CodecContext context, MessageInflater inflaters) {
		super(text);
		this.context = context;
		this.inflaters = inflaters;
	}

	@Override
	void take(ByteBuf in, int length) throws ProtocolException {
		byte[] piece = Payloads.scratch(PIECE);
		int left = length;
		while (left > 0) {
			int size = Math.min(left, PIECE);
			in.readBytes(piece, 0, size);
			unmask(piece, 0, size);
			inflate(piece, size);
			left -= size;
		}
		this.empty = false;
	}

	private void inflate(byte[] compressed, int length) throws ProtocolException {
		Inflater inflater = this.inflaters.get();
		try {
			int left = length;
			while (left > 0) {
				if (inflater.finished()) {
					// After a final block another may follow, which refers to nothing.
					inflater.reset();
				}
				inflater.setInput(compressed, length - left, left);
				inflateInput(inflater);
				left = inflater.getRemaining();
			}
		}
		catch (DataFormatException ex) {
			throw malformed();
		}
	}

	private void inflateInput(Inflater inflater) throws DataFormatException, ProtocolException {
		int room;
		int inflated;
		do {
			room = reserveSome(inflater.getRemaining());
			if (room == 0) {
				checkEnd(inflater);
				return;
			}
			inflated = inflater.inflate(this.bytes, this.size, room);
			append(inflated, false);
		}
		while (inflated == room);
	}

	/* As large as it may be: another byte is one too many. */
	private void checkEnd(Inflater inflater) throws DataFormatException, ProtocolException {
		if (inflater.inflate(new byte[1]) != 0) {
			throw ProtocolException.tooBig(this.context.maxMessageSize());
		}
	}

	/**
	 * Makes room, but not for more than a message may have.
	 * @param compressed what is to be decompressed
	 * @return how much room there is, none if the message is as large as it may be
	 */
	private int reserveSome(int compressed) {
		int limit = this.context.maxMessageSize();
		if (this.size == this.bytes.length && this.size < limit) {
			long capacity = Math.max(FIRST_CAPACITY, Math.max(2L * this.size, this.size + 2L * compressed));
			this.bytes = Arrays.copyOf(this.bytes, (int) Math.min(capacity, limit));
		}
		return Math.max(0, Math.min(this.bytes.length, limit) - this.size);
	}

	@Override
	Object toMessage() throws ProtocolException {
		if (!this.empty) {
			end();
		}
		return super.toMessage();
	}

	private void end() throws ProtocolException {
		Inflater inflater = this.inflaters.get();
		if (this.inflaters.takesOver()) {
			// It must not end, and so cannot say that it has.
			int before = this.size;
			if (!inflater.finished()) {
				inflate(TAIL_AND_MORE, TAIL_AND_MORE.length);
			}
			if (this.size != before) {
				throw malformed();
			}
		}
		else {
			if (!inflater.finished()) {
				inflate(TAIL_AND_END, TAIL_AND_END.length);
			}
			if (!inflater.finished()) {
				throw malformed();
			}
		}
		this.inflaters.messageEnded();
	}

	private static ProtocolException malformed() {
		return new ProtocolException(1007, "compressed data is not valid");
	}

}
