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

package io.github.workerman.handler;

import java.util.List;

import io.github.workerman.execution.ExecutionMode;
import io.github.workerman.protocol.PathPattern;
import io.github.workerman.protocol.udp.UdpProtocol;

/**
 * What handlers need to know of the server that they work for.
 *
 * @param server the server's name
 * @param protocol the name of its protocol
 * @param distinguishesKinds whether the protocol marks messages as text or binary
 * @param webSocket whether its connections are
 * {@link io.github.workerman.connection.WebSocketConnection}s, with a handshake
 * @param messageTypeField the name of the JSON field that tells a message's type
 * @param execution where its handlers run
 * @param onUnhandledError what an unhandled error does to a connection
 * @param paths at which paths it accepts websockets, the more special ones first; none if
 * the handlers are to decide that
 * @param sessions whether requests have an {@link io.github.workerman.http.HttpSession}
 */
public record HandlerSettings(String server, String protocol, boolean distinguishesKinds, boolean webSocket,
		String messageTypeField, ExecutionMode execution, UnhandledErrorPolicy onUnhandledError,
		List<PathPattern> paths, boolean sessions) {

	private static final String HTTP = "http";

	/**
	 * Creates the settings.
	 */
	public HandlerSettings {
		paths = List.copyOf(paths);
	}

	/**
	 * Creates settings that leave the paths to the handlers, without sessions.
	 * @param server the server's name
	 * @param protocol the name of its protocol
	 * @param distinguishesKinds whether the protocol marks messages as text or binary
	 * @param webSocket whether its connections have a handshake
	 * @param messageTypeField the name of the JSON field that tells a message's type
	 * @param execution where its handlers run
	 * @param onUnhandledError what an unhandled error does to a connection
	 */
	public HandlerSettings(String server, String protocol, boolean distinguishesKinds, boolean webSocket,
			String messageTypeField, ExecutionMode execution, UnhandledErrorPolicy onUnhandledError) {
		this(server, protocol, distinguishesKinds, webSocket, messageTypeField, execution, onUnhandledError, List.of(),
				false);
	}

	/**
	 * Tells whether handlers get HTTP requests.
	 * @return whether the protocol is {@code http}
	 */
	public boolean isHttp() {
		return this.protocol.equals(HTTP);
	}

	/**
	 * Returns the settings for requests of an http server, without those for its
	 * websocket connections.
	 */
	HandlerSettings forRequests() {
		return new HandlerSettings(this.server, this.protocol, true, false, this.messageTypeField, this.execution,
				this.onUnhandledError, List.of(), this.sessions);
	}

	/**
	 * Returns the settings of a server whose paths have been decided; an http server has
	 * websockets if there is one.
	 */
	HandlerSettings withPaths(List<PathPattern> paths) {
		return new HandlerSettings(this.server, this.protocol, this.distinguishesKinds,
				this.webSocket || !paths.isEmpty(), this.messageTypeField, this.execution, this.onUnhandledError, paths,
				this.sessions);
	}

	/**
	 * Returns the settings for the websocket connections of an http server.
	 */
	HandlerSettings forWebSockets() {
		return new HandlerSettings(this.server, "websocket", this.distinguishesKinds, this.webSocket,
				this.messageTypeField, this.execution, this.onUnhandledError, this.paths, false);
	}

	/**
	 * Tells whether messages come with a {@link io.github.workerman.connection.UdpPeer}
	 * in place of a connection.
	 * @return whether the protocol is {@code udp}
	 */
	public boolean datagrams() {
		return this.protocol.equals(UdpProtocol.NAME);
	}

}
