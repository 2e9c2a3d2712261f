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

import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.connection.spi.ForwardingListener;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.connection.spi.Traffic;

/**
 * Measures what the sums of a server do not tell: its largest messages, and where batches
 * end for the sake of {@link HandlerMetrics}.
 */
final class MetricsListener extends ForwardingListener {

	private final HandlerMetrics handlers;

	private final RecentMax largestIn = new RecentMax();

	private final RecentMax largestOut = new RecentMax();

	MetricsListener(HandlerMetrics handlers, ConnectionListener next) {
		super(next);
		this.handlers = handlers;
	}

	RecentMax largestIn() {
		return this.largestIn;
	}

	RecentMax largestOut() {
		return this.largestOut;
	}

	@Override
	public void message(ManagedConnection connection, Object message) {
		this.next.message(connection, message);
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

}
