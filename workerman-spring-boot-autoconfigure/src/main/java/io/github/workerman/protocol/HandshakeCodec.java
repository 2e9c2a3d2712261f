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

import java.nio.ByteBuffer;

import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.RejectReason;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A codec whose connections begin with an HTTP upgrade. The first message that it decodes
 * is a {@link Handshake}; the connection is open when {@link #complete} has been called
 * with a decision that accepts. Its connections are
 * {@link io.github.workerman.connection.WebSocketConnection}s.
 */
public interface HandshakeCodec extends Codec {

	/**
	 * Answers the handshake. Nothing is decoded between the handshake and this call.
	 * @param decision the application's decision
	 * @param out takes the response
	 * @throws HandshakeException if the peer is rejected
	 */
	void complete(HandshakeDecision decision, ByteBuf out) throws HandshakeException;

	/**
	 * Returns the handshake.
	 * @return the handshake, or {@code null} before it has been decoded
	 */
	@Nullable Handshake handshake();

	/**
	 * Returns the sub-protocol that was agreed on.
	 * @return the sub-protocol, or {@code null}
	 */
	@Nullable String subprotocol();

	/**
	 * Returns the extensions that were agreed on, as the response names them.
	 * @return the extensions, or {@code null} (the default) for none
	 */
	default @Nullable String extensions() {
		return null;
	}

	/**
	 * Appends a ping.
	 * @param payload at most 125 bytes
	 * @param out takes the bytes
	 */
	void encodePing(ByteBuffer payload, ByteBuf out);

	/**
	 * Makes the exception for a handshake that was not complete in time.
	 * @return the exception, with the response to send
	 */
	HandshakeException handshakeTimeout();

	/**
	 * Makes the exception for a peer that speaks no TLS where it should. Called in place
	 * of the first {@code decode}.
	 * @return the exception, by default without a response
	 */
	default HandshakeException tlsRequired() {
		return new HandshakeException(RejectReason.NOT_TLS, "no TLS on a port with TLS", new byte[0]);
	}

}
