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

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.connection.spi.ForwardingListener;
import io.github.workerman.connection.spi.ManagedConnection;

/**
 * Tells the gateway who comes and goes, and everything else to the next listener.
 */
final class GatewayListener extends ForwardingListener {

	private final LocalGateway gateway;

	GatewayListener(LocalGateway gateway, ConnectionListener next) {
		super(next);
		this.gateway = gateway;
	}

	@Override
	public void connected(ManagedConnection connection) {
		if (connection.isPushable()) {
			this.gateway.connected(connection);
		}
		this.next.connected(connection);
	}

	@Override
	public void closed(ManagedConnection connection, CloseReason reason) {
		if (connection.isPushable()) {
			this.gateway.closed(connection);
		}
		this.next.closed(connection, reason);
	}

	@Override
	public void message(ManagedConnection connection, Object message) {
		this.next.message(connection, message);
	}

}
