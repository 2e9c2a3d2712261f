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

package io.github.workerman.http;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.workerman.annotation.OnHandshake;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.connection.Addresses;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.transport.OnEachTransport;
import io.github.workerman.transport.TransportKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Where requests come from, when proxies say so.
 */
@OnEachTransport
@Timeout(120)
class HttpClientAddressTests {

	private static final String TRUST = "servers.web.trusted-proxies=127.0.0.1, 192.0.2.0/24";

	@Parameter
	TransportKind kind;

	@Test
	void whenTrustedProxyNamesClientsThenEachRequestHasItsOwn() {
		try (HttpFixture http = start(TRUST); RawSocket proxy = http.connect()) {
			String peer = Addresses.format(proxy.socket().getLocalSocketAddress());
			assertThat(ask(proxy, "X-Forwarded-For: 1.1.1.1, 203.0.113.7", "X-Forwarded-Proto: https",
					"X-Forwarded-Host: www.example.com:8443"))
				.isEqualTo("203.0.113.7:0 203.0.113.7:0 " + peer + " https www.example.com:8443");
			assertThat(ask(proxy,
					"Forwarded: for=\"[2001:db8::9]:4711\";proto=http;host=other.example.com, for=192.0.2.5"))
				.isEqualTo("[2001:db8::9]:4711 [2001:db8::9]:4711 " + peer + " http other.example.com");
			assertThat(ask(proxy, "X-Forwarded-Host: bad host")).isEqualTo(peer + " " + peer + " " + peer + " http a");
			assertThat(ask(proxy)).isEqualTo(peer + " " + peer + " " + peer + " http a");
		}
	}

	@Test
	void whenProxyHasAnIpv6AddressThenItIsTrustedAsWell() {
		try (HttpFixture http = start("servers.web.address=::1", "servers.web.trusted-proxies=::1");
				RawSocket proxy = RawSocket.connect(new InetSocketAddress("::1", http.port()))) {
			assertThat(ask(proxy, "X-Forwarded-For: 2001:db8::7"))
				.startsWith("[2001:db8::7]:0 [2001:db8::7]:0 [::1]:" + proxy.socket().getLocalPort() + " ");
		}
	}

	@Test
	void whenPeerIsNotTrustedThenFieldsAreOnlyFields() {
		try (HttpFixture http = start("servers.web.trusted-proxies=192.0.2.1"); RawSocket client = http.connect()) {
			String peer = Addresses.format(client.socket().getLocalSocketAddress());
			assertThat(ask(client, "X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: https", "X-Forwarded-Host: b",
					"Forwarded: for=1.1.1.1;proto=https;host=b"))
				.isEqualTo(peer + " " + peer + " " + peer + " http a");
		}
	}

	@Test
	void whenFieldsContradictEachOtherThenRequestIsBad() {
		try (HttpFixture http = start(TRUST)) {
			assertThat(http.exchange("POST /where HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.7\r\n"
					+ "Forwarded: for=203.0.113.8\r\nContent-Length: 3\r\n\r\nabcGET /where HTTP/1.1\r\nHost: a\r\n\r\n"))
				.startsWith("HTTP/1.1 400")
				.contains("contradict")
				.containsOnlyOnce("HTTP/1.1");
			await().untilAsserted(() -> {
				assertThat(http.server().statistics().closed(CloseReason.Cause.PROTOCOL)).isOne();
				assertThat(http.server().connectionCount()).isZero();
			});
		}
	}

	@Test
	void whenProxyProtocolNamesClientThenConnectionIsTheClients() {
		try (HttpFixture http = start(TRUST, "servers.web.proxy-protocol=required")) {
			for (byte[] header : List.of(v1("PROXY TCP4 203.0.113.7 192.0.2.1 4711 80"), v2("203.0.113.7", 4711))) {
				try (RawSocket proxy = http.connect()) {
					String peer = Addresses.format(proxy.socket().getLocalSocketAddress());
					proxy.write(header);
					String expected = "203.0.113.7:4711 203.0.113.7:4711 " + peer + " http a";
					assertThat(ask(proxy)).isEqualTo(expected);
					assertThat(ask(proxy, "X-Forwarded-For: 1.1.1.1", "X-Forwarded-Proto: https")).isEqualTo(expected);
				}
			}
			try (RawSocket proxy = http.connect()) {
				proxy.write(v1("PROXY TCP6 2001:db8::7 2001:db8::1 4711 80"));
				assertThat(ask(proxy)).startsWith("[2001:db8::7]:4711 [2001:db8::7]:4711 127.0.0.1:");
			}
			try (RawSocket proxy = http.connect()) {
				// One trusted proxy behind another: that one's word is taken, too.
				proxy.write(v1("PROXY TCP4 192.0.2.5 192.0.2.1 4711 80"));
				assertThat(ask(proxy, "X-Forwarded-For: 203.0.113.7")).startsWith("203.0.113.7:0 203.0.113.7:0 ");
			}
		}
	}

	@Test
	void whenProxyHeaderComesByteByByteThenItIsRead() {
		try (HttpFixture http = start(TRUST, "servers.web.proxy-protocol=optional"); RawSocket proxy = http.connect()) {
			byte[] header = v2("203.0.113.7", 4711);
			for (byte part : header) {
				proxy.write(new byte[] { part });
			}
			assertThat(ask(proxy)).startsWith("203.0.113.7:4711 ");
		}
	}

	@Test
	void whenProxyHeaderIsOptionalThenRequestMayComeWithout() {
		try (HttpFixture http = start(TRUST, "servers.web.proxy-protocol=optional");
				RawSocket client = http.connect()) {
			String peer = Addresses.format(client.socket().getLocalSocketAddress());
			assertThat(ask(client)).startsWith(peer + " ");
			assertThat(ask(client)).startsWith(peer + " ");
		}
		try (HttpFixture http = start("servers.web.trusted-proxies=192.0.2.1", "servers.web.proxy-protocol=optional")) {
			assertThat(http.exchange("PROXY TCP4 203.0.113.7 192.0.2.1 4711 80\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"))
				.startsWith("HTTP/1.1 400");
		}
	}

	@Test
	void whenProxyHeaderIsMissingOrFromAStrangerThenPeerIsTurnedAway() {
		try (HttpFixture http = start(TRUST, "servers.web.proxy-protocol=required",
				"servers.web.handshake-timeout=300ms")) {
			assertThat(http.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).isEmpty();
			assertThat(http.exchange("PROXY TCP4 nobody")).isEmpty();
			http.connect().close();
			await().untilAsserted(() -> {
				assertThat(http.server().statistics().rejected(RejectReason.PROXY_HEADER)).isOne();
				assertThat(http.server().statistics().rejected(RejectReason.TIMEOUT)).isOne();
				assertThat(http.server().statistics().rejected(RejectReason.ABANDONED)).isOne();
				assertThat(http.server().statistics().opened()).isZero();
			});
		}
		try (HttpFixture http = start("servers.web.trusted-proxies=192.0.2.1", "servers.web.proxy-protocol=required")) {
			try (RawSocket stranger = http.connect()) {
				stranger.expectReset();
			}
			catch (UncheckedIOException ex) {
				// So early that it was not even connected.
				assertThat(ex).hasMessageContaining("reset");
			}
			assertThat(http.server().statistics().rejected(RejectReason.PROXY_UNTRUSTED)).isOne();
		}
	}

	@Test
	void whenServerStopsThenPeersWithoutHeaderDoNotDelayIt() throws Exception {
		try (HttpFixture http = start(TRUST, "servers.web.proxy-protocol=required"); RawSocket proxy = http.connect()) {
			proxy.write("PROXY ");
			CompletableFuture.runAsync(() -> http.server().stop()).get(15, TimeUnit.SECONDS);
		}
	}

	@Test
	void whenAddressesAreLimitedThenProxyProtocolNamesThem() {
		try (HttpFixture http = start(TRUST, "servers.web.proxy-protocol=required",
				"servers.web.limits.max-connections-per-address=1");
				RawSocket one = http.connect();
				RawSocket two = http.connect();
				RawSocket again = http.connect()) {
			one.write(v2("203.0.113.7", 4711));
			assertThat(ask(one)).startsWith("203.0.113.7:");
			two.write(v2("203.0.113.8", 4711));
			assertThat(ask(two)).startsWith("203.0.113.8:");
			again.write(v2("203.0.113.7", 4712));
			again.expectReset();
			assertThat(http.server().statistics().rejected(RejectReason.CONNECTIONS_PER_ADDRESS)).isOne();
		}
	}

	@Test
	void whenRequestIsUpgradedThenWebSocketKnowsItsClient() {
		try (HttpFixture http = start(TRUST, "servers.web.websocket.path=/ws", "servers.web.proxy-protocol=optional")) {
			try (RawWebSocket socket = RawWebSocket.connect(http.port())) {
				socket.write(v2("203.0.113.7", 4711));
				socket.write(RawWebSocket.request("/ws"));
				assertThat(socket.readResponse().status()).isEqualTo(101);
				socket.sendText("x");
				assertThat(socket.readText()).isEqualTo("203.0.113.7:4711 ws");
			}
			try (RawWebSocket socket = RawWebSocket.connect(http.port())) {
				socket.write(RawWebSocket.request("/ws", "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https"));
				assertThat(socket.readResponse().status()).isEqualTo(101);
				socket.sendText("x");
				assertThat(socket.readText()).isEqualTo("203.0.113.9:0 wss");
			}
		}
	}

	@Test
	void whenTlsFollowsTheProxyHeaderThenBothAreUnderstood() throws Exception {
		try (HttpsFixture https = HttpsFixture.start(Handlers.class, "workerman." + TRUST,
				"workerman.transport=" + this.kind.name(), "workerman.servers.web.proxy-protocol=required",
				"workerman.servers.web.websocket.path=/ws"); RawSocket plain = https.connectPlain()) {
			plain.write(v2("203.0.113.7", 4711));
			RawSocket client = RawSocket.over(https.certificates()
				.clientContext(null)
				.getSocketFactory()
				.createSocket(plain.socket(), "localhost", https.port(), true));
			for (int i = 0; i < 2; i++) {
				assertThat(ask(client)).startsWith("203.0.113.7:4711 203.0.113.7:4711 127.0.0.1:").endsWith(" https a");
			}
			client.write(RawWebSocket.request("/ws"));
			assertThat(client.readLine()).contains("101");
		}
	}

	private HttpFixture start(String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 1);
		all[properties.length] = "transport=" + this.kind.name();
		return HttpFixture.start(Handlers.class, all);
	}

	private static String ask(RawSocket socket, String... fields) {
		StringBuilder request = new StringBuilder("GET /where HTTP/1.1\r\nHost: a\r\n");
		for (String field : fields) {
			request.append(field).append("\r\n");
		}
		socket.write(request.append("\r\n").toString());
		return body(socket);
	}

	private static String body(RawSocket socket) {
		int length = 0;
		for (String line = socket.readLine(); !line.isEmpty(); line = socket.readLine()) {
			if (line.startsWith("content-length: ")) {
				length = Integer.parseInt(line.substring(16));
			}
		}
		return new String(socket.read(length), StandardCharsets.UTF_8);
	}

	private static byte[] v1(String line) {
		return (line + "\r\n").getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] v2(String source, int port) {
		ByteArrayOutputStream header = new ByteArrayOutputStream();
		byte[] address = new InetSocketAddress(source, port).getAddress().getAddress();
		header.writeBytes("\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII));
		header.writeBytes(new byte[] { 0x21, 0x11, 0, 12 });
		header.writeBytes(address);
		header.writeBytes(address);
		header.writeBytes(new byte[] { (byte) (port >> 8), (byte) port, 0, 80 });
		return header.toByteArray();
	}

	static class Handlers {

		@OnRequest("/where")
		String where(HttpRequest request, Connection connection) {
			assertThat(request.peerAddress()).isEqualTo(connection.peerAddress());
			return Addresses.format(request.remoteAddress()) + " " + Addresses.format(connection.remoteAddress()) + " "
					+ Addresses.format(request.peerAddress()) + " " + request.scheme() + " " + request.host();
		}

		@OnHandshake
		void handshake(Handshake handshake) {
			handshake.attributes().set("scheme", handshake.isSecure() ? "wss" : "ws");
		}

		@OnMessage
		String message(Connection connection, String text) {
			return Addresses.format(connection.remoteAddress()) + " " + connection.attributes().get("scheme");
		}

	}

}
