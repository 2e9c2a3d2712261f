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

import java.util.HexFormat;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.server.WorkermanServer;
import io.github.workerman.server.WorkermanServerRegistry;
import io.github.workerman.testsupport.RawSocket;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the protocols {@code length-field} and {@code delimiter} as the properties
 * describe them, on sockets.
 */
class FramingPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(TaskExecutionAutoConfiguration.class, WorkermanAutoConfiguration.class))
		.withBean(Mirror.class)
		.withPropertyValues("workerman.defaults.address=127.0.0.1", "workerman.servers.meters.port=0",
				"workerman.servers.meters.max-message-size=100");

	@Test
	void lengthField() {
		this.runner
			.withPropertyValues("workerman.servers.meters.protocol=length-field",
					"workerman.servers.meters.frame.length-bytes=2", "workerman.servers.meters.frame.offset=1",
					"workerman.servers.meters.frame.adjust=-3", "workerman.servers.meters.frame.little-endian=true")
			.run((context) -> {
				int port = LineClient.portOf(context, "meters");
				try (RawSocket meter = RawSocket.connect(port)) {
					meter.write(HexFormat.of().parseHex("7E05000102"));
					assertThat(meter.read(5)).isEqualTo(HexFormat.of().parseHex("0005000201"));
					violate(port, "7E0200");
					violate(port, "7EFFFF");
					closedByProtocol(context.getBean(WorkermanServerRegistry.class), 2);
					meter.write(HexFormat.of().parseHex("7E040009"));
					assertThat(meter.read(4)).isEqualTo(HexFormat.of().parseHex("00040009"));
				}
			});
	}

	@Test
	void lengthFieldOfWholeFrames() {
		this.runner
			.withPropertyValues("workerman.servers.meters.protocol=length-field",
					"workerman.servers.meters.frame.length-bytes=1", "workerman.servers.meters.frame.strip=false")
			.run((context) -> {
				try (RawSocket meter = RawSocket.connect(LineClient.portOf(context, "meters"))) {
					meter.write(new byte[] { 2, 7, 8 });
					assertThat(meter.read(3)).containsExactly(2, 7, 2);
				}
			});
	}

	@Test
	void delimiter() {
		this.runner
			.withPropertyValues("workerman.defaults.protocol=delimiter", "workerman.defaults.frame.delimiter=\\x03\\0")
			.run((context) -> {
				int port = LineClient.portOf(context, "meters");
				try (RawSocket meter = RawSocket.connect(port)) {
					meter.write("ab\3\0cd\3\0");
					assertThat(meter.read(8)).isEqualTo("ba\3\0dc\3\0".getBytes());
					violate(port, "00".repeat(102));
					closedByProtocol(context.getBean(WorkermanServerRegistry.class), 1);
					meter.write("x\3\0");
					assertThat(meter.read(3)).isEqualTo("x\3\0".getBytes());
				}
			});
	}

	private static void violate(int port, String bytes) {
		try (RawSocket bad = RawSocket.connect(port)) {
			bad.write(HexFormat.of().parseHex(bytes));
			assertThat(bad.readAll()).isEmpty();
		}
	}

	private static void closedByProtocol(WorkermanServerRegistry servers, int count) {
		WorkermanServer server = servers.find("meters").orElseThrow();
		await()
			.untilAsserted(() -> assertThat(server.statistics().closed(CloseReason.Cause.PROTOCOL)).isEqualTo(count));
	}

	/**
	 * Answers with the bytes in reverse.
	 */
	static class Mirror {

		@OnMessage
		byte[] mirror(byte[] message) {
			byte[] mirrored = new byte[message.length];
			for (int i = 0; i < message.length; i++) {
				mirrored[i] = message[message.length - 1 - i];
			}
			return mirrored;
		}

	}

}
