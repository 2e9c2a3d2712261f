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

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.connection.spi.ForwardingListener;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.connection.spi.Traffic;
import io.github.workerman.transport.limit.LimitSettings;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link ConnectionLimiter} between each connection and its handlers. Part of
 * servers only that limit what their peers send.
 */
final class LimitedListener extends ForwardingListener {

	private LimitedListener(ConnectionListener next) {
		super(next);
	}

	/**
	 * Returns a listener that enforces limits, or the one that is given if there are
	 * none.
	 */
	static ConnectionListener of(LimitSettings settings, ConnectionListener listener) {
		return settings.limitsTraffic() ? new LimitedListener(listener) : listener;
	}

	@Override
	public void connected(ManagedConnection connection) {
		if (connection instanceof NettyConnection limited) {
			ConnectionLimiter limiter = new ConnectionLimiter(limited);
			limited.limiter(limiter);
			limiter.start();
		}
		this.next.connected(connection);
	}

	@Override
	public void message(ManagedConnection connection, Object message) {
		ConnectionLimiter limiter = limiter(connection);
		if (limiter == null || limiter.admits()) {
			this.next.message(connection, message);
		}
	}

	@Override
	public void closed(ManagedConnection connection, CloseReason reason) {
		ConnectionLimiter limiter = limiter(connection);
		if (limiter != null) {
			limiter.stop();
		}
		this.next.closed(connection, reason);
	}

	@Override
	public void received(ManagedConnection connection, Traffic traffic) {
		ConnectionLimiter limiter = limiter(connection);
		if (limiter != null) {
			limiter.received(traffic.bytes());
		}
		this.next.received(connection, traffic);
	}

	private static @Nullable ConnectionLimiter limiter(ManagedConnection connection) {
		return (connection instanceof NettyConnection limited) ? limited.limiter() : null;
	}

}
