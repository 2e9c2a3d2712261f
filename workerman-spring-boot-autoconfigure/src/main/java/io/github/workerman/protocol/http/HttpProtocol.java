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

package io.github.workerman.protocol.http;

import io.github.workerman.protocol.CodecFactory;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;

/**
 * The protocol {@code http}. Requests and responses are not messages of a connection and
 * have no codec: an endpoint of their own serves them. What has a codec are the
 * connections that a server with a websocket path upgrades.
 */
public final class HttpProtocol implements Protocol {

	/** The name of the protocol. */
	public static final String NAME = "http";

	private final Protocol upgraded;

	/**
	 * Creates the protocol.
	 * @param upgraded the protocol of upgraded connections
	 */
	public HttpProtocol(Protocol upgraded) {
		this.upgraded = upgraded;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public boolean distinguishesKinds() {
		return this.upgraded.distinguishesKinds();
	}

	@Override
	public boolean handshakes() {
		return this.upgraded.handshakes();
	}

	@Override
	public CodecFactory codecs(ProtocolSettings settings) {
		return this.upgraded.codecs(settings);
	}

	/**
	 * Returns the protocol of upgraded connections.
	 * @return the protocol
	 */
	public Protocol upgraded() {
		return this.upgraded;
	}

}
