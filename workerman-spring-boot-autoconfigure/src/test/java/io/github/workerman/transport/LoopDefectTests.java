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

import java.lang.reflect.Proxy;

import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.testsupport.RawSocket;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a failure within a turn of an event loop costs the other connections of
 * that loop: nothing.
 */
class LoopDefectTests {

	private static final TransportKind KIND = TransportKind.NIO;

	@RegisterExtension
	final LogRecorder log = new LogRecorder();

	@Test
	void whenMemoryIsShortWhileARestIsKeptThenTheOthersOfTheLoopAreServed() {
		this.log.expect("none left");
		Scarce allocator = new Scarce();
		try (TestServer server = TestServer.text(KIND)
			.customizer((tcp) -> tcp.childOption(ChannelOption.ALLOCATOR, allocator))
			.start(new RecordingListener().echo());
				RawSocket client = server.connect();
				RawSocket other = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			PeerRecord otherPeer = server.listener().peer(other);
			peer.onLoop(() -> allocator.failing = true);
			client.write("half a li");
			assertThat(peer.awaitClosed().cause()).isEqualTo(Cause.ERROR);
			other.write("hello\n");
			assertThat(other.readLine()).isEqualTo("hello");
			// The loop's own array is still there for them.
			otherPeer.onLoop(() -> {
				NettyLoop loop = (NettyLoop) otherPeer.connection().loop();
				assertThat(loop.isShared(loop.toHeap(Unpooled.directBuffer().writeByte('x')))).isTrue();
			});
		}
	}

	@Test
	void whenFlushOfOneConnectionFailsThenTheOthersOfTheLoopAreFlushed() {
		this.log.expect("flush on purpose");
		try (TestServer server = TestServer.text(KIND).start();
				RawSocket client = server.connect();
				RawSocket other = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			PeerRecord otherPeer = server.listener().peer(other);
			peer.onLoop(() -> {
				brokenOutbox((NettyConnection) peer.connection()).control().writeByte('x');
				otherPeer.connection().send("first");
			});
			assertThat(other.readLine()).isEqualTo("first");
			assertThat(peer.awaitClosed().cause()).isEqualTo(Cause.ERROR);
			otherPeer.onLoop(() -> otherPeer.connection().send("second"));
			assertThat(other.readLine()).isEqualTo("second");
		}
	}

	private static Outbox brokenOutbox(NettyConnection connection) {
		ChannelHandlerContext context = connection.channel().pipeline().lastContext();
		return new Outbox(connection,
				(ChannelHandlerContext) Proxy.newProxyInstance(ListenerDefectTests.class.getClassLoader(),
						new Class<?>[] { ChannelHandlerContext.class }, (proxy, method, arguments) -> {
							if (method.getName().equals("write")) {
								((ByteBuf) arguments[0]).release();
								throw new IllegalStateException("flush on purpose");
							}
							return method.invoke(context, arguments);
						}),
				1000);
	}

	/**
	 * Has no memory once.
	 */
	private static final class Scarce extends AbstractByteBufAllocator {

		private volatile boolean failing;

		@Override
		protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
			return PooledByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity);
		}

		@Override
		protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
			if (this.failing && initialCapacity == 64) {
				this.failing = false;
				throw new OutOfMemoryError("none left");
			}
			return PooledByteBufAllocator.DEFAULT.directBuffer(initialCapacity, maxCapacity);
		}

		@Override
		public boolean isDirectBufferPooled() {
			return true;
		}

	}

}
