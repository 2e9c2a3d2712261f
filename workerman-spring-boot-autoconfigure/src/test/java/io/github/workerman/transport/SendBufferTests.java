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
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.WebSocketConnection;
import io.github.workerman.protocol.CodecContext;
import io.github.workerman.protocol.FramingProtocol;
import io.github.workerman.protocol.Payloads;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the limit of what waits to be sent.
 */
@OnEachTransport
class SendBufferTests extends TransportFixture {

	@Test
	void whenMessageIsLargerThanBufferThenIsRefusedAndSmallerOnesGo() {
		try (TestServer server = TestServer.text(this.kind).maxSendBuffer(1000).start();
				RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			assertThat(peer.connection().send("x".repeat(1001))).isEqualTo(SendResult.BUFFER_FULL);
			assertThat(peer.connection().send("€".repeat(334))).isEqualTo(SendResult.BUFFER_FULL);
			assertThat(peer.connection().send("small")).isEqualTo(SendResult.ACCEPTED);
			assertThat(client.readLine()).isEqualTo("small");
			Waiting.until("nothing waits", () -> peer.connection().pendingBytes() == 0);
			peer.onLoop(() -> {
				assertThat(peer.connection().send("x".repeat(1001))).isEqualTo(SendResult.BUFFER_FULL);
				assertThat(peer.connection().send(new byte[1001])).isEqualTo(SendResult.BUFFER_FULL);
			});
			String largest = "y".repeat(1000);
			assertThat(peer.connection().send(largest)).isEqualTo(SendResult.ACCEPTED);
			assertThat(client.readLine()).isEqualTo(largest);
			Waiting.until("nothing waits", () -> peer.connection().pendingBytes() == 0);
			peer.onLoop(() -> assertThat(peer.connection().send(largest)).isEqualTo(SendResult.ACCEPTED));
			assertThat(client.readLine()).isEqualTo(largest);
			assertThat(peer.dropped()).isEqualTo(4);
			assertThat(peer.events()).as("an empty buffer is not full").containsExactly("connected");
		}
	}

	@Test
	void whenLimitIsChangedThenHoldsFromNowOn() {
		try (TestServer server = TestServer.text(this.kind).maxSendBuffer(1000).start();
				RawSocket client = server.connect();
				RawSocket other = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			peer.connection().maxSendBuffer(10);
			assertThat(peer.connection().maxSendBuffer()).isEqualTo(10);
			assertThat(peer.connection().send("01234567890")).isEqualTo(SendResult.BUFFER_FULL);
			peer.connection().maxSendBuffer(5000);
			assertThat(peer.connection().send("x".repeat(4000))).isEqualTo(SendResult.ACCEPTED);
			assertThat(client.readLine()).hasSize(4000);
			PeerRecord unchanged = server.listener().peer(other);
			assertThat(unchanged.connection().maxSendBuffer()).isEqualTo(1000);
			assertThat(unchanged.connection().send("x".repeat(1001))).isEqualTo(SendResult.BUFFER_FULL);
			assertThatIllegalArgumentException().isThrownBy(() -> peer.connection().maxSendBuffer(0));
		}
	}

	@Test
	void whenMessageIsBeingEncodedThenItStillCounts() throws Exception {
		CountDownLatch encoding = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		HeldUpProtocol protocol = new HeldUpProtocol(() -> {
			encoding.countDown();
			goOn.await(20, TimeUnit.SECONDS);
		});
		try (TestServer server = TestServer.of(this.kind, protocol).maxSendBuffer(1000).start();
				RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			String line = "x".repeat(600);
			assertThat(peer.connection().send(line)).isEqualTo(SendResult.ACCEPTED);
			assertThat(encoding.await(20, TimeUnit.SECONDS)).as("the loop encodes").isTrue();
			try {
				assertThat(peer.connection().pendingBytes()).isGreaterThanOrEqualTo(600);
				assertThat(peer.connection().send(line)).isEqualTo(SendResult.BUFFER_FULL);
				assertThat(peer.connection().send("small")).isEqualTo(SendResult.ACCEPTED);
			}
			finally {
				goOn.countDown();
			}
			assertThat(client.readLine()).isEqualTo(line);
			assertThat(client.readLine()).isEqualTo("small");
			Waiting.until("nothing waits", () -> peer.connection().pendingBytes() == 0);
		}
	}

	@Test
	void whenBufferIsFullThenIsToldOncePerCrossing() {
		try (TestServer server = TestServer.text(this.kind).smallSocketBuffers().maxSendBuffer(500_000).start();
				RawSocket client = RawSocket.connect(server.port(), 4096)) {
			PeerRecord peer = server.listener().peer(client);
			String line = "x".repeat(10_000);
			for (int crossing = 1; crossing <= 3; crossing++) {
				int accepted = fill(peer, line);
				for (int i = 0; i < 20; i++) {
					assertThat(peer.connection().send(line)).isEqualTo(SendResult.BUFFER_FULL);
				}
				peer.onLoop(() -> assertThat(peer.connection().send(line)).isEqualTo(SendResult.BUFFER_FULL));
				int expected = crossing;
				Waiting.until("full", () -> peer.count("full") == expected);
				assertThat(peer.count("drained")).isEqualTo(crossing - 1);
				for (int i = 0; i < accepted; i++) {
					assertThat(client.readLine()).isEqualTo(line);
				}
				Waiting.until("drained", () -> peer.count("drained") == expected);
				assertThat(peer.count("full")).isEqualTo(crossing);
			}
			assertThat(peer.events()).containsExactly("connected", "full", "drained", "full", "drained", "full",
					"drained");
		}
	}

	@Test
	void whenMoreIsSentWhileItDrainsThenIsDrainedAtHalfTheLimit() {
		Queue<Long> pending = new ConcurrentLinkedQueue<>();
		RecordingListener listener = new RecordingListener()
			.onDrained((connection) -> pending.add(connection.pendingBytes()));
		try (TestServer server = TestServer.text(this.kind).smallSocketBuffers().maxSendBuffer(100_000).start(listener);
				RawSocket client = RawSocket.connect(server.port(), 4096)) {
			PeerRecord peer = server.listener().peer(client);
			String line = "x".repeat(5000);
			AtomicInteger sent = new AtomicInteger(fill(peer, line));
			for (int i = 0; i < 60; i++) {
				assertThat(client.readLine()).isEqualTo(line);
				peer.onLoop(() -> {
					while (peer.connection().send(line) == SendResult.ACCEPTED) {
						sent.incrementAndGet();
					}
				});
			}
			for (int i = 60; i < sent.get(); i++) {
				assertThat(client.readLine()).isEqualTo(line);
			}
			Waiting.until("drained", () -> peer.count("drained") > 0);
			assertThat(pending).allSatisfy((bytes) -> assertThat(bytes).isLessThanOrEqualTo(50_000));
		}
	}

	@Test
	void whenLoopIsBusyThenRefusedMessagesDoNotPileUpOnIt() {
		try (TestServer server = TestServer.text(this.kind).maxSendBuffer(1000).start();
				RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			CountDownLatch busy = new CountDownLatch(1);
			peer.connection().execute(() -> await(busy));
			try {
				assertThat(peer.connection().send("x".repeat(900))).isEqualTo(SendResult.ACCEPTED);
				for (int i = 0; i < 10_000; i++) {
					assertThat(peer.connection().send("y".repeat(900))).isEqualTo(SendResult.BUFFER_FULL);
				}
				SingleThreadEventExecutor loop = (SingleThreadEventExecutor) ((NettyConnection) peer.connection())
					.channel()
					.eventLoop();
				assertThat(loop.pendingTasks()).isLessThan(10);
			}
			finally {
				busy.countDown();
			}
			assertThat(client.readLine()).hasSize(900);
			Waiting.until("drained", () -> peer.count("drained") == 1);
			assertThat(peer.events()).containsExactly("connected", "full", "drained");
			assertThat(peer.dropped()).isEqualTo(10_000);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Sends until neither the send buffer nor the system has room.
	 */
	private static int fill(PeerRecord peer, String line) {
		int accepted = 0;
		int before;
		do {
			before = accepted;
			while (peer.connection().send(line) == SendResult.ACCEPTED) {
				accepted++;
			}
			for (int i = 0; i < 3; i++) {
				peer.awaitLoop();
			}
		}
		while (accepted > before);
		return accepted;
	}

	@Test
	void whenWritableThenTaskRunsSoonElseWhenWritten() {
		try (TestServer server = TestServer.text(this.kind).smallSocketBuffers().maxSendBuffer(100_000).start();
				RawSocket client = RawSocket.connect(server.port(), 4096)) {
			PeerRecord peer = server.listener().peer(client);
			Queue<String> ran = new ConcurrentLinkedQueue<>();
			peer.connection().whenWritable(() -> ran.add("empty"));
			Waiting.until("ran", () -> ran.contains("empty"));
			String line = "x".repeat(10_000);
			int accepted = fill(peer, line);
			peer.connection().whenWritable(() -> ran.add("waits"));
			peer.onLoop(() -> peer.connection().whenWritable(() -> ran.add("waits too")));
			assertThat(ran).doesNotContain("waits", "waits too");
			for (int i = 0; i < accepted; i++) {
				assertThat(client.readLine()).isEqualTo(line);
			}
			Waiting.until("both ran", () -> ran.contains("waits") && ran.contains("waits too"));
			assertThat(peer.connection().pendingBytes()).isLessThanOrEqualTo(50_000);
		}
	}

	@Test
	void whenThreadPingsAPeerThatDoesNotReadThenBufferIsBounded() {
		try (TestServer server = TestServer.websocket(this.kind).smallSocketBuffers().maxSendBuffer(10_000).start();
				RawWebSocket client = RawWebSocket.open(server.port(), "/", 4096)) {
			PeerRecord peer = server.listener().peer(client);
			WebSocketConnection connection = (WebSocketConnection) peer.connection();
			long mostPending = 0;
			int refused = 0;
			for (int i = 0; i < 10_000; i++) {
				if (connection.ping(ByteBuffer.allocate(100)) == SendResult.BUFFER_FULL) {
					refused++;
				}
				mostPending = Math.max(mostPending, connection.pendingBytes());
			}
			assertThat(refused).isPositive();
			assertThat(mostPending).isLessThan(100_000);
		}
	}

	/**
	 * Lines, each of which waits for something while it is encoded.
	 */
	private static final class HeldUpProtocol extends FramingProtocol {

		private final Wait wait;

		private HeldUpProtocol(Wait wait) {
			this.wait = wait;
		}

		@Override
		public String name() {
			return "held-up";
		}

		@Override
		protected int frameLength(ByteBuf in, CodecContext context) {
			return in.bytesBefore((byte) '\n') + 1;
		}

		@Override
		protected Object decode(ByteBuf frame, CodecContext context) throws ProtocolException {
			return Payloads.read(frame, frame.readableBytes() - 1, context.kind());
		}

		@Override
		protected void encode(Object message, ByteBuf out) {
			try {
				this.wait.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
			out.writeCharSequence(message + "\n", StandardCharsets.US_ASCII);
		}

		private interface Wait {

			void await() throws InterruptedException;

		}

	}

}
