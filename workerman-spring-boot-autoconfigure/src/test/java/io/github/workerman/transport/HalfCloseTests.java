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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for peers that end their side of the stream, as {@code nc} does, and go on
 * reading.
 */
@OnEachTransport
class HalfCloseTests extends TransportFixture {

	@Test
	void whenPeerEndsItsStreamThenGetsRepliesAndServerCloses() {
		try (TestServer server = TestServer.text(this.kind).start(new RecordingListener().echo());
				RawSocket client = server.connect()) {
			PeerRecord peer = assertRepliesAndAnEnd(server, client);
			assertThat(peer.messages()).containsExactly("first", "second");
			assertThat(peer.events()).containsExactly("connected", "ending", "closed");
		}
	}

	@Test
	void whenHandlerNeedsTimeThenReplyArrivesAllTheSame() throws Exception {
		CompletableFuture<Runnable> end = new CompletableFuture<>();
		RecordingListener listener = new RecordingListener().onEnding((connection, close) -> end.complete(close));
		try (TestServer server = TestServer.text(this.kind).start(listener); RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			client.write("question\n");
			client.shutdownOutput();
			Runnable close = end.get(20, TimeUnit.SECONDS);
			assertThat(peer.connection().isOpen()).isTrue();
			for (int i = 0; i < 100; i++) {
				peer.connection().send("answer " + i);
				assertThat(client.readLine()).isEqualTo("answer " + i);
			}
			peer.connection().send("the end");
			peer.connection().execute(close);
			assertThat(client.readLine()).isEqualTo("the end");
			assertThat(client.readAll()).isEmpty();
			assertThat(peer.awaitClosed()).isEqualTo(CloseReason.NO_STATUS);
		}
	}

	@Test
	void whenPeerResetsAfterItsEndThenIsNoticedByWriting() throws Exception {
		CompletableFuture<Runnable> end = new CompletableFuture<>();
		RecordingListener listener = new RecordingListener().onEnding((connection, close) -> end.complete(close));
		try (TestServer server = TestServer.text(this.kind).start(listener); RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			client.shutdownOutput();
			end.get(20, TimeUnit.SECONDS);
			client.reset();
			Waiting.until("closed", () -> {
				peer.connection().send("anybody there?");
				return peer.closeReason() != null;
			});
			assertThat(peer.closeReason().cause()).isEqualTo(Cause.LOST);
		}
	}

	@Test
	void whenReplyIsLargeThenAllOfItArrives() {
		String large = "x".repeat(300_000);
		RecordingListener listener = new RecordingListener().onMessage((connection, message) -> connection.send(large));
		try (TestServer server = TestServer.text(this.kind).smallSocketBuffers().start(listener);
				RawSocket client = RawSocket.connect(server.port(), 32_768)) {
			client.write("question\n");
			client.shutdownOutput();
			assertThat(client.readLine()).isEqualTo(large);
			assertThat(client.readAll()).isEmpty();
		}
	}

	@Test
	void whenWebSocketEndsWithoutCloseFrameThenIsLost() {
		try (TestServer server = TestServer.websocket(this.kind).start(new RecordingListener().echo());
				Bystander bystander = new Bystander(server);
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			client.sendText("question");
			assertThat(client.readText()).isEqualTo("question");
			client.shutdownOutput();
			assertThat(client.readAll()).isEmpty();
			assertThat(peer.awaitClosed()).isEqualTo(CloseReason.LOST);
			bystander.isServed();
		}
	}

	@Test
	void whenMessagesAndCloseFrameAndEndComeAtOnceThenAllCount() {
		try (TestServer server = TestServer.websocket(this.kind).start(new RecordingListener().echo());
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			client.write(RawWebSocket.join(RawWebSocket.frame(RawWebSocket.TEXT, "a"),
					RawWebSocket.closeFrame(4000, "done")));
			client.shutdownOutput();
			assertThat(client.readText()).isEqualTo("a");
			assertThat(client.readClose().code()).isEqualTo(4000);
			assertThat(client.readAll()).isEmpty();
			assertThat(peer.awaitClosed()).isEqualTo(new CloseReason(4000, "done", Cause.CLIENT));
		}
	}

}
