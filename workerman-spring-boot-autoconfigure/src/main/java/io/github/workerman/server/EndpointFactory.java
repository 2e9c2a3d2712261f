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

import java.util.Objects;

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
 * Makes and binds the endpoint of a server, anew for each run, out of its definition and
 * of what the servers of an application share.
 */
final class EndpointFactory {

	private final ServerDefinition definition;

	private final ServerEnvironment environment;

	private final Protocol protocol;

	private final @Nullable TlsTermination tls;

	EndpointFactory(ServerDefinition definition, ServerEnvironment environment, Protocol protocol,
			@Nullable TlsTermination tls) {
		this.definition = definition;
		this.environment = environment;
		this.protocol = protocol;
		this.tls = tls;
	}

	/**
	 * Binds a new endpoint.
	 * @param handlers whom it serves
	 * @param listener is told what happens to its connections
	 * @return the endpoint, which listens
	 * @throws io.github.workerman.transport.EndpointBindException if the address cannot
	 * be bound
	 * @throws ServerConfigurationException if something that the definition names is not
	 * there: a web server to be mounted on, a network interface, a static location
	 */
	RunningEndpoint bind(ServerHandlers handlers, ConnectionListener listener) {
		new MulticastCheck(this.definition.name()).checkInterface(this.definition.udp());
		EventLoops eventLoops = this.environment.loops().acquire(this.definition);
		try {
			SessionRequests sessions = sessions(handlers.requests());
			Endpoint endpoint = endpoint(handlers, endpointEnvironment(eventLoops, listener), sessions);
			return new RunningEndpoint(this.definition, this.environment.loops(), eventLoops, endpoint, sessions);
		}
		catch (RuntimeException | Error ex) {
			this.environment.loops().release(eventLoops);
			throw ex;
		}
	}

	private EndpointEnvironment endpointEnvironment(EventLoops eventLoops, ConnectionListener listener) {
		return new EndpointEnvironment(eventLoops, this.environment.connections(), this.environment.messages(),
				listener, ServerCustomizer.all(this.environment.customizers(), this.definition), this.tls);
	}

	private @Nullable SessionRequests sessions(@Nullable HttpListener handlers) {
		HttpSessionSettings settings = this.definition.session();
		return (settings.enabled() && handlers != null) ? new SessionRequests(settings, handlers) : null;
	}

	private Endpoint endpoint(ServerHandlers handlers, EndpointEnvironment environment,
			@Nullable SessionRequests sessions) {
		EndpointSettings settings = settings(handlers);
		ProtocolSettings protocolSettings = protocolSettings(handlers);
		if (this.protocol.datagrams()) {
			return new UdpEndpoint(settings, this.definition.udp(),
					this.environment.protocols().codecOf(this.definition, this.protocol), protocolSettings,
					environment);
		}
		if (this.definition.mount() == ServerMount.WEB) {
			WebMount mount = this.environment.mount();
			new MountCheck(this.definition.name(), ServerMount.WEB).checkAttached(mount.isAttached());
			return new MountedEndpoint(settings, this.protocol, protocolSettings, environment, mount);
		}
		HttpListener requests = handlers.requests();
		if (this.protocol instanceof HttpProtocol http && requests != null) {
			return new HttpEndpoint(settings, this.definition.http(), http.upgraded(), protocolSettings, environment,
					files((sessions != null) ? sessions : requests));
		}
		return new TcpEndpoint(settings, this.protocol, protocolSettings, environment);
	}

	private HttpListener files(HttpListener handlers) {
		StaticResourcesSettings settings = this.definition.staticResources();
		if (settings == null) {
			return handlers;
		}
		try {
			ClassLoader classLoader = Objects.requireNonNull(ClassUtils.getDefaultClassLoader());
			return new StaticContent(StaticResources.create(settings, classLoader), handlers);
		}
		catch (ResourceLocationException ex) {
			throw new ServerConfigurationException(this.definition.name(), "static.location", ex.location(),
					"has a static location that cannot be served: " + ex.getMessage(), ex.action() + ".");
		}
	}

	private EndpointSettings settings(ServerHandlers handlers) {
		SocketSettings socket = this.definition.socket();
		return new EndpointSettings(this.definition.name(), this.definition.socketAddress(), socket.backlog(),
				socket.reusePort(), socket.tcpNoDelay(), socket.keepAlive(),
				Math.toIntExact(this.definition.maxMessageSize().toBytes()), this.definition.maxSendBuffer().toBytes(),
				this.definition.handshakeTimeout(), this.definition.closeTimeout(), this.definition.wiretap(),
				handlers.kinds(), this.definition.limits(), this.definition.proxyProtocol(),
				TrustedProxies.of(this.definition.trustedProxies()), this.definition.unix().permissions());
	}

	private ProtocolSettings protocolSettings(ServerHandlers handlers) {
		return new ProtocolSettings(this.definition.name(), handlers.paths(), this.definition.subprotocols(),
				this.definition.allowedOrigins(), Math.toIntExact(this.definition.maxHeaderSize().toBytes()),
				this.definition.frame(), this.definition.protocolOptions(), this.definition.compression(),
				TrustedProxies.of(this.definition.trustedProxies()));
	}

}
