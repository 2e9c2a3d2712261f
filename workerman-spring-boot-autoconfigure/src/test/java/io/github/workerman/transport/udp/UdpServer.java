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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

import io.github.workerman.connection.DatagramDrop;
import io.github.workerman.connection.MessageKind;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.connection.spi.Traffic;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.protocol.TrustedProxies;
import io.github.workerman.protocol.udp.UdpProtocol;
import io.github.workerman.transport.Connections;
import io.github.workerman.transport.EndpointEnvironment;
import io.github.workerman.transport.EndpointSettings;
import io.github.workerman.transport.EventLoops;
import io.github.workerman.transport.ProxyProtocol;
import io.github.workerman.transport.ToStringCodec;
import io.github.workerman.transport.TransportCustomizer;
import io.github.workerman.transport.TransportKind;
import io.github.workerman.transport.limit.LimitSettings;

/**
 * A server of datagrams, which echoes.
 */
final class UdpServer implements ConnectionListener, AutoCloseable {

	final Queue<ManagedConnection> peers = new ConcurrentLinkedQueue<>();

	final Queue<Object> messages = new ConcurrentLinkedQueue<>();

	final Queue<DatagramDrop> drops = new ConcurrentLinkedQueue<>();

	final Connections connections = new Connections();

	private final EventLoops loops;

	volatile long messagesIn;

	volatile long messagesOut;

	private BiConsumer<ManagedConnection, Object> onMessage = ManagedConnection::send;

	private Protocol codec = new UdpProtocol();

	private int maxMessageSize = 10 * 1024 * 1024;

	private boolean shared;

	private UdpSettings udp = UdpSettings.DEFAULT;

	private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

	UdpEndpoint endpoint;

	UdpServer(TransportKind kind) {
		this.loops = EventLoops.create(kind, 2, "test");
	}

	UdpServer onMessage(BiConsumer<ManagedConnection, Object> action) {
		this.onMessage = action;
		return this;
	}

	UdpServer codec(Protocol codec) {
		this.codec = codec;
		return this;
	}

	UdpServer maxMessageSize(int bytes) {
		this.maxMessageSize = bytes;
		return this;
	}

	UdpServer shared() {
		this.shared = true;
		return this;
	}

	UdpServer udp(UdpSettings settings) {
		this.udp = settings;
		return this;
	}

	UdpServer address(InetSocketAddress address) {
		this.address = address;
		return this;
	}

	UdpServer start() {
		Set<PosixFilePermission> none = Set.of();
		EndpointSettings settings = new EndpointSettings("sensors", this.address, 1, this.shared, true, true,
				this.maxMessageSize, 1024 * 1024, Duration.ofSeconds(1), Duration.ofSeconds(1), false,
				Set.of(MessageKind.TEXT), LimitSettings.DEFAULT, ProxyProtocol.OFF, TrustedProxies.of(List.of()), none);
		ProtocolSettings protocolSettings = new ProtocolSettings("sensors", "/", List.of(), List.of(), 1024);
		this.endpoint = new UdpEndpoint(settings, this.udp, this.codec, protocolSettings, new EndpointEnvironment(
				this.loops, this.connections, new ToStringCodec(), this, TransportCustomizer.NONE, null));
		try {
			this.address = (InetSocketAddress) this.endpoint.bind();
		}
		catch (RuntimeException ex) {
			this.loops.close();
			throw ex;
		}
		return this;
	}

	InetSocketAddress address() {
		return this.address;
	}

	@Override
	public void message(ManagedConnection connection, Object message) {
		this.peers.add(connection);
		this.messages.add(message);
		this.onMessage.accept(connection, message);
	}

	@Override
	public void received(ManagedConnection connection, Traffic traffic) {
		this.messagesIn += traffic.messages();
	}

	@Override
	public void sent(ManagedConnection connection, Traffic traffic) {
		this.messagesOut += traffic.messages();
	}

	@Override
	public void datagramDropped(DatagramDrop reason) {
		this.drops.add(reason);
	}

	@Override
	public void close() {
		this.endpoint.close();
		this.loops.close();
	}

}
