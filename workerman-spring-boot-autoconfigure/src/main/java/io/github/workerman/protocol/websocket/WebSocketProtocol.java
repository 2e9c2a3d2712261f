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

import io.github.workerman.protocol.CodecFactory;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;

/**
 * The protocol {@code websocket} (RFC 6455). A peer that does not ask for a websocket
 * connection in exactly the way of the RFC gets an HTTP error with the reason in its body
 * before it becomes a connection.
 * <p>
 * Text must be UTF-8, or the connection is closed with 1007; a message above the size
 * limit, fragments together and without their headers, closes it with 1009 before it is
 * received; any other violation with 1002. Pings are answered, the close frame of the
 * peer too. Text is sent as a text message and bytes as a binary one, each in one frame.
 * <p>
 * If the server's settings say so and a client offers it, messages are compressed
 * (permessage-deflate, RFC 7692). The size limit holds for what a compressed message
 * becomes; compressed data that is not valid closes the connection with 1007.
 * <p>
 * The response to the handshake carries what the handshake handler adds, except for
 * fields that are not for it to decide: {@code Connection}, {@code Upgrade}, what
 * describes the body, and those that begin with {@code Sec-WebSocket-}.
 */
public final class WebSocketProtocol implements Protocol {

	/** The name of the protocol. */
	public static final String NAME = "websocket";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public boolean distinguishesKinds() {
		return true;
	}

	@Override
	public boolean handshakes() {
		return true;
	}

	/**
	 * Prepares the protocol for one server.
	 * @param settings the server's settings
	 * @return makes a codec for each connection
	 * @throws IllegalArgumentException if an allowed origin is none
	 */
	@Override
	public CodecFactory codecs(ProtocolSettings settings) {
		HandshakeRules rules = new HandshakeRules(settings);
		return (context) -> new WebSocketCodec(rules, context);
	}

}
