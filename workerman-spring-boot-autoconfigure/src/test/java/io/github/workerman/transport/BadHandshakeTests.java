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
import java.security.Principal;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.connection.WebSocketConnection;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.testsupport.RawWebSocket.Response;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for those who come to a websocket port and are turned away.
 */
@OnEachTransport
class BadHandshakeTests extends TransportFixture {

	@Test
	void whenMethodIsHeadThenAnswerHasNoBody() {
		rejects((client) -> {
			client.write("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
			Response response = client.readResponse(false);
			assertThat(response.status()).isEqualTo(405);
			assertThat(Integer.parseInt(response.header("content-length"))).isPositive();
			assertThat(client.readAll()).isEmpty();
		}, RejectReason.METHOD);
	}

	@Test
	void whenHeaderIsMuchTooLargeThenPeerReadsWhy() {
		rejects((client) -> {
			client.write(RawWebSocket.request("/", "X-Large: " + "x".repeat(1 << 20)));
			Response response = client.readResponse();
			assertThat(response.status()).isEqualTo(431);
			assertThat(response.body()).contains("16384");
			assertThat(client.readAll()).isEmpty();
		}, RejectReason.HEADER_TOO_LARGE);
	}

	@Test
	void whenRequestLineNeverEndsThenIsRejected() {
		rejects((client) -> {
			client.write("GET /" + "x".repeat(100_000));
			assertThat(client.readResponse().status()).isEqualTo(431);
			assertThat(client.readAll()).isEmpty();
		}, RejectReason.HEADER_TOO_LARGE);
	}

	@Test
	void whenHeaderIsAsLargeAsAllowedThenIsAccepted() {
		try (TestServer server = TestServer.websocket(this.kind).start();
				RawWebSocket client = RawWebSocket.connect(server.port())) {
			int rest = 16 * 1024 - RawWebSocket.request("/", "X: ").length();
			client.write(RawWebSocket.request("/", "X: " + "x".repeat(rest)));
			assertThat(client.readResponse().status()).isEqualTo(101);
		}
	}

	@Test
	void whenHandshakeIsSlowThenPeerIsTurnedAwayAtTheTimeout() {
		rejects((client) -> {
			client.write("GET / HTTP/1.1\r\nHost: localhost\r\n");
			Response response = client.readResponse();
			assertThat(response.status()).isEqualTo(408);
			assertThat(client.readAll()).isEmpty();
		}, RejectReason.TIMEOUT);
	}

	@Test
	void whenPeerSendsNothingThenIsTurnedAwayAtTheTimeout() {
		rejects((client) -> {
			assertThat(client.readResponse().status()).isEqualTo(408);
			assertThat(client.readAll()).isEmpty();
		}, RejectReason.TIMEOUT);
	}

	@Test
	void whenPeerSendsByteByByteThenTimeoutIsNotPutOff() {
		rejects((client) -> {
			Thread reader = new Thread(() -> assertThat(client.readResponse().status()).isEqualTo(408));
			reader.start();
			client.write("GET / HTTP/1.1\r\nX: ");
			Waiting.until("answered", () -> {
				try {
					client.write("x");
				}
				catch (UncheckedIOException ex) {
					// The answer has come and the socket is closed.
				}
				return !reader.isAlive();
			});
		}, RejectReason.TIMEOUT);
	}

	@Test
	void whenPeerSpeaksTlsThenGetsAnAlert() throws Exception {
		RecordingListener listener = new RecordingListener().echo();
		try (TestServer server = TestServer.websocket(this.kind).start(listener);
				Bystander bystander = new Bystander(server);
				SSLSocket client = (SSLSocket) SSLSocketFactory.getDefault().createSocket("127.0.0.1", server.port())) {
			client.setSoTimeout(20_000);
			assertThatExceptionOfType(SSLException.class).isThrownBy(client::startHandshake)
				.withMessageContaining("handshake_failure");
			bystander.isServed();
			assertThat(listener.rejected()).containsExactly(RejectReason.TLS);
		}
	}

	@Test
	void whenPortIsProbedThenNobodyIsDisturbed() {
		RecordingListener listener = new RecordingListener().echo();
		RecordingListener lines = new RecordingListener();
		try (TestServer server = TestServer.websocket(this.kind).start(listener);
				TestServer text = TestServer.text(this.kind).name("text").beside(server).start(lines);
				Bystander bystander = new Bystander(server)) {
			for (int i = 0; i < 20; i++) {
				RawSocket.connect(server.port()).close();
				RawSocket.connect(server.port()).reset();
				RawSocket half = RawSocket.connect(server.port());
				half.write("GET / HT");
				half.reset();
				RawSocket.connect(text.port()).close();
				RawSocket.connect(text.port()).reset();
			}
			// A reset may come before the connection is accepted at all.
			Waiting.until("all are counted", () -> listener.rejected().size() >= 20);
			bystander.isServed();
			assertThat(listener.rejected()).containsOnly(RejectReason.ABANDONED);
			assertThat(listener.opened()).isEqualTo(1);
		}
	}

	@Test
	void whenHandlerSaysNoThenPeerGetsItsStatusAndText() {
		RecordingListener listener = new RecordingListener().onHandshake((connection, handshake,
				decision) -> decision.accept((handshake.query("token") == null)
						? HandshakeDecision.reject(401, "a token, please").withHeader("WWW-Authenticate", "Token")
						: HandshakeDecision.accept()));
		try (TestServer server = TestServer.websocket(this.kind).start(listener)) {
			try (RawWebSocket client = RawWebSocket.connect(server.port())) {
				client.write(RawWebSocket.request("/"));
				Response response = client.readResponse();
				assertThat(response.status()).isEqualTo(401);
				assertThat(response.body()).contains("a token, please");
				assertThat(response.header("www-authenticate")).isEqualTo("Token");
				assertThat(client.readAll()).isEmpty();
				assertThat(listener.rejected()).containsExactly(RejectReason.VETO);
			}
			RawWebSocket.open(server.port(), "/?token=x", 0).close();
		}
	}

	@Test
	void whenHandlerDecidesLaterThenConnectionOpensLater() {
		Queue<Consumer<HandshakeDecision>> decisions = new ConcurrentLinkedQueue<>();
		RecordingListener listener = new RecordingListener().echo().onHandshake((connection, handshake, decision) -> {
			assertThat(connection.isOpen()).isFalse();
			decisions.add(decision);
		});
		Principal joe = () -> "Joe";
		try (TestServer server = TestServer.websocket(this.kind).start(listener);
				RawWebSocket client = RawWebSocket.connect(server.port())) {
			client.write(RawWebSocket.join(RawWebSocket.request("/", "Sec-WebSocket-Protocol: v1, v2").getBytes(),
					RawWebSocket.frame(RawWebSocket.TEXT, "impatient")));
			Waiting.until("asked", () -> !decisions.isEmpty());
			assertThat(listener.opened()).isZero();
			Consumer<HandshakeDecision> decision = decisions.remove();
			decision.accept(HandshakeDecision.accept().withPrincipal(joe).withHeader("X-Welcome", "yes"));
			decision.accept(HandshakeDecision.reject(403, "changed my mind"));
			Response response = client.readResponse();
			assertThat(response.status()).isEqualTo(101);
			assertThat(response.header("x-welcome")).isEqualTo("yes");
			assertThat(response.header("sec-websocket-protocol")).isEqualTo("v2");
			assertThat(client.readText()).isEqualTo("impatient");
			WebSocketConnection connection = (WebSocketConnection) listener.peer(client).connection();
			assertThat(connection.principal()).isSameAs(joe);
			assertThat(connection.subprotocol()).isEqualTo("v2");
			assertThat(connection.handshake().header("sec-websocket-protocol")).isEqualTo("v1, v2");
			assertThat(listener.rejected()).isEmpty();
		}
	}

	@Test
	void whenHandlerNeverDecidesThenTimeoutDoes() {
		RecordingListener listener = new RecordingListener().onHandshake((connection, handshake, decision) -> {
		});
		try (TestServer server = TestServer.websocket(this.kind)
			.handshakeTimeout(Duration.ofMillis(100))
			.start(listener); RawWebSocket client = RawWebSocket.connect(server.port())) {
			client.write(RawWebSocket.request("/"));
			assertThat(client.readResponse().status()).isEqualTo(408);
			assertThat(client.readAll()).isEmpty();
			assertThat(listener.rejected()).containsExactly(RejectReason.TIMEOUT);
		}
	}

	@Test
	void whenPeerLeavesBeforeTheDecisionThenDecisionIsIgnored() throws IOException {
		Queue<Consumer<HandshakeDecision>> decisions = new ConcurrentLinkedQueue<>();
		RecordingListener listener = new RecordingListener()
			.onHandshake((connection, handshake, decision) -> decisions.add(decision));
		try (TestServer server = TestServer.websocket(this.kind)
			.handshakeTimeout(Duration.ofMillis(500))
			.start(listener)) {
			RawWebSocket client = RawWebSocket.connect(server.port());
			client.write(RawWebSocket.request("/"));
			Waiting.until("asked", () -> !decisions.isEmpty());
			client.reset();
			Waiting.until("gone", () -> server.isEmpty());
			decisions.remove().accept(HandshakeDecision.accept());
			assertThat(listener.rejected()).hasSize(1);
			assertThat(listener.opened()).isZero();
		}
	}

	private void rejects(Consumer<RawWebSocket> peer, RejectReason reason) {
		RecordingListener listener = new RecordingListener().echo();
		try (TestServer server = TestServer.websocket(this.kind)
			.handshakeTimeout(Duration.ofMillis(400))
			.start(listener); Bystander bystander = new Bystander(server)) {
			try (RawWebSocket client = RawWebSocket.connect(server.port())) {
				peer.accept(client);
				bystander.isServed();
			}
			assertThat(listener.rejected()).containsExactly(reason);
			assertThat(listener.opened()).isEqualTo(1);
		}
	}

}
