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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

import io.github.workerman.connection.MessageKind;
import io.github.workerman.protocol.CompressionSettings;
import io.github.workerman.protocol.FrameSettings;
import io.github.workerman.protocol.PathPattern;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.protocol.TrustedProxies;
import io.github.workerman.protocol.frame.FrameProtocol;
import io.github.workerman.protocol.tcp.TcpProtocol;
import io.github.workerman.protocol.text.TextProtocol;
import io.github.workerman.protocol.websocket.WebSocketProtocol;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.transport.limit.LimitSettings;
import io.github.workerman.transport.tls.TestTls;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslProvider;
import reactor.netty.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An endpoint on a free port of this machine. When it is closed it checks that nothing of
 * any connection is left.
 */
public final class TestServer implements AutoCloseable {

	private final RecordingListener listener;

	private final Connections connections;

	private final EventLoops loops;

	private final boolean ownLoops;

	private final TcpEndpoint endpoint;

	private final int port;

	private final TestTls tls;

	private TestServer(Builder builder) {
		this.listener = builder.listener;
		this.tls = builder.tls;
		this.connections = builder.connections;
		this.ownLoops = builder.loops == null;
		this.loops = this.ownLoops ? EventLoops.create(builder.kind, builder.threads, "test") : builder.loops;
		this.endpoint = new TcpEndpoint(builder.settings(), builder.protocol, builder.protocolSettings(),
				new EndpointEnvironment(this.loops, this.connections, new ToStringCodec(), this.listener,
						new TransportCustomizer(builder.customizer, UnaryOperator.identity()),
						(this.tls != null) ? this.tls.termination() : null));
		this.port = (this.endpoint.bind() instanceof InetSocketAddress inet) ? inet.getPort() : -1;
	}

	public static Builder websocket(TransportKind kind) {
		return new Builder(kind, new WebSocketProtocol());
	}

	public static Builder text(TransportKind kind) {
		return new Builder(kind, new TextProtocol());
	}

	public static Builder frame(TransportKind kind) {
		return new Builder(kind, new FrameProtocol());
	}

	/**
	 * A server of the protocol {@code tcp}, whose messages are bytes.
	 */
	public static Builder tcp(TransportKind kind) {
		return new Builder(kind, new TcpProtocol()).kinds(MessageKind.BINARY);
	}

	public static Builder of(TransportKind kind, Protocol protocol) {
		return new Builder(kind, protocol);
	}

	public int port() {
		return this.port;
	}

	public RecordingListener listener() {
		return this.listener;
	}

	public Connections connections() {
		return this.connections;
	}

	public EventLoops loops() {
		return this.loops;
	}

	public TcpEndpoint endpoint() {
		return this.endpoint;
	}

	public RawWebSocket openWebSocket() {
		return (this.tls != null) ? RawWebSocket.open(this.tls.connect(this.port), "/") : RawWebSocket.open(this.port);
	}

	public RawSocket connect() {
		return (this.tls != null) ? RawSocket.over(this.tls.connect(this.port)) : RawSocket.connect(this.port);
	}

	/**
	 * Tells whether no channel is left, not even of a peer that is still arriving.
	 */
	public boolean isEmpty() {
		return this.endpoint.isEmpty();
	}

	/**
	 * Waits until no connection, no peer that is arriving and no time limit is left.
	 */
	public void awaitEmpty() {
		Waiting.until("connections are gone", () -> this.connections.count() == 0);
		Waiting.until("peers are gone", () -> this.endpoint.isEmpty());
		for (var watch : this.loops.watches()) {
			NettyLoop loop = (NettyLoop) watch;
			AtomicBoolean empty = new AtomicBoolean();
			Waiting.until("time limits are gone", () -> {
				loop.execute(() -> empty.set(loop.deadlines().size() == 0));
				return empty.get();
			});
		}
	}

	@Override
	public void close() {
		this.endpoint.close();
		awaitEmpty();
		if (this.ownLoops) {
			this.loops.close();
		}
		this.listener.verify();
		assertThat(this.connections.all()).isEmpty();
	}

	/**
	 * Says what is special about a server.
	 */
	public static final class Builder {

		private final TransportKind kind;

		private final Protocol protocol;

		private String name = "chat";

		private int threads = 1;

		private int maxMessageSize = 10 * 1024 * 1024;

		private long maxSendBuffer = 1024 * 1024;

		private Duration handshakeTimeout = Duration.ofHours(1);

		private Duration closeTimeout = Duration.ofHours(1);

		private boolean wiretap;

		private CompressionSettings compression = CompressionSettings.OFF;

		private LimitSettings limits = LimitSettings.DEFAULT;

		private ProxyProtocol proxyProtocol = ProxyProtocol.OFF;

		private List<String> trustedProxies = List.of();

		private Set<PosixFilePermission> unixMode = Set.of();

		private MessageKind[] kinds = { MessageKind.TEXT, MessageKind.BINARY };

		private RecordingListener listener = new RecordingListener();

		private Connections connections = new Connections();

		private EventLoops loops;

		private SocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

		private UnaryOperator<TcpServer> customizer = UnaryOperator.identity();

		private TestTls tls;

		private Builder(TransportKind kind, Protocol protocol) {
			this.kind = kind;
			this.protocol = protocol;
		}

		public Builder name(String name) {
			this.name = name;
			return this;
		}

		public Builder threads(int threads) {
			this.threads = threads;
			return this;
		}

		public Builder maxMessageSize(int bytes) {
			this.maxMessageSize = bytes;
			return this;
		}

		public Builder maxSendBuffer(long bytes) {
			this.maxSendBuffer = bytes;
			return this;
		}

		public Builder handshakeTimeout(Duration timeout) {
			this.handshakeTimeout = timeout;
			return this;
		}

		public Builder closeTimeout(Duration timeout) {
			this.closeTimeout = timeout;
			return this;
		}

		public Builder compression(CompressionSettings compression) {
			this.compression = compression;
			return this;
		}

		public Builder wiretap() {
			this.wiretap = true;
			return this;
		}

		public Builder limits(LimitSettings.Builder limits) {
			this.limits = limits.build();
			return this;
		}

		public Builder proxyProtocol(ProxyProtocol proxyProtocol, String... trustedProxies) {
			this.proxyProtocol = proxyProtocol;
			this.trustedProxies = List.of(trustedProxies);
			return this;
		}

		public Builder kinds(MessageKind... kinds) {
			this.kinds = kinds;
			return this;
		}

		public Builder listener(RecordingListener listener) {
			this.listener = listener;
			return this;
		}

		/**
		 * Has the server speak TLS, and {@link TestServer#connect()} too.
		 */
		public Builder tls(TestTls tls) {
			this.tls = tls;
			return this;
		}

		public Builder tls(SslProvider provider) {
			return tls(TestTls.of(provider));
		}

		public Builder customizer(UnaryOperator<TcpServer> customizer) {
			this.customizer = customizer;
			return this;
		}

		public Builder address(SocketAddress address) {
			this.address = address;
			return this;
		}

		public Builder unixMode(String mode) {
			this.unixMode = PosixFilePermissions.fromString(mode);
			return this;
		}

		/**
		 * Shares loops and the registry with another server.
		 */
		public Builder beside(TestServer other) {
			this.loops = other.loops;
			this.connections = other.connections;
			return this;
		}

		/**
		 * Keeps the system from buffering much for a peer that does not read.
		 */
		public Builder smallSocketBuffers() {
			this.customizer = (server) -> server.childOption(ChannelOption.SO_SNDBUF, 16 * 1024)
				.option(ChannelOption.SO_RCVBUF, 16 * 1024);
			return this;
		}

		public Builder socketSendBuffer(int bytes) {
			this.customizer = (server) -> server.childOption(ChannelOption.SO_SNDBUF, bytes);
			return this;
		}

		private ProtocolSettings protocolSettings() {
			return new ProtocolSettings(this.name, List.of(new PathPattern("/")), List.of("v2", "v1"), List.of(),
					16 * 1024, FrameSettings.DEFAULT, Map.of(), this.compression,
					TrustedProxies.of(this.trustedProxies));
		}

		private EndpointSettings settings() {
			return new EndpointSettings(this.name, this.address, 1024, false, true, true, this.maxMessageSize,
					this.maxSendBuffer, this.handshakeTimeout, this.closeTimeout, this.wiretap, Set.of(this.kinds),
					this.limits, this.proxyProtocol, TrustedProxies.of(this.trustedProxies), this.unixMode);
		}

		public TestServer start() {
			return new TestServer(this);
		}

		public TestServer start(RecordingListener listener) {
			return listener(listener).start();
		}

	}

}
