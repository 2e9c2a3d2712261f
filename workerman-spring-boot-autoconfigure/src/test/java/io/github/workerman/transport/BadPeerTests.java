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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.SendResult;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for peers that do not read, break off or send garbage.
 */
@OnEachTransport
class BadPeerTests extends TransportFixture {

	private static final long SLACK = 6 << 20;

	@Test
	void whenPeersNeverReadThenMemoryStaysFlatAndOthersAreServed() {
		int count = 10;
		long limit = 200_000;
		try (TestServer server = TestServer.websocket(this.kind)
			.smallSocketBuffers()
			.maxSendBuffer(limit)
			.start(new RecordingListener().echo()); Bystander bystander = new Bystander(server)) {
			List<RawWebSocket> clients = new ArrayList<>();
			List<PeerRecord> peers = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				clients.add(RawWebSocket.open(server.port(), "/", 4096));
				peers.add(server.listener().peer(clients.get(i)));
			}
			long before = DirectMemory.used();
			String text = "x".repeat(10_000);
			int refused = 0;
			for (int i = 0; i < 300; i++) {
				for (PeerRecord peer : peers) {
					if (peer.connection().send(text) == SendResult.BUFFER_FULL) {
						refused++;
					}
					assertThat(peer.connection().pendingBytes()).isLessThan(limit + 64 * 1024 + 10_000);
				}
				if (i % 50 == 0) {
					bystander.isServed();
				}
			}
			assertThat(DirectMemory.used() - before).isLessThan(count * limit + SLACK);
			assertThat(refused).isGreaterThan(count * 200);
			for (PeerRecord peer : peers) {
				Waiting.until("told", () -> peer.count("full") > 0);
				assertThat(peer.connection().isOpen()).isTrue();
			}
			assertThat(server.connections().pendingBytes("chat")).isPositive();
			bystander.isServed();
			clients.forEach(RawSocket::close);
		}
	}

	@Test
	void whenPeerAsksButNeverReadsThenRepliesAreDroppedInBoundedMemory() throws Exception {
		try (TestServer server = TestServer.websocket(this.kind)
			.smallSocketBuffers()
			.maxSendBuffer(100_000)
			.start(new RecordingListener().forgetMessages().echo());
				Bystander bystander = new Bystander(server);
				SocketChannel client = openNonBlocking(server)) {
			long before = DirectMemory.used();
			long written = write(client, RawWebSocket.frame(RawWebSocket.TEXT, "x".repeat(1000)), 20_000);
			bystander.isServed();
			assertThat(written).isEqualTo(20_000);
			Waiting.until("all is read",
					() -> server.listener().peers(2).stream().mapToInt(PeerRecord::messageCount).sum() > 20_000);
			assertThat(DirectMemory.used() - before).isLessThan(SLACK);
			assertThat(server.listener().peers(2))
				.anySatisfy((peer) -> assertThat(peer.dropped()).isGreaterThan(15_000));
			bystander.isServed();
		}
	}

	@Test
	void whenPeerPingsButNeverReadsThenPongsAreLeftOut() throws Exception {
		try (TestServer server = TestServer.websocket(this.kind)
			.smallSocketBuffers()
			.maxSendBuffer(100_000)
			.start(new RecordingListener().echo());
				Bystander bystander = new Bystander(server);
				SocketChannel client = openNonBlocking(server)) {
			long before = DirectMemory.used();
			long written = write(client, RawWebSocket.frame(RawWebSocket.PING, new byte[125]), 100_000);
			assertThat(written).isEqualTo(100_000);
			bystander.isServed();
			assertThat(DirectMemory.used() - before).isLessThan(SLACK);
			assertThat(server.listener().peers(2))
				.allSatisfy((peer) -> assertThat(peer.connection().pendingBytes()).isLessThan(100_000 + 64 * 1024));
		}
	}

	@Test
	void whenPeerResetsWithinAFrameThenIsLost() {
		try (TestServer server = TestServer.websocket(this.kind).start(new RecordingListener().echo());
				Bystander bystander = new Bystander(server)) {
			byte[] frame = RawWebSocket.frame(RawWebSocket.TEXT, "x".repeat(100_000));
			for (int length : new int[] { 0, 1, 5, 50_000 }) {
				RawWebSocket client = server.openWebSocket();
				PeerRecord peer = server.listener().peer(client);
				client.write(Arrays.copyOf(frame, length));
				client.reset();
				assertThat(peer.awaitClosed()).isEqualTo(CloseReason.LOST);
				assertThat(peer.messages()).isEmpty();
				assertThat(peer.events()).containsExactly("connected", "failed", "closed");
				assertThat(peer.failures()).singleElement().isInstanceOf(IOException.class);
				bystander.isServed();
			}
		}
	}

	@Test
	void whenPeersResetWithinAMessageThenAllAreLost() {
		int count = 300;
		try (TestServer server = TestServer.text(this.kind).start(new RecordingListener().echo())) {
			for (int i = 0; i < count; i++) {
				RawSocket client = RawSocket.connect(server.port());
				client.write("no end");
				client.reset();
			}
			assertThat(server.listener().peers(count))
				.allSatisfy((peer) -> assertThat(peer.awaitClosed()).isEqualTo(CloseReason.LOST));
			assertThat(server.connections().all()).isEmpty();
		}
	}

	@Test
	void whenPeerResetsWhileMuchIsOnItsWayThenIsLost() {
		try (TestServer server = TestServer.websocket(this.kind)
			.smallSocketBuffers()
			.start(new RecordingListener().echo()); Bystander bystander = new Bystander(server)) {
			RawWebSocket client = RawWebSocket.open(server.port(), "/", 4096);
			PeerRecord peer = server.listener().peer(client);
			for (int i = 0; i < 20; i++) {
				peer.connection().send("x".repeat(40_000));
			}
			client.reset();
			assertThat(peer.awaitClosed()).isEqualTo(CloseReason.LOST);
			assertThat(peer.connection().pendingBytes()).isZero();
			bystander.isServed();
		}
	}

	@Test
	void whenGarbageComesThenServersStayAlive() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		RecordingListener listener = new RecordingListener().echo();
		try (TestServer server = TestServer.websocket(this.kind).threads(2).maxMessageSize(1 << 20).start(listener);
				TestServer text = TestServer.text(this.kind)
					.name("text")
					.beside(server)
					.start(new RecordingListener().echo());
				TestServer frame = TestServer.frame(this.kind)
					.name("frame")
					.maxMessageSize(1 << 20)
					.beside(server)
					.start(new RecordingListener().echo());
				Bystander bystander = new Bystander(server)) {
			int[] ports = { server.port(), server.port(), text.port(), frame.port() };
			for (int i = 0; i < 700; i++) {
				try (RawSocket client = (i % ports.length == 0) ? server.openWebSocket()
						: RawSocket.connect(ports[i % ports.length])) {
					talkNonsense(client, random);
				}
				catch (UncheckedIOException ex) {
					// Turned away in the middle of it, as it should be.
				}
				if (i % 100 == 0) {
					bystander.isServed();
				}
			}
			Waiting.until("all are gone", () -> server.connections().count() == 1);
			bystander.isServed();
			try (RawSocket line = text.connect()) {
				line.write("still there?\n");
				assertThat(line.readLine()).as("seed " + seed).isEqualTo("still there?");
			}
		}
	}

	private static void talkNonsense(RawSocket client, Random random) {
		byte[] bytes = new byte[random.nextInt(2000)];
		random.nextBytes(bytes);
		switch (random.nextInt(4)) {
			case 0 -> {
				// bytes that look like the beginning of something
				byte[] start = { (byte) (0x80 | random.nextInt(16)), (byte) (0x80 | random.nextInt(128)) };
				System.arraycopy(start, 0, bytes, 0, Math.min(2, bytes.length));
			}
			case 1 -> bytes = RawWebSocket.join("GET / HTTP/1.1\r\n".getBytes(), bytes);
			case 2 -> bytes = RawWebSocket.join(RawWebSocket.frame(random.nextInt(256), bytes), bytes);
			default -> {
				// nothing but noise
			}
		}
		client.write(bytes);
		switch (random.nextInt(4)) {
			case 0 -> client.reset();
			case 1 -> client.shutdownOutput();
			default -> {
				// a plain close
			}
		}
	}

	private static SocketChannel openNonBlocking(TestServer server) throws IOException {
		SocketChannel client = SocketChannel.open();
		client.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
		client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
		client.write(ByteBuffer.wrap(RawWebSocket.request("/").getBytes()));
		server.listener().peers(2);
		client.configureBlocking(false);
		return client;
	}

	/**
	 * Writes the same frame again and again, without reading.
	 */
	private static long write(SocketChannel client, byte[] frame, int times) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocate(frame.length * 100);
		for (int i = 0; i < 100; i++) {
			buffer.put(frame);
		}
		buffer.flip();
		long written = 0;
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		while (written < times && System.nanoTime() < deadline) {
			client.write(buffer);
			if (!buffer.hasRemaining()) {
				buffer.rewind();
				written += 100;
			}
		}
		return written;
	}

}
