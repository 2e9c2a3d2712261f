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

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

import io.github.workerman.connection.Connection;
import io.github.workerman.connection.ConnectionRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of one application. Usable from any thread.
 */
public final class Connections implements ConnectionRegistry {

	private final String prefix = String.format("%08x-", ThreadLocalRandom.current().nextInt());

	private final AtomicLong numbers = new AtomicLong();

	private final Map<String, Map<Long, NettyConnection>> servers = new ConcurrentHashMap<>();

	@Override
	public Optional<Connection> find(String id) {
		Long number = number(id);
		if (number != null) {
			for (Map<Long, NettyConnection> connections : this.servers.values()) {
				NettyConnection connection = connections.get(number);
				// A number can be written in several ways, an identifier only in one.
				if (connection != null && connection.id().equals(id)) {
					return Optional.of(connection);
				}
			}
		}
		return Optional.empty();
	}

	@Override
	public Collection<Connection> all() {
		List<Connection> all = new ArrayList<>();
		this.servers.values().forEach((connections) -> all.addAll(connections.values()));
		return all;
	}

	@Override
	public Collection<Connection> ofServer(String server) {
		return new ArrayList<>(of(server).values());
	}

	@Override
	public int count() {
		return this.servers.values().stream().mapToInt(Map::size).sum();
	}

	@Override
	public int count(String server) {
		return of(server).size();
	}

	/**
	 * Returns how many bytes wait to be sent to the connections of a server.
	 * @param server the server's name
	 * @return the sum in bytes
	 */
	public long pendingBytes(String server) {
		return of(server).values().stream().mapToLong(Connection::pendingBytes).sum();
	}

	/**
	 * Returns the number of the next peer.
	 * @return a number that no other peer of the application has had
	 */
	public long nextNumber() {
		return this.numbers.incrementAndGet();
	}

	String id(long number) {
		return this.prefix + Long.toHexString(number);
	}

	Map<Long, NettyConnection> of(String server) {
		return this.servers.getOrDefault(server, Map.of());
	}

	/**
	 * Returns the modifiable map of a server's connections, which an endpoint keeps.
	 */
	Map<Long, NettyConnection> open(String server) {
		return this.servers.computeIfAbsent(server, (name) -> new ConcurrentHashMap<>());
	}

	private @Nullable Long number(String id) {
		if (id.startsWith(this.prefix)) {
			try {
				return Long.parseLong(id.substring(this.prefix.length()), 16);
			}
			catch (NumberFormatException ex) {
				return null;
			}
		}
		return null;
	}

}
