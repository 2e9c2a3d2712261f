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

package io.github.workerman.transport;

import java.net.InetSocketAddress;
import java.util.List;

import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.connection.WebSocketConnection;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.transport.limit.LimitSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for websocket handshakes that come through HTTP proxies.
 */
@OnEachTransport
class ForwardedTests extends TransportFixture {

	private static final String LOOPBACK = "127.0.0.1";

	@Test
	void whenTrustedProxySaysWhereTheClientComesFromThenThatIsTheRemoteAddress() {
		try (TestServer server = start(LOOPBACK)) {
			for (String field : List.of("X-Forwarded-For: 1.1.1.1, 2001:db8::9", "Forwarded: for=\"[2001:db8::9]\"")) {
				try (RawWebSocket client = open(server, field, "X-Forwarded-Host: chat.example.com")) {
					PeerRecord peer = server.listener().peer(client);
					InetSocketAddress expected = new InetSocketAddress("2001:db8::9", 0);
					assertThat(peer.connection().remoteAddress()).isEqualTo(expected);
					assertThat(peer.connection().peerAddress()).isEqualTo(client.socket().getLocalSocketAddress());
					Handshake handshake = ((WebSocketConnection) peer.connection()).handshake();
					assertThat(handshake.remoteAddress()).isEqualTo(expected);
					assertThat(handshake.host()).isEqualTo("chat.example.com");
					assertThat(handshake.header("host")).isEqualTo("localhost");
				}
			}
		}
	}

	@Test
	void whenPeerIsNotTrustedThenFieldsAreOnlyFields() {
		try (TestServer server = start("192.0.2.1");
				RawWebSocket client = open(server, "X-Forwarded-For: 203.0.113.9", "Forwarded: for=1.1.1.1",
						"X-Forwarded-Host: chat.example.com")) {
			PeerRecord peer = server.listener().peer(client);
			assertThat(peer.connection().remoteAddress()).isEqualTo(client.socket().getLocalSocketAddress());
			Handshake handshake = ((WebSocketConnection) peer.connection()).handshake();
			assertThat(handshake.host()).isEqualTo("localhost");
			assertThat(handshake.header("x-forwarded-for")).isEqualTo("203.0.113.9");
		}
	}

	@Test
	void whenHostIsForwardedThenPagesOfThatHostMayConnect() {
		try (TestServer server = start(LOOPBACK); TestServer strict = start("192.0.2.1")) {
			String[] fields = { "Origin: https://chat.example.com", "X-Forwarded-Host: chat.example.com" };
			open(server, fields).close();
			try (RawWebSocket client = RawWebSocket.connect(server.port())) {
				client.write(RawWebSocket.request("/", "Origin: https://evil.example.com",
						"X-Forwarded-Host: chat.example.com"));
				assertThat(client.readResponse().status()).isEqualTo(403);
			}
			try (RawWebSocket client = RawWebSocket.connect(strict.port())) {
				client.write(RawWebSocket.request("/", fields));
				assertThat(client.readResponse().status()).isEqualTo(403);
			}
			assertThat(server.listener().rejected()).containsExactly(RejectReason.ORIGIN);
			assertThat(strict.listener().rejected()).containsExactly(RejectReason.ORIGIN);
		}
	}

	@Test
	void whenClientSpeaksTlsWithProxyThenPagesWithoutMayNotConnect() {
		try (TestServer server = start(LOOPBACK); TestServer strict = start("192.0.2.1")) {
			String[] fields = { "Origin: http://localhost", "X-Forwarded-Proto: https" };
			try (RawWebSocket client = RawWebSocket.connect(server.port())) {
				client.write(RawWebSocket.request("/", fields));
				assertThat(client.readResponse().status()).isEqualTo(403);
			}
			open(strict, fields).close();
			open(server, "Origin: http://localhost", "X-Forwarded-Proto: http").close();
			try (RawWebSocket client = open(server, "Origin: https://localhost", "Forwarded: proto=https")) {
				PeerRecord peer = server.listener().peer(client);
				assertThat(((WebSocketConnection) peer.connection()).handshake().isSecure()).isTrue();
				assertThat(peer.connection().isSecure()).isFalse();
			}
			assertThat(server.listener().rejected()).containsExactly(RejectReason.ORIGIN);
		}
	}

	@Test
	void whenRequestThatCameToTheProxyOverTlsIsNoHandshakeThenIsToldToUseWss() {
		try (TestServer server = start(LOOPBACK); RawWebSocket client = RawWebSocket.connect(server.port())) {
			client.write("GET / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\n\r\n");
			RawWebSocket.Response response = client.readResponse();
			assertThat(response.status()).isEqualTo(426);
			assertThat(response.body()).contains("wss://localhost/");
		}
	}

	@Test
	void whenFieldsContradictEachOtherThenIsABadRequest() {
		try (TestServer server = start(LOOPBACK); RawWebSocket client = RawWebSocket.connect(server.port())) {
			client.write(RawWebSocket.request("/", "Forwarded: for=1.1.1.1", "X-Forwarded-For: 203.0.113.9"));
			RawWebSocket.Response response = client.readResponse();
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.body()).contains("contradict");
			assertThat(server.listener().rejected()).containsExactly(RejectReason.MALFORMED);
		}
	}

	@Test
	void whenProxyProtocolNamesAStrangerThenItsFieldsAreNotBelieved() {
		try (TestServer server = TestServer.websocket(this.kind)
			.proxyProtocol(ProxyProtocol.REQUIRED, LOOPBACK)
			.start(new RecordingListener().echo()); RawWebSocket client = RawWebSocket.connect(server.port())) {
			client.write(ProxyHeaders.v1("PROXY TCP4 203.0.113.9 192.0.2.1 4711 80"));
			client.write(RawWebSocket.request("/", "X-Forwarded-For: 1.1.1.1"));
			assertThat(client.readResponse().status()).isEqualTo(101);
			assertThat(server.listener().peer(client).connection().remoteAddress())
				.isEqualTo(new InetSocketAddress("203.0.113.9", 4711));
		}
	}

	@Test
	void whenAddressesAreLimitedThenClientsCountAndNotTheProxy() {
		try (TestServer server = TestServer.websocket(this.kind)
			.proxyProtocol(ProxyProtocol.OFF, LOOPBACK)
			.limits(LimitSettings.builder().maxConnectionsPerAddress(1))
			.start(new RecordingListener().echo())) {
			RawWebSocket one = open(server, "X-Forwarded-For: 203.0.113.1");
			RawWebSocket two = open(server, "X-Forwarded-For: 203.0.113.2");
			try (RawSocket again = server.connect()) {
				again.write(RawWebSocket.request("/", "X-Forwarded-For: 203.0.113.2"));
				again.expectReset();
			}
			assertThat(server.listener().rejected()).containsExactly(RejectReason.CONNECTIONS_PER_ADDRESS);
			one.sendText("hello");
			assertThat(one.readText()).isEqualTo("hello");
			one.close();
			two.close();
			Waiting.until("addresses are forgotten", () -> server.endpoint().admission().addressCount() == 0);
			open(server, "X-Forwarded-For: 203.0.113.2").close();
		}
	}

	private TestServer start(String trusted) {
		return TestServer.websocket(this.kind)
			.proxyProtocol(ProxyProtocol.OFF, trusted)
			.start(new RecordingListener().echo());
	}

	private static RawWebSocket open(TestServer server, String... fields) {
		RawWebSocket client = RawWebSocket.connect(server.port());
		client.write(RawWebSocket.request("/", fields));
		assertThat(client.readResponse().status()).isEqualTo(101);
		return client;
	}

}
