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

import java.util.Locale;
import java.util.function.ToDoubleFunction;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.DatagramDrop;
import io.github.workerman.connection.Limit;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.connection.StreamReset;
import io.github.workerman.protocol.udp.UdpProtocol;
import io.github.workerman.server.ServerStatistics;
import io.github.workerman.server.WorkermanServer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one running server. They read sums that are kept anyway, so that traffic
 * pays nothing for them.
 */
final class ServerMeters {

	private final MeterBook book;

	private final WorkermanServer server;

	private final ServerStatistics statistics;

	private final String name;

	ServerMeters(MeterBook book, WorkermanServer server) {
		this.book = book;
		this.server = server;
		this.statistics = server.statistics();
		this.name = server.name();
	}

	void register(@Nullable MetricsListener listener) {
		registerConnections();
		registerTraffic("in", this.statistics.in());
		registerTraffic("out", this.statistics.out());
		if (listener != null) {
			registerLargest("in", listener.largestIn());
			registerLargest("out", listener.largestOut());
		}
	}

	private void registerConnections() {
		this.book.add(this.name,
				(registry) -> Gauge.builder("workerman.connections", this.server, WorkermanServer::connectionCount)
					.description("Open connections")
					.tags("server", this.name, "protocol", this.server.definition().protocol())
					.register(registry));
		this.book.add(this.name,
				(registry) -> Gauge.builder("workerman.send.pending", this.server, WorkermanServer::pendingBytes)
					.description("Bytes that wait to be sent")
					.baseUnit(BaseUnits.BYTES)
					.tags("server", this.name)
					.register(registry));
		if (this.server.keepsSessions()) {
			this.book.add(this.name,
					(registry) -> Gauge.builder("workerman.http.sessions", this.server, WorkermanServer::sessionCount)
						.description("Sessions of clients")
						.tags("server", this.name)
						.register(registry));
		}
		counter("workerman.connections.opened", "Connections that were opened", Tags.empty(), null,
				ServerStatistics::opened);
		counter("workerman.send.dropped", "Messages that were refused because a send buffer was full",
				Tags.of("policy", "refuse"), null, ServerStatistics::dropped);
		for (CloseReason.Cause cause : CloseReason.Cause.values()) {
			counter("workerman.connections.closed", "Connections that have closed", Tags.of("reason", tag(cause)), null,
					(statistics) -> statistics.closed(cause));
		}
		for (RejectReason reason : RejectReason.values()) {
			counter("workerman.connections.rejected", "Peers that were turned away", Tags.of("reason", tag(reason)),
					null, (statistics) -> statistics.rejected(reason));
		}
		if (this.server.definition().protocol().equals(UdpProtocol.NAME)) {
			for (DatagramDrop reason : DatagramDrop.values()) {
				counter("workerman.datagrams.dropped", "Datagrams that were dropped", Tags.of("reason", tag(reason)),
						null, (statistics) -> statistics.dropped(reason));
			}
		}
		if (this.server.speaksHttp2()) {
			for (StreamReset reason : StreamReset.values()) {
				counter("workerman.http.streams.reset", "Streams of HTTP/2 that were reset because of their peers",
						Tags.of("reason", tag(reason)), null, (statistics) -> statistics.reset(reason));
			}
		}
		for (Limit limit : Limit.values()) {
			counter("workerman.limits.exceeded", "Times that peers have gone beyond a limit",
					Tags.of("limit", tag(limit)), null, (statistics) -> statistics.exceeded(limit));
		}
	}

	private void registerTraffic(String direction, ServerStatistics.Direction sums) {
		Tags tags = Tags.of("direction", direction);
		counter("workerman.messages", "Messages", tags, null, (statistics) -> sums.messages());
		counter("workerman.bytes", "Bytes, with those of handshakes and control frames", tags, BaseUnits.BYTES,
				(statistics) -> sums.bytes());
		/*
		 * Together the same as a distribution summary, which would have to be told of
		 * every single message.
		 */
		gauge("workerman.message.size.bytes.count", "Messages", tags, (statistics) -> sums.messages());
		gauge("workerman.message.size.bytes.sum", "Size of messages on the wire, in bytes", tags,
				(statistics) -> sums.messageBytes());
	}

	private void registerLargest(String direction, RecentMax largest) {
		this.book.add(this.name,
				(registry) -> Gauge.builder("workerman.message.size.bytes.max", largest, RecentMax::get)
					.description("Size of the largest message lately on the wire, in bytes")
					.tags("server", this.name, "direction", direction)
					.register(registry));
	}

	private void counter(String meter, String description, Tags tags, @Nullable String unit,
			ToDoubleFunction<ServerStatistics> function) {
		this.book.add(this.name,
				(registry) -> FunctionCounter.builder(meter, this.statistics, function)
					.description(description)
					.baseUnit(unit)
					.tags(tags.and("server", this.name))
					.register(registry));
	}

	private void gauge(String meter, String description, Tags tags, ToDoubleFunction<ServerStatistics> function) {
		this.book.add(this.name,
				(registry) -> Gauge.builder(meter, this.statistics, function)
					.description(description)
					.tags(tags.and("server", this.name))
					.register(registry));
	}

	private static String tag(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
