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

package io.github.workerman.server;

import java.net.SocketAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.handler.ServerHandlers;
import io.github.workerman.http.HttpListener;
import io.github.workerman.http.HttpSessionSettings;
import io.github.workerman.http.SessionRequests;
import io.github.workerman.http.StaticContent;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.protocol.TrustedProxies;
import io.github.workerman.protocol.http.HttpProtocol;
import io.github.workerman.resource.ResourceLocationException;
import io.github.workerman.resource.StaticResources;
import io.github.workerman.resource.StaticResourcesSettings;
import io.github.workerman.transport.Endpoint;
import io.github.workerman.transport.EndpointEnvironment;
import io.github.workerman.transport.EndpointSettings;
import io.github.workerman.transport.EventLoops;
import io.github.workerman.transport.TcpEndpoint;
import io.github.workerman.transport.http.HttpEndpoint;
import io.github.workerman.transport.http.MountedEndpoint;
import io.github.workerman.transport.http.WebMount;
import io.github.workerman.transport.tls.TlsTermination;
import io.github.workerman.transport.udp.UdpEndpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * One run of a server, from its start to its stop: the bound endpoint and its event
 * loops.
 */
final class RunningEndpoint {

	private final ServerDefinition definition;

	private final ServerLoops loops;

	private final EventLoops eventLoops;

	private final Endpoint endpoint;

	private final SocketAddress address;

	private final @Nullable SessionRequests sessions;

	private final Instant startedAt = Instant.now();

	private RunningEndpoint(ServerDefinition definition, ServerLoops loops, EventLoops eventLoops, Endpoint endpoint,
			@Nullable SessionRequests sessions) {
		this.sessions = sessions;
		this.definition = definition;
		this.loops = loops;
		this.eventLoops = eventLoops;
		this.endpoint = endpoint;
		this.address = endpoint.bind();
	}

	static RunningEndpoint bind(ServerDefinition definition, ServerEnvironment environment, Protocol protocol,
			ServerHandlers handlers, ConnectionListener listener, @Nullable TlsTermination tls) {
		new MulticastCheck(definition.name()).checkInterface(definition.udp());
		EventLoops eventLoops = environment.loops().acquire(definition);
		try {
			EndpointEnvironment endpointEnvironment = new EndpointEnvironment(eventLoops, environment.connections(),
					environment.messages(), listener, ServerCustomizer.all(environment.customizers(), definition), tls);
			SessionRequests sessions = sessions(definition, handlers.requests());
			Endpoint endpoint = protocol.datagrams()
					? new UdpEndpoint(settings(definition, handlers), definition.udp(),
							environment.protocols().codecOf(definition, protocol),
							protocolSettings(definition, handlers), endpointEnvironment)
					: (definition.mount() == ServerMount.WEB)
							? mounted(definition, protocol, handlers, endpointEnvironment, environment.mount())
							: endpoint(definition, protocol, handlers, endpointEnvironment, sessions);
			return new RunningEndpoint(definition, environment.loops(), eventLoops, endpoint, sessions);
		}
		catch (RuntimeException | Error ex) {
			environment.loops().release(eventLoops);
			throw ex;
		}
	}

	private static Endpoint mounted(ServerDefinition definition, Protocol protocol, ServerHandlers handlers,
			EndpointEnvironment environment, WebMount mount) {
		new MountCheck(definition.name(), definition.mount()).checkAttached(mount.isAttached());
		return new MountedEndpoint(settings(definition, handlers), protocol, protocolSettings(definition, handlers),
				environment, mount);
	}

	private static Endpoint endpoint(ServerDefinition definition, Protocol protocol, ServerHandlers handlers,
			EndpointEnvironment environment, @Nullable SessionRequests sessions) {
		EndpointSettings settings = settings(definition, handlers);
		HttpListener requests = handlers.requests();
		if (protocol instanceof HttpProtocol http && requests != null) {
			return new HttpEndpoint(settings, definition.http(), http.upgraded(),
					protocolSettings(definition, handlers), environment,
					files(definition, (sessions != null) ? sessions : requests));
		}
		return new TcpEndpoint(settings, protocol, protocolSettings(definition, handlers), environment);
	}

	private static @Nullable SessionRequests sessions(ServerDefinition definition, @Nullable HttpListener handlers) {
		HttpSessionSettings settings = definition.session();
		return (settings.enabled() && handlers != null) ? new SessionRequests(settings, handlers) : null;
	}

	private static HttpListener files(ServerDefinition definition, HttpListener handlers) {
		StaticResourcesSettings settings = definition.staticResources();
		if (settings == null) {
			return handlers;
		}
		try {
			ClassLoader classLoader = Objects.requireNonNull(ClassUtils.getDefaultClassLoader());
			return new StaticContent(StaticResources.create(settings, classLoader), handlers);
		}
		catch (ResourceLocationException ex) {
			throw new ServerConfigurationException(definition.name(), "static.location", ex.location(),
					"has a static location that cannot be served: " + ex.getMessage(), ex.action() + ".");
		}
	}

	private static EndpointSettings settings(ServerDefinition definition, ServerHandlers handlers) {
		SocketSettings socket = definition.socket();
		return new EndpointSettings(definition.name(), definition.socketAddress(), socket.backlog(), socket.reusePort(),
				socket.tcpNoDelay(), socket.keepAlive(), Math.toIntExact(definition.maxMessageSize().toBytes()),
				definition.maxSendBuffer().toBytes(), definition.handshakeTimeout(), definition.closeTimeout(),
				definition.wiretap(), handlers.kinds(), definition.limits(), definition.proxyProtocol(),
				TrustedProxies.of(definition.trustedProxies()), definition.unix().permissions());
	}

	private static ProtocolSettings protocolSettings(ServerDefinition definition, ServerHandlers handlers) {
		return new ProtocolSettings(definition.name(), handlers.paths(), definition.subprotocols(),
				definition.allowedOrigins(), Math.toIntExact(definition.maxHeaderSize().toBytes()), definition.frame(),
				definition.protocolOptions(), definition.compression(), TrustedProxies.of(definition.trustedProxies()));
	}

	Collection<Connection> requestConnections() {
		return this.endpoint.requestConnections();
	}

	int sessionCount() {
		return (this.sessions != null) ? this.sessions.count() : 0;
	}

	/**
	 * Returns where the server is reached.
	 * @return the address, or {@code null} as long as the web server that it is mounted
	 * on does not listen
	 */
	@Nullable SocketAddress address() {
		return (this.endpoint instanceof MountedEndpoint mounted) ? mounted.address() : this.address;
	}

	Instant startedAt() {
		return this.startedAt;
	}

	String transport() {
		return this.eventLoops.kind().toString();
	}

	int threads() {
		return this.eventLoops.size();
	}

	CompletionStage<Void> drain() {
		return this.endpoint.drain(CloseReason.GOING_AWAY, this.definition.shutdownGracePeriod());
	}

	void unbind() {
		this.endpoint.unbind();
	}

	void close() {
		try {
			this.endpoint.close();
		}
		finally {
			this.loops.release(this.eventLoops);
		}
	}

}
