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

package io.github.workerman.benchmarks.server;

import java.util.function.Supplier;

import io.github.workerman.transport.TransportKind;
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
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * How Netty talks to the kernel.
 */
public enum Transport {

	/**
	 * Linux' io_uring.
	 */
	IO_URING(IoUringServerSocketChannel.class, IoUringSocketChannel.class) {

		@Override
		IoHandlerFactory newIoHandlerFactory() {
			return IoUringIoHandler.newFactory();
		}

		@Override
		IoHandlerFactory newTunedIoHandlerFactory() {
			return IoUringIoHandler.newFactory(new IoUringIoHandlerConfig().setRingSize(1024).setCqSize(32 * 1024));
		}

	},

	/**
	 * Linux' epoll.
	 */
	EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class) {

		@Override
		IoHandlerFactory newIoHandlerFactory() {
			return EpollIoHandler.newFactory();
		}

	},

	/**
	 * The selector of the JDK.
	 */
	NIO(NioServerSocketChannel.class, NioSocketChannel.class) {

		@Override
		IoHandlerFactory newIoHandlerFactory() {
			return NioIoHandler.newFactory();
		}

	};

	private final Class<? extends ServerSocketChannel> serverChannelType;

	private final Class<? extends SocketChannel> channelType;

	Transport(Class<? extends ServerSocketChannel> serverChannelType, Class<? extends SocketChannel> channelType) {
		this.serverChannelType = serverChannelType;
		this.channelType = channelType;
	}

	/**
	 * Returns whether this project can use it on this machine.
	 * @return {@code true} if it can be used
	 */
	public boolean isAvailable() {
		return kind().unavailable() == null;
	}

	private TransportKind kind() {
		return TransportKind.valueOf(name());
	}

	/** As Netty and reactor-netty make it by default. */
	abstract IoHandlerFactory newIoHandlerFactory();

	/** With queues that are long enough for a broadcast. */
	IoHandlerFactory newTunedIoHandlerFactory() {
		return newIoHandlerFactory();
	}

	/**
	 * Returns the best one of this machine that this project can use.
	 * @return io_uring, else epoll, else NIO
	 */
	public static Transport best() {
		return valueOf(TransportKind.AUTO.resolve().name());
	}

	Class<? extends ServerSocketChannel> serverChannelType() {
		return this.serverChannelType;
	}

	Class<? extends SocketChannel> channelType() {
		return this.channelType;
	}

	EventLoopGroup newEventLoopGroup(int threads) {
		return newEventLoopGroup(threads, this::newIoHandlerFactory);
	}

	EventLoopGroup newTunedEventLoopGroup(int threads) {
		return newEventLoopGroup(threads, this::newTunedIoHandlerFactory);
	}

	private EventLoopGroup newEventLoopGroup(int threads, Supplier<IoHandlerFactory> factory) {
		kind().resolve();
		return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("benchmark", true), factory.get());
	}

}
