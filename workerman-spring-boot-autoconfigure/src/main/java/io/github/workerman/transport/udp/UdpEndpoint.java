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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.transport.Buffers;
import io.github.workerman.transport.Endpoint;
import io.github.workerman.transport.EndpointBindException;
import io.github.workerman.transport.EndpointEnvironment;
import io.github.workerman.transport.EndpointSettings;
import io.github.workerman.transport.TransportKind;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import org.jspecify.annotations.Nullable;

/**
 * Receives datagrams on one address: on one socket, or, where the port may be shared, on
 * one for each event loop. Can be bound and closed again and again.
 */
public final class UdpEndpoint implements Endpoint {

	private static final long BIND_SECONDS = 30;

	private final EndpointSettings settings;

	private final UdpSettings udp;

	private final EndpointEnvironment environment;

	private final UdpContext context;

	private final List<UdpSocket> sockets = new CopyOnWriteArrayList<>();

	private volatile boolean unbound;

	/**
	 * Creates an endpoint, which does nothing before {@link #bind()}.
	 * @param settings what it is to do
	 * @param udp what is special about it
	 * @param codec the protocol that finds messages in datagrams
	 * @param protocolSettings what the protocol needs to know
	 * @param environment what it works with
	 */
	public UdpEndpoint(EndpointSettings settings, UdpSettings udp, Protocol codec, ProtocolSettings protocolSettings,
			EndpointEnvironment environment) {
		this.settings = settings;
		this.udp = udp;
		this.environment = environment;
		this.context = new UdpContext(settings, codec.codecs(protocolSettings), environment);
	}

	@Override
	public SocketAddress bind() {
		if (this.unbound) {
			close();
		}
		if (this.sockets.isEmpty()) {
			try {
				SocketAddress address = this.settings.address();
				int count = isShared() ? this.environment.loops().size() : 1;
				for (int i = 0; i < count; i++) {
					address = open(address).localAddress();
				}
			}
			catch (RuntimeException ex) {
				close();
				throw ex;
			}
		}
		return this.sockets.get(0).channel().localAddress();
	}

	private boolean isShared() {
		return this.settings.reusePort() && this.udp.multicastGroups().isEmpty()
				&& this.environment.loops().kind() != TransportKind.NIO;
	}

	private Channel open(SocketAddress address) {
		EventLoopGroup group = this.environment.loops().resources().onServer(true);
		Bootstrap bootstrap = new Bootstrap().group(group)
			.channelFactory(() -> DatagramChannels.create(this.environment.loops().resources(), group, family()))
			.option(ChannelOption.ALLOCATOR, Buffers.allocator())
			.option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(this.context.largest() + 1))
			.handler(new ChannelInitializer<>() {
				@Override
				protected void initChannel(Channel channel) {
					UdpSocket socket = new UdpSocket(UdpEndpoint.this.context,
							UdpEndpoint.this.environment.loops().of(channel.eventLoop()));
					UdpEndpoint.this.sockets.add(socket);
					channel.pipeline().addLast("workerman.datagrams", socket);
				}
			});
		if (!this.udp.multicastGroups().isEmpty()) {
			bootstrap.option(ChannelOption.SO_REUSEADDR, true);
		}
		if (this.settings.reusePort()) {
			if (this.environment.loops().kind() == TransportKind.NIO) {
				bootstrap.option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
			}
			else {
				bootstrap.option(UnixChannelOption.SO_REUSEPORT, true);
			}
		}
		Channel channel = await(bootstrap.bind(address));
		join((DatagramChannel) channel);
		return channel;
	}

	private @Nullable InetAddress family() {
		return this.udp.multicastGroups().isEmpty() ? null : this.udp.multicastGroups().get(0);
	}

	private void join(DatagramChannel channel) {
		for (InetAddress group : this.udp.multicastGroups()) {
			try {
				NetworkInterface network = network();
				await(channel.joinGroup(new InetSocketAddress(group, channel.localAddress().getPort()), network));
			}
			catch (IOException | RuntimeException ex) {
				throw new EndpointBindException(this.settings.server(),
						new InetSocketAddress(group, channel.localAddress().getPort()),
						EndpointBindException.Problem.GROUP_NOT_JOINED,
						(ex instanceof EndpointBindException && ex.getCause() != null) ? ex.getCause() : ex);
			}
		}
	}

	private NetworkInterface network() throws SocketException {
		String name = this.udp.multicastInterface();
		NetworkInterface found = (name != null) ? NetworkInterface.getByName(name)
				: NetworkInterface.networkInterfaces().filter(UdpEndpoint::takesGroups).findFirst().orElse(null);
		if (found == null) {
			throw new SocketException((name != null) ? "there is no network interface " + name
					: "no network interface is able to multicast");
		}
		return found;
	}

	private static boolean takesGroups(NetworkInterface network) {
		try {
			return network.isUp() && network.supportsMulticast() && !network.isLoopback();
		}
		catch (SocketException ex) {
			return false;
		}
	}

	private Channel await(ChannelFuture future) {
		if (!future.awaitUninterruptibly(BIND_SECONDS, TimeUnit.SECONDS) || !future.isSuccess()) {
			Throwable cause = future.cause();
			throw EndpointBindException.of(this.settings.server(), this.settings.address(),
					(cause != null) ? cause : new IOException("binding takes too long"));
		}
		return future.channel();
	}

	/**
	 * Stops receiving. Handlers may still answer, so that the port is not free before
	 * {@link #close()}. To {@link #bind()} again closes first.
	 */
	@Override
	public void unbind() {
		this.unbound = true;
		this.sockets.forEach(UdpSocket::stopReceiving);
	}

	@Override
	public CompletionStage<Void> drain(CloseReason reason, Duration grace) {
		return CompletableFuture
			.allOf(this.sockets.stream().map(UdpSocket::drained).toArray(CompletableFuture<?>[]::new))
			.completeOnTimeout(null, grace.toNanos(), TimeUnit.NANOSECONDS);
	}

	@Override
	public void close() {
		for (UdpSocket socket : this.sockets) {
			socket.close();
		}
		this.sockets.clear();
		this.unbound = false;
	}

}
