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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.SendResult;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.testsupport.RawWebSocket.Frame;
import io.netty.channel.socket.DuplexChannel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the closing handshake of websockets. The close time-out of the servers is an
 * hour where a test does not say otherwise: what ends, ends because it should.
 */
@OnEachTransport
class CloseHandshakeTests extends TransportFixture {

	@Test
	void whenServerClosesThenPeerGetsCodeAndTextAndAnswers() {
		try (TestServer server = TestServer.websocket(this.kind).start();
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			peer.connection().close(CloseReason.of(4001, "bye"));
			Frame frame = client.readClose();
			assertThat(frame.code()).isEqualTo(4001);
			assertThat(frame.reason()).isEqualTo("bye");
			assertThat(peer.closeReason()).isNull();
			client.sendClose(4001, "");
			assertThat(client.readAll()).isEmpty();
			assertThat(peer.awaitClosed()).isEqualTo(new CloseReason(4001, "bye", Cause.SERVER));
		}
	}

	@Test
	void whenServerClosesWithoutReasonThenCodeIs1000() {
		try (TestServer server = TestServer.websocket(this.kind).start();
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			peer.connection().close();
			assertThat(peer.connection().isOpen()).isFalse();
			assertThat(client.readClose().payload()).containsExactly(0x03, 0xE8);
			client.sendClose(1000, "");
			assertThat(client.readAll()).isEmpty();
			assertThat(peer.awaitClosed()).isEqualTo(CloseReason.NORMAL);
		}
	}

	@Test
	void whenMessagesAreQueuedBeforeCloseThenTheyArrive() {
		try (TestServer server = TestServer.websocket(this.kind).start();
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			List<String> sent = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				sent.add("message " + i);
				assertThat(peer.connection().send("message " + i)).isEqualTo(SendResult.ACCEPTED);
			}
			sent.add("last");
			peer.connection().close((Object) "last");
			assertThat(peer.connection().send("too late")).isEqualTo(SendResult.CLOSED);
			for (String text : sent) {
				assertThat(client.readText()).isEqualTo(text);
			}
			assertThat(client.readClose().code()).isEqualTo(1000);
			client.sendClose(1000, "");
			assertThat(client.readAll()).isEmpty();
		}
	}

	@Test
	void whenPeerNeverAnswersCloseFrameThenIsDroppedAtTimeout() {
		try (TestServer server = TestServer.websocket(this.kind).closeTimeout(Duration.ofMillis(200)).start();
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			peer.connection().close();
			assertThat(client.readClose().code()).isEqualTo(1000);
			client.expectReset();
			assertThat(peer.awaitClosed()).isEqualTo(CloseReason.NORMAL);
		}
	}

	@Test
	void whenPeerDoesNotReadWhatIsLeftThenIsDroppedAtTimeout() {
		try (TestServer server = TestServer.websocket(this.kind)
			.smallSocketBuffers()
			.closeTimeout(Duration.ofMillis(200))
			.start(); RawWebSocket client = RawWebSocket.open(server.port(), "/", 4096)) {
			PeerRecord peer = server.listener().peer(client);
			assertThat(peer.connection().send(new byte[900_000])).isEqualTo(SendResult.ACCEPTED);
			peer.connection().close();
			assertThat(peer.awaitClosed()).isEqualTo(CloseReason.NORMAL);
			assertThat(peer.connection().pendingBytes()).isZero();
			client.expectReset();
		}
	}

	@Test
	void whenPeerClosesThenItsCodeIsAnsweredAndReported() {
		try (TestServer server = TestServer.websocket(this.kind).start();
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			client.sendClose(4002, "because");
			assertThat(client.readClose().code()).isEqualTo(4002);
			assertThat(client.readAll()).isEmpty();
			assertThat(peer.awaitClosed()).isEqualTo(new CloseReason(4002, "because", Cause.CLIENT));
			assertThat(peer.events()).containsExactly("connected", "closed");
		}
	}

	@Test
	void whenPeerClosesWithoutCodeThenGetsNone() {
		try (TestServer server = TestServer.websocket(this.kind).start();
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			client.write(RawWebSocket.frame(RawWebSocket.CLOSE, ""));
			assertThat(client.readClose().payload()).isEmpty();
			assertThat(client.readAll()).isEmpty();
			assertThat(peer.awaitClosed()).isEqualTo(CloseReason.NO_STATUS);
		}
	}

	@Test
	void whenBothCloseAtOnceThenOneCloseFrameEachSuffices() {
		RecordingListener listener = new RecordingListener()
			.onMessage((connection, message) -> connection.close(CloseReason.of(4000, "")));
		try (TestServer server = TestServer.websocket(this.kind).start(listener);
				RawWebSocket client = server.openWebSocket()) {
			client.write(RawWebSocket.join(RawWebSocket.frame(RawWebSocket.TEXT, "close please"),
					RawWebSocket.closeFrame(4002, "")));
			assertThat(client.readClose().code()).isEqualTo(4000);
			assertThat(client.readAll()).isEmpty();
			assertThat(listener.peer(client).awaitClosed()).isEqualTo(new CloseReason(4000, "", Cause.SERVER));
		}
	}

	@Test
	void whenClosedInHandlerThenTheRestOfTheBatchIsNotDelivered() {
		RecordingListener listener = new RecordingListener().onMessage((connection, message) -> {
			connection.close((Object) "bye");
			assertThat(connection.send("more")).isEqualTo(SendResult.CLOSED);
		});
		try (TestServer server = TestServer.websocket(this.kind).start(listener);
				RawWebSocket client = server.openWebSocket()) {
			client.write(RawWebSocket.join(RawWebSocket.frame(RawWebSocket.TEXT, "a"),
					RawWebSocket.frame(RawWebSocket.TEXT, "b"), RawWebSocket.frame(RawWebSocket.TEXT, "c")));
			assertThat(client.readText()).isEqualTo("bye");
			assertThat(client.readClose().code()).isEqualTo(1000);
			client.write(RawWebSocket.join(RawWebSocket.frame(RawWebSocket.TEXT, "d"),
					RawWebSocket.frame(RawWebSocket.PING, "e"),
					RawWebSocket.frame(RawWebSocket.TEXT & ~RawWebSocket.FIN, "f"),
					RawWebSocket.frame(RawWebSocket.BINARY, new byte[300_000]), RawWebSocket.closeFrame(1000, "")));
			assertThat(client.readAll()).as("what comes after the close frame").isEmpty();
			listener.peer(client).awaitClosed();
			assertThat(listener.peer(client).messages()).containsExactly("a");
		}
	}

	@Test
	void whenPeerViolatesProtocolInsteadOfAnsweringThenIsDroppedAtOnce() {
		try (TestServer server = TestServer.websocket(this.kind).start();
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			peer.connection().close();
			client.readClose();
			client.write(new byte[] { (byte) RawWebSocket.TEXT, 0x01, 'x' });
			assertThat(client.readAll()).isEmpty();
			client.close();
			assertThat(peer.awaitClosed()).isEqualTo(CloseReason.NORMAL);
		}
	}

	@Test
	void whenPeerEndsItsStreamInsteadOfAnsweringThenIsClosed() {
		try (TestServer server = TestServer.websocket(this.kind).start();
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			peer.connection().close();
			client.readClose();
			client.shutdownOutput();
			assertThat(client.readAll()).isEmpty();
			assertThat(peer.awaitClosed()).isEqualTo(CloseReason.NORMAL);
		}
	}

	@Test
	void whenPeersStreamHasEndedBeforeTheCloseThenNoAnswerIsAwaited() {
		try (TestServer server = TestServer.websocket(this.kind).start();
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			peer.onLoop(peer.connection()::pause);
			client.shutdownOutput();
			if (this.kind != TransportKind.NIO) {
				// That one sees no end before it reads.
				DuplexChannel channel = (DuplexChannel) ((NettyConnection) peer.connection()).channel();
				Waiting.until("the end has been seen", channel::isInputShutdown);
				peer.awaitLoop();
			}
			peer.connection().close(new CloseReason(4000, "enough", Cause.SERVER));
			assertThat(client.readClose().code()).isEqualTo(4000);
			assertThat(client.readAll()).isEmpty();
			assertThat(peer.awaitClosed().code()).isEqualTo(4000);
		}
	}

	@Test
	void whenTextIsTooLongForCloseFrameThenIsCutBetweenCharacters() {
		try (TestServer server = TestServer.websocket(this.kind).start();
				RawWebSocket client = server.openWebSocket()) {
			server.listener().peer(client).connection().close(CloseReason.of(1008, "€".repeat(50)));
			Frame frame = client.readClose();
			assertThat(frame.code()).isEqualTo(1008);
			assertThat(frame.reason()).isEqualTo("€".repeat(41));
			client.sendClose(1008, "");
			assertThat(client.readAll()).isEmpty();
		}
	}

	@Test
	void whenCodeMustNotBeSentThenCloseFrameIsEmpty() {
		try (TestServer server = TestServer.websocket(this.kind).start();
				RawWebSocket client = server.openWebSocket()) {
			server.listener().peer(client).connection().close(new CloseReason(1006, "secret", Cause.SERVER));
			assertThat(client.readClose().payload()).isEmpty();
			client.sendClose(1000, "");
			assertThat(client.readAll()).isEmpty();
		}
	}

	@Test
	void whenPausedThenPeersAnswerToCloseIsStillFound() {
		try (TestServer server = TestServer.websocket(this.kind).start();
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			peer.onLoop(peer.connection()::pause);
			client.sendText("not delivered");
			peer.connection().close();
			assertThat(client.readClose().code()).isEqualTo(1000);
			client.sendClose(1000, "");
			assertThat(client.readAll()).isEmpty();
			assertThat(peer.awaitClosed()).isEqualTo(CloseReason.NORMAL);
			assertThat(peer.messages()).isEmpty();
		}
	}

}
