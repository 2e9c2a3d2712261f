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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.testsupport.RawWebSocket.Frame;
import io.github.workerman.transport.limit.LimitSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for how an endpoint begins and ends.
 */
@OnEachTransport
class DrainTests extends TransportFixture {

	private static final Duration LONG = Duration.ofMinutes(10);

	@Test
	void whenDrainedThenEveryPeerIsToldAndHandlersHaveRunWhenItCompletes() throws Exception {
		RecordingListener listener = new RecordingListener();
		try (TestServer server = TestServer.websocket(this.kind).threads(2).start(listener)) {
			List<RawWebSocket> clients = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				clients.add(server.openWebSocket());
			}
			listener.peers(clients.size());
			CompletableFuture<Long> closedAtTheEnd = drain(server, LONG).thenApply((nothing) -> listener.closed());
			for (RawWebSocket client : clients) {
				Frame goodbye = client.readClose();
				assertThat(goodbye.code()).isEqualTo(1001);
				assertThat(goodbye.reason()).isNotEmpty();
				assertThat(closedAtTheEnd).isNotDone();
				client.sendClose(1001, "");
				assertThat(client.readAll()).isEmpty();
				client.close();
			}
			assertThat(closedAtTheEnd.get(20, TimeUnit.SECONDS)).isEqualTo(clients.size());
			assertThat(listener.peers(clients.size())).allSatisfy((peer) -> {
				assertThat(peer.closeReason()).isEqualTo(CloseReason.GOING_AWAY);
				assertThat(peer.events()).containsExactly("connected", "ending", "closed");
			});
		}
	}

	@Test
	void whenNobodyIsConnectedThenDrainCompletesAtOnce() {
		try (TestServer server = TestServer.websocket(this.kind).start()) {
			assertThat(drain(server, LONG)).isCompleted();
		}
	}

	@Test
	void whenHandlersAreBusyThenDrainWaitsForThem() throws Exception {
		Map<ManagedConnection, Runnable> ends = new ConcurrentHashMap<>();
		RecordingListener listener = new RecordingListener().onEnding(ends::put);
		try (TestServer server = TestServer.websocket(this.kind).start(listener);
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = listener.peer(client);
			client.sendText("work");
			peer.awaitMessages(1);
			CompletableFuture<Void> drained = drain(server, LONG);
			Waiting.until("ending", () -> ends.size() == 1);
			client.sendText("too late");
			assertThat(peer.connection().send("result")).isEqualTo(SendResult.ACCEPTED);
			assertThat(client.readText()).isEqualTo("result");
			assertThat(drained).isNotDone();
			peer.onLoop(ends.get(peer.connection()));
			assertThat(client.readClose().code()).isEqualTo(1001);
			client.sendClose(1001, "");
			assertThat(client.readAll()).isEmpty();
			client.close();
			drained.get(20, TimeUnit.SECONDS);
			assertThat(peer.messages()).containsExactly("work");
		}
	}

	@Test
	void whenPeerHasEndedItsStreamBeforeThenHandlersAreAskedToFinishOnce() throws Exception {
		Map<ManagedConnection, Runnable> ends = new ConcurrentHashMap<>();
		RecordingListener listener = new RecordingListener().onEnding(ends::put);
		try (TestServer server = TestServer.text(this.kind).start(listener); RawSocket client = server.connect()) {
			PeerRecord peer = listener.peer(client);
			client.write("work\n");
			client.shutdownOutput();
			Waiting.until("ending", () -> ends.size() == 1);
			CompletableFuture<Void> drained = drain(server, LONG);
			peer.connection().send("result");
			peer.onLoop(ends.get(peer.connection()));
			assertThat(client.readLine()).isEqualTo("result");
			assertThat(client.readAll()).isEmpty();
			drained.get(20, TimeUnit.SECONDS);
			assertThat(peer.events()).containsExactly("connected", "ending", "closed");
		}
	}

	@Test
	void whenGraceIsExceededThenConnectionsAreDestroyed() throws Exception {
		RecordingListener listener = new RecordingListener().onEnding((connection, close) -> {
		});
		try (TestServer server = TestServer.websocket(this.kind).start(listener);
				RawWebSocket client = server.openWebSocket();
				RawWebSocket arriving = RawWebSocket.connect(server.port())) {
			PeerRecord peer = listener.peer(client);
			arriving.write("GET / HTTP/1.1\r\n");
			CompletableFuture<Void> drained = drain(server, Duration.ofMillis(100));
			client.expectReset();
			drained.get(20, TimeUnit.SECONDS);
			assertThat(peer.closeReason().cause()).isEqualTo(Cause.ERROR);
		}
	}

	@Test
	void whenPeerIsStillArrivingThenDrainDoesNotWaitForIt() throws Exception {
		RecordingListener listener = new RecordingListener();
		try (TestServer server = TestServer.websocket(this.kind).start(listener);
				RawWebSocket arriving = RawWebSocket.connect(server.port())) {
			arriving.write("GET / HTTP/1.1\r\n");
			Waiting.until("accepted", () -> !server.isEmpty());
			CompletableFuture<Void> drained = drain(server, LONG);
			drained.get(20, TimeUnit.SECONDS);
			assertThat(listener.opened()).isZero();
		}
	}

	@Test
	void whenPeersGoOnConnectingWhileDrainingThenNoneIsLeft() throws Exception {
		try (TestServer server = TestServer.text(this.kind).threads(2).start()) {
			for (int round = 0; round < 10; round++) {
				server.endpoint().bind();
				int port = ((InetSocketAddress) server.endpoint().bind()).getPort();
				List<RawSocket> clients = new ArrayList<>();
				Thread connecting = new Thread(() -> {
					try {
						while (clients.size() < 1000) {
							clients.add(RawSocket.connect(port));
						}
					}
					catch (RuntimeException ex) {
						// Refused: nobody listens any more.
					}
				});
				connecting.start();
				Waiting.until("the first connections", () -> server.connections().count() > 5);
				drain(server, Duration.ofMillis(50)).get(20, TimeUnit.SECONDS);
				connecting.join();
				Waiting.until("all are gone", () -> server.isEmpty() && server.connections().count() == 0);
				for (RawSocket client : clients) {
					client.close();
				}
			}
		}
	}

	@Test
	void whenUnboundThenPortIsFreeAtOnceAndConnectionsStay() throws Exception {
		RecordingListener listener = new RecordingListener().echo();
		try (TestServer server = TestServer.text(this.kind).start(listener); RawSocket client = server.connect()) {
			listener.peer(client);
			for (int i = 0; i < 5; i++) {
				server.endpoint().unbind();
				server.endpoint().unbind();
				try (ServerSocket other = new ServerSocket()) {
					other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
				}
				client.write("still here\n");
				assertThat(client.readLine()).isEqualTo("still here");
				try (TestServer second = TestServer.text(this.kind)
					.address(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()))
					.start(new RecordingListener().echo()); RawSocket other = second.connect()) {
					other.write("here too\n");
					assertThat(other.readLine()).isEqualTo("here too");
				}
			}
		}
	}

	@Test
	void whenBoundAgainThenServesAgain() {
		RecordingListener listener = new RecordingListener().echo();
		try (TestServer server = TestServer.text(this.kind).start(listener)) {
			for (int i = 0; i < 3; i++) {
				InetSocketAddress address = (InetSocketAddress) server.endpoint().bind();
				assertThat(server.endpoint().bind()).isEqualTo(address);
				try (RawSocket client = RawSocket.connect(address.getPort())) {
					client.write("round " + i + "\n");
					assertThat(client.readLine()).isEqualTo("round " + i);
				}
				server.endpoint().close();
				assertThat(server.endpoint().drain(CloseReason.GOING_AWAY, LONG).toCompletableFuture())
					.succeedsWithin(Duration.ofSeconds(20));
			}
		}
	}

	@Test
	void whenPortIsTakenThenSaysSo() {
		try (TestServer server = TestServer.text(this.kind).start()) {
			assertThatExceptionOfType(EndpointBindException.class)
				.isThrownBy(() -> TestServer.text(this.kind)
					.name("second")
					.address(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()))
					.beside(server)
					.start())
				.satisfies((ex) -> {
					assertThat(ex.problem()).isEqualTo(EndpointBindException.Problem.IN_USE);
					assertThat(ex.server()).isEqualTo("second");
					assertThat(((InetSocketAddress) ex.address()).getPort()).isEqualTo(server.port());
				})
				.withMessageContaining("second")
				.withMessageContaining(":" + server.port());
		}
	}

	@Test
	void whenAddressIsNotOfThisMachineThenSaysSo() throws Exception {
		try (TestServer server = TestServer.text(this.kind).start()) {
			InetAddress foreign = InetAddress.getByAddress(new byte[] { (byte) 192, 0, 2, 1 });
			assertThatExceptionOfType(EndpointBindException.class).isThrownBy(
					() -> TestServer.text(this.kind).address(new InetSocketAddress(foreign, 0)).beside(server).start())
				.satisfies((ex) -> assertThat(ex.problem())
					.isEqualTo(EndpointBindException.Problem.ADDRESS_NOT_AVAILABLE));
			assertThatExceptionOfType(EndpointBindException.class)
				.isThrownBy(() -> TestServer.text(this.kind)
					.address(InetSocketAddress.createUnresolved("nowhere.invalid", 0))
					.beside(server)
					.start())
				.satisfies((ex) -> assertThat(ex.problem())
					.isEqualTo(EndpointBindException.Problem.ADDRESS_NOT_AVAILABLE));
		}
	}

	/**
	 * Lets nobody else in and everybody who is there leave.
	 */
	private static CompletableFuture<Void> drain(TestServer server, Duration grace) {
		server.endpoint().unbind();
		return server.endpoint().drain(CloseReason.GOING_AWAY, grace).toCompletableFuture();
	}

	@Test
	void whenServerDrainsWhileAPeerIsLetInThenNobodyIsForgotten() {
		RecordingListener listener = new RecordingListener();
		CompletableFuture<Void> drained = new CompletableFuture<>();
		try (TestServer server = TestServer.text(this.kind)
			.limits(LimitSettings.builder().maxConnections(1).reportOnly(true))
			.start(listener); RawSocket first = server.connect()) {
			listener.peer(first);
			// Told of the second when that is already past the door.
			listener.onLimit((limit) -> server.endpoint()
				.drain(CloseReason.GOING_AWAY, Duration.ofHours(1))
				.thenRun(() -> drained.complete(null)));
			RawSocket second = server.connect();
			assertThat(second.readAll()).isEmpty();
			assertThat(first.readAll()).isEmpty();
			first.close();
			second.close();
			drained.orTimeout(20, TimeUnit.SECONDS).join();
		}
	}

}
