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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.connection.spi.ManagedConnection.Hold;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for holding back what a peer sends, and for pipes.
 */
@OnEachTransport
class BackPressureTests extends TransportFixture {

	/** More than all buffers of the system between two sockets of this machine. */
	private static final long STALLED = 64L << 20;

	@Test
	void whenPausedThenRestOfTheBatchWaitsForResume() {
		RecordingListener listener = new RecordingListener().onMessage((connection, message) -> {
			if (message.equals("pause")) {
				connection.pause();
			}
		});
		try (TestServer server = TestServer.text(this.kind).start(listener); RawSocket client = server.connect()) {
			PeerRecord peer = listener.peer(client);
			client.write("a\npause\nb\npause\nc\n");
			peer.awaitMessages(2);
			client.write("d\n");
			peer.onLoop(() -> assertThat(peer.messages()).containsExactly("a", "pause"));
			peer.connection().resume();
			peer.awaitMessages(4);
			peer.onLoop(() -> assertThat(peer.messages()).containsExactly("a", "pause", "b", "pause"));
			peer.connection().resume();
			assertThat(peer.awaitMessages(6)).containsExactly("a", "pause", "b", "pause", "c", "d");
		}
	}

	@Test
	void whenResumedInHandlerThenNothingIsDeliveredWithinTheCall() {
		List<String> trace = new ArrayList<>();
		RecordingListener listener = new RecordingListener().onMessage((connection, message) -> {
			trace.add("begin " + message);
			connection.pause();
			connection.resume();
			trace.add("end " + message);
		});
		try (TestServer server = TestServer.text(this.kind).start(listener); RawSocket client = server.connect()) {
			PeerRecord peer = listener.peer(client);
			client.write("a\nb\nc\n");
			peer.awaitMessages(3);
			peer.onLoop(() -> assertThat(trace).containsExactly("begin a", "end a", "begin b", "end b", "begin c",
					"end c"));
		}
	}

	@Test
	void whenReadingGoesOnAfterTheChannelHasClosedThenItIsLeftAlone() {
		List<Boolean> open = new ArrayList<>();
		try (TestServer server = TestServer.text(this.kind).start(); RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			NettyConnection connection = (NettyConnection) peer.connection();
			peer.onLoop(() -> {
				connection.pause();
				connection.channel().pipeline().addFirst(new ChannelOutboundHandlerAdapter() {

					@Override
					public void read(ChannelHandlerContext context) {
						open.add(context.channel().isOpen());
						context.read();
					}

				});
				// Goes on in the next turn, when the channel has closed and has not said
				// so.
				connection.resume();
				connection.channel().close();
			});
			peer.awaitClosed();
			peer.onLoop(() -> assertThat(open).doesNotContain(false));
		}
	}

	@Test
	void whenPausedAfterResumeThenTheLastCallCounts() {
		try (TestServer server = TestServer.text(this.kind).start(); RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			peer.onLoop(() -> {
				peer.connection().pause();
				peer.connection().resume();
				peer.connection().pause();
			});
			client.write("held\n");
			peer.connection().resume();
			peer.connection().pause();
			peer.awaitLoop();
			peer.onLoop(() -> {
				peer.connection().resume();
				peer.connection().pause();
			});
			int delivered = peer.messageCount();
			client.write("held too\n");
			peer.awaitLoop();
			assertThat(peer.messageCount()).isEqualTo(delivered);
			peer.connection().resume();
			assertThat(peer.awaitMessages(2)).containsExactly("held", "held too");
		}
	}

	@Test
	void whenSeveralHoldThenAllMustRelease() {
		try (TestServer server = TestServer.text(this.kind).start(); RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			ManagedConnection connection = peer.connection();
			peer.onLoop(() -> {
				connection.hold(Hold.MAILBOX);
				connection.pause();
				connection.pause();
			});
			client.write("held\n");
			connection.resume();
			connection.resume();
			connection.release(Hold.PIPE);
			peer.awaitLoop();
			peer.onLoop(() -> assertThat(peer.messages()).isEmpty());
			connection.release(Hold.MAILBOX);
			assertThat(peer.awaitMessages(1)).containsExactly("held");
			client.write("more\n");
			assertThat(peer.awaitMessages(2)).containsExactly("held", "more");
		}
	}

	@Test
	void whenPausedThenPeersWritesStall() throws Exception {
		try (TestServer server = TestServer.text(this.kind).start(new RecordingListener().forgetMessages());
				SocketChannel client = connect(server.port())) {
			PeerRecord peer = server.listener().peers(1).get(0);
			peer.onLoop(peer.connection()::pause);
			ByteBuffer line = ByteBuffer.wrap(("x".repeat(9_999) + "\n").getBytes());
			long written = writeUntilStalled(client, line);
			assertThat(peer.messageCount()).isZero();
			assertThat(peer.connection().statistics().bytesIn()).as("bytes that were read in spite of the pause")
				.isLessThan(READ_AHEAD);
			peer.connection().resume();
			client.configureBlocking(true);
			written += line.remaining();
			client.write(line);
			peer.awaitMessages((int) (written / 10_000));
			assertThat(peer.connection().statistics().bytesIn()).isEqualTo(written);
		}
	}

	@Test
	void whenPausedInTheMiddleOfAStreamThenLittleMoreIsRead() throws Exception {
		RecordingListener listener = new RecordingListener().forgetMessages();
		AtomicLong atPause = new AtomicLong();
		listener.onMessage((connection, message) -> {
			if (connection.statistics().bytesIn() > 4 << 20) {
				atPause.compareAndSet(0, connection.statistics().bytesIn());
				connection.pause();
			}
		});
		try (TestServer server = TestServer.tcp(this.kind).start(listener);
				SocketChannel client = connect(server.port())) {
			PeerRecord peer = listener.peers(1).get(0);
			do {
				writeUntilStalled(client, ByteBuffer.allocate(100_000));
			}
			while (atPause.get() == 0);
			assertThat(peer.connection().statistics().bytesIn() - atPause.get())
				.as("bytes that were read in spite of the pause")
				.isLessThan(READ_AHEAD);
		}
	}

	@Test
	void whenPausedWhileConnectingThenNothingIsReadUntilResume() throws Exception {
		RecordingListener listener = new RecordingListener().onConnected(ManagedConnection::pause);
		try (TestServer server = TestServer.text(this.kind).start(listener); RawSocket client = server.connect()) {
			client.write("early\n");
			PeerRecord peer = listener.peer(client);
			peer.awaitLoop();
			peer.onLoop(() -> assertThat(peer.messages()).isEmpty());
			assertThat(peer.connection().statistics().bytesIn()).isZero();
			peer.connection().resume();
			assertThat(peer.awaitMessages(1)).containsExactly("early");
		}
	}

	@Test
	void whenHandshakeIsUnderDecisionThenPeersWritesStall() throws Exception {
		CompletableFuture<Runnable> accept = new CompletableFuture<>();
		RecordingListener listener = new RecordingListener().forgetMessages()
			.onHandshake((connection, handshake, decision) -> accept
				.complete(() -> decision.accept(HandshakeDecision.accept())));
		try (TestServer server = TestServer.websocket(this.kind).start(listener);
				SocketChannel client = connect(server.port())) {
			client.configureBlocking(true);
			client.write(ByteBuffer.wrap(RawWebSocket.request("/").getBytes()));
			Runnable decision = accept.get(20, TimeUnit.SECONDS);
			client.configureBlocking(false);
			ByteBuffer frame = ByteBuffer.wrap(RawWebSocket.frame(RawWebSocket.TEXT, "x".repeat(9_992)));
			long written = writeUntilStalled(client, frame);
			client.configureBlocking(true);
			written += frame.remaining();
			decision.run();
			client.write(frame);
			listener.peers(1).get(0).awaitMessages((int) (written / 10_000));
		}
	}

	@Test
	void whenPeerHalfClosesWhileHeldThenAllItSentIsDelivered() {
		RecordingListener listener = new RecordingListener().onMessage((connection, message) -> {
			connection.hold(Hold.MAILBOX);
			connection.send(message);
			connection.execute(() -> connection.execute(() -> connection.release(Hold.MAILBOX)));
		});
		try (TestServer server = TestServer.text(this.kind).start(listener); RawSocket client = server.connect()) {
			StringBuilder lines = new StringBuilder();
			for (int i = 0; i < 500; i++) {
				lines.append("line ").append(i).append('\n');
			}
			client.write(lines.toString());
			client.shutdownOutput();
			assertThat(new String(client.readAll())).isEqualTo(lines.toString());
			PeerRecord peer = listener.peer(client);
			assertThat(peer.awaitClosed().cause()).isEqualTo(Cause.CLIENT);
			assertThat(peer.events()).containsExactly("connected", "ending", "closed");
		}
	}

	@Test
	void whenPeerLeavesWhilePausedThenIsNoticedAtResumeAfterItsMessages() {
		try (TestServer server = TestServer.text(this.kind).start(); RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			peer.onLoop(peer.connection()::pause);
			client.write("a\nb\n");
			client.shutdownOutput();
			peer.awaitLoop();
			peer.onLoop(() -> assertThat(peer.messages()).isEmpty());
			assertThat(peer.connection().isOpen()).isTrue();
			peer.connection().resume();
			assertThat(client.readAll()).isEmpty();
			peer.awaitClosed();
			assertThat(peer.messages()).containsExactly("a", "b");
		}
	}

	private static SocketChannel connect(int port) throws IOException {
		SocketChannel client = SocketChannel.open();
		client.setOption(StandardSocketOptions.SO_SNDBUF, 64 * 1024);
		client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		client.configureBlocking(false);
		return client;
	}

	/**
	 * Writes the same again and again until the system takes no more.
	 */
	private static long writeUntilStalled(SocketChannel client, ByteBuffer unit) throws IOException {
		long written = 0;
		long idleSince = System.nanoTime();
		while (System.nanoTime() - idleSince < TimeUnit.MILLISECONDS.toNanos(300)) {
			if (!unit.hasRemaining()) {
				unit.rewind();
			}
			int count = client.write(unit);
			written += count;
			if (count > 0) {
				idleSince = System.nanoTime();
			}
			assertThat(written).as("bytes that a peer could write").isLessThan(STALLED);
		}
		return written;
	}

}
