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
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.DisposableServer;
import reactor.netty.transport.ServerTransport;

/**
 * What an endpoint listens on: a port, or the file of a Unix domain socket. Its methods
 * may be called from any thread but an event loop.
 */
public final class ListeningSocket {

	private static final Log logger = LogFactory.getLog(ListeningSocket.class);

	private static final Duration BIND_TIMEOUT = Duration.ofSeconds(30);

	private static final long SELECT_SECONDS = 5;

	private final EndpointSettings settings;

	private final EventLoops loops;

	private final @Nullable UnixSocketFile file;

	private final AtomicReference<@Nullable DisposableServer> server = new AtomicReference<>();

	/**
	 * Creates a socket that does not listen yet.
	 * @param settings where and how it is to listen
	 * @param loops the event loops of its channels
	 */
	public ListeningSocket(EndpointSettings settings, EventLoops loops) {
		this.settings = settings;
		this.loops = loops;
		this.file = (settings.address() instanceof UnixDomainSocketAddress unix)
				? new UnixSocketFile(settings.server(), unix, settings.unixMode()) : null;
	}

	/**
	 * Tells whether it listens.
	 * @return whether it does
	 */
	public boolean isBound() {
		return this.server.get() != null;
	}

	/**
	 * Begins to listen, if nobody does yet.
	 * @param transport makes the server to bind
	 * @param close called if it turns out too late that nobody is to connect
	 * @return the address in use
	 * @throws EndpointBindException if that is not possible
	 */
	public SocketAddress bind(Supplier<? extends ServerTransport<?, ?>> transport, Runnable close) {
		DisposableServer bound = this.server.get();
		if (bound == null) {
			if (this.file != null) {
				this.file.prepare();
			}
			try {
				bound = transport.get().bindNow(BIND_TIMEOUT);
			}
			catch (RuntimeException ex) {
				throw EndpointBindException.of(this.settings.server(), this.settings.address(), ex);
			}
			this.server.set(bound);
			if (this.file != null) {
				claim(this.file, close);
			}
		}
		return (this.file != null) ? this.settings.address() : bound.address();
	}

	private void claim(UnixSocketFile file, Runnable close) {
		try {
			file.opened();
		}
		catch (EndpointBindException ex) {
			close.run();
			throw ex;
		}
	}

	/**
	 * Stops listening, if anybody does. The port is free when this returns.
	 */
	public void unbind() {
		DisposableServer bound = this.server.getAndSet(null);
		if (bound != null) {
			if (this.file != null) {
				this.file.close(() -> bound.channel().close().awaitUninterruptibly());
			}
			else {
				bound.channel().close().awaitUninterruptibly();
			}
			if (this.loops.kind() == TransportKind.NIO) {
				awaitNextSelect(bound.channel());
			}
		}
	}

	/**
	 * The JDK keeps a closed socket, and with it the port, until the selector has noticed
	 * the close.
	 * @param channel the channel that has been closed
	 */
	public static void awaitNextSelect(Channel channel) {
		if (channel.eventLoop() instanceof SingleThreadEventLoop loop) {
			Promise<Void> selected = GlobalEventExecutor.INSTANCE.newPromise();
			try {
				loop.execute(
						() -> loop.executeAfterEventLoopIteration(() -> loop.execute(() -> selected.setSuccess(null))));
				selected.awaitUninterruptibly(SELECT_SECONDS, TimeUnit.SECONDS);
			}
			catch (RejectedExecutionException ex) {
				logger.debug("The event loop ended together with the server");
			}
		}
	}

	/**
	 * Configures what all servers have in common.
	 * @param transport the server as it is
	 * @param <T> its type
	 * @return the server with address, event loops and options of sockets
	 */
	public <T extends ServerTransport<T, ?>> T configure(T transport) {
		T server = (this.settings.address() instanceof UnixDomainSocketAddress unix) ? onUnixSocket(transport, unix)
				: onPort(transport);
		server = server.option(ChannelOption.SO_BACKLOG, this.settings.backlog())
			.childOption(ChannelOption.ALLOCATOR, Buffers.allocator());
		return this.loops.sharesReceiveBuffers() ? IoUringConfig.use(server) : server;
	}

	private <T extends ServerTransport<T, ?>> T onUnixSocket(T transport, UnixDomainSocketAddress address) {
		String path = address.getPath().toString();
		return transport.bindAddress(() -> new DomainSocketAddress(path))
			.runOn(new DomainSocketLoops(this.loops.resources()), true);
	}

	private <T extends ServerTransport<T, ?>> T onPort(T transport) {
		T server = transport.bindAddress(this.settings::address)
			.runOn(this.loops.resources(), true)
			.option(ChannelOption.SO_REUSEADDR, true)
			.childOption(ChannelOption.TCP_NODELAY, this.settings.tcpNoDelay())
			.childOption(ChannelOption.SO_KEEPALIVE, this.settings.keepAlive());
		if (!this.settings.reusePort()) {
			return server;
		}
		return (this.loops.kind() == TransportKind.NIO)
				? server.option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true)
				: server.option(UnixChannelOption.SO_REUSEPORT, true);
	}

	/**
	 * Has channels stay open whose peers send nothing any more, but for Unix domain
	 * sockets that are not epoll's: these close all the same.
	 * @param transport the server as it is
	 * @param <T> its type
	 * @return the server with that option
	 */
	public <T extends ServerTransport<T, ?>> T allowHalfClosure(T transport) {
		return (this.file == null || this.loops.kind() == TransportKind.EPOLL)
				? transport.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true) : transport;
	}

}
