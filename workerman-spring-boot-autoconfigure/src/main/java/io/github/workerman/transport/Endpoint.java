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

package io.github.workerman.transport;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;

/**
 * Listens on one address for one server. Can be bound and closed again and again. Its
 * methods may be called from any thread but an event loop.
 */
public interface Endpoint {

	/**
	 * Begins to listen.
	 * @return the address in use, with the port that was taken: an
	 * {@link java.net.InetSocketAddress} or {@link java.net.UnixDomainSocketAddress}
	 * @throws EndpointBindException if that is not possible
	 */
	SocketAddress bind();

	/**
	 * Stops listening. The port is free when this returns; connections stay.
	 */
	void unbind();

	/**
	 * Says goodbye to all connections, after what they have sent has been handled, and
	 * drops those that are left when the time is over. Peers that come from now on are
	 * turned away until the endpoint is bound anew.
	 * @param reason what the peers are told
	 * @param grace how long that may take
	 * @return completes when no connection is left and the close handlers have run
	 */
	CompletionStage<Void> drain(CloseReason reason, Duration grace);

	/**
	 * Returns the open connections that no messages are sent on, because their peers only
	 * ask.
	 * @return a snapshot, none unless overridden
	 */
	default Collection<Connection> requestConnections() {
		return List.of();
	}

	/**
	 * Stops listening and drops all connections.
	 */
	void close();

}
