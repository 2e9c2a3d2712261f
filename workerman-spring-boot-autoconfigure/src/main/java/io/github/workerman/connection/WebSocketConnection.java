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

package io.github.workerman.connection;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * A connection whose peer speaks websocket (RFC 6455). Threads and errors as in
 * {@link Connection}.
 */
public interface WebSocketConnection extends Connection {

	/**
	 * Returns the request that opened this connection.
	 * @return the handshake
	 */
	Handshake handshake();

	/**
	 * Returns the negotiated sub-protocol.
	 * @return the sub-protocol, or {@code null} if none was agreed on
	 */
	@Nullable String subprotocol();

	/**
	 * Returns the negotiated extensions (RFC 6455 section 9), as the response to the
	 * handshake names them; still known after the close.
	 * @return {@code permessage-deflate} and its parameters if messages are compressed,
	 * or {@code null} if no extension was agreed on
	 */
	default @Nullable String extensions() {
		return null;
	}

	/**
	 * Sends a ping frame (RFC 6455 section 5.5.2). Its pong is counted as a sign of life
	 * and not reported.
	 * @param payload at most 125 bytes
	 * @return as for {@link #send(Object)}
	 * @throws IllegalArgumentException if the payload is too long
	 */
	SendResult ping(ByteBuffer payload);

}
