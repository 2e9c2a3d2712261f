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
import java.util.Collections;
import java.util.concurrent.CompletableFuture;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.Limit;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.transport.limit.ExcessPolicy;
import io.github.workerman.transport.limit.LimitSettings;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how many messages and bytes servers take of a peer.
 */
@OnEachTransport
class MessageLimitTests extends LimitFixture {

	@Test
	void whenPeerSendsTooManyMessagesThenIsClosed() {
		try (TestServer server = websocket(atOnce(5));
				TestServer unlimited = TestServer.websocket(this.kind).beside(server).name("other").start(echo());
				Bystander bystander = new Bystander(unlimited);
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			byte[] frame = RawWebSocket.frame(RawWebSocket.TEXT, "hi");
			client.write(RawWebSocket.join(Collections.nCopies(20, frame).toArray(byte[][]::new)));
			for (int i = 0; i < 5; i++) {
				assertThat(client.readText()).isEqualTo("hi");
			}
			RawWebSocket.Frame close = client.readClose();
			assertThat(close.code()).isEqualTo(1008);
			assertThat(close.reason()).isEqualTo("too many messages");
			client.close();
			assertThat(peer.awaitClosed()).isEqualTo(new CloseReason(1008, "too many messages", Cause.LIMIT));
			assertThat(peer.messages()).hasSize(5);
			assertThat(server.listener().exceeded()).containsExactly(Limit.MESSAGES);
			bystander.isServed();
		}
	}

	@Test
	void whenPeerSendsTooManyMessagesThenTheyAreDropped() {
		try (TestServer server = websocket(atOnce(5).onExcess(ExcessPolicy.DROP));
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			byte[] frame = RawWebSocket.frame(RawWebSocket.TEXT, "hi");
			client.write(RawWebSocket.join(Collections.nCopies(20, frame).toArray(byte[][]::new)));
			client.write(RawWebSocket.frame(RawWebSocket.PING, "end"));
			for (int i = 0; i < 5; i++) {
				assertThat(client.readText()).isEqualTo("hi");
			}
			assertThat(client.readFrame().first()).isEqualTo(RawWebSocket.PONG);
			assertThat(peer.messages()).hasSize(5);
			assertThat(server.listener().exceeded()).hasSize(15).containsOnly(Limit.MESSAGES);
			assertThat(peer.connection().isOpen()).isTrue();
		}
	}

	@Test
	void whenPeerSendsTooManyMessagesThenIsReadSlowly() {
		LimitSettings.Builder limits = LimitSettings.builder()
			.messagesPerSecond(50)
			.burst(Duration.ofMillis(100))
			.onExcess(ExcessPolicy.PAUSE);
		try (TestServer server = websocket(limits); RawWebSocket client = server.openWebSocket()) {
			long start = System.nanoTime();
			for (int i = 0; i < 30; i++) {
				client.sendText("hi " + i);
			}
			for (int i = 0; i < 30; i++) {
				assertThat(client.readText()).isEqualTo("hi " + i);
			}
			// The allowance of 100 ms at once, the rest in time: no faster than that.
			assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(450).toNanos());
			assertThat(server.listener().exceeded()).isNotEmpty().containsOnly(Limit.MESSAGES);
		}
	}

	@Test
	void whenPipedThenMessagesAreLimitedToo() {
		try (TestServer server = websocket(atOnce(3).onExcess(ExcessPolicy.DROP));
				RawWebSocket source = server.openWebSocket();
				RawWebSocket target = server.openWebSocket()) {
			PeerRecord to = server.listener().peer(target);
			PeerRecord from = server.listener().peer(source);
			from.connection().pipeTo(to.connection());
			CompletableFuture.runAsync(() -> {
			}, from.connection()).join();
			byte[] frame = RawWebSocket.frame(RawWebSocket.TEXT, "next");
			source.write(RawWebSocket.join(Collections.nCopies(10, frame).toArray(byte[][]::new)));
			assertThat(target.readText()).isEqualTo("next");
			Waiting.until("dropped", () -> server.listener().exceeded().size() == 7);
			to.connection().send("last");
			assertThat(target.readText()).isEqualTo("next");
			assertThat(target.readText()).isEqualTo("next");
			assertThat(target.readText()).isEqualTo("last");
		}
	}

	@Test
	void whenPeerSendsTooManyBytesThenIsClosed() {
		try (TestServer server = websocket(bytes(10_000)); RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			client.write(RawWebSocket.frame(RawWebSocket.BINARY, new byte[100_000]));
			Waiting.until("closed", () -> !peer.connection().isOpen());
			client.close();
			assertThat(peer.awaitClosed()).isEqualTo(new CloseReason(1008, "too many bytes", Cause.LIMIT));
			assertThat(server.listener().exceeded()).containsExactly(Limit.BYTES);
		}
	}

	@Test
	void whenPeerSendsNothingButPingsThenBytesAreLimited() {
		try (TestServer server = websocket(bytes(2000)); RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			byte[] ping = RawWebSocket.frame(RawWebSocket.PING, new byte[100]);
			Waiting.until("closed", () -> {
				if (peer.connection().isOpen()) {
					client.write(ping);
				}
				return !peer.connection().isOpen();
			});
			client.close();
			assertThat(peer.awaitClosed().cause()).isEqualTo(Cause.LIMIT);
			assertThat(server.listener().exceeded()).containsExactly(Limit.BYTES);
		}
	}

	@Test
	void whenPeerSendsTooManyBytesThenItsMessagesAreDropped() {
		try (TestServer server = websocket(bytes(10_000).onExcess(ExcessPolicy.DROP));
				RawWebSocket client = server.openWebSocket()) {
			client.sendBinary(new byte[20_000]);
			assertThat(client.readFrame().payload()).hasSize(20_000);
			client.sendText("lost");
			client.sendText("lost");
			Waiting.until("dropped", () -> server.listener().exceeded().size() == 2);
			assertThat(server.listener().exceeded()).containsOnly(Limit.BYTES);
			assertThat(server.listener().peer(client).messages()).hasSize(1);
		}
	}

	@Test
	void whenBytesAreDroppedThenTheyAreNotOwed() {
		LimitSettings.Builder limits = LimitSettings.builder()
			.bytesPerSecond(DataSize.ofKilobytes(200))
			.burst(Duration.ofMillis(50))
			.onExcess(ExcessPolicy.DROP);
		try (TestServer server = websocket(limits); RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			client.sendText("x".repeat(5000));
			assertThat(client.readText()).hasSize(5000);
			// What takes a minute, if it counts.
			for (int i = 0; i < 120; i++) {
				client.sendBinary(new byte[100_000]);
			}
			Waiting.until("the peer is heard again", () -> {
				client.sendText("again");
				return peer.messages().contains("again");
			});
			assertThat(server.listener().exceeded()).hasSizeGreaterThan(60).containsOnly(Limit.BYTES);
		}
	}

	@Test
	void whenPeerSendsTooManyBytesThenIsReadSlowly() {
		LimitSettings.Builder limits = LimitSettings.builder()
			.bytesPerSecond(DataSize.ofKilobytes(400))
			.burst(Duration.ofMillis(50))
			.onExcess(ExcessPolicy.PAUSE);
		try (TestServer server = websocket(limits); RawWebSocket client = server.openWebSocket()) {
			long start = System.nanoTime();
			for (int i = 0; i < 4; i++) {
				client.sendBinary(new byte[50_000]);
				assertThat(client.readFrame().payload()).hasSize(50_000);
			}
			assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(250).toNanos());
			assertThat(server.listener().exceeded()).isNotEmpty().containsOnly(Limit.BYTES);
		}
	}

	private static LimitSettings.Builder bytes(int atOnce) {
		return LimitSettings.builder().bytesPerSecond(DataSize.ofBytes(atOnce / 10)).burst(Duration.ofSeconds(10));
	}

}
