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

import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.workerman.annotation.Blocking;
import io.github.workerman.annotation.OnClose;
import io.github.workerman.annotation.OnConnect;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.autoconfigure.LineClient;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.ConnectionRegistry;
import io.github.workerman.gateway.Gateway;
import io.github.workerman.server.WorkermanServer;
import io.github.workerman.server.WorkermanServerRegistry;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static io.github.workerman.metrics.MetricsApplication.counter;
import static io.github.workerman.metrics.MetricsApplication.gauge;
import static io.github.workerman.metrics.MetricsApplication.registry;
import static io.github.workerman.metrics.MetricsApplication.search;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link WorkermanMetrics} with real servers and registries.
 */
class WorkermanMetricsTests {

	private final ApplicationContextRunner runner = MetricsApplication.runner("text")
		.withBean("handlers", Handlers.class);

	@Test
	void connectionsAreCountedExactly() {
		this.runner.run((context) -> {
			List<LineClient> clients = new ArrayList<>();
			for (int i = 1; i <= 20; i++) {
				LineClient client = LineClient.connect(context, "chat");
				assertThat(client.receive()).isEqualTo("welcome");
				clients.add(client);
				assertThat(gauge(context, "workerman.connections")).isEqualTo(i);
			}
			clients.remove(0).ask("bye");
			await().untilAsserted(() -> assertThat(gauge(context, "workerman.connections")).isEqualTo(19));
			clients.forEach(LineClient::close);
			await().untilAsserted(() -> assertThat(gauge(context, "workerman.connections")).isZero());
			assertThat(counter(context, "workerman.connections.opened")).isEqualTo(20);
			await().untilAsserted(() -> assertThat(counter(context, "workerman.connections.closed", "reason", "client"))
				.isEqualTo(19));
			assertThat(counter(context, "workerman.connections.closed", "reason", "server")).isEqualTo(1);
		});
	}

	@Test
	void limitsOfPropertiesAreEnforcedAndCounted() {
		this.runner
			.withPropertyValues("workerman.defaults.limits.max-connections=1",
					"workerman.defaults.limits.on-excess=close", "workerman.servers.chat.limits.on-excess=drop",
					"workerman.servers.chat.limits.messages-per-second=1", "workerman.servers.chat.limits.burst=3s")
			.run((context) -> {
				try (LineClient client = LineClient.connect(context, "chat")) {
					assertThat(client.receive()).isEqualTo("welcome");
					client.send("one\ntwo\nthree\nfour\nfive\n");
					assertThat(client.receive()).isEqualTo("one");
					assertThat(client.receive()).isEqualTo("two");
					assertThat(client.receive()).isEqualTo("three");
					await().untilAsserted(
							() -> assertThat(counter(context, "workerman.limits.exceeded", "limit", "messages"))
								.isEqualTo(2));
					new Socket(InetAddress.getLoopbackAddress(), LineClient.portOf(context, "chat")).close();
					await().untilAsserted(
							() -> assertThat(counter(context, "workerman.limits.exceeded", "limit", "connections"))
								.isEqualTo(1));
					assertThat(counter(context, "workerman.connections.rejected", "reason", "connections"))
						.isEqualTo(1);
					assertThat(gauge(context, "workerman.connections")).isEqualTo(1);
				}
			});
	}

	@Test
	void trafficIsCountedExactly() {
		this.runner.run((context) -> {
			try (LineClient client = LineClient.connect(context, "chat")) {
				assertThat(client.receive()).isEqualTo("welcome");
				StringBuilder batch = new StringBuilder();
				for (int i = 0; i < 1000; i++) {
					batch.append("a message with 22 byte\n");
				}
				client.send(batch.toString());
				for (int i = 0; i < 1000; i++) {
					assertThat(client.receive()).isEqualTo("a message with 22 byte");
				}
				await().untilAsserted(() -> {
					assertThat(counter(context, "workerman.messages", "direction", "in")).isEqualTo(1000);
					assertThat(counter(context, "workerman.messages", "direction", "out")).isEqualTo(1001);
					assertThat(counter(context, "workerman.bytes", "direction", "in")).isEqualTo(23_000);
					assertThat(counter(context, "workerman.bytes", "direction", "out")).isEqualTo(23_008);
					assertThat(timer(context, "message", "handlers#message", "none").count()).isEqualTo(1000);
				});
				assertThat(gauge(context, "workerman.message.size.bytes.count", "direction", "in")).isEqualTo(1000);
				assertThat(gauge(context, "workerman.message.size.bytes.sum", "direction", "in")).isEqualTo(23_000);
				assertThat(gauge(context, "workerman.message.size.bytes.max", "direction", "in")).isEqualTo(23);
				assertThat(gauge(context, "workerman.send.pending")).isZero();
				assertThat(timer(context, "connect", "handlers#connected", "none").count()).isEqualTo(1);
			}
			await().untilAsserted(
					() -> assertThat(timer(context, "close", "handlers#closed", "none").count()).isEqualTo(1));
		});
	}

	@Test
	void errorsAreCountedByTypeAndLeaveTheOthersAlone() {
		this.runner.run((context) -> {
			try (LineClient client = LineClient.connect(context, "chat")) {
				assertThat(client.receive()).isEqualTo("welcome");
				client.send("one\ntwo\nfail\nthree\nfail\n");
				assertThat(client.receive()).isEqualTo("one");
				assertThat(client.receive()).isEqualTo("two");
				assertThat(client.receive()).isEqualTo("three");
				await().untilAsserted(() -> {
					assertThat(timer(context, "message", "handlers#message", "none").count()).isEqualTo(3);
					assertThat(timer(context, "message", "handlers#message", "IllegalStateException").count())
						.isEqualTo(2);
					assertThat(counter(context, "workerman.handler.errors", "event", "message")).isEqualTo(2);
				});
			}
		});
	}

	@Test
	void handlersAreTimed() {
		this.runner.run((context) -> {
			try (LineClient client = LineClient.connect(context, "chat")) {
				assertThat(client.receive()).isEqualTo("welcome");
				assertThat(client.ask("spin")).isEqualTo("spun");
				await().untilAsserted(() -> {
					FunctionTimer timer = timer(context, "message", "handlers#message", "none");
					assertThat(timer.count()).isEqualTo(1);
					assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isGreaterThanOrEqualTo(20);
					assertThat(
							gauge(context, "workerman.message.seconds.max", "event", "message", "outcome", "success"))
						.isGreaterThanOrEqualTo(0.02);
				});
			}
		});
	}

	@Test
	void whenMessagesWaitInMailboxesThenTheyAreCountedExactlyToo() {
		this.runner.withBean("mixed", MixedHandlers.class)
			.withPropertyValues("workerman.servers.mixed.protocol=text", "workerman.servers.mixed.port=0")
			.run((context) -> {
				try (LineClient client = LineClient.connect(context, "mixed")) {
					assertThat(client.receive()).isEqualTo("welcome");
					StringBuilder batch = new StringBuilder();
					for (int i = 0; i < 300; i++) {
						batch.append("{\"type\":\"slow\"}\n{\"type\":\"fast\"}\n");
					}
					client.send(batch.toString());
					for (int i = 0; i < 300; i++) {
						assertThat(client.receive()).isEqualTo("slow");
						assertThat(client.receive()).isEqualTo("fast");
					}
					await().untilAsserted(() -> {
						for (String method : List.of("slow", "fast")) {
							assertThat(registry(context).get("workerman.message")
								.tags("server", "mixed", "handler", "mixed#" + method)
								.functionTimer()
								.count()).isEqualTo(300);
						}
					});
				}
			});
	}

	@Test
	void whenServerStopsThenItsMetersAreRemoved() {
		this.runner.withPropertyValues("workerman.servers.other.protocol=text", "workerman.servers.other.port=0")
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				PrometheusMeterRegistry prometheus = context.getBean(PrometheusMeterRegistry.class);
				int before = registry.getMeters().size();
				WorkermanServer server = context.getBean(WorkermanServerRegistry.class).find("chat").orElseThrow();
				server.stop();
				assertThat(registry.getMeters()).noneMatch((meter) -> ofServer(meter, "chat"))
					.anyMatch((meter) -> ofServer(meter, "other"));
				assertThat(prometheus.scrape()).doesNotContain("server=\"chat\"").contains("server=\"other\"");
				server.start();
				assertThat(registry.getMeters()).hasSize(before);
				assertThat(prometheus.scrape())
					.contains("workerman_connections{protocol=\"text\",server=\"chat\"} 0.0");
			});
	}

	@Test
	void prometheusNames() {
		this.runner.run((context) -> {
			try (LineClient client = LineClient.connect(context, "chat")) {
				assertThat(client.receive()).isEqualTo("welcome");
				assertThat(client.ask("hello")).isEqualTo("hello");
				String scrape = context.getBean(PrometheusMeterRegistry.class).scrape();
				assertThat(scrape.lines()
					.filter((line) -> line.startsWith("workerman_"))
					.map((line) -> line.substring(0, line.lastIndexOf(' '))))
					.contains("workerman_connections{protocol=\"text\",server=\"chat\"}",
							"workerman_connections_opened_total{server=\"chat\"}",
							"workerman_connections_closed_total{reason=\"client\",server=\"chat\"}",
							"workerman_connections_rejected_total{reason=\"origin\",server=\"chat\"}",
							"workerman_messages_total{direction=\"in\",server=\"chat\"}",
							"workerman_messages_total{direction=\"out\",server=\"chat\"}",
							"workerman_bytes_total{direction=\"in\",server=\"chat\"}",
							"workerman_message_size_bytes_count{direction=\"in\",server=\"chat\"}",
							"workerman_message_size_bytes_sum{direction=\"in\",server=\"chat\"}",
							"workerman_message_size_bytes_max{direction=\"in\",server=\"chat\"}",
							"workerman_message_seconds_count{error=\"none\",event=\"message\",handler=\"handlers#message\",outcome=\"success\",server=\"chat\"}",
							"workerman_message_seconds_sum{error=\"none\",event=\"message\",handler=\"handlers#message\",outcome=\"success\",server=\"chat\"}",
							"workerman_message_seconds_max{error=\"none\",event=\"message\",handler=\"handlers#message\",outcome=\"success\",server=\"chat\"}",
							"workerman_send_pending_bytes{server=\"chat\"}",
							"workerman_send_dropped_total{policy=\"refuse\",server=\"chat\"}",
							"workerman_handler_errors_total{event=\"message\",handler=\"handlers#message\",server=\"chat\"}",
							"workerman_invalid_messages_total{code=\"invalid_json\",server=\"chat\"}",
							"workerman_loops_blocked_total", "workerman_groups", "workerman_users");
			}
		});
	}

	@Test
	void groupsAndUsersAreCounted() {
		this.runner.run((context) -> {
			try (LineClient client = LineClient.connect(context, "chat")) {
				assertThat(client.receive()).isEqualTo("welcome");
				Connection connection = context.getBean(ConnectionRegistry.class).all().iterator().next();
				Gateway gateway = context.getBean(Gateway.class);
				gateway.join(connection, "room");
				gateway.bindUser(connection, "amy");
				await().untilAsserted(() -> {
					assertThat(registry(context).get("workerman.groups").gauge().value()).isEqualTo(1);
					assertThat(registry(context).get("workerman.users").gauge().value()).isEqualTo(1);
				});
			}
			await().untilAsserted(() -> assertThat(registry(context).get("workerman.groups").gauge().value()).isZero());
		});
	}

	private static boolean ofServer(Meter meter, String server) {
		return server.equals(meter.getId().getTag("server"));
	}

	private static FunctionTimer timer(ApplicationContext context, String event, String handler, String error) {
		return search(context, "workerman.message", "event", event, "handler", handler, "error", error).functionTimer();
	}

	static class MixedHandlers {

		@Blocking
		@OnMessage("slow")
		String slow() {
			return "slow";
		}

		@OnMessage("fast")
		String fast() {
			return "fast";
		}

	}

	static class Handlers {

		@OnConnect
		String connected() {
			return "welcome";
		}

		@OnMessage
		String message(Connection connection, String message) {
			switch (message) {
				case "fail" -> throw new IllegalStateException("as asked for");
				case "bye" -> connection.close();
				case "spin" -> {
					long end = System.nanoTime() + 20_000_000;
					while (System.nanoTime() < end) {
						Thread.onSpinWait();
					}
					return "spun";
				}
				default -> {
					return message;
				}
			}
			return "bye";
		}

		@OnClose
		void closed() {
		}

	}

}
