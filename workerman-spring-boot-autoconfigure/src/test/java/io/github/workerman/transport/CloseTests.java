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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.SendResult;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.testsupport.RawWebSocket.Frame;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how connections close, whatever their protocol, and for what can be done with
 * them then. The close time-out of the servers is an hour: what ends, ends because it
 * should.
 */
@OnEachTransport
class CloseTests extends TransportFixture {

	@Test
	void whenManyThreadsCloseThenOneDoes() throws Exception {
		try (TestServer server = TestServer.websocket(this.kind).start();
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			CountDownLatch start = new CountDownLatch(1);
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				int code = 4000 + i;
				Thread thread = new Thread(() -> {
					await(start);
					peer.connection().close(CloseReason.of(code, "" + code));
				});
				thread.start();
				threads.add(thread);
			}
			start.countDown();
			Frame frame = client.readClose();
			assertThat(frame.reason()).isEqualTo("" + frame.code());
			client.sendClose(frame.code(), "");
			assertThat(client.readAll()).isEmpty();
			assertThat(peer.awaitClosed().code()).isEqualTo(frame.code());
			for (Thread thread : threads) {
				thread.join();
			}
		}
	}

	@Test
	void whenDestroyedThenPeerSeesReset() {
		try (TestServer server = TestServer.text(this.kind).start(); RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			peer.connection().send("hello");
			assertThat(client.readLine()).isEqualTo("hello");
			peer.connection().destroy();
			assertThat(peer.connection().send("lost")).isEqualTo(SendResult.CLOSED);
			peer.connection().destroy();
			peer.connection().close();
			client.expectReset();
			assertThat(peer.awaitClosed().cause()).isEqualTo(Cause.ERROR);
			peer.onLoop(() -> assertThat(peer.closes()).isEqualTo(1));
		}
	}

	@Test
	void whenDestroyedInHandlerThenNothingMoreIsDelivered() {
		RecordingListener listener = new RecordingListener().onMessage((connection, message) -> connection.destroy());
		try (TestServer server = TestServer.text(this.kind).start(listener); RawSocket client = server.connect()) {
			client.write("a\nb\nc\n");
			client.expectReset();
			PeerRecord peer = listener.peer(client);
			peer.awaitClosed();
			assertThat(peer.messages()).containsExactly("a");
		}
	}

	@Test
	void whenDestroyedWhileClosingThenReasonOfTheCloseStays() {
		try (TestServer server = TestServer.websocket(this.kind).start();
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			peer.connection().close(CloseReason.of(4001, ""));
			client.readClose();
			peer.connection().destroy();
			client.expectReset();
			assertThat(peer.awaitClosed().code()).isEqualTo(4001);
		}
	}

	@Test
	void whenProtocolHasNoGoodbyeThenStreamEndsAfterTheLastMessage() {
		try (TestServer server = TestServer.text(this.kind).start(); RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			client.write("unread");
			peer.connection().close((Object) "bye");
			assertThat(client.readLine()).isEqualTo("bye");
			assertThat(client.readAll()).isEmpty();
			client.close();
			assertThat(peer.awaitClosed()).isEqualTo(CloseReason.NORMAL);
			assertThat(peer.messages()).isEmpty();
		}
	}

	@Test
	void whenPeerReadsLateThenNothingIsLostAfterClose() throws Exception {
		try (TestServer server = TestServer.text(this.kind).socketSendBuffer(200_000).start();
				RawSocket client = RawSocket.connect(server.port(), 4096)) {
			PeerRecord peer = server.listener().peer(client);
			String line = "x".repeat(150_000);
			assertThat(peer.connection().sendAsync(line).toCompletableFuture().get()).isEqualTo(SendResult.ACCEPTED);
			peer.connection().close();
			peer.awaitClosed();
			assertThat(client.readLine()).isEqualTo(line);
			assertThat(client.readAll()).isEmpty();
		}
	}

	@Test
	void whenPeerGoesOnSendingAfterCloseThenIsNotServedForEver() {
		try (TestServer server = TestServer.text(this.kind).start(); RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			peer.connection().close((Object) "bye");
			assertThat(client.readLine()).isEqualTo("bye");
			Waiting.until("the connection is closed while the peer sends", () -> {
				try {
					client.write("more\n");
				}
				catch (RuntimeException ex) {
					// the reset is what ends it
				}
				return peer.closeReason() != null;
			});
			assertThat(peer.messages()).isEmpty();
		}
	}

	@Test
	void whenClosedWhileConnectingAndPausedThenLastMessageArrives() {
		RecordingListener listener = new RecordingListener().onConnected((connection) -> {
			connection.pause();
			connection.close((Object) "no room");
		});
		try (TestServer server = TestServer.text(this.kind).start(listener); RawSocket client = server.connect()) {
			assertThat(client.readLine()).isEqualTo("no room");
			assertThat(client.readAll()).isEmpty();
		}
	}

	@Test
	void whenClosedThenNothingThrows() {
		RecordingListener listener = new RecordingListener().onClosed(CloseTests::useEverything);
		try (TestServer server = TestServer.websocket(this.kind).start(listener);
				RawWebSocket client = server.openWebSocket();
				RawWebSocket other = server.openWebSocket()) {
			PeerRecord peer = listener.peer(client);
			var remote = peer.connection().remoteAddress();
			peer.connection().attributes().set("name", "Joe");
			client.reset();
			peer.awaitClosed();
			useEverything(peer.connection());
			peer.onLoop(() -> useEverything(peer.connection()));
			assertThat(peer.connection().remoteAddress()).isEqualTo(remote);
			assertThat(peer.connection().localAddress().toString()).endsWith(":" + server.port());
			assertThat(peer.connection().attributes().<String>get("name")).isEqualTo("Joe");
			peer.onLoop(() -> assertThat(peer.closes()).isEqualTo(1));
			PeerRecord second = listener.peer(other);
			peer.connection().pipeTo(second.connection());
			assertThat(other.readClose().code()).isEqualTo(1000);
			other.sendClose(1000, "");
			assertThat(other.readAll()).isEmpty();
		}
	}

	private static void useEverything(Connection connection) {
		NettyWebSocketConnection webSocket = (NettyWebSocketConnection) connection;
		assertThat(webSocket.isOpen()).isFalse();
		assertThat(webSocket.send("text")).isEqualTo(SendResult.CLOSED);
		assertThat(webSocket.send(new byte[10])).isEqualTo(SendResult.CLOSED);
		assertThat(webSocket.send(42)).isEqualTo(SendResult.CLOSED);
		assertThat(webSocket.sendAsync("text")).isCompletedWithValue(SendResult.CLOSED);
		assertThat(webSocket.ping(java.nio.ByteBuffer.allocate(3))).isEqualTo(SendResult.CLOSED);
		webSocket.close();
		webSocket.close(CloseReason.GOING_AWAY);
		webSocket.close((Object) "last");
		webSocket.destroy();
		webSocket.pause();
		webSocket.resume();
		webSocket.resume();
		webSocket.pause();
		assertThat(webSocket.pendingBytes()).isZero();
		webSocket.maxSendBuffer(webSocket.maxSendBuffer());
		webSocket.maxMessageSize(webSocket.maxMessageSize());
		assertThat(webSocket.id()).isNotEmpty();
		assertThat(webSocket.server()).isEqualTo("chat");
		assertThat(webSocket.protocol()).isEqualTo("websocket");
		assertThat(webSocket.principal()).isNull();
		assertThat(webSocket.subprotocol()).isNull();
		assertThat(webSocket.handshake().path()).isEqualTo("/");
		assertThat(webSocket.statistics().openedAt()).isNotNull();
		assertThat(webSocket.toString()).contains(webSocket.id());
		CountDownLatch ran = new CountDownLatch(2);
		webSocket.execute(ran::countDown);
		webSocket.whenWritable(ran::countDown);
		if (!webSocket.loop().inLoop()) {
			await(ran);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
