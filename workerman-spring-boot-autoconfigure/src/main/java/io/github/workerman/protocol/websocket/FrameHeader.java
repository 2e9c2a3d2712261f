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

import io.github.workerman.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;

/**
 * Reads and writes frame headers (RFC 6455 section 5.2). The two bytes that every header
 * begins with are handed around as one number, so that no object is made per frame.
 */
final class FrameHeader {

	/** The size of the part that every header has. */
	static final int START = 2;

	/** The size of the mask, which ends a client's header. */
	static final int MASK = 4;

	/** The size of the largest header that a server sends. */
	static final int LARGEST_SENT = START + Long.BYTES;

	/** The size of the largest payload of a control frame. */
	static final int LARGEST_CONTROL = 125;

	static final int CONTINUATION = 0x0;

	static final int TEXT = 0x1;

	static final int BINARY = 0x2;

	static final int CLOSE = 0x8;

	static final int PING = 0x9;

	static final int PONG = 0xA;

	/** To be added to the opcode of a message that is compressed: RSV1 (RFC 7692). */
	static final int COMPRESSED = 0x40;

	private static final int FIN = 0x8000;

	private static final int RSV1 = 0x4000;

	private static final int RESERVED = 0x7000;

	private static final int MASKED = 0x80;

	private static final int SHORT_LENGTH = 126;

	private static final int LONG_LENGTH = 127;

	private FrameHeader() {
	}

	/**
	 * Checks what two bytes alone can tell.
	 * @param start the first two bytes
	 * @param compression whether messages may be compressed
	 * @throws ProtocolException if no client may send such a frame
	 */
	static void check(int start, boolean compression) throws ProtocolException {
		if ((start & RESERVED) != 0 && !(compression && mayBeCompressed(start))) {
			throw ProtocolException.malformed("reserved bit is set");
		}
		int opcode = opcode(start);
		if (opcode > PONG || (opcode > BINARY && opcode < CLOSE)) {
			throw ProtocolException.malformed("opcode " + opcode + " is reserved");
		}
		if (isControl(start)) {
			if (!isFinal(start)) {
				throw ProtocolException.malformed("control frame is fragmented");
			}
			if ((start & 0x7F) > LARGEST_CONTROL) {
				throw ProtocolException.malformed("control frame is larger than 125 bytes");
			}
		}
		if ((start & MASKED) == 0) {
			throw ProtocolException.malformed("frame of a client is not masked");
		}
	}

	/* The first frame of a data message, and no other, says that it is compressed. */
	private static boolean mayBeCompressed(int start) {
		int opcode = opcode(start);
		return (start & RESERVED) == RSV1 && (opcode == TEXT || opcode == BINARY);
	}

	/**
	 * Tells whether a frame begins a compressed message, once it has been checked.
	 * @param start the first two bytes
	 * @return whether it does
	 */
	static boolean isCompressed(int start) {
		return (start & RSV1) != 0;
	}

	/**
	 * Tells whether a frame ends a message and does not begin a compressed one.
	 * @param start the first two bytes
	 * @return whether both hold
	 */
	static boolean isFinalAndPlain(int start) {
		return (start & (FIN | RSV1)) == FIN;
	}

	static boolean isFinal(int start) {
		return (start & FIN) != 0;
	}

	static int opcode(int start) {
		return (start >>> 8) & 0xF;
	}

	static boolean isControl(int start) {
		return (start & 0x800) != 0;
	}

	/**
	 * Returns the size of the header without the mask.
	 * @param start the first two bytes
	 * @return the number of bytes
	 */
	static int unmaskedSize(int start) {
		return switch (start & 0x7F) {
			case SHORT_LENGTH -> START + Short.BYTES;
			case LONG_LENGTH -> START + Long.BYTES;
			default -> START;
		};
	}

	/**
	 * Reads the length of the payload.
	 * @param start the first two bytes
	 * @param in holds the header
	 * @param index where the header begins; {@link #unmaskedSize} bytes are there
	 * @return the length in bytes
	 * @throws ProtocolException if the length is not valid
	 */
	static long payloadLength(int start, ByteBuf in, int index) throws ProtocolException {
		int code = start & 0x7F;
		if (code < SHORT_LENGTH) {
			return code;
		}
		long length;
		int least;
		if (code == SHORT_LENGTH) {
			length = in.getUnsignedShort(index + START);
			least = SHORT_LENGTH;
		}
		else {
			length = in.getLong(index + START);
			least = 0x10000;
			if (length < 0) {
				throw ProtocolException.malformed("highest bit of the length is set");
			}
		}
		if (length < least) {
			throw ProtocolException.malformed("length is not encoded in the shortest form");
		}
		return length;
	}

	/**
	 * Writes the header of a complete, unmasked frame.
	 * @param opcode the opcode, perhaps with {@link #COMPRESSED}
	 * @param length the length of the payload in bytes
	 * @param out takes the header; has room for {@link #LARGEST_SENT} bytes
	 */
	static void write(int opcode, int length, ByteBuf out) {
		int index = out.writerIndex();
		int start = FIN | opcode << 8;
		if (length < SHORT_LENGTH) {
			out.setShort(index, start | length);
			out.writerIndex(index + START);
		}
		else if (length <= 0xFFFF) {
			out.setInt(index, (start | SHORT_LENGTH) << 16 | length);
			out.writerIndex(index + START + Short.BYTES);
		}
		else {
			out.setShort(index, start | LONG_LENGTH);
			out.setLong(index + START, length);
			out.writerIndex(index + START + Long.BYTES);
		}
	}

}
