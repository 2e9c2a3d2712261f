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

package io.github.workerman.transport.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.WebSocketConnection;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.transport.Members;
import io.github.workerman.transport.OnEachTransport;
import io.github.workerman.transport.PeerRecord;
import io.github.workerman.transport.RecordingListener;
import io.github.workerman.transport.TestServer;
import io.github.workerman.transport.TransportFixture;
import io.github.workerman.transport.Waiting;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that messages over TLS arrive, wait and are flushed as those without.
 */
@OnEachTransport
class TlsMessageTests extends TransportFixture {

	@OnEachProvider
	void whenServerSpeaksFirstThenPeerHearsIt(SslProvider provider) {
		RecordingListener listener = new RecordingListener().onConnected((connection) -> connection.send("welcome"));
		try (TestServer server = TestServer.text(this.kind).tls(provider).start(listener);
				RawSocket client = server.connect()) {
			assertThat(client.readLine()).isEqualTo("welcome");
		}
	}

	@OnEachProvider
	void whenMessagesAreLargeThenArriveWhole(SslProvider provider) {
		String large = "0123456789".repeat(50_000);
		try (TestServer server = TestServer.websocket(this.kind).tls(provider).start(new RecordingListener().echo());
				RawWebSocket client = server.openWebSocket()) {
			for (int i = 0; i < 3; i++) {
				client.sendText(large + i);
				assertThat(client.readText()).isEqualTo(large + i);
			}
			WebSocketConnection connection = (WebSocketConnection) server.listener().peer(client).connection();
			assertThat(connection.handshake().isSecure()).isTrue();
			Waiting.until("nothing waits", () -> connection.pendingBytes() == 0);
			client.sendClose(4000, "enough");
			assertThat(client.readClose().code()).isEqualTo(4000);
			assertThat(client.readAll()).isEmpty();
			assertThat(server.listener().peer(client).awaitClosed())
				.isEqualTo(new CloseReason(4000, "enough", Cause.CLIENT));
		}
	}

	@OnEachProvider
	void whenProtocolIsOfBytesThenBytesArrive(SslProvider provider) {
		RecordingListener listener = new RecordingListener().echo();
		try (TestServer server = TestServer.tcp(this.kind).tls(provider).start(listener);
				RawSocket client = server.connect()) {
			byte[] bytes = new byte[100_000];
			for (int i = 0; i < bytes.length; i++) {
				bytes[i] = (byte) i;
			}
			client.write(bytes);
			assertThat(client.read(bytes.length)).isEqualTo(bytes);
		}
		try (TestServer server = TestServer.frame(this.kind).tls(provider).start(listener);
				RawSocket client = server.connect()) {
			client.write(new byte[] { 0, 0, 0, 6, 1, 2 });
			assertThat(client.read(6)).containsExactly(0, 0, 0, 6, 1, 2);
		}
	}

	@OnEachProvider
	void whenPeerDoesNotReadThenSendBufferFillsAndDrains(SslProvider provider) {
		try (TestServer server = TestServer.text(this.kind)
			.tls(provider)
			.maxSendBuffer(200_000)
			.smallSocketBuffers()
			.start(); RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			String text = "y".repeat(9_999);
			AtomicInteger accepted = new AtomicInteger();
			peer.onLoop(() -> {
				for (int i = 0; i < 1000 && peer.connection().send(text) == SendResult.ACCEPTED; i++) {
					accepted.incrementAndGet();
				}
			});
			assertThat(accepted.get()).isLessThan(1000);
			Waiting.until("full", () -> peer.count("full") == 1);
			assertThat(peer.connection().pendingBytes()).isPositive();
			for (int i = 0; i < accepted.get(); i++) {
				assertThat(client.readLine()).isEqualTo(text);
			}
			Waiting.until("drained", () -> peer.count("drained") == 1);
			assertThat(peer.connection().send("more")).isEqualTo(SendResult.ACCEPTED);
			assertThat(client.readLine()).isEqualTo("more");
			Waiting.until("nothing waits", () -> peer.connection().pendingBytes() == 0);
		}
	}

	@OnEachProvider
	void whenSentAsynchronouslyThenCompletesWithTheWrite(SslProvider provider) throws Exception {
		try (TestServer server = TestServer.text(this.kind).tls(provider).start();
				RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			List<CompletionStage<SendResult>> results = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				results.add(peer.connection().sendAsync("message " + i));
			}
			for (int i = 0; i < 20; i++) {
				assertThat(client.readLine()).isEqualTo("message " + i);
				assertThat(results.get(i).toCompletableFuture().get(20, TimeUnit.SECONDS))
					.isEqualTo(SendResult.ACCEPTED);
			}
		}
	}

	@OnEachProvider
	void whenReadsBringManyMessagesThenRepliesAreOneRecord(SslProvider provider) {
		RecordCounter counter = new RecordCounter();
		try (TestServer server = TestServer.websocket(this.kind)
			.tls(provider)
			.customizer((tcp) -> tcp
				.doOnChannelInit((observer, channel, address) -> channel.pipeline().addFirst(counter.handler())))
			.start(new RecordingListener().echo()); RawWebSocket client = server.openWebSocket()) {
			client.sendText("first");
			assertThat(client.readText()).isEqualTo("first");
			int before = counter.records.get();
			int flushes = counter.flushes.get();
			client.write(RawWebSocket.join(IntStream.range(0, 100)
				.mapToObj((i) -> RawWebSocket.frame(RawWebSocket.TEXT, "message " + i))
				.toArray(byte[][]::new)));
			for (int i = 0; i < 100; i++) {
				assertThat(client.readText()).isEqualTo("message " + i);
			}
			// The client's socket may cut what it writes into two records.
			assertThat(counter.records.get() - before).isBetween(1, 2);
			assertThat(counter.flushes.get() - flushes).isBetween(1, 4);
		}
	}

	@OnEachProvider
	void whenBroadcastThenEachPeerGetsAllInOrder(SslProvider provider) {
		try (TestServer server = TestServer.websocket(this.kind).tls(provider).start();
				RawWebSocket one = server.openWebSocket();
				RawWebSocket two = server.openWebSocket();
				RawWebSocket three = server.openWebSocket()) {
			List<PeerRecord> peers = server.listener().peers(3);
			Members members = Members.of(peers.toArray(PeerRecord[]::new));
			PeerRecord first = server.listener().peer(one);
			first.onLoop(() -> {
				for (int i = 0; i < 50; i++) {
					first.connection().loop().broadcast(members, "to all " + i);
					if (i == 20) {
						first.connection().send("to one");
					}
				}
			});
			for (RawWebSocket client : List.of(one, two, three)) {
				for (int i = 0; i < 50; i++) {
					assertThat(client.readText()).isEqualTo("to all " + i);
					if (i == 20 && client == one) {
						assertThat(client.readText()).isEqualTo("to one");
					}
				}
			}
		}
	}

	/**
	 * Counts what goes to the socket.
	 */
	private static final class RecordCounter {

		private static final int APPLICATION_DATA = 23;

		private final AtomicInteger records = new AtomicInteger();

		private final AtomicInteger flushes = new AtomicInteger();

		ChannelOutboundHandlerAdapter handler() {
			return new ChannelOutboundHandlerAdapter() {

				@Override
				public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
					if (message instanceof ByteBuf bytes) {
						int at = bytes.readerIndex();
						while (at + 5 <= bytes.writerIndex()) {
							if (bytes.getUnsignedByte(at) == APPLICATION_DATA) {
								RecordCounter.this.records.incrementAndGet();
							}
							at += 5 + bytes.getUnsignedShort(at + 3);
						}
					}
					context.write(message, promise);
				}

				@Override
				public void flush(ChannelHandlerContext context) {
					RecordCounter.this.flushes.incrementAndGet();
					context.flush();
				}

			};
		}

	}

}
