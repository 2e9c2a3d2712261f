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
import java.util.Set;

import io.github.workerman.connection.MessageKind;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.http.HttpListener;
import io.github.workerman.protocol.PathPattern;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of one server, bound and ready.
 *
 * @param listener hands to them what happens to the server's connections
 * @param isDirect whether messages are always handled while they are delivered, without a
 * mailbox
 * @param kinds the kinds of messages that they take; on protocols that do not distinguish
 * kinds at most one, which is what the codec is to make
 * @param descriptions what is to be told about them, in the order of events
 * @param paths at which paths it accepts websockets, the more special ones first; none if
 * its connections have no handshake
 * @param requests handles HTTP requests, or {@code null} if the server gets none
 * @param onStart calls those for the server's start
 * @param onStop calls those for its stop
 * @param onReload calls those for its reload
 */
public record ServerHandlers(ConnectionListener listener, boolean isDirect, Set<MessageKind> kinds,
		List<HandlerDescription> descriptions, List<PathPattern> paths, @Nullable HttpListener requests,
		Runnable onStart, Runnable onStop, Runnable onReload) {

	/**
	 * Creates the handlers of a server.
	 */
	public ServerHandlers {
		kinds = Set.copyOf(kinds);
		descriptions = List.copyOf(descriptions);
		paths = List.copyOf(paths);
	}

	/**
	 * Tells whether the server has no handler at all.
	 * @return whether nothing would be called
	 */
	public boolean isEmpty() {
		return this.descriptions.isEmpty();
	}

	/**
	 * Calls the handlers for the server's start. To be called before it listens.
	 * @throws RuntimeException what a handler throws; the following ones are not called
	 */
	public void started() {
		this.onStart.run();
	}

	/**
	 * Calls the handlers for the server's stop. To be called before its connections are
	 * closed. What they throw is logged.
	 */
	public void stopping() {
		this.onStop.run();
	}

	/**
	 * Calls the handlers for the server's reload. What they throw is logged.
	 */
	public void reloaded() {
		this.onReload.run();
	}

}
