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

package io.github.workerman.server;

import java.net.SocketAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.http.SessionRequests;
import io.github.workerman.transport.Endpoint;
import io.github.workerman.transport.EventLoops;
import io.github.workerman.transport.http.MountedEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * One run of a server, from its start to its stop: the bound endpoint and its event
 * loops.
 */
final class RunningEndpoint {

	private final ServerDefinition definition;

	private final ServerLoops loops;

	private final EventLoops eventLoops;

	private final Endpoint endpoint;

	private final SocketAddress address;

	private final @Nullable SessionRequests sessions;

	private final Instant startedAt = Instant.now();

	/**
	 * Binds an endpoint, which listens then.
	 */
	RunningEndpoint(ServerDefinition definition, ServerLoops loops, EventLoops eventLoops, Endpoint endpoint,
			@Nullable SessionRequests sessions) {
		this.sessions = sessions;
		this.definition = definition;
		this.loops = loops;
		this.eventLoops = eventLoops;
		this.endpoint = endpoint;
		this.address = endpoint.bind();
	}

	Collection<Connection> requestConnections() {
		return this.endpoint.requestConnections();
	}

	int sessionCount() {
		return (this.sessions != null) ? this.sessions.count() : 0;
	}

	/**
	 * Returns where the server is reached.
	 * @return the address, or {@code null} as long as the web server that it is mounted
	 * on does not listen
	 */
	@Nullable SocketAddress address() {
		return (this.endpoint instanceof MountedEndpoint mounted) ? mounted.address() : this.address;
	}

	Instant startedAt() {
		return this.startedAt;
	}

	String transport() {
		return this.eventLoops.kind().toString();
	}

	int threads() {
		return this.eventLoops.size();
	}

	CompletionStage<Void> drain() {
		return this.endpoint.drain(CloseReason.GOING_AWAY, this.definition.shutdownGracePeriod());
	}

	void unbind() {
		this.endpoint.unbind();
	}

	void close() {
		try {
			this.endpoint.close();
		}
		finally {
			this.loops.release(this.eventLoops);
		}
	}

}
