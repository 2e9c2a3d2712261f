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
import java.util.Arrays;

import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.Utf8Validator;
import io.netty.buffer.ByteBuf;

/**
 * A message of which not all has come: its frame is incomplete, or fragments are missing.
 * Takes what comes out of the receive buffer at once, each byte is unmasked and validated
 * when it arrives and never again, and all of it is kept in one array, so that neither
 * many small fragments nor a large message in small pieces cost more than their bytes.
 */
class IncomingMessage {

	private static final byte[] NOTHING = new byte[0];

	/*
	 * An array grows to no more than this, or to twice of what has come: what a header
	 * announces is no reason to allocate it.
	 */
	private static final int INITIAL_CAPACITY = 16 * 1024;

	private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

	private final boolean text;

	/** What has come, as far as the size says. */
	byte[] bytes = NOTHING;

	int size;

	private boolean ascii = true;

	private int utf8 = Utf8Validator.COMPLETE;

	/* The frame that is being received, if any */

	private boolean inFrame;

	private boolean finalFrame;

	private int remaining;

	private int mask;

	IncomingMessage(boolean text) {
		this.text = text;
	}

	/**
	 * Returns how much has come.
	 * @return the size in bytes
	 */
	int size() {
		return this.size;
	}

	/**
	 * Returns how much of the current frame has not come.
	 * @return the number of bytes
	 */
	int remaining() {
		return this.remaining;
	}

	/**
	 * Tells whether the next bytes belong to the payload of a frame.
	 * @return whether a frame is incomplete
	 */
	boolean inFrame() {
		return this.inFrame;
	}

	/**
	 * Begins a frame.
	 * @param length the length of the payload
	 * @param mask the mask
	 * @param last whether it is the last frame of the message
	 */
	void beginFrame(int length, int mask, boolean last) {
		this.inFrame = true;
		this.remaining = length;
		this.mask = mask;
		this.finalFrame = last;
	}

	/**
	 * Takes what has come of the current frame.
	 * @param in the received bytes
	 * @return whether the frame is complete
	 * @throws ProtocolException if text is not valid
	 */
	final boolean read(ByteBuf in) throws ProtocolException {
		int length = Math.min(this.remaining, in.readableBytes());
		if (length != 0) {
			take(in, length);
			this.remaining -= length;
		}
		if (this.remaining != 0) {
			return false;
		}
		this.inFrame = false;
		return true;
	}

	/**
	 * Takes a part of the current frame.
	 * @param in the received bytes
	 * @param length how many of them belong to the part
	 * @throws ProtocolException if the message is not valid
	 */
	void take(ByteBuf in, int length) throws ProtocolException {
		reserve(length);
		in.readBytes(this.bytes, this.size, length);
		append(length, unmask(this.bytes, this.size, length));
	}

	/**
	 * Unmasks the next part of the current frame.
	 * @param part holds the part
	 * @param offset where it begins
	 * @param length how long it is
	 * @return whether all of it is ASCII
	 */
	final boolean unmask(byte[] part, int offset, int length) {
		boolean allAscii = Masking.remove(this.mask, part, offset, length);
		this.mask = Masking.after(this.mask, length);
		return allAscii;
	}

	/**
	 * Takes bytes that have been put behind the others.
	 * @param length how many they are
	 * @param allAscii whether they are known to be ASCII
	 * @throws ProtocolException if text is not valid
	 */
	final void append(int length, boolean allAscii) throws ProtocolException {
		this.size += length;
		if (this.text) {
			validate(length, allAscii);
		}
	}

	private void reserve(int length) {
		long needed = (long) this.size + length;
		if (needed <= this.bytes.length) {
			return;
		}
		long announced = (long) this.size + this.remaining;
		long generous = Math.max(needed, Math.max(2L * this.bytes.length, (announced > needed) ? INITIAL_CAPACITY : 0));
		long capacity = this.finalFrame ? Math.min(announced, generous) : generous;
		this.bytes = Arrays.copyOf(this.bytes, (int) Math.min(capacity, LARGEST_ARRAY));
	}

	private void validate(int length, boolean allAscii) throws ProtocolException {
		if (allAscii && this.utf8 == Utf8Validator.COMPLETE) {
			return;
		}
		this.ascii = false;
		this.utf8 = Utf8Validator.advance(this.utf8, this.bytes, this.size - length, this.size);
		if (this.utf8 == Utf8Validator.MALFORMED) {
			throw ProtocolException.invalidText();
		}
	}

	/**
	 * Tells whether the frame that was read last was the last one.
	 * @return whether the message is complete
	 */
	boolean isComplete() {
		return this.finalFrame;
	}

	/**
	 * Makes the message.
	 * @return a {@code String} or a {@code byte[]}
	 * @throws ProtocolException if text ends within a character
	 */
	Object toMessage() throws ProtocolException {
		if (!this.text) {
			return (this.size == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.size);
		}
		if (this.utf8 != Utf8Validator.COMPLETE) {
			throw ProtocolException.invalidText();
		}
		return new String(this.bytes, 0, this.size, this.ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
	}

}
