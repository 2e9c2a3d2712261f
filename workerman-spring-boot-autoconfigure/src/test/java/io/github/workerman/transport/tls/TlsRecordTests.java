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

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.transport.OnEachTransport;
import io.github.workerman.transport.PeerRecord;
import io.github.workerman.transport.RecordingListener;
import io.github.workerman.transport.TestServer;
import io.github.workerman.transport.TransportFixture;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that messages do not depend on how TLS cuts them into records, which have 16 KiB
 * at most.
 */
@OnEachTransport
class TlsRecordTests extends TransportFixture {

	private static final int RECORD = 16 * 1024;

	@OnEachProvider
	void whenMessageFillsRecordThenDoesNotWaitForMore(SslProvider provider) {
		try (TestServer server = TestServer.text(this.kind).tls(provider).start(new RecordingListener().echo());
				RawSocket client = server.connect()) {
			IntStream.of(1, 2, 3).map((records) -> records * RECORD - 1).forEach((size) -> {
				String message = "m".repeat(size);
				client.write(message + "\n");
				assertThat(client.readLine()).isEqualTo(message);
			});
		}
	}

	@OnEachProvider
	void whenMessageEndsNearRecordThenArrivesWhole(SslProvider provider) {
		try (TestServer server = TestServer.text(this.kind).tls(provider).start(new RecordingListener().echo());
				RawSocket client = server.connect()) {
			IntStream.of(RECORD, 2 * RECORD, 5 * RECORD)
				.flatMap((size) -> IntStream.rangeClosed(size - 4, size + 4))
				.forEach((size) -> {
					String message = size + "m".repeat(size);
					client.write(message + "\nnext\n");
					assertThat(client.readLine()).isEqualTo(message);
					assertThat(client.readLine()).isEqualTo("next");
				});
		}
	}

	@OnEachProvider
	void whenMessageFillsRecordOfOpenSslThenDoesNotWaitForMore(SslProvider provider) throws Exception {
		withOpenSslClient(provider, (client, peer) -> {
			for (int i = 1; i <= 3; i++) {
				String message = "m".repeat(i * RECORD - 1);
				client.writeAndFlush(Unpooled.copiedBuffer(message + "\n", StandardCharsets.UTF_8));
				assertThat(peer.awaitMessages(i)).last().isEqualTo(message);
			}
			client.close();
			peer.awaitClosed();
		});
	}

	@OnEachProvider
	void whenPeerEndsItsStreamRightBehindAFullRecordThenEverythingIsDelivered(SslProvider provider) throws Exception {
		String message = "m".repeat(RECORD - 1);
		withOpenSslClient(provider, (client, peer) -> {
			client.eventLoop().execute(() -> {
				// Both leave with one write.
				FlushConsolidationHandler cork = new FlushConsolidationHandler(10, true);
				client.pipeline().addFirst(cork);
				client.writeAndFlush(Unpooled.copiedBuffer(message + "\n", StandardCharsets.UTF_8));
				client.pipeline().get(SslHandler.class).closeOutbound();
			});
			peer.awaitClosed();
			assertThat(peer.messages()).containsExactly(message);
		});
	}

	/* The JDK never fills its records, OpenSSL does. */
	private void withOpenSslClient(SslProvider provider, BiConsumer<Channel, PeerRecord> action) throws Exception {
		SslContext tls = SslContextBuilder.forClient()
			.sslProvider(SslProvider.OPENSSL)
			.trustManager(InsecureTrustManagerFactory.INSTANCE)
			.endpointIdentificationAlgorithm(null)
			.build();
		EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		try (TestServer server = TestServer.text(this.kind).tls(provider).start()) {
			SslHandler handler = tls.newHandler(ByteBufAllocator.DEFAULT);
			Channel client = new Bootstrap().group(group)
				.channel(NioSocketChannel.class)
				.handler(handler)
				.connect(InetAddress.getLoopbackAddress(), server.port())
				.sync()
				.channel();
			handler.handshakeFuture().sync();
			action.accept(client, server.listener().peers(1).get(0));
		}
		finally {
			group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
			ReferenceCountUtil.release(tls);
		}
	}

	@OnEachProvider
	void whenFullRecordIsMalformedThenRestIsDropped(SslProvider provider) {
		byte[] malformed = new byte[2 * RECORD + 8];
		Arrays.fill(malformed, (byte) 0x7F);
		try (TestServer server = TestServer.frame(this.kind).tls(provider).start(new RecordingListener().echo());
				RawSocket client = server.connect()) {
			client.write(malformed);
			assertThat(server.listener().peer(client).awaitClosed().cause()).isEqualTo(Cause.PROTOCOL);
			assertThat(server.listener().peer(client).messages()).isEmpty();
		}
	}

}
