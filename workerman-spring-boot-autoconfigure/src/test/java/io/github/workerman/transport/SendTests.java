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

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import io.github.workerman.connection.MessageConversionException;
import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.WebSocketConnection;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.testsupport.RawWebSocket.Frame;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for sending.
 */
@OnEachTransport
class SendTests extends TransportFixture {

	private static final int THREADS = 6;

	@Test
	void whenManyThreadsSendThenOrderOfEachHoldsAndNothingIsLost() throws Exception {
		int perThread = 1500;
		try (TestServer server = TestServer.text(this.kind).maxSendBuffer(64 << 20).start();
				RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			List<Thread> threads = inParallel(THREADS, (thread) -> {
				for (int i = 0; i < perThread; i++) {
					assertThat(peer.connection().send(thread + ":" + i)).isEqualTo(SendResult.ACCEPTED);
				}
			});
			peer.connection().execute(() -> {
				for (int i = 0; i < perThread; i++) {
					assertThat(peer.connection().send(THREADS + ":" + i)).isEqualTo(SendResult.ACCEPTED);
				}
			});
			int[] next = new int[THREADS + 1];
			for (int i = 0; i < (THREADS + 1) * perThread; i++) {
				String[] line = client.readLine().split(":");
				int thread = Integer.parseInt(line[0]);
				assertThat(Integer.parseInt(line[1])).isEqualTo(next[thread]++);
			}
			for (Thread thread : threads) {
				thread.join();
			}
			Waiting.until("nothing waits", () -> peer.connection().pendingBytes() == 0);
			assertThat(peer.connection().statistics().messagesOut()).isEqualTo((THREADS + 1) * perThread);
			assertThat(peer.connection().statistics().dropped()).isZero();
			assertThat(peer.dropped()).isZero();
		}
	}

	@Test
	void whenPeerDoesNotReadThenExactlyTheAcceptedMessagesArrive() throws Exception {
		long limit = 100_000;
		int size = 1000;
		AtomicLong mostPending = new AtomicLong();
		AtomicLong refused = new AtomicLong();
		Queue<String> accepted = new ConcurrentLinkedQueue<>();
		try (TestServer server = TestServer.text(this.kind).smallSocketBuffers().maxSendBuffer(limit).start();
				RawSocket client = RawSocket.connect(server.port(), 4096)) {
			PeerRecord peer = server.listener().peer(client);
			List<Thread> threads = inParallel(THREADS, (thread) -> {
				for (int i = 0; i < 1000; i++) {
					String text = thread + ":" + i + ":";
					text += "x".repeat(size - text.length());
					if (peer.connection().send(text) == SendResult.ACCEPTED) {
						accepted.add(text);
					}
					else {
						refused.incrementAndGet();
					}
					long pending = peer.connection().pendingBytes();
					mostPending.accumulateAndGet(pending, Math::max);
				}
			});
			for (Thread thread : threads) {
				thread.join();
			}
			assertThat(refused.get()).isPositive();
			assertThat(mostPending.get()).as("bytes that waited")
				.isGreaterThan(limit / 2)
				.isLessThan(limit + 64 * 1024 + THREADS * size);
			assertThat(peer.connection().statistics().dropped()).isEqualTo(refused.get());
			assertThat(peer.dropped()).isEqualTo(refused.intValue());
			peer.connection().maxSendBuffer(2 * limit);
			peer.connection().close((Object) "end");
			Map<String, Integer> lastOfThread = new HashMap<>();
			List<String> arrived = new ArrayList<>();
			for (String line = client.readLine(); !line.equals("end"); line = client.readLine()) {
				String[] parts = line.split(":");
				int number = Integer.parseInt(parts[1]);
				assertThat(lastOfThread.getOrDefault(parts[0], -1)).isLessThan(number);
				lastOfThread.put(parts[0], number);
				arrived.add(line);
			}
			assertThat(arrived).containsExactlyInAnyOrderElementsOf(accepted);
		}
	}

	@Test
	void whenSentAsyncThenCompletesWhenTheSystemHasTheBytes() throws Exception {
		try (TestServer server = TestServer.text(this.kind).smallSocketBuffers().start();
				RawSocket client = RawSocket.connect(server.port(), 4096)) {
			PeerRecord peer = server.listener().peer(client);
			CompletableFuture<SendResult> first = peer.connection().sendAsync("hello").toCompletableFuture();
			assertThat(client.readLine()).isEqualTo("hello");
			assertThat(first.get()).isEqualTo(SendResult.ACCEPTED);
			CompletableFuture<SendResult> large = peer.connection()
				.sendAsync("x".repeat(900_000))
				.toCompletableFuture();
			peer.awaitLoop();
			assertThat(peer.connection().pendingBytes()).as("the system takes no more").isPositive();
			CompletableFuture<SendResult> refused = peer.connection()
				.sendAsync("x".repeat(900_000))
				.toCompletableFuture();
			assertThat(refused).isCompletedWithValue(SendResult.BUFFER_FULL);
			List<CompletableFuture<SendResult>> fromLoop = new ArrayList<>();
			peer.onLoop(() -> {
				fromLoop.add(peer.connection().sendAsync("second").toCompletableFuture());
				fromLoop.add(peer.connection().sendAsync("third").toCompletableFuture());
			});
			assertThat(large).isNotDone();
			assertThat(fromLoop).noneMatch(CompletableFuture::isDone);
			assertThat(client.readLine()).hasSize(900_000);
			assertThat(client.readLine()).isEqualTo("second");
			assertThat(client.readLine()).isEqualTo("third");
			assertThat(large.get()).isEqualTo(SendResult.ACCEPTED);
			assertThat(fromLoop.get(0).get()).isEqualTo(SendResult.ACCEPTED);
			assertThat(fromLoop.get(1).get()).isEqualTo(SendResult.ACCEPTED);
		}
	}

	@Test
	void whenConnectionClosesBeforeBytesAreWrittenThenStageSaysClosed() throws Exception {
		try (TestServer server = TestServer.text(this.kind).smallSocketBuffers().start();
				RawSocket client = RawSocket.connect(server.port(), 4096)) {
			PeerRecord peer = server.listener().peer(client);
			CompletableFuture<SendResult> stuck = peer.connection()
				.sendAsync("x".repeat(900_000))
				.toCompletableFuture();
			peer.awaitLoop();
			assertThat(peer.connection().pendingBytes()).as("the system takes no more").isPositive();
			List<CompletableFuture<SendResult>> inSameTurn = new ArrayList<>();
			peer.connection().execute(() -> {
				inSameTurn.add(peer.connection().sendAsync("never written").toCompletableFuture());
				peer.connection().destroy();
				inSameTurn.add(peer.connection().sendAsync("never queued").toCompletableFuture());
			});
			peer.awaitClosed();
			assertThat(stuck.get()).isEqualTo(SendResult.CLOSED);
			assertThat(inSameTurn.get(0).get()).isEqualTo(SendResult.CLOSED);
			assertThat(inSameTurn.get(1).get()).isEqualTo(SendResult.CLOSED);
			assertThat(peer.connection().sendAsync("late")).isCompletedWithValue(SendResult.CLOSED);
		}
	}

	@Test
	void whenThreadsSendWhileConnectionClosesThenEveryStageCompletes() throws Exception {
		Queue<CompletableFuture<SendResult>> stages = new ConcurrentLinkedQueue<>();
		try (TestServer server = TestServer.text(this.kind).start(); RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			List<Thread> threads = inParallel(THREADS, (thread) -> {
				CompletableFuture<SendResult> stage;
				int count = 0;
				do {
					stage = peer.connection().sendAsync(thread + ":" + count++).toCompletableFuture();
					stages.add(stage);
				}
				while (!stage.isDone() || stage.join() != SendResult.CLOSED);
			});
			client.readLine();
			peer.connection().close();
			client.readAll();
			for (Thread thread : threads) {
				thread.join();
			}
			Waiting.until("all are complete", () -> stages.stream().allMatch(CompletableFuture::isDone));
			assertThat(stages).noneMatch(CompletableFuture::isCompletedExceptionally);
		}
	}

	@Test
	void whenObjectIsSentThenItsTextArrives() {
		try (TestServer server = TestServer.websocket(this.kind).start();
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			peer.connection().send(42);
			assertThat(client.readText()).isEqualTo("42");
			ByteBuffer buffer = ByteBuffer.wrap(new byte[] { 0, 1, 2, 3, 4 }).position(1).limit(4);
			peer.connection().send(buffer);
			peer.onLoop(() -> peer.connection().send(buffer.asReadOnlyBuffer()));
			peer.connection().send(new byte[0]);
			peer.connection().send("");
			for (int i = 0; i < 2; i++) {
				Frame frame = client.readFrame();
				assertThat(frame.first()).isEqualTo(RawWebSocket.BINARY);
				assertThat(frame.payload()).containsExactly(1, 2, 3);
			}
			assertThat(buffer.position()).isEqualTo(1);
			assertThat(client.readFrame().first()).isEqualTo(RawWebSocket.BINARY);
			assertThat(client.readText()).isEmpty();
			Object unprintable = new Object() {

				@Override
				public String toString() {
					throw new IllegalStateException("no text");
				}

			};
			assertThatExceptionOfType(MessageConversionException.class)
				.isThrownBy(() -> peer.connection().send(unprintable));
			assertThatExceptionOfType(MessageConversionException.class)
				.isThrownBy(() -> peer.connection().sendAsync(unprintable));
			peer.connection().send("still here");
			assertThat(client.readText()).isEqualTo("still here");
		}
	}

	@Test
	void whenFrameSizesAreAtTheBoundariesThenArriveIntact() {
		try (TestServer server = TestServer.websocket(this.kind).start(new RecordingListener().echo());
				RawWebSocket client = server.openWebSocket()) {
			for (int size : new int[] { 0, 1, 125, 126, 127, 65_535, 65_536, 300_000 }) {
				byte[] bytes = new byte[size];
				for (int i = 0; i < size; i++) {
					bytes[i] = (byte) (i * 31 + size);
				}
				client.sendBinary(bytes);
				Frame frame = client.readFrame();
				assertThat(frame.first()).isEqualTo(RawWebSocket.BINARY);
				assertThat(frame.payload()).isEqualTo(bytes);
			}
		}
	}

	@Test
	void whenPingIsSentThenPeerGetsItInOrder() {
		try (TestServer server = TestServer.websocket(this.kind).maxSendBuffer(1000).start();
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			WebSocketConnection connection = (WebSocketConnection) peer.connection();
			connection.send("before");
			assertThat(connection.ping(ByteBuffer.wrap(new byte[] { 1, 2 }))).isEqualTo(SendResult.ACCEPTED);
			connection.send("after");
			assertThat(client.readText()).isEqualTo("before");
			Frame ping = client.readFrame();
			assertThat(ping.first()).isEqualTo(RawWebSocket.PING);
			assertThat(ping.payload()).containsExactly(1, 2);
			assertThat(client.readText()).isEqualTo("after");
			client.write(RawWebSocket.frame(RawWebSocket.PONG, new byte[] { 1, 2 }));
			assertThatIllegalArgumentException().isThrownBy(() -> connection.ping(ByteBuffer.allocate(126)));
			peer.connection().maxSendBuffer(20);
			assertThat(connection.ping(ByteBuffer.allocate(100))).isEqualTo(SendResult.BUFFER_FULL);
		}
	}

	@Test
	void whenManyMessagesAreReadAtOnceThenRepliesLeaveTogether() {
		try (TestServer server = TestServer.websocket(this.kind).start(new RecordingListener().echo());
				RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			byte[] frame = RawWebSocket.frame(RawWebSocket.TEXT, "x");
			byte[] frames = new byte[1000 * frame.length];
			for (int i = 0; i < 1000; i++) {
				System.arraycopy(frame, 0, frames, i * frame.length, frame.length);
			}
			client.write(frames);
			for (int i = 0; i < 1000; i++) {
				assertThat(client.readText()).isEqualTo("x");
			}
			Waiting.until("all is counted", () -> peer.messagesOut() == 1000);
			// The response to the handshake is one too.
			assertThat(peer.sentBatches()).isLessThanOrEqualTo(peer.receivedBatches());
		}
	}

	@Test
	void whenAskedToRunTasksThenRunsThemInOrderOnTheLoop() {
		try (TestServer server = TestServer.text(this.kind).start(); RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			Queue<Integer> ran = new ConcurrentLinkedQueue<>();
			List<Integer> expected = new ArrayList<>();
			for (int i = 0; i < 1000; i++) {
				int number = i;
				expected.add(number);
				peer.connection().execute(() -> {
					assertThat(peer.connection().loop().inLoop()).isTrue();
					ran.add(number);
				});
			}
			Waiting.until("all ran", () -> ran.size() == 1000);
			assertThat(ran).containsExactlyElementsOf(expected);
			assertThat(peer.connection().loop().inLoop()).isFalse();
		}
	}

	private static List<Thread> inParallel(int count, java.util.function.IntConsumer work) {
		CountDownLatch start = new CountDownLatch(count);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int number = i;
			Thread thread = new Thread(() -> {
				start.countDown();
				while (start.getCount() > 0) {
					Thread.onSpinWait();
				}
				work.accept(number);
			});
			thread.start();
			threads.add(thread);
		}
		return threads;
	}

}
