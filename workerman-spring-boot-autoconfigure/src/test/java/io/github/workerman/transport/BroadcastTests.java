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
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.github.workerman.connection.SendResult;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for broadcasts within one event loop.
 */
@OnEachTransport
class BroadcastTests extends TransportFixture {

	@Test
	void whenMemberIsSentSomethingInBetweenThenOrderHolds() {
		try (TestServer server = TestServer.websocket(this.kind).start();
				RawWebSocket client = server.openWebSocket();
				RawWebSocket other = server.openWebSocket();
				RawWebSocket stranger = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			PeerRecord otherPeer = server.listener().peer(other);
			PeerRecord strangerPeer = server.listener().peer(stranger);
			Members members = Members.of(peer, otherPeer);
			peer.onLoop(() -> {
				members.broadcast("b1");
				peer.connection().send("reply");
				strangerPeer.connection().send("for you alone");
				members.broadcast("b2");
				peer.connection().send("reply 2");
				peer.connection().send("reply 3");
				members.broadcast("b3");
			});
			assertThat(client.readTexts(6)).containsExactly("b1", "reply", "b2", "reply 2", "reply 3", "b3");
			assertThat(other.readTexts(3)).containsExactly("b1", "b2", "b3");
			assertThat(stranger.readTexts(1)).containsExactly("for you alone");
		}
	}

	@Test
	void whenRepliesAndBroadcastsComeFromReadsThenOrderHolds() {
		RecordingListener listener = new RecordingListener();
		try (TestServer server = TestServer.websocket(this.kind).start(listener);
				RawWebSocket client = server.openWebSocket();
				RawWebSocket other = server.openWebSocket()) {
			Members members = Members.of(listener.peer(client), listener.peer(other));
			listener.onMessage((connection, message) -> {
				connection.send("before " + message);
				members.broadcast("all " + message);
				connection.send("after " + message);
			});
			client.write(RawWebSocket.join(RawWebSocket.frame(RawWebSocket.TEXT, "1"),
					RawWebSocket.frame(RawWebSocket.PING, "ping"), RawWebSocket.frame(RawWebSocket.TEXT, "2")));
			assertThat(client.readTexts(3)).containsExactly("before 1", "all 1", "after 1");
			assertThat(client.readFrame().first()).isEqualTo(RawWebSocket.PONG);
			assertThat(client.readTexts(3)).containsExactly("before 2", "all 2", "after 2");
			assertThat(other.readTexts(2)).containsExactly("all 1", "all 2");
		}
	}

	@Test
	void whenAudiencesAlternateThenEveryMemberGetsItsMessagesInOrder() {
		try (TestServer server = TestServer.websocket(this.kind).start();
				RawWebSocket first = server.openWebSocket();
				RawWebSocket both = server.openWebSocket();
				RawWebSocket second = server.openWebSocket()) {
			RecordingListener listener = server.listener();
			Members one = Members.of(listener.peer(first), listener.peer(both));
			Members two = Members.of(listener.peer(both), listener.peer(second));
			listener.peer(first).onLoop(() -> {
				for (int i = 0; i < 100; i++) {
					one.broadcast("one " + i);
					two.broadcast("two " + i);
				}
			});
			List<String> toOne = IntStream.range(0, 100).mapToObj((i) -> "one " + i).toList();
			List<String> toTwo = IntStream.range(0, 100).mapToObj((i) -> "two " + i).toList();
			assertThat(first.readTexts(100)).isEqualTo(toOne);
			assertThat(second.readTexts(100)).isEqualTo(toTwo);
			List<String> alternating = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				alternating.add(toOne.get(i));
				alternating.add(toTwo.get(i));
			}
			assertThat(both.readTexts(200)).isEqualTo(alternating);
		}
	}

	@Test
	void whenMemberHasClosedInBetweenThenTheOthersGetEverything() {
		try (TestServer server = TestServer.websocket(this.kind).start();
				RawWebSocket closing = server.openWebSocket();
				RawWebSocket destroyed = server.openWebSocket();
				RawWebSocket stays = server.openWebSocket()) {
			RecordingListener listener = server.listener();
			PeerRecord closingPeer = listener.peer(closing);
			PeerRecord destroyedPeer = listener.peer(destroyed);
			Members members = Members.of(closingPeer, destroyedPeer, listener.peer(stays));
			closingPeer.onLoop(() -> {
				members.broadcast("b1");
				closingPeer.connection().close();
				destroyedPeer.connection().destroy();
				members.broadcast("b2");
				members.connection(2).send("own");
				members.broadcast("b3");
			});
			assertThat(closing.readText()).isEqualTo("b1");
			assertThat(closing.readClose().code()).isEqualTo(1000);
			closing.sendClose(1000, "");
			assertThat(closing.readAll()).isEmpty();
			destroyed.expectReset();
			assertThat(stays.readTexts(4)).containsExactly("b1", "b2", "own", "b3");
			closingPeer.awaitClosed();
			destroyedPeer.awaitClosed();
			listener.peer(stays).onLoop(() -> members.broadcast("b4"));
			assertThat(stays.readTexts(1)).containsExactly("b4");
		}
	}

	@Test
	void whenMemberIsSlowThenOnlyItsOwnMessagesAreDropped() {
		int count = 300;
		String filler = "x".repeat(1000);
		try (TestServer server = TestServer.text(this.kind).smallSocketBuffers().maxSendBuffer(50_000).start();
				RawSocket slow = RawSocket.connect(server.port(), 4096);
				RawSocket fast = server.connect();
				RawSocket other = server.connect()) {
			PeerRecord slowPeer = server.listener().peer(slow);
			Members members = Members.of(slowPeer, server.listener().peer(fast), server.listener().peer(other));
			for (int i = 0; i < count; i++) {
				String text = i + ":" + filler;
				slowPeer.onLoop(() -> members.broadcast(text));
				assertThat(fast.readLine()).isEqualTo(text);
				assertThat(other.readLine()).isEqualTo(text);
			}
			assertThat(slowPeer.connection().pendingBytes()).isLessThan(60_000);
			Waiting.until("told", () -> slowPeer.count("full") == 1);
			assertThat(server.listener().peer(fast).dropped()).isZero();
			int dropped = slowPeer.dropped();
			assertThat(dropped).isPositive();
			assertThat(slowPeer.connection().statistics().dropped()).isEqualTo(dropped);
			int last = -1;
			for (int i = 0; i < count - dropped; i++) {
				String line = slow.readLine();
				int number = Integer.parseInt(line.substring(0, line.indexOf(':')));
				assertThat(number).isGreaterThan(last);
				assertThat(line).isEqualTo(number + ":" + filler);
				last = number;
			}
			Waiting.until("drained", () -> slowPeer.count("drained") == 1);
			slowPeer.onLoop(() -> members.broadcast("again"));
			assertThat(slow.readLine()).isEqualTo("again");
			assertThat(slowPeer.connection().statistics().messagesOut()).isEqualTo(count - dropped + 1);
		}
	}

	@Test
	void whenMessageIsExactlyAsLargeAsTheBufferThenGoesAsAnyOther() {
		try (TestServer server = TestServer.websocket(this.kind).maxSendBuffer(1000).start();
				RawWebSocket client = server.openWebSocket();
				RawWebSocket other = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			Members members = Members.of(peer, server.listener().peer(other));
			String fits = "x".repeat(1000);
			peer.onLoop(() -> assertThat(peer.connection().send(fits)).isEqualTo(SendResult.ACCEPTED));
			assertThat(client.readText()).isEqualTo(fits);
			Waiting.until("nothing waits", () -> peer.connection().pendingBytes() == 0);
			peer.onLoop(() -> members.broadcast(fits));
			assertThat(client.readText()).isEqualTo(fits);
			assertThat(other.readText()).isEqualTo(fits);
			peer.onLoop(() -> members.broadcast(fits + "x"));
			Waiting.until("nothing waits", () -> peer.connection().pendingBytes() == 0);
			peer.onLoop(() -> members.broadcast("small"));
			assertThat(client.readText()).isEqualTo("small");
			assertThat(peer.dropped()).isEqualTo(1);
		}
	}

	@Test
	void whenMessageHasNoRoomThenSmallerOnesOfTheSameTurnGo() {
		try (TestServer server = TestServer.websocket(this.kind).maxSendBuffer(1000).start();
				RawWebSocket client = server.openWebSocket();
				RawWebSocket other = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			PeerRecord otherPeer = server.listener().peer(other);
			otherPeer.connection().maxSendBuffer(200_000);
			Members members = Members.of(peer, otherPeer);
			String huge = "x".repeat(50_000);
			peer.onLoop(() -> {
				members.broadcast(huge);
				members.broadcast("a");
				members.broadcast(huge);
				members.broadcast(huge.substring(0, 1001));
				members.broadcast("b");
				members.broadcast("c");
			});
			assertThat(client.readTexts(3)).containsExactly("a", "b", "c");
			assertThat(other.readTexts(6)).containsExactly(huge, "a", huge, huge.substring(0, 1001), "b", "c");
			assertThat(peer.dropped()).isEqualTo(3);
			assertThat(otherPeer.dropped()).isZero();
		}
	}

	@Test
	void whenManyMessagesComeInOneTurnThenEachMemberGetsThemInOneBatch() {
		try (TestServer server = TestServer.websocket(this.kind).start();
				RawWebSocket client = server.openWebSocket();
				RawWebSocket other = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			PeerRecord otherPeer = server.listener().peer(other);
			Members members = Members.of(peer, otherPeer);
			Waiting.until("handshakes are over", () -> peer.sentBatches() == 1 && otherPeer.sentBatches() == 1);
			peer.onLoop(() -> {
				for (int i = 0; i < 50; i++) {
					members.broadcast("message " + i);
				}
			});
			assertThat(client.readTexts(50)).hasSize(50);
			assertThat(other.readTexts(50)).hasSize(50);
			Waiting.until("all is counted", () -> peer.messagesOut() == 50 && otherPeer.messagesOut() == 50);
			assertThat(peer.sentBatches()).isEqualTo(2);
			assertThat(otherPeer.sentBatches()).isEqualTo(2);
		}
	}

	@Test
	void whenBroadcastGoesOnInLaterTurnsThenNothingIsMixedUp() {
		try (TestServer server = TestServer.websocket(this.kind).start()) {
			RawWebSocket[] clients = new RawWebSocket[100];
			Arrays.setAll(clients, (i) -> server.openWebSocket());
			Members members = Members
				.of(Arrays.stream(clients).map((client) -> server.listener().peer(client)).toArray(PeerRecord[]::new));
			PeerRecord first = server.listener().peer(clients[0]);
			for (int i = 0; i < 200; i++) {
				String text = i + " " + "x".repeat(i * 5);
				first.connection().execute(() -> members.broadcast(text));
			}
			for (RawWebSocket client : clients) {
				for (int i = 0; i < 200; i++) {
					assertThat(client.readText()).isEqualTo(i + " " + "x".repeat(i * 5));
				}
				client.close();
			}
		}
	}

	@Test
	void whenWiretapIsOnThenBroadcastsAreLoggedToo() {
		try (TestServer server = TestServer.websocket(this.kind).wiretap().start();
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			Members members = Members.of(peer);
			peer.onLoop(() -> {
				members.broadcast("to all");
				peer.connection().send("to one\n");
				members.broadcast(new byte[] { 1, 2, 3 });
			});
			client.sendText("from one");
			assertThat(client.readTexts(2)).containsExactly("to all", "to one\n");
			client.readFrame();
			peer.awaitMessages(1);
			client.sendClose(4000, "bye");
			client.readClose();
			client.close();
			peer.awaitClosed();
			String id = peer.connection().id();
			assertThat(this.log.messages("io.github.workerman.wiretap.chat"))
				.anyMatch((line) -> line.startsWith(id + " -> ") && line.contains("to all"))
				.anyMatch((line) -> line.startsWith(id + " -> ") && line.contains("to one\\u000a"))
				.anyMatch((line) -> line.startsWith(id + " -> ") && line.contains("binary (3 bytes)"))
				.anyMatch((line) -> line.startsWith(id + " <- ") && line.contains("from one"))
				.anyMatch((line) -> line.contains("4000") && line.contains("bye"));
		}
	}

}
