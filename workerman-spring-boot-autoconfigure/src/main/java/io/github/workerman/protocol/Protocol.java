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

/**
 * A protocol that servers can speak. A bean of this type makes its name a legal value of
 * {@code workerman.servers.<name>.protocol}; it replaces a built-in protocol of the same
 * name. Implementations are stateless and shared by all servers.
 */
public interface Protocol {

	/**
	 * Returns the protocol's name.
	 * @return the name, lower-case letters, digits and dashes
	 */
	String name();

	/**
	 * Tells whether the protocol marks messages as text or binary. If it does, a message
	 * of a kind that no handler takes closes the connection with 1003; if not, the
	 * handlers' parameter types decide what the codec makes, see
	 * {@link CodecContext#kind()}.
	 * @return {@code false} unless overridden
	 */
	default boolean distinguishesKinds() {
		return false;
	}

	/**
	 * Tells whether connections begin with an HTTP upgrade. If they do, the codecs are
	 * {@link HandshakeCodec}s and the connections
	 * {@link io.github.workerman.connection.WebSocketConnection}s.
	 * @return {@code false} unless overridden
	 */
	default boolean handshakes() {
		return false;
	}

	/**
	 * Tells whether the protocol is about datagrams: there are no connections, and each
	 * message comes with a {@link io.github.workerman.connection.UdpPeer}.
	 * @return {@code false} unless overridden
	 */
	default boolean datagrams() {
		return false;
	}

	/**
	 * Tells whether the first bytes of a peer can look like those of a TLS handshake (22,
	 * 3, 0 to 4, any two, 1). If they cannot, a peer that speaks TLS to a port without it
	 * is turned away at its first bytes; else as soon as the codec does not accept them.
	 * @return {@code true} unless overridden
	 */
	default boolean mayBeginLikeTls() {
		return true;
	}

	/**
	 * Prepares the protocol for one server. Called when the server starts.
	 * @param settings the server's settings
	 * @return makes a codec for each connection
	 */
	CodecFactory codecs(ProtocolSettings settings);

}
