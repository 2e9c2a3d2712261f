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

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.DatagramDrop;
import io.github.workerman.connection.Limit;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.connection.StreamReset;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.connection.spi.ForwardingListener;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.connection.spi.Traffic;

/**
 * Counts what happens to the connections of a server and passes it on.
 */
final class StatisticsListener extends ForwardingListener {

	private final ServerStatistics statistics;

	StatisticsListener(ServerStatistics statistics, ConnectionListener next) {
		super(next);
		this.statistics = statistics;
	}

	@Override
	public void connected(ManagedConnection connection) {
		this.statistics.countOpened();
		this.next.connected(connection);
	}

	@Override
	public void message(ManagedConnection connection, Object message) {
		this.next.message(connection, message);
	}

	@Override
	public void closed(ManagedConnection connection, CloseReason reason) {
		this.statistics.countClosed(reason);
		this.next.closed(connection, reason);
	}

	@Override
	public void rejected(RejectReason reason) {
		this.statistics.countRejected(reason);
		this.next.rejected(reason);
	}

	@Override
	public void limitExceeded(Limit limit) {
		this.statistics.countExceeded(limit);
		this.next.limitExceeded(limit);
	}

	@Override
	public void datagramDropped(DatagramDrop reason) {
		this.statistics.countDropped(reason);
		this.next.datagramDropped(reason);
	}

	@Override
	public void streamReset(StreamReset reason) {
		this.statistics.countReset(reason);
		this.next.streamReset(reason);
	}

	@Override
	public void received(ManagedConnection connection, Traffic traffic) {
		this.statistics.in().count(traffic);
		this.next.received(connection, traffic);
	}

	@Override
	public void sent(ManagedConnection connection, Traffic traffic) {
		this.statistics.out().count(traffic);
		this.next.sent(connection, traffic);
	}

	@Override
	public void dropped(ManagedConnection connection, int messages) {
		this.statistics.countDropped(messages);
		this.next.dropped(connection, messages);
	}

}
