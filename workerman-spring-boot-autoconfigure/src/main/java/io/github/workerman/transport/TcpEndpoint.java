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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.tcp.TcpServer;
import reactor.netty.transport.ServerTransport;

/**
 * Listens on one address and runs a protocol on the connections that come. Can be bound
 * and closed again and again. Its methods may be called from any thread but an event
 * loop.
 */
public final class TcpEndpoint implements Endpoint {

	private static final Log logger = LogFactory.getLog(TcpEndpoint.class);

	private static final Duration BIND_TIMEOUT = Duration.ofSeconds(30);

	private static final long SELECT_SECONDS = 5;

	private static final int FIRST_READ = 512;

	private static final int LARGEST_READ = 64 * 1024;

	private final EndpointSettings settings;

	private final EndpointEnvironment environment;

	private final EndpointContext context;

	/** A small first buffer: io_uring holds one for each idle connection. */
	private final RecvByteBufAllocator receiveBuffers = new AdaptiveRecvByteBufAllocator(64, FIRST_READ, LARGEST_READ);

	private final Admission admission;

	/** Those whose proxy has not said yet where the client comes from. */
	private final Set<Channel> arriving = ConcurrentHashMap.newKeySet();

	private volatile @Nullable CompletableFuture<Void> drained;

	private volatile boolean accepting;

	private final @Nullable UnixSocketFile file;

	private final AtomicReference<@Nullable DisposableServer> server = new AtomicReference<>();

	/**
	 * Creates an endpoint, which does nothing before {@link #bind()}.
	 * @param settings what it is to do
	 * @param protocol the protocol
	 * @param protocolSettings what the protocol needs to know
	 * @param environment what it works with
	 */
	public TcpEndpoint(EndpointSettings settings, Protocol protocol, ProtocolSettings protocolSettings,
			EndpointEnvironment environment) {
		this.settings = settings;
		this.environment = environment;
		this.context = new EndpointContext(settings, protocol, protocolSettings, environment);
		this.file = (settings.address() instanceof UnixDomainSocketAddress unix)
				? new UnixSocketFile(settings.server(), unix, settings.unixMode()) : null;
		this.admission = this.context.admission();
	}

	@Override
	public SocketAddress bind() {
		DisposableServer bound = this.server.get();
		if (bound == null) {
			this.drained = null;
			this.accepting = true;
			if (this.file != null) {
				this.file.prepare();
			}
			try {
				bound = this.environment.customizer().apply(configure()).bindNow(BIND_TIMEOUT);
			}
			catch (RuntimeException ex) {
				throw EndpointBindException.of(this.settings.server(), this.settings.address(), ex);
			}
			this.server.set(bound);
			if (this.file != null) {
				claim(this.file);
			}
		}
		return (this.file != null) ? this.settings.address() : bound.address();
	}

	private void claim(UnixSocketFile file) {
		try {
			file.opened();
		}
		catch (EndpointBindException ex) {
			close();
			throw ex;
		}
	}

	@Override
	public void unbind() {
		DisposableServer bound = this.server.getAndSet(null);
		if (bound != null) {
			unbind(bound, this.environment.loops().kind());
		}
	}

	static void unbind(DisposableServer bound, TransportKind kind) {
		bound.channel().close().awaitUninterruptibly();
		if (kind == TransportKind.NIO) {
			awaitNextSelect(bound.channel());
		}
	}

	/**
	 * The JDK keeps a closed socket, and with it the port, until the selector has noticed
	 * the close.
	 */
	static void awaitNextSelect(Channel channel) {
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

	@Override
	public CompletionStage<Void> drain(CloseReason reason, Duration grace) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.drained = done;
		this.accepting = false;
		this.arriving.forEach(Channel::close);
		List<NettyConnection> all = all();
		all.forEach((connection) -> connection.onLoop(() -> connection.lifecycle().drain(reason)));
		completeIfEmpty();
		CompletableFuture.delayedExecutor(grace.toNanos(), TimeUnit.NANOSECONDS, Runnable::run).execute(() -> {
			if (!done.isDone()) {
				all().forEach(NettyConnection::destroy);
			}
		});
		return done;
	}

	@Override
	public void close() {
		this.accepting = false;
		unbind();
		this.arriving.forEach(Channel::close);
		all().forEach(NettyConnection::destroy);
	}

	/**
	 * Tells whether no channel is left, not even of a peer that is still arriving.
	 */
	boolean isEmpty() {
		return this.admission.count() == 0;
	}

	Admission admission() {
		return this.admission;
	}

	private List<NettyConnection> all() {
		List<NettyConnection> all = new ArrayList<>(this.context.arriving());
		all.addAll(this.context.open().values());
		return all;
	}

	private TcpServer configure() {
		return ((this.file != null) ? onUnixSocket() : onPort()).doOnConnection(this::accept);
	}

	private TcpServer onUnixSocket() {
		String path = ((UnixDomainSocketAddress) this.settings.address()).getPath().toString();
		TcpServer server = TcpServer.create()
			.bindAddress(() -> new DomainSocketAddress(path))
			.runOn(new DomainSocketLoops(this.environment.loops().resources()), true);
		server = common(server, this.settings, this.environment.loops());
		// The others close such a channel when the peer ends its stream.
		return (this.environment.loops().kind() == TransportKind.EPOLL)
				? server.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true) : server;
	}

	private TcpServer onPort() {
		return onPort(TcpServer.create(), this.settings, this.environment.loops())
			.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
	}

	/**
	 * Configures what all servers on ports of TCP have in common.
	 */
	static <T extends ServerTransport<T, ?>> T onPort(T transport, EndpointSettings settings, EventLoops loops) {
		T server = transport.bindAddress(settings::address)
			.runOn(loops.resources(), true)
			.option(ChannelOption.SO_REUSEADDR, true)
			.childOption(ChannelOption.TCP_NODELAY, settings.tcpNoDelay())
			.childOption(ChannelOption.SO_KEEPALIVE, settings.keepAlive());
		if (settings.reusePort()) {
			server = (loops.kind() == TransportKind.NIO)
					? server.option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true)
					: server.option(UnixChannelOption.SO_REUSEPORT, true);
		}
		return common(server, settings, loops);
	}

	private static <T extends ServerTransport<T, ?>> T common(T transport, EndpointSettings settings,
			EventLoops loops) {
		T server = transport.option(ChannelOption.SO_BACKLOG, settings.backlog())
			.childOption(ChannelOption.ALLOCATOR, Buffers.allocator());
		return loops.sharesReceiveBuffers() ? IoUringConfig.use(server) : server;
	}

	private void accept(Connection connection) {
		Channel channel = connection.channel();
		channel.config().setRecvByteBufAllocator(this.receiveBuffers);
		if (!this.accepting) {
			// It was on its way while the endpoint was closed or drained.
			channel.close();
			return;
		}
		if (!this.admission.enter(channel)) {
			return;
		}
		if (this.settings.proxyProtocol() == ProxyProtocol.OFF) {
			establish(channel);
		}
		else {
			awaitProxyHeader(channel);
		}
	}

	private void awaitProxyHeader(Channel channel) {
		if (channel.remoteAddress() == null) {
			this.admission.reject(channel, RejectReason.ABANDONED, null);
			gone();
		}
		else if (this.settings.trustedProxies().contains(channel.remoteAddress())) {
			this.arriving.add(channel);
			channel.pipeline()
				.addBefore(NettyPipeline.ReactiveBridge, "workerman.proxy", new ProxyHeaderHandler(this.context,
						this.environment.loops().of(channel.eventLoop()).deadlines(), new ProxyOutcome(channel)));
		}
		else if (this.settings.proxyProtocol() == ProxyProtocol.OPTIONAL) {
			// Whatever it says is data.
			establish(channel);
		}
		else {
			this.admission.reject(channel, RejectReason.PROXY_UNTRUSTED, channel.remoteAddress());
			gone();
		}
	}

	/**
	 * Makes a channel a connection: where its client comes from is known.
	 */
	private void establish(Channel channel) {
		NettyLoop loop = this.environment.loops().of(channel.eventLoop());
		SocketAddress client = channel.hasAttr(ProxyHeaderHandler.CLIENT)
				? channel.attr(ProxyHeaderHandler.CLIENT).get() : channel.remoteAddress();
		if (!this.context.isForwarded(client) && !this.admission.enter(channel, client, loop.deadlines())) {
			gone();
			return;
		}
		TlsTermination tls = this.environment.tls();
		if (tls != null) {
			channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, "workerman.tls", tls.newHandler());
		}
		channel.pipeline()
			.addBefore(NettyPipeline.ReactiveBridge, "workerman.connection",
					new ConnectionChannelHandler(this.context, loop, this::gone));
	}

	private void gone() {
		this.admission.leave();
		completeIfEmpty();
	}

	private void completeIfEmpty() {
		CompletableFuture<Void> done = this.drained;
		if (done != null && this.admission.count() == 0) {
			done.complete(null);
		}
	}

	/**
	 * Goes on with a channel after the header of its proxy.
	 */
	private final class ProxyOutcome implements ProxyHeaderHandler.Outcome {

		private final Channel channel;

		private ProxyOutcome(Channel channel) {
			this.channel = channel;
		}

		@Override
		public void pass() {
			TcpEndpoint.this.arriving.remove(this.channel);
			establish(this.channel);
		}

		@Override
		public void fail() {
			TcpEndpoint.this.arriving.remove(this.channel);
			gone();
		}

	}

}
