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

package io.github.workerman.transport.http;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.transport.Admission;
import io.github.workerman.transport.Buffers;
import io.github.workerman.transport.ConnectionChannelHandler;
import io.github.workerman.transport.Doorkeeper;
import io.github.workerman.transport.Endpoint;
import io.github.workerman.transport.EndpointContext;
import io.github.workerman.transport.EndpointEnvironment;
import io.github.workerman.transport.EndpointSettings;
import io.github.workerman.transport.NettyLoop;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Accepts websockets on the port of a web server: listens nowhere itself and takes over
 * connections that ask for one. Which address that is at is up to {@link WebMount}.
 */
public final class MountedEndpoint implements Endpoint {

	private final EndpointSettings settings;

	private final ProtocolSettings protocolSettings;

	private final EndpointEnvironment environment;

	private final EndpointContext context;

	private final Admission admission;

	private final WebMount mount;

	private final Doorkeeper door;

	/**
	 * Creates an endpoint, which does nothing before {@link #bind()}.
	 * @param settings what it is to do
	 * @param protocol the protocol of its connections, which begins with a handshake
	 * @param protocolSettings what the protocol needs to know
	 * @param environment what it works with
	 * @param mount where it is mounted
	 */
	public MountedEndpoint(EndpointSettings settings, Protocol protocol, ProtocolSettings protocolSettings,
			EndpointEnvironment environment, WebMount mount) {
		this.settings = settings;
		this.protocolSettings = protocolSettings;
		this.environment = environment;
		this.context = new EndpointContext(settings, protocol, protocolSettings, environment);
		this.admission = this.context.admission();
		this.door = new Doorkeeper(this.admission);
		this.mount = mount;
	}

	/**
	 * Begins to accept connections.
	 * @return the web server's address if it listens already, else a placeholder
	 */
	@Override
	public SocketAddress bind() {
		this.door.open();
		this.mount.add(this);
		return Objects.requireNonNullElse(this.mount.address(), this.settings.address());
	}

	/**
	 * Returns where the web server listens.
	 * @return the address, or {@code null} as long as it does not
	 */
	public @Nullable SocketAddress address() {
		return this.mount.address();
	}

	/**
	 * Answers requests for a websocket with 503 from now on.
	 */
	@Override
	public void unbind() {
		this.door.close();
	}

	@Override
	public CompletionStage<Void> drain(CloseReason reason, Duration grace) {
		return this.door.drain(() -> this.context.drainConnections(reason), grace, this.context::dropConnections);
	}

	/**
	 * Leaves its paths to the web server and drops all connections.
	 */
	@Override
	public void close() {
		this.door.close();
		this.mount.remove(this);
		this.context.dropConnections();
	}

	boolean serves(String path) {
		return this.protocolSettings.serves(path);
	}

	boolean isAccepting() {
		return this.door.isOpen();
	}

	/**
	 * Lets a channel in, or closes it.
	 * @return whether it is in
	 */
	boolean admits(Channel channel) {
		if (!this.admission.enter(channel)) {
			return false;
		}
		SocketAddress peer = channel.remoteAddress();
		if (!this.context.isForwarded(peer) && !this.admission.enter(channel, peer, loop(channel).deadlines())) {
			this.door.left();
			return false;
		}
		return true;
	}

	private NettyLoop loop(Channel channel) {
		return this.environment.loops().of(channel.eventLoop());
	}

	/**
	 * Takes a channel over that is in and speaks HTTP no more.
	 * @param placeholder the context of the handler that it leaves in the pipeline
	 * @param bytes the request and what came behind it; taken over
	 */
	void take(ChannelHandlerContext placeholder, ByteBuf bytes) {
		ChannelPipeline pipeline = placeholder.pipeline();
		placeholder.channel().config().setAllocator(Buffers.allocator());
		NettyLoop loop = loop(placeholder.channel());
		Runnable unwatch = ResetDetector.watch(placeholder.channel(), loop.deadlines());
		ConnectionChannelHandler handler = new ConnectionChannelHandler(this.context, loop, () -> {
			unwatch.run();
			this.door.left();
		});
		pipeline.addBefore(NettyPipeline.ReactiveBridge, "workerman.connection", handler);
		SslHandler tls = pipeline.get(SslHandler.class);
		if (tls != null) {
			handler.secured(tls);
		}
		ChannelHandlerContext next = pipeline.context(handler);
		pipeline.remove(MountHandler.NAME);
		handler.channelRead(next, bytes);
		handler.channelReadComplete(next);
		if (!this.door.isOpen()) {
			// The end has begun meanwhile, perhaps without this one.
			next.channel().close();
		}
	}

}
