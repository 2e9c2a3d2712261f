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

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.ServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import reactor.netty.resources.LoopResources;

/**
 * Loops that can listen on Unix domain sockets, whatever their transport; reactor-netty
 * leaves NIO out.
 */
final class DomainSocketLoops implements LoopResources {

	private final LoopResources delegate;

	DomainSocketLoops(LoopResources delegate) {
		this.delegate = delegate;
	}

	@Override
	public EventLoopGroup onServer(boolean useNative) {
		return this.delegate.onServer(useNative);
	}

	@Override
	public EventLoopGroup onServerSelect(boolean useNative) {
		return this.delegate.onServerSelect(useNative);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup group) {
		if (type != ServerDomainSocketChannel.class) {
			return this.delegate.onChannel(type, group);
		}
		TransportKind kind = TransportKind.of(this.delegate.onChannelClass(SocketChannel.class, group));
		if (kind == TransportKind.IO_URING) {
			return (C) OnIoUring.serverSocket();
		}
		if (kind == TransportKind.EPOLL) {
			return (C) OnEpoll.serverSocket();
		}
		if (kind == TransportKind.NIO) {
			Channel channel = new NioServerDomainSocketChannel();
			channel.pipeline().addLast("workerman.bind", new JdkAddressChannelHandler());
			return (C) channel;
		}
		return this.delegate.onChannel(type, group);
	}

	@Override
	public <C extends Channel> Class<? extends C> onChannelClass(Class<C> type, EventLoopGroup group) {
		return this.delegate.onChannelClass(type, group);
	}

	@Override
	public boolean isDisposed() {
		return this.delegate.isDisposed();
	}

	/**
	 * Gives NIO the JDK's address in place of Netty's, which alone tells reactor-netty
	 * what is meant.
	 */
	private static final class JdkAddressChannelHandler extends ChannelOutboundHandlerAdapter {

		@Override
		public void bind(ChannelHandlerContext context, SocketAddress address, ChannelPromise promise) {
			context.bind(
					(address instanceof DomainSocketAddress unix) ? UnixDomainSocketAddress.of(unix.path()) : address,
					promise);
		}

	}

	/**
	 * Keeps optional classes apart.
	 */
	private static final class OnIoUring {

		private OnIoUring() {
		}

		private static Channel serverSocket() {
			return new IoUringServerDomainSocketChannel();
		}

	}

	/**
	 * Keeps optional classes apart.
	 */
	private static final class OnEpoll {

		private OnEpoll() {
		}

		private static Channel serverSocket() {
			return new EpollServerDomainSocketChannel();
		}

	}

}
