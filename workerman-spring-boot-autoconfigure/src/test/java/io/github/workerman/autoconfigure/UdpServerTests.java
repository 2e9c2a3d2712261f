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

package io.github.workerman.autoconfigure;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

import io.github.workerman.annotation.Blocking;
import io.github.workerman.annotation.OnClose;
import io.github.workerman.annotation.OnConnect;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.DatagramDrop;
import io.github.workerman.connection.UdpPeer;
import io.github.workerman.docs.DeviceFrame;
import io.github.workerman.docs.DeviceProtocol;
import io.github.workerman.gateway.Gateway;
import io.github.workerman.handler.HandlerDefinitionException;
import io.github.workerman.server.WorkermanServer;
import io.github.workerman.server.WorkermanServerRegistry;
import io.github.workerman.testsupport.DatagramClient;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static io.github.workerman.testsupport.Programs.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of servers of the protocol {@code udp} with their handlers.
 */
class UdpServerTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(TaskExecutionAutoConfiguration.class, WorkermanAutoConfiguration.class))
		.withPropertyValues("workerman.servers.sensors.protocol=udp", "workerman.servers.sensors.port=0",
				"workerman.servers.sensors.address=127.0.0.1");

	@Test
	void whenHandlerReturnsThenSenderGetsTheReply() {
		this.runner.withBean(Sensors.class).run((context) -> {
			try (DatagramClient sensor = sensor(context)) {
				assertThat(sensor.ask("{\"type\":\"report\",\"value\":21}")).isEqualTo("{\"doubled\":42}");
				assertThat(sensor.ask("{\"type\":\"three\"}")).isEqualTo("1");
				assertThat(sensor.receive()).isEqualTo("2");
				assertThat(sensor.receive()).isEqualTo("3");
				sensor.send("no json");
				assertThat(sensor.ask("{\"type\":\"report\",\"value\":1}")).isEqualTo("{\"doubled\":2}");
				Sensors sensors = context.getBean(Sensors.class);
				assertThat(sensors.events).isEmpty();
				WorkermanServer server = server(context);
				assertThat(server.connectionCount()).isZero();
				Gateway gateway = context.getBean(Gateway.class);
				assertThat(gateway.bindUser(sensors.peers.peek(), "tom")).isFalse();
				assertThat(gateway.join(sensors.peers.peek(), "all")).isFalse();
				assertThat(server.statistics().in().messages()).isGreaterThanOrEqualTo(3);
			}
		});
	}

	@Test
	void whenHandlerBlocksThenDatagramsAreHandledSideBySide() {
		this.runner.withBean(SlowSensors.class).run((context) -> {
			try (DatagramClient sensor = sensor(context)) {
				// Each waits for the other.
				sensor.send("one");
				sensor.send("two");
				List<String> replies = new ArrayList<>(List.of(sensor.receive(), sensor.receive()));
				assertThat(replies).containsExactlyInAnyOrder("one", "two");
			}
		});
	}

	@Test
	void whenCodecIsNamedThenItReadsDatagrams() {
		this.runner.withBean(DeviceProtocol.class)
			.withBean(Devices.class)
			.withPropertyValues("workerman.servers.sensors.udp.codec=device",
					"workerman.servers.sensors.max-message-size=100B")
			.run((context) -> {
				try (DatagramClient sensor = sensor(context)) {
					sensor.send("rubbish");
					sensor.send("x".repeat(101));
					// A5 01 0001 07, CRC-32
					byte[] frame = HexFormat.of().parseHex("a501000107");
					CRC32 checksum = new CRC32();
					checksum.update(frame);
					byte[] datagram = ByteBuffer.allocate(9).put(frame).putInt((int) checksum.getValue()).array();
					sensor.send(datagram);
					assertThat(sensor.receiveBytes()).isEqualTo(datagram);
					WorkermanServer server = server(context);
					assertThat(server.statistics().dropped(DatagramDrop.MALFORMED)).isOne();
					assertThat(server.statistics().dropped(DatagramDrop.TOO_BIG)).isOne();
				}
			});
	}

	@Test
	void whenCodecCannotReadDatagramsThenStartFails() {
		this.runner.withBean(Sensors.class)
			.withPropertyValues("workerman.servers.sensors.udp.codec=websocket")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("uses 'websocket' for datagrams, which begins with a handshake"));
		this.runner.withBean(Sensors.class)
			.withPropertyValues("workerman.servers.sensors.udp.codec=x")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("uses 'x' for datagrams, which is unknown"));
	}

	@Test
	void whenServerIsNotUdpThenPeerIsNoParameter() {
		this.runner.withBean(Sensors.class)
			.withPropertyValues("workerman.servers.sensors.protocol=text")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(HandlerDefinitionException.class));
	}

	@Test
	void whenServerStopsThenPortIsFree() {
		this.runner.withBean(SlowSensors.class).run((context) -> {
			WorkermanServer server = server(context);
			int port = LineClient.portOf(context, "sensors");
			server.stop();
			try (DatagramSocket other = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
				assertThat(other.isBound()).isTrue();
			}
			server.start();
			await().untilAsserted(() -> assertThat(server.address()).isNotNull());
		});
	}

	@Test
	void whenSocatSendsThenIsAnswered() {
		String socat = program("socat");
		this.runner.withUserConfiguration(EchoHandlers.class).run((context) -> {
			Process process = new ProcessBuilder(socat, "-t5", "-",
					"UDP4:127.0.0.1:" + LineClient.portOf(context, "sensors"))
				.redirectErrorStream(true)
				.start();
			try {
				process.getOutputStream().write("Grüße\n".getBytes(StandardCharsets.UTF_8));
				process.getOutputStream().flush();
				byte[] reply = process.getInputStream().readNBytes(8);
				assertThat(new String(reply, StandardCharsets.UTF_8)).isEqualTo("Grüße\n");
			}
			finally {
				process.destroyForcibly();
			}
		});
	}

	private static WorkermanServer server(ApplicationContext context) {
		return context.getBean(WorkermanServerRegistry.class).find("sensors").orElseThrow();
	}

	private static DatagramClient sensor(ApplicationContext context) throws IOException {
		return new DatagramClient(
				new InetSocketAddress(InetAddress.getLoopbackAddress(), LineClient.portOf(context, "sensors")));
	}

	static class Sensors {

		private final Queue<String> events = new ConcurrentLinkedQueue<>();

		private final Queue<UdpPeer> peers = new ConcurrentLinkedQueue<>();

		@OnMessage("report")
		Doubled report(UdpPeer peer, Report report) {
			this.peers.add(peer);
			return new Doubled(2 * report.value());
		}

		@OnMessage("three")
		Flux<String> three(Connection connection) {
			return Flux.just("1", "2", "3");
		}

		@OnConnect
		void connected() {
			this.events.add("connected");
		}

		@OnClose
		void closed() {
			this.events.add("closed");
		}

		record Report(int value) {
		}

		record Doubled(int doubled) {
		}

	}

	static class SlowSensors {

		private final CountDownLatch both = new CountDownLatch(2);

		@Blocking
		@OnMessage
		String report(String report) throws InterruptedException {
			this.both.countDown();
			return this.both.await(20, TimeUnit.SECONDS) ? report : "alone";
		}

	}

	static class Devices {

		@OnMessage
		DeviceFrame echo(DeviceFrame frame) {
			return frame;
		}

	}

}
