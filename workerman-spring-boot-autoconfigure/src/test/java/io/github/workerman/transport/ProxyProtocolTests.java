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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.transport.limit.LimitSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for connections that begin with a header of the PROXY protocol.
 */
@OnEachTransport
class ProxyProtocolTests extends TransportFixture {

	private static final String LOOPBACK = "127.0.0.0/8";

	private static final String V1 = "PROXY TCP4 203.0.113.9 192.0.2.1 4711 80";

	private static final InetSocketAddress CLIENT = new InetSocketAddress("203.0.113.9", 4711);

	@Test
	void whenProxyNamesItsClientThenThatIsTheRemoteAddressOnEachProtocol() {
		byte[] header = ProxyHeaders.v1(V1);
		try (TestServer text = required(TestServer.text(this.kind));
				TestServer frame = required(TestServer.frame(this.kind).beside(text).name("frame"));
				TestServer tcp = required(TestServer.tcp(this.kind).beside(text).name("tcp"));
				TestServer websocket = required(TestServer.websocket(this.kind).beside(text).name("websocket"))) {
			try (RawSocket client = text.connect()) {
				client.write(RawWebSocket.join(header, "hello\n".getBytes(StandardCharsets.US_ASCII)));
				assertThat(client.readLine()).isEqualTo("hello");
				assertNamed(text.listener().peer(client), CLIENT, client);
			}
			try (RawSocket client = frame.connect()) {
				client.write(header);
				client.write("\0\0\0\6hi");
				assertThat(client.read(6)).endsWith('h', 'i');
				assertNamed(frame.listener().peer(client), CLIENT, client);
			}
			try (RawSocket client = tcp.connect()) {
				client.write(header);
				assertNamed(tcp.listener().peer(client), CLIENT, client);
				client.write("bytes");
				assertThat(client.read(5)).isEqualTo("bytes".getBytes(StandardCharsets.US_ASCII));
			}
			try (RawWebSocket client = RawWebSocket.connect(websocket.port())) {
				client.write(header);
				client.write(RawWebSocket.request("/"));
				assertThat(client.readResponse().status()).isEqualTo(101);
				client.sendText("hello");
				assertThat(client.readText()).isEqualTo("hello");
				PeerRecord peer = websocket.listener().peer(client);
				assertNamed(peer, CLIENT, client);
				assertThat(((NettyWebSocketConnection) peer.connection()).handshake().remoteAddress())
					.isEqualTo(CLIENT);
			}
			Waiting.until("closed", () -> text.connections().count() == 0);
			assertThat(text.listener().peers(1).get(0).connection().remoteAddress()).isEqualTo(CLIENT);
		}
	}

	private static void assertNamed(PeerRecord peer, InetSocketAddress remote, RawSocket client) {
		assertThat(peer.connection().remoteAddress()).isEqualTo(remote);
		assertThat(peer.connection().peerAddress()).isEqualTo(client.socket().getLocalSocketAddress());
	}

	@Test
	void whenHeaderIsBinaryThenIsRead() {
		try (TestServer server = required(TestServer.text(this.kind))) {
			for (String address : List.of("203.0.113.9", "2001:db8::9")) {
				try (RawSocket client = server.connect()) {
					byte[] header = ProxyHeaders.v2(address, 4711, new byte[100]);
					client.write(RawWebSocket.join(header, "hello\n".getBytes(StandardCharsets.US_ASCII)));
					assertThat(client.readLine()).isEqualTo("hello");
					assertNamed(server.listener().peer(client), new InetSocketAddress(address, 4711), client);
				}
			}
		}
	}

	@Test
	void whenHeaderComesInPiecesThenIsRead() {
		try (TestServer server = required(TestServer.text(this.kind))) {
			for (byte[] header : List.of(ProxyHeaders.v1(V1), ProxyHeaders.v2("203.0.113.9", 4711, new byte[3]))) {
				try (RawSocket client = server.connect()) {
					for (byte piece : header) {
						client.write(new byte[] { piece });
					}
					client.write("hel");
					client.write("lo\n");
					assertThat(client.readLine()).isEqualTo("hello");
					assertNamed(server.listener().peer(client), CLIENT, client);
				}
			}
		}
	}

	@Test
	void whenServerListensOnIpv6ThenProxyIsTrustedThere() throws IOException {
		try (TestServer server = TestServer.text(this.kind)
			.address(new InetSocketAddress("::1", 0))
			.proxyProtocol(ProxyProtocol.REQUIRED, "::1")
			.start(new RecordingListener().echo()); RawSocket client = new RawSocket(new Socket("::1", server.port())) {
			}) {
			client.write(ProxyHeaders.v1("PROXY TCP6 2001:db8::9 2001:db8::1 4711 80"));
			client.write("hello\n");
			assertThat(client.readLine()).isEqualTo("hello");
			assertNamed(server.listener().peer(client), new InetSocketAddress("2001:db8::9", 4711), client);
		}
	}

	@Test
	void whenProxyOnlyChecksThenNothingBecomesAConnection() {
		try (TestServer server = required(TestServer.text(this.kind))) {
			for (byte[] header : List.of(ProxyHeaders.v1("PROXY UNKNOWN"), ProxyHeaders.v2(0x20, 0, 0, new byte[0]))) {
				RawSocket check = server.connect();
				check.write(header);
				check.shutdownOutput();
				assertThat(check.readAll()).isEmpty();
				check.close();
			}
			RawSocket itself = server.connect();
			itself.write(
					ProxyHeaders.v1("PROXY TCP4 127.0.0.1 127.0.0.1 %d 80".formatted(itself.socket().getLocalPort())));
			itself.shutdownOutput();
			assertThat(itself.readAll()).isEmpty();
			itself.close();
			RawSocket reset = server.connect();
			reset.write(ProxyHeaders.v1("PROXY UNKNOWN"));
			reset.reset();
			Waiting.until("counted", () -> server.listener().rejected().size() == 4);
			assertThat(server.listener().rejected()).containsOnly(RejectReason.ABANDONED);
			assertThat(server.listener().opened()).isZero();
		}
	}

	@Test
	void whenProxySpeaksForItselfThenItsOwnAddressCounts() {
		try (TestServer server = required(TestServer.text(this.kind))) {
			for (byte[] header : List.of(ProxyHeaders.v1("PROXY UNKNOWN"),
					ProxyHeaders.v2(0x20, 0x11, 12, new byte[12]))) {
				try (RawSocket client = server.connect()) {
					client.write(header);
					client.write("hello\n");
					assertThat(client.readLine()).isEqualTo("hello");
					assertNamed(server.listener().peer(client),
							(InetSocketAddress) client.socket().getLocalSocketAddress(), client);
				}
			}
		}
	}

	@Test
	void whenPeerIsNotTrustedThenHeaderIsData() {
		try (TestServer server = TestServer.text(this.kind)
			.proxyProtocol(ProxyProtocol.OPTIONAL, "192.0.2.1", "::1")
			.start(new RecordingListener().echo()); RawSocket client = server.connect()) {
			client.write(V1 + "\r\nhello\n");
			assertThat(client.readLine()).isEqualTo(V1);
			assertThat(client.readLine()).isEqualTo("hello");
			assertNamed(server.listener().peer(client), (InetSocketAddress) client.socket().getLocalSocketAddress(),
					client);
		}
	}

	@Test
	void whenWebSocketPeerIsNotTrustedThenHeaderIsABadRequest() {
		try (TestServer server = TestServer.websocket(this.kind)
			.proxyProtocol(ProxyProtocol.OPTIONAL, "192.0.2.1")
			.start(new RecordingListener().echo()); RawWebSocket client = RawWebSocket.connect(server.port())) {
			client.write(V1 + "\r\n" + RawWebSocket.request("/"));
			assertThat(client.readResponse().status()).isEqualTo(400);
			assertThat(server.listener().rejected()).containsExactly(RejectReason.MALFORMED);
		}
	}

	@Test
	void whenPeerIsNotTrustedThoughRequiredThenIsReset() {
		try (TestServer server = TestServer.text(this.kind)
			.proxyProtocol(ProxyProtocol.REQUIRED, "192.0.2.1")
			.start(new RecordingListener().echo())) {
			try (RawSocket client = server.connect()) {
				client.expectReset();
			}
			catch (UncheckedIOException ex) {
				assertThat(ex).rootCause().hasMessageContaining("reset");
			}
			assertThat(server.listener().rejected()).containsExactly(RejectReason.PROXY_UNTRUSTED);
		}
	}

	@Test
	void whenHeaderIsOptionalThenTrustedPeersNeedNone() {
		try (TestServer server = TestServer.text(this.kind)
			.proxyProtocol(ProxyProtocol.OPTIONAL, LOOPBACK)
			.start(new RecordingListener().echo())) {
			for (String text : List.of("hello", "P", "PROXX", "PRO")) {
				try (RawSocket client = server.connect()) {
					client.write(text + "\n");
					assertThat(client.readLine()).isEqualTo(text);
				}
			}
			try (RawSocket client = server.connect()) {
				client.write(V1 + "\r\nhello\n");
				assertThat(client.readLine()).isEqualTo("hello");
				assertNamed(server.listener().peer(client), CLIENT, client);
			}
		}
	}

	@Test
	void whenNothingComesThoughOptionalThenServerMaySpeakFirst() {
		try (TestServer server = TestServer.text(this.kind)
			.proxyProtocol(ProxyProtocol.OPTIONAL, LOOPBACK)
			.handshakeTimeout(Duration.ofMillis(100))
			.start(new RecordingListener().onConnected((connection) -> connection.send("welcome")).echo())) {
			try (RawSocket silent = server.connect(); RawSocket hesitant = server.connect()) {
				hesitant.write("PRO");
				assertThat(silent.readLine()).isEqualTo("welcome");
				assertThat(hesitant.readLine()).isEqualTo("welcome");
				hesitant.write("be\n");
				assertThat(hesitant.readLine()).isEqualTo("PRObe");
			}
		}
	}

	/* What could still have become a header is data once the peer sends no more. */
	@Test
	void whenPeerEndsItsStreamWithinWhatMayBeAHeaderThenItsRepliesAreFlushed() {
		RecordingListener listener = new RecordingListener().onEnding((connection, close) -> {
			// The handlers are not through yet.
		});
		try (TestServer server = TestServer.tcp(this.kind)
			.proxyProtocol(ProxyProtocol.OPTIONAL, LOOPBACK)
			.start(listener); RawSocket client = server.connect()) {
			client.write("PRO");
			client.shutdownOutput();
			PeerRecord peer = listener.peer(client);
			Waiting.until("the end has come", () -> peer.count("ending") == 1);
			peer.connection().send("reply".getBytes(StandardCharsets.US_ASCII));
			assertThat(client.read(5)).isEqualTo("reply".getBytes(StandardCharsets.US_ASCII));
			peer.connection().close();
			assertThat(client.readAll()).isEmpty();
		}
	}

	@Test
	void whenHeaderIsMissingOrMalformedThenIsClosedAndCounted() {
		List<byte[]> bad = List.of("hello\n".getBytes(StandardCharsets.US_ASCII),
				ProxyHeaders.v1("PROXY TCP4 1.2.3.4 1.2.3.4 1 99999"), ProxyHeaders.v1("PROXY TCP4 x y 1 2"),
				("PROXY UNKNOWN " + "x".repeat(5000)).getBytes(StandardCharsets.US_ASCII),
				ProxyHeaders.v2(0x21, 0x11, 65535, new byte[1000]), ProxyHeaders.v2(0x21, 0x11, 3, new byte[3]),
				ProxyHeaders.v2(0x99, 0x11, 12, new byte[12]), RawWebSocket.request("/").getBytes(),
				"\r\n\r\n\0\r\nQUIT\r".getBytes(StandardCharsets.US_ASCII));
		try (TestServer server = required(TestServer.text(this.kind));
				TestServer other = TestServer.websocket(this.kind)
					.name("other")
					.beside(server)
					.start(new RecordingListener().echo());
				Bystander bystander = new Bystander(other)) {
			for (byte[] header : bad) {
				try (RawSocket client = server.connect()) {
					client.write(header);
					assertGone(client);
				}
				bystander.isServed();
			}
			assertThat(server.listener().rejected()).hasSameSizeAs(bad).containsOnly(RejectReason.PROXY_HEADER);
			assertThat(server.listener().opened()).isZero();
		}
	}

	@Test
	void whenHeaderIsNotCompleteInTimeThenIsClosedAndCounted() {
		try (TestServer server = TestServer.text(this.kind)
			.proxyProtocol(ProxyProtocol.REQUIRED, LOOPBACK)
			.handshakeTimeout(Duration.ofMillis(200))
			.start(new RecordingListener().echo());
				TestServer optional = TestServer.text(this.kind)
					.name("optional")
					.beside(server)
					.proxyProtocol(ProxyProtocol.OPTIONAL, LOOPBACK)
					.handshakeTimeout(Duration.ofMillis(200))
					.start(new RecordingListener().echo())) {
			// The last one says that more is to come than ever does.
			for (byte[] part : List.of(new byte[0], "PROXY TCP4 1.2".getBytes(StandardCharsets.US_ASCII),
					ProxyHeaders.v2(0x21, 0x11, 2000, new byte[1999]))) {
				try (RawSocket client = server.connect()) {
					client.write(part);
					assertGone(client);
				}
			}
			assertThat(server.listener().rejected()).hasSize(3).containsOnly(RejectReason.TIMEOUT);
			try (RawSocket client = optional.connect()) {
				client.write("PROXY TCP4 1.2");
				assertGone(client);
			}
			assertThat(optional.listener().rejected()).containsExactly(RejectReason.TIMEOUT);
		}
	}

	@Test
	void whenHeaderDripsThenTimeIsNotProlonged() {
		try (TestServer server = TestServer.text(this.kind)
			.proxyProtocol(ProxyProtocol.REQUIRED, LOOPBACK)
			.handshakeTimeout(Duration.ofMillis(200))
			.start(new RecordingListener().echo()); RawSocket client = server.connect()) {
			client.write(ProxyHeaders.v2(0x20, 0, 4000, new byte[0]));
			Waiting.until("turned away", () -> {
				if (server.listener().rejected().isEmpty()) {
					client.write(new byte[1]);
				}
				return !server.listener().rejected().isEmpty();
			});
			assertThat(server.listener().rejected()).containsExactly(RejectReason.TIMEOUT);
		}
	}

	@Test
	void whenServerClosesThenPeersWithoutHeaderAreClosedToo() {
		TestServer server = required(TestServer.text(this.kind));
		try (RawSocket silent = server.connect(); RawSocket hesitant = server.connect()) {
			hesitant.write("PROXY TCP");
			Waiting.until("both are there", () -> server.endpoint().admission().count() == 2);
			server.close();
			assertGone(silent);
			assertGone(hesitant);
		}
	}

	@Test
	void whenServerDrainsThenPeersWithoutHeaderAreClosedToo() {
		try (TestServer server = required(TestServer.text(this.kind)); RawSocket silent = server.connect()) {
			Waiting.until("it is there", () -> server.endpoint().admission().count() == 1);
			server.endpoint().drain(CloseReason.GOING_AWAY, Duration.ofHours(1)).toCompletableFuture().join();
			assertGone(silent);
			assertThat(server.listener().rejected()).containsExactly(RejectReason.ABANDONED);
		}
	}

	@Test
	void whenAddressesAreLimitedThenClientsCountAndNotTheProxy() {
		try (TestServer server = TestServer.text(this.kind)
			.proxyProtocol(ProxyProtocol.REQUIRED, LOOPBACK)
			.limits(LimitSettings.builder().maxConnectionsPerAddress(1))
			.start(new RecordingListener().echo())) {
			List<RawSocket> clients = new ArrayList<>();
			for (int i = 1; i <= 5; i++) {
				RawSocket client = server.connect();
				client.write(ProxyHeaders.v1("PROXY TCP4 203.0.113." + i + " 192.0.2.1 4711 80"));
				client.write("hello\n");
				assertThat(client.readLine()).isEqualTo("hello");
				clients.add(client);
			}
			try (RawSocket again = server.connect()) {
				again.write(ProxyHeaders.v1("PROXY TCP4 203.0.113.3 192.0.2.1 4712 80"));
				assertGone(again);
			}
			try (RawSocket withMore = server.connect()) {
				withMore.write(ProxyHeaders.v1("PROXY TCP4 203.0.113.3 192.0.2.1 4713 80\r\n" + "x".repeat(100)));
				assertGone(withMore);
			}
			assertThat(server.listener().rejected()).containsExactly(RejectReason.CONNECTIONS_PER_ADDRESS,
					RejectReason.CONNECTIONS_PER_ADDRESS);
			clients.forEach(RawSocket::close);
			Waiting.until("addresses are forgotten", () -> server.endpoint().admission().addressCount() == 0);
		}
	}

	private static TestServer required(TestServer.Builder builder) {
		return builder.proxyProtocol(ProxyProtocol.REQUIRED, LOOPBACK).start(new RecordingListener().echo());
	}

	/**
	 * Closed, in order or by a reset, and nothing was said.
	 */
	private static void assertGone(RawSocket client) {
		try {
			assertThat(client.readAll()).isEmpty();
		}
		catch (UncheckedIOException ex) {
			assertThat(ex).rootCause().hasMessageContaining("reset");
		}
	}

}
