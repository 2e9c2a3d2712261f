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

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import io.github.workerman.execution.ExecutionMode;
import io.github.workerman.handler.UnhandledErrorPolicy;
import io.github.workerman.protocol.CompressionSettings;
import io.github.workerman.transport.ProxyProtocol;
import io.github.workerman.transport.limit.ExcessPolicy;
import io.github.workerman.transport.limit.LimitSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ServerDefinition}.
 */
class ServerDefinitionTests {

	@Test
	void defaults() {
		ServerDefinition definition = ServerDefinition.builder("chat", "websocket", 7272).build();
		assertThat(definition.name()).isEqualTo("chat");
		assertThat(definition.protocol()).isEqualTo("websocket");
		assertThat(definition.socketAddress()).isEqualTo(new InetSocketAddress(7272));
		assertThat(definition.websocket().paths()).isEmpty();
		assertThat(definition.subprotocols()).isEmpty();
		assertThat(definition.allowedOrigins()).isEmpty();
		assertThat(definition.threads()).isZero();
		assertThat(definition.maxMessageSize()).isEqualTo(DataSize.ofMegabytes(10));
		assertThat(definition.maxSendBuffer()).isEqualTo(DataSize.ofMegabytes(1));
		assertThat(definition.maxHeaderSize()).isEqualTo(DataSize.ofKilobytes(16));
		assertThat(definition.socket()).isEqualTo(new SocketSettings(1024, false, true, true));
		assertThat(definition.handshakeTimeout()).isEqualTo(Duration.ofSeconds(10));
		assertThat(definition.closeTimeout()).isEqualTo(Duration.ofSeconds(5));
		assertThat(definition.messageTypeField()).isEqualTo("type");
		assertThat(definition.execution()).isEqualTo(ExecutionMode.EVENT_LOOP);
		assertThat(definition.onUnhandledError()).isEqualTo(UnhandledErrorPolicy.KEEP);
		assertThat(definition.shutdownGracePeriod()).isEqualTo(Duration.ofSeconds(20));
		assertThat(definition.wiretap()).isFalse();
		assertThat(definition.proxyProtocol()).isEqualTo(ProxyProtocol.OFF);
		assertThat(definition.trustedProxies()).isEmpty();
		assertThat(definition.limits()).isEqualTo(new LimitSettings(100_000, 0, 0, 64, 0, DataSize.ofBytes(0),
				Duration.ofSeconds(1), ExcessPolicy.CLOSE, Duration.ZERO, Duration.ZERO, false));
		assertThat(definition.compression()).isEqualTo(new CompressionSettings(false, 1024, 6, false, false, 15, 15));
	}

	@Test
	void messageSaysWhatWhichWhereAndWhatToDo() {
		assertThatExceptionOfType(ServerConfigurationException.class)
			.isThrownBy(() -> ServerDefinition.builder("chat", "websocket", 70000).build())
			.withMessage("Server 'chat' has port 70000, which does not exist (property 'workerman.servers.chat.port'). "
					+ "Use 1 to 65535, or 0 for any free port.")
			.satisfies((ex) -> {
				assertThat(ex.server()).isEqualTo("chat");
				assertThat(ex.property()).isEqualTo("port");
				assertThat(ex.value()).isEqualTo(70000);
			});
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "localhost", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "::1/129", "fe80::1%eth0", "/8", "*" })
	void trustedProxiesMustBeAddresses(String proxy) {
		assertThatExceptionOfType(ServerConfigurationException.class)
			.isThrownBy(() -> ServerDefinition.builder("chat", "text", 0).trustedProxies(List.of(proxy)).build())
			.withMessageContaining("trusts proxy '" + proxy + "'")
			.withMessageContaining("10.0.0.0/8")
			.satisfies((ex) -> assertThat(ex.property()).isEqualTo("trusted-proxies"));
	}

	@Test
	void proxyProtocolNeedsTrustedProxies() {
		ServerDefinitionBuilder builder = ServerDefinition.builder("chat", "text", 0)
			.proxyProtocol(ProxyProtocol.OPTIONAL);
		assertThatExceptionOfType(ServerConfigurationException.class).isThrownBy(builder::build)
			.withMessageContaining("trusts no proxy")
			.satisfies((ex) -> assertThat(ex.property()).isEqualTo("proxy-protocol"));
		assertThat(builder.trustedProxies(List.of("::1")).build().trustedProxies()).containsExactly("::1");
		assertThat(builder.trustedProxies(List.of("unix:")).build().trustedProxies()).containsExactly("unix:");
	}

	@Test
	void limitsMustMakeSense() {
		assertRefused(LimitSettings.builder().maxConnections(-1), "limits.max-connections");
		assertRefused(LimitSettings.builder().maxConnectionsPerAddress(-1), "limits.max-connections-per-address");
		assertRefused(LimitSettings.builder().connectRatePerAddress(-1), "limits.connect-rate-per-address");
		assertRefused(LimitSettings.builder().messagesPerSecond(-1), "limits.messages-per-second");
		assertRefused(LimitSettings.builder().bytesPerSecond(DataSize.ofBytes(-1)), "limits.bytes-per-second");
		assertRefused(LimitSettings.builder().burst(Duration.ZERO), "limits.burst");
		assertRefused(LimitSettings.builder().firstMessageTimeout(Duration.ofSeconds(-1)),
				"limits.first-message-timeout");
		assertRefused(LimitSettings.builder().idleTimeout(Duration.ofSeconds(-1)), "limits.idle-timeout");
		assertRefused(LimitSettings.builder().ipv6PrefixLength(0), "limits.ipv6-prefix-length");
		assertRefused(LimitSettings.builder().ipv6PrefixLength(129), "limits.ipv6-prefix-length");
	}

	private static void assertRefused(LimitSettings.Builder limits, String property) {
		assertThatExceptionOfType(ServerConfigurationException.class)
			.isThrownBy(() -> ServerDefinition.builder("chat", "websocket", 0).limits(limits.build()).build())
			.satisfies((ex) -> assertThat(ex.property()).isEqualTo(property))
			.withMessageContaining("workerman.servers.chat." + property);
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "null", "https://example.com", "http://localhost:8080", "https://*.example.com",
			"http://[::1]:80", "app-scheme://host" })
	void originsThatCanBeAllowed(String origin) {
		assertThat(ServerDefinition.builder("chat", "websocket", 0)
			.allowedOrigins(List.of(origin))
			.build()
			.allowedOrigins()).containsExactly(origin);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/chat", "/a/b-c_d.e~f", "/%20", "/rooms/{id}", "/**" })
	void pathsThatCanBeServed(String path) {
		assertThat(ServerDefinition.builder("chat", "websocket", 0)
			.paths(path, "/other/{name}")
			.build()
			.websocket()
			.paths()).containsExactly(path, "/other/{name}");
	}

}
