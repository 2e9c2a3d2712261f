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

import java.util.function.Consumer;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.DatagramDrop;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.Limit;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.connection.spi.Traffic;

/**
 * Tells the gateway who comes and goes, and everything else to the next listener.
 */
final class GatewayListener implements ConnectionListener {

	private final LocalGateway gateway;

	private final ConnectionListener delegate;

	GatewayListener(LocalGateway gateway, ConnectionListener delegate) {
		this.gateway = gateway;
		this.delegate = delegate;
	}

	@Override
	public void connected(ManagedConnection connection) {
		if (connection.isPushable()) {
			this.gateway.connected(connection);
		}
		this.delegate.connected(connection);
	}

	@Override
	public void closed(ManagedConnection connection, CloseReason reason) {
		if (connection.isPushable()) {
			this.gateway.closed(connection);
		}
		this.delegate.closed(connection, reason);
	}

	@Override
	public void handshake(ManagedConnection connection, Handshake handshake, Consumer<HandshakeDecision> decision) {
		this.delegate.handshake(connection, handshake, decision);
	}

	@Override
	public void message(ManagedConnection connection, Object message) {
		this.delegate.message(connection, message);
	}

	@Override
	public void bufferFull(ManagedConnection connection) {
		this.delegate.bufferFull(connection);
	}

	@Override
	public void bufferDrained(ManagedConnection connection) {
		this.delegate.bufferDrained(connection);
	}

	@Override
	public void failed(ManagedConnection connection, Throwable error) {
		this.delegate.failed(connection, error);
	}

	@Override
	public void ending(ManagedConnection connection, Runnable close) {
		this.delegate.ending(connection, close);
	}

	@Override
	public void rejected(RejectReason reason) {
		this.delegate.rejected(reason);
	}

	@Override
	public void limitExceeded(Limit limit) {
		this.delegate.limitExceeded(limit);
	}

	@Override
	public void datagramDropped(DatagramDrop reason) {
		this.delegate.datagramDropped(reason);
	}

	@Override
	public void received(ManagedConnection connection, Traffic traffic) {
		this.delegate.received(connection, traffic);
	}

	@Override
	public void sent(ManagedConnection connection, Traffic traffic) {
		this.delegate.sent(connection, traffic);
	}

	@Override
	public void dropped(ManagedConnection connection, int messages) {
		this.delegate.dropped(connection, messages);
	}

}
