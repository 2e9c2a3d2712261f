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

import java.io.UncheckedIOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.Limit;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.transport.limit.ExcessPolicy;
import io.github.workerman.transport.limit.LimitSettings;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what servers let their peers do.
 */
@OnEachTransport
class LimitTests extends TransportFixture {

	private static final Duration SHORT = Duration.ofMillis(200);

	// ---- connections

	@Test
	void whenServerIsFullThenFurtherPeersAreReset() {
		try (TestServer server = text(LimitSettings.builder().maxConnections(2))) {
			RawSocket one = server.connect();
			RawSocket two = server.connect();
			isServed(one);
			isServed(two);
			for (int i = 0; i < 3; i++) {
				isReset(server);
			}
			assertThat(server.listener().rejected()).containsExactly(RejectReason.CONNECTIONS, RejectReason.CONNECTIONS,
					RejectReason.CONNECTIONS);
			assertThat(server.listener().exceeded()).containsOnly(Limit.CONNECTIONS).hasSize(3);
			isServed(one);
			two.close();
			Waiting.until("there is room", () -> server.endpoint().admission().count() == 1);
			try (RawSocket third = server.connect()) {
				isServed(third);
			}
			one.close();
		}
	}

	@Test
	void whenServerIsFullThenHandshakesUnderWayCount() {
		try (TestServer server = TestServer.websocket(this.kind)
			.limits(LimitSettings.builder().maxConnections(1))
			.start(new RecordingListener().echo()); RawSocket arriving = server.connect()) {
			Waiting.until("peer is seen", () -> server.endpoint().admission().count() == 1);
			isReset(server);
			assertThat(server.listener().rejected()).containsExactly(RejectReason.CONNECTIONS);
			arriving.write(RawWebSocket.request("/"));
			assertThat(arriving.readLine()).isEqualTo("HTTP/1.1 101 Switching Protocols");
		}
	}

	@Test
	void whenAddressHasItsConnectionsThenFurtherOnesAreReset() {
		try (TestServer server = text(LimitSettings.builder().maxConnectionsPerAddress(1))) {
			try (RawSocket one = server.connect()) {
				isServed(one);
				isReset(server);
				isServed(one);
			}
			assertThat(server.listener().rejected()).containsExactly(RejectReason.CONNECTIONS_PER_ADDRESS);
			assertThat(server.listener().exceeded()).containsExactly(Limit.CONNECTIONS_PER_ADDRESS);
			assertThat(this.log.messages("io.github.workerman.connection")).singleElement()
				.asString()
				.matches("Rejected 127\\.0\\.0\\.1:\\d+ at server 'chat': connections_per_address");
			Waiting.until("address is forgotten", () -> server.endpoint().admission().addressCount() == 0);
			try (RawSocket three = server.connect()) {
				isServed(three);
			}
		}
	}

	@Test
	void whenAddressConnectsTooOftenThenIsReset() {
		try (TestServer server = text(
				LimitSettings.builder().connectRatePerAddress(1).burst(Duration.ofSeconds(3)).maxConnections(0))) {
			List<RawSocket> clients = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				clients.add(server.connect());
				isServed(clients.get(i));
			}
			isReset(server);
			assertThat(server.listener().rejected()).containsExactly(RejectReason.CONNECT_RATE);
			assertThat(server.listener().exceeded()).containsExactly(Limit.CONNECT_RATE);
			isServed(clients.get(0));
			clients.forEach(RawSocket::close);
			Waiting.until("address is forgotten", () -> server.endpoint().admission().addressCount() == 0);
			try (RawSocket next = server.connect()) {
				isServed(next);
			}
		}
	}

	@Test
	void whenManyComeAndGoThenNoAddressIsLeft() {
		try (TestServer server = TestServer.text(this.kind)
			.threads(2)
			.limits(LimitSettings.builder().maxConnectionsPerAddress(50).connectRatePerAddress(1_000_000))
			.start(new RecordingListener().echo().forgetMessages())) {
			for (int i = 0; i < 300; i++) {
				try (RawSocket client = server.connect()) {
					if (i % 3 == 0) {
						isServed(client);
					}
					else if (i % 3 == 1) {
						client.reset();
					}
				}
			}
			server.awaitEmpty();
			assertThat(server.endpoint().admission().addressCount()).isZero();
		}
	}

	// ---- messages and bytes

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

	// ---- time

	@Test
	void whenFirstMessageDoesNotComeThenIsClosedOnEachProtocol() {
		LimitSettings.Builder limits = LimitSettings.builder().firstMessageTimeout(SHORT);
		try (TestServer text = text(limits);
				TestServer frame = TestServer.frame(this.kind).beside(text).name("f").limits(limits).start(echo());
				TestServer tcp = TestServer.tcp(this.kind).beside(text).name("t").limits(limits).start(echo());
				TestServer websocket = TestServer.websocket(this.kind)
					.beside(text)
					.name("w")
					.limits(limits)
					.start(echo());
				TestServer unlimited = TestServer.websocket(this.kind).beside(text).name("other").start(echo());
				Bystander bystander = new Bystander(unlimited)) {
			assertLate(text, text.connect(), "no line");
			assertLate(frame, frame.connect(), "\0\0\0\7on");
			assertLate(tcp, tcp.connect(), "");
			RawWebSocket client = websocket.openWebSocket();
			client.write(RawWebSocket.frame(RawWebSocket.PING, "still here"));
			assertThat(client.readFrame().first()).isEqualTo(RawWebSocket.PONG);
			PeerRecord peer = websocket.listener().peer(client);
			RawWebSocket.Frame close = client.readClose();
			assertThat(close.code()).isEqualTo(1008);
			assertThat(close.reason()).isEqualTo("no message in time");
			client.close();
			assertThat(peer.awaitClosed().cause()).isEqualTo(Cause.LIMIT);
			assertThat(websocket.listener().exceeded()).containsExactly(Limit.FIRST_MESSAGE);
			bystander.isServed();
		}
	}

	private static void assertLate(TestServer server, RawSocket client, String beginning) {
		PeerRecord peer = server.listener().peer(client);
		client.write(beginning);
		assertThat(client.readAll()).isEmpty();
		client.close();
		assertThat(peer.awaitClosed()).isEqualTo(new CloseReason(1008, "no message in time", Cause.LIMIT));
		assertThat(peer.messages()).isEmpty();
		assertThat(server.listener().exceeded()).containsExactly(Limit.FIRST_MESSAGE);
	}

	@Test
	void whenPeerDripsBytesThenFirstMessageIsNotWaitedForLonger() {
		LimitSettings.Builder limits = LimitSettings.builder().firstMessageTimeout(SHORT);
		try (TestServer server = text(limits); RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			Waiting.until("closed", () -> {
				if (peer.connection().isOpen()) {
					client.write("x");
				}
				return !peer.connection().isOpen();
			});
			client.close();
			assertThat(peer.awaitClosed().cause()).isEqualTo(Cause.LIMIT);
			assertThat(server.listener().exceeded()).containsExactly(Limit.FIRST_MESSAGE);
		}
	}

	@Test
	void whenFirstMessageComesThenPeerMayStay() {
		LimitSettings.Builder limits = LimitSettings.builder().firstMessageTimeout(Duration.ofSeconds(1));
		try (TestServer server = text(limits); RawSocket early = server.connect()) {
			isServed(early);
			try (RawSocket late = server.connect()) {
				assertLate(server, late, "");
			}
			isServed(early);
		}
	}

	@Test
	void whenNothingHappensThenIsClosed() {
		try (TestServer server = websocket(LimitSettings.builder().idleTimeout(SHORT));
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			RawWebSocket.Frame close = client.readClose();
			assertThat(close.code()).isEqualTo(1008);
			assertThat(close.reason()).isEqualTo("idle for too long");
			client.close();
			assertThat(peer.awaitClosed()).isEqualTo(new CloseReason(1008, "idle for too long", Cause.LIMIT));
			assertThat(server.listener().exceeded()).containsExactly(Limit.IDLE);
		}
	}

	@Test
	void whenPeerOnlyListensThenIsNotIdle() {
		LimitSettings.Builder limits = LimitSettings.builder().idleTimeout(Duration.ofSeconds(1));
		try (TestServer server = websocket(limits);
				RawWebSocket idle = server.openWebSocket();
				RawWebSocket listening = server.openWebSocket()) {
			PeerRecord listener = server.listener().peer(listening);
			PeerRecord other = server.listener().peer(idle);
			Waiting.until("the other is closed", () -> {
				listener.connection().send("news");
				listening.readText();
				return !other.connection().isOpen();
			});
			assertThat(listener.connection().isOpen()).isTrue();
			assertThat(server.listener().exceeded()).containsExactly(Limit.IDLE);
		}
	}

	// ---- report only

	@Test
	void whenOnlyReportingThenNothingIsEnforced() {
		LimitSettings.Builder limits = atOnce(1).maxConnections(1)
			.maxConnectionsPerAddress(1)
			.bytesPerSecond(DataSize.ofBytes(1))
			.firstMessageTimeout(Duration.ofMillis(1))
			.idleTimeout(SHORT)
			.reportOnly(true);
		try (TestServer server = text(limits); RawSocket one = server.connect()) {
			Waiting.until("late", () -> server.listener().exceeded().contains(Limit.FIRST_MESSAGE));
			try (RawSocket two = server.connect()) {
				for (int i = 0; i < 5; i++) {
					isServed(one);
					isServed(two);
				}
				Waiting.until("idle", () -> server.listener().exceeded().contains(Limit.IDLE));
				isServed(one);
				isServed(two);
			}
			assertThat(server.listener().exceeded()).contains(Limit.CONNECTIONS, Limit.CONNECTIONS_PER_ADDRESS,
					Limit.MESSAGES, Limit.BYTES, Limit.FIRST_MESSAGE, Limit.IDLE);
			assertThat(server.listener().rejected()).isEmpty();
		}
		// closing checks that nothing is left
	}

	@Test
	void whenNothingIsLimitedThenNothingIsBetween() {
		RecordingListener listener = new RecordingListener();
		assertThat(LimitedListener.of(LimitSettings.DEFAULT, listener)).isSameAs(listener);
		assertThat(LimitedListener.of(LimitSettings.builder().maxConnectionsPerAddress(1).build(), listener))
			.isSameAs(listener);
	}

	private TestServer text(LimitSettings.Builder limits) {
		return TestServer.text(this.kind).limits(limits).start(echo());
	}

	private TestServer websocket(LimitSettings.Builder limits) {
		return TestServer.websocket(this.kind).limits(limits).start(echo());
	}

	private static RecordingListener echo() {
		return new RecordingListener().echo();
	}

	/**
	 * Allows some messages at once, and one more in a second.
	 */
	private static LimitSettings.Builder atOnce(int messages) {
		return LimitSettings.builder().messagesPerSecond(1).burst(Duration.ofSeconds(messages));
	}

	private static LimitSettings.Builder bytes(int atOnce) {
		return LimitSettings.builder().bytesPerSecond(DataSize.ofBytes(atOnce / 10)).burst(Duration.ofSeconds(10));
	}

	static void isReset(TestServer server) {
		try (RawSocket client = server.connect()) {
			client.expectReset();
		}
		catch (UncheckedIOException ex) {
			// So early that the socket cannot even be set up.
			assertThat(ex).rootCause().isInstanceOf(SocketException.class).hasMessageContaining("reset");
		}
	}

	private static void isServed(RawSocket client) {
		client.write("hello\n");
		assertThat(client.readLine()).isEqualTo("hello");
	}

}
