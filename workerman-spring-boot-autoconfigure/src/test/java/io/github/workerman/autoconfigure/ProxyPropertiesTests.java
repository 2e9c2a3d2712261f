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

import io.github.workerman.connection.Connection;
import io.github.workerman.connection.ConnectionRegistry;
import io.github.workerman.server.ServerConfigurationException;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code proxy-protocol} and {@code trusted-proxies} as properties.
 */
class ProxyPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(TaskExecutionAutoConfiguration.class, WorkermanAutoConfiguration.class))
		.withBean("handlers", EchoHandlers.class)
		.withPropertyValues("workerman.servers.lines.protocol=text", "workerman.servers.lines.port=0");

	@Test
	void whenProxyIsTrustedThenItsClientIsTheRemoteAddress() {
		this.runner
			.withPropertyValues("workerman.defaults.trusted-proxies=127.0.0.0/8, ::1",
					"workerman.servers.lines.proxy-protocol=required")
			.run((context) -> {
				try (LineClient client = LineClient.connect(context, "lines")) {
					client.send("PROXY TCP6 2001:db8::9 2001:db8::1 4711 80\r\n");
					assertThat(client.ask("hello")).isEqualTo("hello");
					Connection connection = context.getBean(ConnectionRegistry.class).all().iterator().next();
					assertThat(connection.remoteAddress()).hasToString("/[2001:db8:0:0:0:0:0:9]:4711");
					assertThat(connection.peerAddress().toString()).startsWith("/127.0.0.1:");
				}
			});
	}

	@Test
	void whenNoProxyIsTrustedThenStartFails() {
		this.runner.withPropertyValues("workerman.servers.lines.proxy-protocol=optional")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ServerConfigurationException.class)
				.hasMessageContaining("workerman.servers.lines.proxy-protocol"));
	}

}
