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

import io.github.workerman.connection.RejectReason;
import io.github.workerman.protocol.HandshakeException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the end of a request's head, line by line, and turns a peer away as soon as
 * it shows that it will not send one. Remembers how far it has looked.
 */
final class HandshakeReader {

	private static final int LONGEST_METHOD = 24;

	private static final int TLS_HANDSHAKE = 0x16;

	private static final int TLS_MAJOR_VERSION = 3;

	/* Offsets from where the request begins */

	private int searched;

	private int lineStart;

	/**
	 * Takes the head of the request, the empty line included, once all of it is there.
	 * @param in the received bytes
	 * @param limit the largest size of a head in bytes
	 * @return the request line and the fields, or {@code null} while they are incomplete
	 * @throws HandshakeException if it is none
	 */
	byte @Nullable [] read(ByteBuf in, int limit) throws HandshakeException {
		int start = in.readerIndex();
		if (this.lineStart == 0 && !isMethod(in)) {
			return null;
		}
		while (true) {
			int lineFeed = in.indexOf(start + this.searched, in.writerIndex(), (byte) '\n');
			if (lineFeed < 0) {
				this.searched = in.readableBytes();
				checkSize(this.searched, limit);
				return null;
			}
			int next = lineFeed + 1 - start;
			checkSize(next, limit);
			if (next - this.lineStart < 2 || in.getByte(lineFeed - 1) != '\r') {
				throw HandshakeResponses.malformed("a line does not end with CR LF");
			}
			if (next - this.lineStart == 2) {
				byte[] head = new byte[this.lineStart];
				in.readBytes(head).skipBytes(2);
				return head;
			}
			if (this.lineStart == 0) {
				byte[] line = new byte[next];
				in.getBytes(start, line);
				RequestLine.parse(line);
			}
			this.lineStart = next;
			this.searched = next;
		}
	}

	private static void checkSize(int size, int limit) throws HandshakeException {
		if (size > limit) {
			throw HandshakeResponses.tooLarge(limit);
		}
	}

	/* What begins like a method is waited for; what does not will never become one. */
	private static boolean isMethod(ByteBuf in) throws HandshakeException {
		int readable = in.readableBytes();
		int start = in.readerIndex();
		if (readable == 0) {
			return false;
		}
		if (in.getByte(start) == TLS_HANDSHAKE) {
			if (readable == 1) {
				return false;
			}
			if (in.getByte(start + 1) == TLS_MAJOR_VERSION) {
				throw new HandshakeException(RejectReason.TLS, "TLS on a port without TLS",
						HandshakeResponses.tlsAlert());
			}
		}
		for (int i = 0; i < readable; i++) {
			byte current = in.getByte(start + i);
			if (current == ' ' && i != 0) {
				return true;
			}
			if (i == LONGEST_METHOD || !HeaderFields.isToken(current)) {
				throw HandshakeResponses.malformed("this is no HTTP request");
			}
		}
		return true;
	}

}
