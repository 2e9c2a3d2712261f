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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.Limit;
import io.github.workerman.connection.SendResult;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.transport.limit.LimitSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how long servers wait for a peer.
 */
@OnEachTransport
class TimeLimitTests extends LimitFixture {

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
	void whenLoopIsHeldUpThenWhatHasComeMeanwhileIsInTime() throws Exception {
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		RecordingListener listener = new RecordingListener().onMessage((connection, message) -> {
			if (message.equals("hold")) {
				held.countDown();
				await(goOn);
			}
			connection.send(message);
		});
		try (TestServer server = TestServer.text(this.kind)
			.limits(LimitSettings.builder().firstMessageTimeout(Duration.ofSeconds(2)))
			.start(listener); RawSocket holder = server.connect(); RawSocket client = server.connect()) {
			PeerRecord peer = listener.peer(client);
			holder.write("hold\n");
			assertThat(held.await(20, TimeUnit.SECONDS)).as("the loop is held up").isTrue();
			long start = System.nanoTime();
			try {
				client.write("hello\n");
				Waiting.until("the time is over", () -> System.nanoTime() - start > 2_300_000_000L);
			}
			finally {
				goOn.countDown();
			}
			assertThat(client.readLine()).isEqualTo("hello");
			assertThat(holder.readLine()).isEqualTo("hold");
			assertThat(peer.connection().isOpen()).isTrue();
			assertThat(listener.exceeded()).isEmpty();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
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
	void whenPeerTakesItsTimeForWhatItIsSentThenIsNotIdle() {
		int size = 40_000_000;
		LimitSettings.Builder limits = LimitSettings.builder().idleTimeout(Duration.ofSeconds(1));
		try (TestServer server = TestServer.tcp(this.kind)
			.socketSendBuffer(200_000)
			.maxSendBuffer(size)
			.limits(limits)
			.start(); RawSocket slow = server.connect(); RawSocket stuck = RawSocket.connect(server.port(), 4096)) {
			PeerRecord reading = server.listener().peer(slow);
			PeerRecord idle = server.listener().peer(stuck);
			assertThat(reading.connection().send(new byte[size])).isEqualTo(SendResult.ACCEPTED);
			assertThat(idle.connection().send(new byte[size])).isEqualTo(SendResult.ACCEPTED);
			int taken = 0;
			while (idle.connection().isOpen()) {
				slow.read(300_000);
				taken += 300_000;
				Waiting.aMoment();
			}
			slow.read(size - taken);
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

}
