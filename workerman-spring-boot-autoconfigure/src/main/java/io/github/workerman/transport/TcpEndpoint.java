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
import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.transport.tls.TlsTermination;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.tcp.TcpServer;

/**
 * Listens on one address and runs a protocol on the connections that come. Can be bound
 * and closed again and again. Its methods may be called from any thread but an event
 * loop.
 */
public final class TcpEndpoint implements Endpoint {

	private static final Log logger = LogFactory.getLog(TcpEndpoint.class);

	private static final int FIRST_READ = 512;

	private static final int LARGEST_READ = 64 * 1024;

	private final EndpointSettings settings;

	private final EndpointEnvironment environment;

	private final EndpointContext context;

	/** A small first buffer: io_uring holds one for each idle connection. */
	private final RecvByteBufAllocator receiveBuffers = new AdaptiveRecvByteBufAllocator(64, FIRST_READ, LARGEST_READ);

	private final Admission admission;

	private final ProxyGate proxies;

	private final Doorkeeper door;

	private final ListeningSocket socket;

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
		this.admission = this.context.admission();
		this.door = new Doorkeeper(this.admission);
		this.socket = new ListeningSocket(settings, environment.loops());
		this.proxies = new ProxyGate(this.context, environment.loops(), NettyPipeline.ReactiveBridge, true,
				this::establish, this.door::left);
	}

	@Override
	public SocketAddress bind() {
		if (!this.socket.isBound()) {
			this.door.open();
		}
		return this.socket.bind(() -> this.environment.customizer().tcp().apply(configure()), this::close);
	}

	@Override
	public void unbind() {
		this.socket.unbind();
	}

	@Override
	public CompletionStage<Void> drain(CloseReason reason, Duration grace) {
		return this.door.drain(() -> {
			this.proxies.close();
			this.context.drainConnections(reason);
		}, grace, this.context::dropConnections);
	}

	@Override
	public void close() {
		this.door.close();
		unbind();
		this.proxies.close();
		this.context.dropConnections();
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

	private TcpServer configure() {
		return this.socket.allowHalfClosure(this.socket.configure(TcpServer.create()).doOnConnection(this::accept));
	}

	private void accept(Connection connection) {
		Channel channel = connection.channel();
		channel.config().setRecvByteBufAllocator(this.receiveBuffers);
		if (!this.door.isOpen()) {
			channel.close();
			return;
		}
		if (!this.admission.enter(channel)) {
			return;
		}
		this.proxies.enter(channel);
		if (!this.door.isOpen()) {
			// Who says goodbye to all connections may have missed this one.
			channel.close();
		}
	}

	/**
	 * Makes a channel a connection: where its client comes from is known.
	 */
	private void establish(Channel channel) {
		NettyLoop loop = this.environment.loops().of(channel.eventLoop());
		SocketAddress client = this.context.client(channel);
		if (!this.context.isForwarded(client) && !this.admission.enter(channel, client, loop.deadlines())) {
			this.door.left();
			return;
		}
		TlsTermination tls = this.environment.tls();
		if (tls != null) {
			channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, "workerman.tls", tls.newHandler());
		}
		channel.pipeline()
			.addBefore(NettyPipeline.ReactiveBridge, "workerman.connection",
					new ConnectionChannelHandler(this.context, loop, this.door::left));
	}

}
