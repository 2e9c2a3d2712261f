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

package io.github.workerman.transport.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLSocket;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.transport.OnEachTransport;
import io.github.workerman.transport.PeerRecord;
import io.github.workerman.transport.RecordingListener;
import io.github.workerman.transport.TestServer;
import io.github.workerman.transport.TransportFixture;
import io.github.workerman.transport.Waiting;
import io.netty.handler.ssl.SslProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how connections over TLS end: with a goodbye, or without.
 */
@OnEachTransport
class TlsCloseTests extends TransportFixture {

	@OnEachProvider
	void whenServerClosesThenPeerSeesARegularEnd(SslProvider provider) {
		try (TestServer server = TestServer.text(this.kind)
			.tls(provider)
			.start(new RecordingListener()
				.onMessage((connection, message) -> connection.close((Object) ("bye " + message))));
				RawSocket client = server.connect()) {
			client.write("joe\n");
			assertThat(client.readLine()).isEqualTo("bye joe");
			// Would fail without close_notify.
			assertThat(client.readAll()).isEmpty();
			client.close();
			assertThat(server.listener().peers(1).get(0).awaitClosed().cause()).isEqualTo(Cause.SERVER);
		}
	}

	@OnEachProvider
	void whenPeerGoesOnSendingAfterTheEndThenStillSeesARegularEnd(SslProvider provider) {
		try (TestServer server = TestServer.text(this.kind)
			.tls(provider)
			.start(new RecordingListener().onMessage((connection, message) -> connection.close((Object) "bye")));
				RawSocket client = server.connect()) {
			client.write("joe\n");
			assertThat(client.readLine()).isEqualTo("bye");
			for (int i = 0; i < 10; i++) {
				client.write(new byte[100_000]);
			}
			assertThat(client.readAll()).isEmpty();
			client.close();
			assertThat(server.listener().peers(1).get(0).awaitClosed().cause()).isEqualTo(Cause.SERVER);
		}
	}

	@OnEachProvider
	void whenServerDestroysThenPeerSeesAReset(SslProvider provider) {
		try (TestServer server = TestServer.text(this.kind).tls(provider).start();
				RawSocket client = server.connect()) {
			server.listener().peer(client).connection().destroy();
			client.expectReset();
		}
	}

	@OnEachProvider
	void whenServerDestroysAPeerThatDoesNotReadThenIsGoneAtOnce(SslProvider provider) {
		try (TestServer server = TestServer.text(this.kind).tls(provider).smallSocketBuffers().start();
				RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			String large = "x".repeat(500_000);
			peer.onLoop(() -> {
				peer.connection().send(large);
				peer.connection().send(large);
			});
			Waiting.until("bytes wait", () -> peer.connection().pendingBytes() > 100_000);
			peer.connection().destroy();
			assertThat(peer.awaitClosed().cause()).isEqualTo(Cause.ERROR);
			server.awaitEmpty();
		}
	}

	@OnEachProvider
	void whenServerDrainsThenPeersAreToldAndGone(SslProvider provider) throws Exception {
		try (TestServer server = TestServer.websocket(this.kind).tls(provider).start();
				RawWebSocket client = server.openWebSocket();
				Socket arriving = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
			Waiting.until("arrived", () -> !server.isEmpty());
			CompletableFuture<Void> drained = server.endpoint()
				.drain(CloseReason.GOING_AWAY, Duration.ofSeconds(20))
				.toCompletableFuture();
			assertThat(client.readClose().code()).isEqualTo(1001);
			client.sendClose(1001, "");
			assertThat(client.readAll()).isEmpty();
			assertThat(arriving.getInputStream().read()).isEqualTo(-1);
			client.close();
			drained.get(20, TimeUnit.SECONDS);
		}
	}

	@ParameterizedTest
	@EnumSource(names = "JDK")
	void whenPeerEndsItsStreamThenGetsRepliesAndAnEnd(SslProvider provider) throws IOException {
		try (TestServer server = TestServer.text(this.kind).tls(provider).start(new RecordingListener().echo());
				RawSocket client = server.connect()) {
			assertRepliesAndAnEnd(server, client);
		}
	}

	@OnEachProvider
	void whenStreamIsCutThenConnectionIsLost(SslProvider provider) throws IOException {
		TestTls tls = TestTls.of(provider);
		try (TestServer server = TestServer.text(this.kind).tls(tls).start(new RecordingListener().echo());
				Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port());
				SSLSocket socket = tls.over(plain)) {
			RawSocket client = RawSocket.over(socket);
			client.write("hello\n");
			assertThat(client.readLine()).isEqualTo("hello");
			PeerRecord peer = server.listener().peers(1).get(0);
			plain.shutdownOutput();
			assertThat(peer.awaitClosed()).isEqualTo(CloseReason.LOST);
		}
	}

}
