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

package io.github.workerman.gateway;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.ConnectionRegistry;
import io.github.workerman.connection.spi.ConnectionListener;

/**
 * Servers with a gateway, without sockets.
 */
final class FakeNode implements ConnectionRegistry {

	final LocalGateway gateway;

	private final ConnectionListener listener;

	private final Map<String, Connection> connections = new ConcurrentHashMap<>();

	private final AtomicInteger numbers = new AtomicInteger();

	FakeNode() {
		this(UnaryOperator.identity(), new ConnectionListener() {
		});
	}

	FakeNode(UnaryOperator<Object> converter, ConnectionListener delegate) {
		this.gateway = new LocalGateway(this, converter);
		this.listener = this.gateway.decorate(delegate);
	}

	FakeConnection connect(FakeLoop loop) {
		return connect("chat", loop);
	}

	FakeConnection connect(String server, FakeLoop loop) {
		FakeConnection connection = new FakeConnection("c" + this.numbers.incrementAndGet(), server, loop);
		loop.run(() -> open(connection));
		return connection;
	}

	/**
	 * Opens a connection, on its loop.
	 */
	void open(FakeConnection connection) {
		this.connections.put(connection.id(), connection);
		this.listener.connected(connection);
	}

	void disconnect(FakeConnection connection) {
		connection.loop.run(() -> close(connection));
	}

	/**
	 * Closes a connection, on its loop.
	 */
	void close(FakeConnection connection) {
		connection.beginClose();
		this.connections.remove(connection.id());
		this.listener.closed(connection, CloseReason.NO_STATUS);
	}

	@Override
	public Optional<Connection> find(String id) {
		return Optional.ofNullable(this.connections.get(id));
	}

	@Override
	public Collection<Connection> all() {
		return List.copyOf(this.connections.values());
	}

	@Override
	public Collection<Connection> ofServer(String server) {
		return this.connections.values().stream().filter((connection) -> connection.server().equals(server)).toList();
	}

	@Override
	public int count() {
		return this.connections.size();
	}

	@Override
	public int count(String server) {
		return ofServer(server).size();
	}

}
