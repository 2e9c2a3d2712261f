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

import java.beans.PropertyDescriptor;
import java.util.Arrays;
import java.util.List;

import io.github.workerman.server.ProtocolRegistry;
import io.github.workerman.server.ServerConfigurationException;
import io.github.workerman.server.WorkermanServerRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link InapplicableValues}.
 */
class InapplicableValuesTests {

	@TempDir
	private static java.nio.file.Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WorkermanAutoConfiguration.class))
		.withPropertyValues("workerman.servers.a.port=0", "workerman.servers.a.address=127.0.0.1");

	@ParameterizedTest
	@CsvSource({ "udp, ssl.bundle, b", "udp, ssl.client-auth, need", "udp, proxy-protocol, off",
			"udp, trusted-proxies, 127.0.0.1", "udp, limits.idle-timeout, 1s", "udp, backlog, 5",
			"udp, tcp-no-delay, false", "udp, keep-alive, false", "udp, handshake-timeout, 1s",
			"udp, close-timeout, 1s", "udp, unix.mode, rw-rw----", "udp, path, /a", "udp, subprotocols, a",
			"udp, allowed-origins, *", "udp, compression.enabled, true", "udp, max-header-size, 1KB",
			"udp, http.request-timeout, 1s", "udp, static.location, file:/srv/", "udp, websocket.path, /a",
			"text, path, /a", "text, compression.level, 3", "text, frame.offset, 1", "tcp, max-header-size, 1KB",
			"frame, frame.length-bytes, 2", "websocket, websocket.path, /a", "websocket, static.path, /a",
			"websocket, http.idle-timeout, 1s", "websocket, http2.enabled, true", "websocket, frame.delimiter, a",
			"websocket, udp.codec, text", "http, path, /a", "http, frame.offset, 1",
			"http, udp.multicast-groups, 239.1.2.3", "text, unix.mode, rw-rw----" })
	void whenValueMeansNothingToProtocolThenStartFails(String protocol, String key, String value) {
		this.runner
			.withPropertyValues("workerman.servers.a.protocol=" + protocol, "workerman.servers.a." + key + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(ServerConfigurationException.class, (ex) -> {
					assertThat(ex.property()).isEqualTo(key);
					assertThat(ex.action()).startsWith("Remove it");
				}));
	}

	@ParameterizedTest
	@CsvSource({ "udp, ssl.enabled, false", "udp, reuse-port, true", "udp, max-send-buffer, 1MB",
			"udp, frame.length-bytes, 2", "udp, wiretap, true", "http, compression.enabled, false",
			"http, max-header-size, 1KB", "delimiter, frame.delimiter, a", "text, compression.enabled, false",
			"websocket, path, /a", "text, message-type-field, a" })
	void whenValueMeansSomethingOrSwitchesOffThenServerStarts(String protocol, String key, String value) {
		this.runner
			.withPropertyValues("workerman.servers.a.protocol=" + protocol, "workerman.servers.a." + key + "=" + value)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@CsvSource({ "tcp-no-delay, false", "keep-alive, true", "reuse-port, true" })
	void whenServerIsOnUnixSocketThenOptionsOfTcpMeanNothing(String key, String value) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(WorkermanAutoConfiguration.class))
			.withPropertyValues("workerman.servers.a.protocol=text",
					"workerman.servers.a.address=unix:" + directory.resolve("a.sock"),
					"workerman.servers.a." + key + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("means nothing to a Unix domain socket"));
	}

	@Test
	void whenValueIsADefaultThenItIsForTheOthers() {
		this.runner
			.withPropertyValues("workerman.servers.a.protocol=udp", "workerman.defaults.path=/chat",
					"workerman.defaults.compression.enabled=true", "workerman.defaults.limits.idle-timeout=1m",
					"workerman.defaults.static.location=file:/srv/")
			.run((context) -> assertThat(context.getBean(WorkermanServerRegistry.class).servers()).hasSize(1));
	}

	@Test
	void whenUdpServerInheritsAnSslBundleThenStartFails() {
		this.runner.withPropertyValues("workerman.servers.a.protocol=udp", "workerman.defaults.ssl.bundle=b")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("datagrams are not encrypted"));
		this.runner
			.withPropertyValues("workerman.servers.a.protocol=udp", "workerman.servers.a.ssl.enabled=false",
					"workerman.defaults.ssl.bundle=b")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void everyPropertySaysWhatItIsMeantFor() {
		List<PropertyDescriptor> properties = Arrays.stream(BeanUtils.getPropertyDescriptors(ServerProperties.class))
			.filter((property) -> !property.getName().equals("class"))
			.toList();
		assertThat(properties).hasSizeGreaterThan(30)
			.allSatisfy((property) -> assertThat(InapplicableValues.meaning(property)).isNotNull());
	}

	@Test
	void whenPropertyDoesNotSayWhatItIsMeantForThenCheckFails() {
		assertThatIllegalStateException()
			.isThrownBy(() -> new InapplicableValues("a", new UndecidedProperties()).check("text", false))
			.withMessageContaining("getUndecided");
	}

	@Test
	void everyBuiltInProtocolIsKnown() {
		this.runner.withPropertyValues("workerman.servers.a.protocol=tcp")
			.run((context) -> assertThat(context.getBean(ProtocolRegistry.class).names())
				.containsExactlyElementsOf(ProtocolSet.ALL.names()));
	}

	static class UndecidedProperties extends ServerProperties {

		public String getUndecided() {
			return "";
		}

	}

}
