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

package io.github.workerman.transport.tls;

import io.github.workerman.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What a TLS client says first, and what it is told where nobody speaks TLS. Leaves the
 * indices of buffers alone.
 */
public final class TlsHello {

	/* RFC 8446 section 5.1: a record of the type handshake ... */
	static final int HANDSHAKE = 22;

	private static final int MAJOR_VERSION = 3;

	private static final int LARGEST_MINOR_VERSION = 4;

	/* ... in which, behind the length, a ClientHello begins (section 4). */
	private static final int HELLO_AT = 5;

	private static final int HELLO = 1;

	/* Record of the type alert, TLS 1.0, two bytes: fatal, handshake failure */
	private static final byte[] ALERT = { 0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x28 };

	private TlsHello() {
	}

	/**
	 * Tells whether bytes, as far as they have come, can be the beginning of a hello.
	 */
	static boolean isPossible(ByteBuf in) {
		int start = in.readerIndex();
		int readable = in.readableBytes();
		return (readable < 1 || in.getUnsignedByte(start) == HANDSHAKE)
				&& (readable < 2 || in.getUnsignedByte(start + 1) == MAJOR_VERSION)
				&& (readable < 3 || in.getUnsignedByte(start + 2) <= LARGEST_MINOR_VERSION)
				&& (readable <= HELLO_AT || in.getUnsignedByte(start + HELLO_AT) == HELLO);
	}

	/**
	 * Tells whether bytes are the beginning of a hello.
	 * @param in what has come, from its reader index on
	 * @return whether they are; {@code false} as long as there are less than six
	 */
	public static boolean isComplete(ByteBuf in) {
		return in.readableBytes() > HELLO_AT && isPossible(in);
	}

	/**
	 * Tells whether bytes can be the beginning of a record with a hello, and of nothing
	 * that is text.
	 * @param in what has come
	 * @param start the index of the first byte, which has come
	 * @return whether they can be
	 */
	public static boolean isPrefix(ByteBuf in, int start) {
		return in.getUnsignedByte(start) == HANDSHAKE
				&& (in.writerIndex() - start < 2 || in.getUnsignedByte(start + 1) == MAJOR_VERSION);
	}

	/**
	 * Returns what a client understands: an alert that ends its handshake.
	 * @return a new buffer that belongs to the caller
	 */
	public static ByteBuf alert() {
		return Unpooled.wrappedBuffer(ALERT);
	}

	/**
	 * Says what is wrong with a hello where nobody speaks TLS.
	 * @return a violation, to be counted and thrown
	 */
	public static ProtocolException violation() {
		return ProtocolException.malformed("TLS on a port without TLS");
	}

}
