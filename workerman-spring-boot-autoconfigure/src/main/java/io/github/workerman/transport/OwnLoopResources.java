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

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import reactor.core.scheduler.NonBlocking;
import reactor.netty.resources.LoopResources;

/**
 * Loops for reactor-netty with a transport of our choice; its own factory methods always
 * take the best one.
 */
final class OwnLoopResources implements LoopResources {

	private final TransportKind kind;

	private final EventLoopGroup group;

	OwnLoopResources(TransportKind kind, int threads, String threadNamePrefix) {
		this.kind = kind;
		this.group = new MultiThreadIoEventLoopGroup(threads, new LoopThreadFactory(threadNamePrefix),
				ioHandlers(kind));
	}

	@Override
	public EventLoopGroup onServer(boolean useNative) {
		return this.group;
	}

	@Override
	public EventLoopGroup onClient(boolean useNative) {
		return this.group;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <C extends Channel> Class<? extends C> onChannelClass(Class<C> type, EventLoopGroup group) {
		return (Class<? extends C>) onChannel(type, group).getClass();
	}

	@Override
	@SuppressWarnings("unchecked")
	public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup group) {
		if (type.equals(SocketChannel.class)) {
			return (C) switch (this.kind) {
				case IO_URING -> OnIoUring.socket();
				case EPOLL -> OnEpoll.socket();
				default -> new NioSocketChannel();
			};
		}
		if (type.equals(ServerSocketChannel.class)) {
			return (C) switch (this.kind) {
				case IO_URING -> OnIoUring.serverSocket();
				case EPOLL -> OnEpoll.serverSocket();
				default -> new NioServerSocketChannel();
			};
		}
		throw new IllegalArgumentException("No " + type.getSimpleName() + " on " + this.kind);
	}

	@Override
	public boolean isDisposed() {
		return this.group.isShuttingDown();
	}

	private static IoHandlerFactory ioHandlers(TransportKind kind) {
		return switch (kind) {
			case IO_URING -> OnIoUring.ioHandlers();
			case EPOLL -> OnEpoll.ioHandlers();
			default -> NioIoHandler.newFactory();
		};
	}

	/**
	 * Keeps optional classes apart, which the JVM would look for when it verifies this
	 * one.
	 */
	private static final class OnIoUring {

		private OnIoUring() {
		}

		private static SocketChannel socket() {
			return new IoUringSocketChannel();
		}

		private static ServerSocketChannel serverSocket() {
			return new IoUringServerSocketChannel();
		}

		private static IoHandlerFactory ioHandlers() {
			return IoUringIoHandler.newFactory(IoUringConfig.create());
		}

	}

	/**
	 * Keeps optional classes apart.
	 */
	private static final class OnEpoll {

		private OnEpoll() {
		}

		private static SocketChannel socket() {
			return new EpollSocketChannel();
		}

		private static ServerSocketChannel serverSocket() {
			return new EpollServerSocketChannel();
		}

		private static IoHandlerFactory ioHandlers() {
			return EpollIoHandler.newFactory();
		}

	}

	private static final class LoopThreadFactory implements ThreadFactory {

		private final String prefix;

		private final AtomicInteger count = new AtomicInteger();

		LoopThreadFactory(String prefix) {
			this.prefix = prefix;
		}

		@Override
		public Thread newThread(Runnable task) {
			Thread thread = new LoopThread(task, this.prefix + "-" + this.count.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		}

	}

	private static final class LoopThread extends FastThreadLocalThread implements NonBlocking {

		LoopThread(Runnable task, String name) {
			super(task, name);
		}

	}

}
