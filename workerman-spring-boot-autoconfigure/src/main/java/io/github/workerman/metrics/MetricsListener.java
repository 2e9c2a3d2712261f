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

package io.github.workerman.metrics;

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
 * Measures what the sums of a server do not tell: its largest messages, and where batches
 * end for the sake of {@link HandlerMetrics}.
 */
final class MetricsListener implements ConnectionListener {

	private final HandlerMetrics handlers;

	private final ConnectionListener next;

	private final RecentMax largestIn = new RecentMax();

	private final RecentMax largestOut = new RecentMax();

	MetricsListener(HandlerMetrics handlers, ConnectionListener next) {
		this.handlers = handlers;
		this.next = next;
	}

	RecentMax largestIn() {
		return this.largestIn;
	}

	RecentMax largestOut() {
		return this.largestOut;
	}

	@Override
	public void handshake(ManagedConnection connection, Handshake handshake, Consumer<HandshakeDecision> decision) {
		this.next.handshake(connection, handshake, decision);
	}

	@Override
	public void connected(ManagedConnection connection) {
		this.next.connected(connection);
	}

	@Override
	public void message(ManagedConnection connection, Object message) {
		this.next.message(connection, message);
	}

	@Override
	public void bufferFull(ManagedConnection connection) {
		this.next.bufferFull(connection);
	}

	@Override
	public void bufferDrained(ManagedConnection connection) {
		this.next.bufferDrained(connection);
	}

	@Override
	public void failed(ManagedConnection connection, Throwable error) {
		this.next.failed(connection, error);
	}

	@Override
	public void ending(ManagedConnection connection, Runnable close) {
		this.next.ending(connection, close);
	}

	@Override
	public void closed(ManagedConnection connection, CloseReason reason) {
		this.next.closed(connection, reason);
	}

	@Override
	public void rejected(RejectReason reason) {
		this.next.rejected(reason);
	}

	@Override
	public void limitExceeded(Limit limit) {
		this.next.limitExceeded(limit);
	}

	@Override
	public void datagramDropped(DatagramDrop reason) {
		this.next.datagramDropped(reason);
	}

	@Override
	public void received(ManagedConnection connection, Traffic traffic) {
		this.handlers.batchEnded();
		if (traffic.messages() > 0) {
			this.largestIn.record(traffic.largestMessage());
		}
		this.next.received(connection, traffic);
	}

	@Override
	public void sent(ManagedConnection connection, Traffic traffic) {
		if (traffic.messages() > 0) {
			this.largestOut.record(traffic.largestMessage());
		}
		this.next.sent(connection, traffic);
	}

	@Override
	public void dropped(ManagedConnection connection, int messages) {
		this.next.dropped(connection, messages);
	}

}
