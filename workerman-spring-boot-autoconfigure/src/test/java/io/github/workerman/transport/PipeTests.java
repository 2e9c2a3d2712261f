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
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for connections that are piped to others.
 */
@OnEachTransport
class PipeTests extends TransportFixture {

	@Test
	void whenPipedThenTargetGetsEverythingInBothDirections() throws Exception {
		RecordingListener listener = new RecordingListener();
		try (TestServer server = TestServer.tcp(this.kind).threads(2).socketSendBuffer(64 * 1024).start(listener);
				RawSocket left = server.connect();
				RawSocket right = server.connect()) {
			PeerRecord leftPeer = listener.peer(left);
			PeerRecord rightPeer = listener.peer(right);
			pipe(leftPeer, rightPeer);
			pipe(rightPeer, leftPeer);
			int size = 20 << 20;
			CompletableFuture<byte[]> atRight = inBackground(() -> digest(right, size));
			CompletableFuture<byte[]> atLeft = inBackground(() -> digest(left, size));
			CompletableFuture<byte[]> fromLeft = inBackground(() -> writeRandom(left, size, 1));
			CompletableFuture<byte[]> fromRight = inBackground(() -> writeRandom(right, size, 2));
			assertThat(atRight.get(60, TimeUnit.SECONDS)).isEqualTo(fromLeft.get(60, TimeUnit.SECONDS));
			assertThat(atLeft.get(60, TimeUnit.SECONDS)).isEqualTo(fromRight.get(60, TimeUnit.SECONDS));
			assertThat(leftPeer.messages()).isEmpty();
			assertThat(leftPeer.connection().statistics().bytesIn()).isEqualTo(size);
			assertThat(rightPeer.connection().statistics().bytesOut()).isEqualTo(size);
			left.shutdownOutput();
			assertThat(right.readAll()).isEmpty();
			right.close();
			leftPeer.awaitClosed();
			rightPeer.awaitClosed();
		}
	}

	@Test
	void whenTargetIsSlowThenSourceWaitsAndNothingIsLost() throws Exception {
		RecordingListener listener = new RecordingListener();
		long limit = 200_000;
		try (TestServer server = TestServer.tcp(this.kind)
			.threads(2)
			.smallSocketBuffers()
			.maxSendBuffer(limit)
			.start(listener);
				RawSocket source = server.connect();
				RawSocket target = RawSocket.connect(server.port(), 4096)) {
			PeerRecord from = listener.peer(source);
			PeerRecord to = listener.peer(target);
			pipe(from, to);
			int size = 50 << 20;
			AtomicLong written = new AtomicLong();
			CompletableFuture<byte[]> sent = inBackground(() -> {
				byte[] digest = writeRandom(source, size, 3, written);
				source.shutdownOutput();
				return digest;
			});
			Waiting.until("the pipe is full", () -> to.connection().pendingBytes() > limit / 2);
			long before = -1;
			while (before != written.get()) {
				before = written.get();
				from.awaitLoop();
				to.awaitLoop();
			}
			assertThat(written.get()).as("bytes taken from the source while the target does not read")
				.isLessThan(20 << 20);
			AtomicLong mostPending = new AtomicLong();
			CompletableFuture<byte[]> arrived = inBackground(() -> digest(target, size));
			while (!arrived.isDone()) {
				mostPending.accumulateAndGet(to.connection().pendingBytes(), Math::max);
			}
			assertThat(mostPending.get()).as("bytes that waited").isLessThan(limit + READ_AHEAD);
			assertThat(HexFormat.of().formatHex(arrived.get()))
				.isEqualTo(HexFormat.of().formatHex(sent.get(20, TimeUnit.SECONDS)));
			assertThat(target.readAll()).as("after the source has closed").isEmpty();
			target.close();
			to.awaitClosed();
			assertThat(to.dropped()).isZero();
			assertThat(to.connection().statistics().dropped()).isZero();
		}
	}

	@Test
	void whenTargetClosesThenSourceClosesToo() {
		RecordingListener listener = new RecordingListener();
		try (TestServer server = TestServer.tcp(this.kind).start(listener);
				RawSocket source = server.connect();
				RawSocket target = server.connect()) {
			PeerRecord from = listener.peer(source);
			PeerRecord to = listener.peer(target);
			pipe(from, to);
			source.write("hello");
			assertThat(new String(target.read(5))).isEqualTo("hello");
			target.reset();
			to.awaitClosed();
			source.write("into the void");
			assertThat(source.readAll()).isEmpty();
			source.close();
			from.awaitClosed();
		}
	}

	@Test
	void whenSourceIsDestroyedThenTargetIsClosedAfterWhatWasPassedOn() {
		RecordingListener listener = new RecordingListener();
		try (TestServer server = TestServer.tcp(this.kind).threads(2).socketSendBuffer(64 * 1024).start(listener);
				RawSocket source = server.connect();
				RawSocket target = server.connect()) {
			PeerRecord from = listener.peer(source);
			PeerRecord to = listener.peer(target);
			pipe(from, to);
			source.write("hello");
			assertThat(new String(target.read(5))).isEqualTo("hello");
			from.connection().destroy();
			assertThat(target.readAll()).isEmpty();
			target.close();
			assertThat(to.awaitClosed().code()).isEqualTo(1000);
		}
	}

	@Test
	void whenWebSocketIsPipedThenMessagesStayMessages() {
		RecordingListener listener = new RecordingListener();
		try (TestServer server = TestServer.websocket(this.kind).threads(2).start(listener);
				RawWebSocket source = server.openWebSocket();
				RawWebSocket target = server.openWebSocket()) {
			pipe(listener.peer(source), listener.peer(target));
			source.sendText("text €");
			source.sendBinary(new byte[] { 1, 2, 3 });
			assertThat(target.readText()).isEqualTo("text €");
			assertThat(target.readFrame().payload()).containsExactly(1, 2, 3);
			source.sendClose(1000, "");
			assertThat(source.readClose().code()).isEqualTo(1000);
			assertThat(target.readClose().code()).isEqualTo(1000);
			target.sendClose(1000, "");
			assertThat(target.readAll()).isEmpty();
		}
	}

	@Test
	void whenManySourcesAreFasterThanTheirTargetThenLittleOfEachIsRead() throws Exception {
		RecordingListener listener = new RecordingListener();
		try (TestServer server = TestServer.tcp(this.kind).threads(2).socketSendBuffer(64 * 1024).start(listener);
				RawSocket target = RawSocket.connect(server.port(), 4096)) {
			PeerRecord to = listener.peer(target);
			listener.onConnected((connection) -> connection.pipeTo(to.connection()));
			List<SocketChannel> sources = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				SocketChannel source = SocketChannel
					.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
				source.configureBlocking(false);
				sources.add(source);
			}
			List<PeerRecord> peers = listener.peers(1 + sources.size());
			ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
			long idleSince = System.nanoTime();
			while (System.nanoTime() - idleSince < TimeUnit.MILLISECONDS.toNanos(300)) {
				for (SocketChannel source : sources) {
					if (source.write(bytes.clear()) > 0) {
						idleSince = System.nanoTime();
					}
				}
			}
			assertThat(peers).extracting((peer) -> peer.connection().statistics().bytesIn())
				.allMatch((count) -> count < 2 * READ_AHEAD);
			for (SocketChannel source : sources) {
				source.close();
			}
		}
	}

	private static void pipe(PeerRecord from, PeerRecord to) {
		from.connection().pipeTo(to.connection());
		from.awaitLoop();
	}

	/**
	 * On a thread of its own: tasks that wait for one another must not share a pool,
	 * which may have one thread.
	 */
	private static <T> CompletableFuture<T> inBackground(Supplier<T> task) {
		return CompletableFuture.supplyAsync(task, (command) -> new Thread(command, "background").start());
	}

	private static byte[] writeRandom(RawSocket socket, int size, long seed) {
		return writeRandom(socket, size, seed, new AtomicLong());
	}

	private static byte[] writeRandom(RawSocket socket, int size, long seed, AtomicLong written) {
		Random random = new Random(seed);
		MessageDigest digest = newDigest();
		byte[] chunk = new byte[16 * 1024];
		for (int left = size; left > 0; left -= chunk.length) {
			random.nextBytes(chunk);
			digest.update(chunk);
			socket.write(chunk);
			written.addAndGet(chunk.length);
		}
		return digest.digest();
	}

	private static byte[] digest(RawSocket socket, int size) {
		MessageDigest digest = newDigest();
		int left = size;
		while (left > 0) {
			byte[] some = socket.readSome(Math.min(left, 64 * 1024));
			assertThat(some).as("with " + left + " bytes to come").isNotEmpty();
			digest.update(some);
			left -= some.length;
		}
		return digest.digest();
	}

	private static MessageDigest newDigest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (java.security.NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
