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

package io.github.workerman.transport.udp;

import java.net.Inet6Address;
import java.net.InetAddress;

import io.github.workerman.transport.TransportKind;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.uring.IoUringDatagramChannel;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/**
 * Makes the datagram channels that fit event loops.
 */
final class DatagramChannels {

	private DatagramChannels() {
	}

	/**
	 * Creates a channel.
	 * @param group an address of the only family that is wanted, or {@code null} for both
	 */
	static DatagramChannel create(LoopResources resources, EventLoopGroup loops, @Nullable InetAddress group) {
		SocketProtocolFamily family = (group == null) ? null
				: (group instanceof Inet6Address) ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
		TransportKind kind = TransportKind.of(resources.onChannelClass(SocketChannel.class, loops));
		if (kind == TransportKind.IO_URING) {
			return OnIoUring.create(family);
		}
		if (kind == TransportKind.EPOLL) {
			return OnEpoll.create(family);
		}
		if (kind == TransportKind.NIO) {
			return (family != null) ? new NioDatagramChannel(family) : new NioDatagramChannel();
		}
		return resources.onChannel(DatagramChannel.class, loops);
	}

	/**
	 * Keeps optional classes apart.
	 */
	private static final class OnIoUring {

		private OnIoUring() {
		}

		private static DatagramChannel create(@Nullable SocketProtocolFamily family) {
			return (family != null) ? new IoUringDatagramChannel(family) : new IoUringDatagramChannel();
		}

	}

	/**
	 * Keeps optional classes apart.
	 */
	private static final class OnEpoll {

		private OnEpoll() {
		}

		private static DatagramChannel create(@Nullable SocketProtocolFamily family) {
			return (family != null) ? new EpollDatagramChannel(family) : new EpollDatagramChannel();
		}

	}

}
