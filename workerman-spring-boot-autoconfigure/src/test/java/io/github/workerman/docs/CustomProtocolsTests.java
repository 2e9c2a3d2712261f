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

package io.github.workerman.docs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

import io.github.workerman.autoconfigure.LineClient;
import io.github.workerman.autoconfigure.WorkermanAutoConfiguration;
import io.github.workerman.server.WorkermanServer;
import io.github.workerman.server.WorkermanServerRegistry;
import io.github.workerman.testsupport.RawSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The examples of {@code docs/custom-protocols.md}, and whether they are what is printed
 * there.
 */
class CustomProtocolsTests {

	private static final Path DOCUMENT = Path.of("..", "docs", "custom-protocols.md");

	private static final Path SOURCES = Path.of("src", "test", "java", "io", "github", "workerman", "docs");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(TaskExecutionAutoConfiguration.class, WorkermanAutoConfiguration.class))
		.withPropertyValues("workerman.defaults.address=127.0.0.1", "workerman.defaults.port=0");

	private final ApplicationContextRunner devices = this.runner.withBean(DeviceProtocol.class)
		.withBean(Devices.class)
		.withPropertyValues("workerman.servers.devices.protocol=device",
				"workerman.servers.devices.max-message-size=1000");

	private final ApplicationContextRunner dialogue = this.runner.withBean(JsonLineProtocol.class)
		.withBean(Dialogue.class)
		.withPropertyValues("workerman.servers.dialogue.protocol=json-line");

	@ParameterizedTest
	@ValueSource(
			strings = { "DeviceProtocol", "DeviceFrame", "Devices", "JsonLineProtocol", "Dialogue", "FlashPolicy" })
	void documentPrintsTheSource(String name) throws IOException {
		String source = Files.readString(SOURCES.resolve(name + ".java"));
		String type = source.substring(source.lastIndexOf(";\n", source.indexOf("\npublic ")) + 2).strip();
		assertThat(Files.readString(DOCUMENT)).contains("```java\n" + type + "\n```\n");
	}

	@Test
	void whenDeviceReportsThenItIsAcknowledged() {
		this.devices.run((context) -> {
			try (RawSocket device = connect(context, "devices")) {
				byte[] two = concat(frame(0xA5, 1, 7), frame(0xA5, 1, 300));
				device.write(two);
				assertThat(device.read(9)).isEqualTo(frame(0xA5, 2, new byte[] { 7 }));
				assertThat(device.read(9)).isEqualTo(frame(0xA5, 2, new byte[] { 300 - 256 }));
			}
		});
	}

	@Test
	void whenServerHasOptionsThenItsProtocolKnowsThem() {
		this.devices.withPropertyValues("workerman.servers.devices.protocol-options.magic=0x7E").run((context) -> {
			try (RawSocket device = connect(context, "devices")) {
				device.write(frame(0x7E, 1, 7));
				assertThat(device.read(9)).isEqualTo(frame(0x7E, 2, new byte[] { 7 }));
			}
		});
	}

	@Test
	void whenDeviceSendsRubbishThenOnlyItsConnectionIsClosed() {
		this.devices.run((context) -> {
			byte[] wrong = frame(0xA5, 1, 7);
			wrong[6]++;
			byte[] large = frame(0xA5, 1, 1001);
			try (RawSocket good = connect(context, "devices")) {
				for (byte[] rubbish : new byte[][] { wrong, large, { 0x47, 0x45 } }) {
					try (RawSocket bad = connect(context, "devices")) {
						bad.write(rubbish);
						assertThat(bad.readAll()).isEmpty();
					}
					good.write(frame(0xA5, 1, 1));
					assertThat(good.read(9)).isEqualTo(frame(0xA5, 2, new byte[] { 1 }));
				}
				WorkermanServer server = context.getBean(WorkermanServerRegistry.class).find("devices").orElseThrow();
				await().untilAsserted(() -> assertThat(server.connectionCount()).isOne());
			}
		});
	}

	@Test
	void whenJsonLinesComeThenTypedHandlersAnswer() {
		this.dialogue.run((context) -> {
			try (LineClient client = LineClient.connect(context, "dialogue")) {
				assertThat(client.ask("\n  \r\n{\"type\":\"add\",\"a\":1,\"b\":2}\r"))
					.isEqualTo("{\"type\":\"sum\",\"value\":3}");
				assertThat(client.ask("{\"type\":\"add\",\"a\":1,")).contains("invalid");
				assertThat(client.ask("{\"type\":\"add\",\"a\":3,\"b\":4}"))
					.isEqualTo("{\"type\":\"sum\",\"value\":7}");
				try (RawSocket bad = connect(context, "dialogue")) {
					bad.write("GET / HTTP/1.1\r\n");
					assertThat(bad.readAll()).isEmpty();
				}
				assertThat(client.ask("{\"type\":\"add\",\"a\":5,\"b\":6}")).contains("11");
			}
		});
	}

	@Test
	void whenFlashPlayerAsksThenItGetsThePolicy() {
		this.runner.withBean(FlashPolicy.class)
			.withPropertyValues("workerman.servers.flash-policy.protocol=delimiter",
					"workerman.servers.flash-policy.frame.delimiter=\\0")
			.run((context) -> {
				try (RawSocket player = connect(context, "flash-policy")) {
					player.write("<policy-file-request/>\0");
					String policy = new String(player.read(162), StandardCharsets.UTF_8);
					assertThat(policy).startsWith("<?xml version=\"1.0\"?><cross-domain-policy>")
						.contains("<site-control permitted-cross-domain-policies=\"all\"/>")
						.contains("<allow-access-from domain=\"*\" to-ports=\"*\"/>")
						.endsWith("</cross-domain-policy>\0");
				}
			});
	}

	private static RawSocket connect(ApplicationContext context, String server) {
		return RawSocket.connect(LineClient.portOf(context, server));
	}

	private static byte[] frame(int magic, int type, int length) {
		return frame(magic, type, new byte[length]);
	}

	private static byte[] frame(int magic, int type, byte[] payload) {
		ByteBuffer frame = ByteBuffer.allocate(8 + payload.length);
		frame.put((byte) magic).put((byte) type).putShort((short) payload.length).put(payload);
		CRC32 checksum = new CRC32();
		checksum.update(frame.array(), 0, frame.position());
		return frame.putInt((int) checksum.getValue()).array();
	}

	private static byte[] concat(byte[] one, byte[] two) {
		return ByteBuffer.allocate(one.length + two.length).put(one).put(two).array();
	}

}
