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

package io.github.workerman.actuate;

import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import io.github.workerman.connection.Addresses;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.ConnectionStatistics;
import io.github.workerman.connection.WebSocketConnection;
import io.github.workerman.gateway.Gateway;
import io.github.workerman.handler.HandlerDescription;
import io.github.workerman.server.ServerState;
import io.github.workerman.server.ServerStatistics;
import io.github.workerman.server.WorkermanServer;
import io.github.workerman.server.WorkermanServerRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * {@link Endpoint @Endpoint} that shows the servers, their handlers and their
 * connections: what {@code status} and {@code connections} show in Workerman.
 */
@Endpoint(id = "workerman", defaultAccess = Access.READ_ONLY)
public class WorkermanEndpoint {

	private static final int DEFAULT_LIMIT = 100;

	private static final int MAX_LIMIT = 1000;

	/* Identifiers of one node end in an unpadded number: oldest first. */
	private static final Comparator<Connection> OLDEST_FIRST = Comparator
		.<Connection>comparingInt((connection) -> connection.id().length())
		.thenComparing(Connection::id);

	private final WorkermanServerRegistry registry;

	private final Gateway gateway;

	/**
	 * Creates the endpoint.
	 * @param registry the servers
	 * @param gateway knows the users of connections
	 */
	public WorkermanEndpoint(WorkermanServerRegistry registry, Gateway gateway) {
		this.registry = registry;
		this.gateway = gateway;
	}

	/**
	 * Describes all servers.
	 * @return the servers in the order of their start
	 */
	@ReadOperation
	public ServersDescriptor servers() {
		return new ServersDescriptor(this.registry.servers().stream().map(ServerDescriptor::of).toList());
	}

	/**
	 * Describes the connections of a server, the oldest first.
	 * @param server the server's name
	 * @param offset how many connections to leave out, 0 if not given
	 * @param limit how many connections to describe at most, 1 to 1000, 100 if not given
	 * @return the connections, or {@code null} for an unknown server
	 */
	@ReadOperation
	public @Nullable ConnectionsDescriptor connections(@Selector String server, @Nullable Integer offset,
			@Nullable Integer limit) {
		int first = range("offset", offset, 0, 0, Integer.MAX_VALUE);
		int size = range("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT);
		return this.registry.find(server).map((found) -> connections(found, first, size)).orElse(null);
	}

	private static int range(String name, @Nullable Integer value, int defaultValue, int min, int max) {
		int number = (value != null) ? value : defaultValue;
		if (number < min || number > max) {
			String message = "'" + name + "' must be " + min + " to " + max;
			throw new InvalidEndpointRequestException(message + ", not " + number, message);
		}
		return number;
	}

	private ConnectionsDescriptor connections(WorkermanServer server, int offset, int limit) {
		List<Connection> all = server.connections();
		List<ConnectionDescriptor> page = all.stream()
			.sorted(OLDEST_FIRST)
			.skip(offset)
			.limit(limit)
			.map((connection) -> ConnectionDescriptor.of(connection, this.gateway.userOf(connection).orElse(null)))
			.toList();
		return new ConnectionsDescriptor(server.name(), all.size(), offset, limit, page);
	}

	/**
	 * Description of all servers.
	 *
	 * @param servers the servers in the order of their start
	 */
	public record ServersDescriptor(List<ServerDescriptor> servers) implements OperationResponseBody {

	}

	/**
	 * Description of a server.
	 *
	 * @param name its name
	 * @param protocol the name of its protocol
	 * @param address where it listens, or {@code null} when it does not
	 * @param state where it is in its life
	 * @param transport the kind of its event loops, or {@code null} when it has none
	 * @param threads the number of its event loops
	 * @param startedAt since when it listens, or {@code null} when it does not
	 * @param uptime for how long it has listened, or {@code null} when it does not
	 * @param connections the number of open connections
	 * @param messages messages since the start
	 * @param bytes bytes since the start
	 * @param pendingBytes the bytes that wait to be sent
	 * @param dropped messages refused because a send buffer was full
	 * @param handlers its handlers
	 */
	public record ServerDescriptor(String name, String protocol, @Nullable String address, ServerState state,
			@Nullable String transport, int threads, @Nullable Instant startedAt, @Nullable Duration uptime,
			int connections, TotalsDescriptor messages, TotalsDescriptor bytes, long pendingBytes, long dropped,
			List<HandlerDescription> handlers) implements OperationResponseBody {

		private static ServerDescriptor of(WorkermanServer server) {
			Instant startedAt = server.startedAt();
			ServerStatistics statistics = server.statistics();
			return new ServerDescriptor(server.name(), server.definition().protocol(),
					(server.address() != null) ? Addresses.format(server.address()) : null, server.state(),
					server.transport(), server.threads(), startedAt,
					(startedAt != null) ? Duration.between(startedAt, Instant.now()) : null, server.connectionCount(),
					new TotalsDescriptor(statistics.in().messages(), statistics.out().messages()),
					new TotalsDescriptor(statistics.in().bytes(), statistics.out().bytes()), server.pendingBytes(),
					statistics.dropped(), server.handlers());
		}

	}

	/**
	 * What has gone both ways.
	 *
	 * @param in what was received
	 * @param out what was sent
	 */
	public record TotalsDescriptor(long in, long out) {

	}

	/**
	 * Description of a page of a server's connections.
	 *
	 * @param server the server's name
	 * @param total the number of its open connections
	 * @param offset how many connections come before this page
	 * @param limit how many connections the page has at most
	 * @param connections the connections, the oldest first
	 */
	public record ConnectionsDescriptor(String server, int total, int offset, int limit,
			List<ConnectionDescriptor> connections) implements OperationResponseBody {

	}

	/**
	 * Description of a connection.
	 *
	 * @param id its identifier
	 * @param user the user that it is bound to, or {@code null}
	 * @param remoteAddress where the client comes from
	 * @param peerAddress the address of the proxy in between, or {@code null} if the
	 * client is connected directly, as far as that is known
	 * @param path the path at which a websocket connection was opened, or {@code null}
	 * @param extensions the extensions of a websocket connection, such as compression, or
	 * {@code null}
	 * @param openedAt since when it is open
	 * @param messages messages since then
	 * @param bytes bytes since then
	 * @param pendingBytes the bytes that wait to be sent
	 * @param dropped messages refused because the send buffer was full
	 */
	public record ConnectionDescriptor(String id, @Nullable String user, String remoteAddress,
			@Nullable String peerAddress, @Nullable String path, @Nullable String extensions, Instant openedAt,
			TotalsDescriptor messages, TotalsDescriptor bytes, long pendingBytes, long dropped) {

		private static ConnectionDescriptor of(Connection connection, @Nullable String user) {
			ConnectionStatistics statistics = connection.statistics();
			SocketAddress peer = connection.peerAddress();
			return new ConnectionDescriptor(connection.id(), user, Addresses.format(connection.remoteAddress()),
					peer.equals(connection.remoteAddress()) ? null : Addresses.format(peer),
					(connection instanceof WebSocketConnection webSocket) ? webSocket.handshake().path() : null,
					(connection instanceof WebSocketConnection webSocket) ? webSocket.extensions() : null,
					statistics.openedAt(), new TotalsDescriptor(statistics.messagesIn(), statistics.messagesOut()),
					new TotalsDescriptor(statistics.bytesIn(), statistics.bytesOut()), connection.pendingBytes(),
					statistics.dropped());
		}

	}

}
