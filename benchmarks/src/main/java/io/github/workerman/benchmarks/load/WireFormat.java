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

package io.github.workerman.benchmarks.load;

import io.github.workerman.benchmarks.Compression;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of a protocol on bytes.
 */
interface WireFormat {

	/**
	 * Returns the format of a protocol.
	 * @param options say which protocol and which server
	 * @return the format
	 */
	static WireFormat of(LoadOptions options) {
		return switch (options.protocol()) {
			case WEBSOCKET ->
				new WebSocketWireFormat(options.host(), options.port(), options.compression() != Compression.OFF);
			case TEXT -> new TextWireFormat();
			case FRAME -> new FrameWireFormat();
			case HTTP -> new HttpWireFormat(options.host(), options.port(), options.paths());
		};
	}

	/**
	 * Returns what a client sends before its first message.
	 * @return the handshake or {@code null} if there is none
	 */
	default byte @Nullable [] handshake() {
		return null;
	}

	/**
	 * Checks the answer to the handshake.
	 * @param bytes contains the answer
	 * @param from its first byte
	 * @param to behind the last byte received
	 * @return behind the answer's last byte, or -1 if there must come more
	 * @throws WireFormatException if the handshake was refused
	 */
	default int handshakeEnd(byte[] bytes, int from, int to) throws WireFormatException {
		return from;
	}

	/**
	 * Frames a payload as a message to the server.
	 * @param payload the payload
	 * @return all bytes of the message
	 */
	byte[] frame(byte[] payload);

	/**
	 * Frames a payload that is compressed.
	 * @param payload the payload
	 * @return all bytes of the message
	 */
	default byte[] compressedFrame(byte[] payload) {
		throw new UnsupportedOperationException("No compression in this protocol");
	}

	/**
	 * Returns where the payload is in a framed message.
	 * @param payloadLength its length
	 * @return the index of its first byte
	 */
	int payloadIndex(int payloadLength);

	/**
	 * Returns the eight bytes that a payload is masked with, over and over.
	 * @return the mask, 0 for none
	 */
	default long mask() {
		return 0;
	}

	/**
	 * Returns what a client sends to close its connection.
	 * @return the message, or {@code null} if it closes its side of the stream
	 */
	default byte @Nullable [] close() {
		return null;
	}

	/**
	 * Finds the next message from the server, or a part of a large one.
	 * @param peer the connection
	 * @param bytes contains the message
	 * @param from its first byte
	 * @param to behind the last byte received
	 * @param result where the message is
	 * @return whether there is a complete message
	 * @throws WireFormatException if the server broke the protocol
	 */
	boolean next(Peer peer, byte[] bytes, int from, int to, Incoming result) throws WireFormatException;

	/**
	 * Where a message is, and what it is.
	 */
	final class Incoming {

		Kind kind = Kind.MESSAGE;

		int payloadFrom;

		int payloadTo;

		int end;

		void set(Kind kind, int payloadFrom, int payloadTo, int end) {
			this.kind = kind;
			this.payloadFrom = payloadFrom;
			this.payloadTo = payloadTo;
			this.end = end;
		}

	}

	/**
	 * The kinds of messages.
	 */
	enum Kind {

		/** A message of the application. */
		MESSAGE,

		/** A part of a message that is not its last. */
		PART,

		/** A control message that needs no reaction. */
		CONTROL,

		/** The server closes the connection or confirms that the client did. */
		CLOSE

	}

}
