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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.workerman.execution.ExecutionMode;
import io.github.workerman.handler.UnhandledErrorPolicy;
import io.github.workerman.http.HttpSessionSettings;
import io.github.workerman.http.HttpSettings;
import io.github.workerman.http.WebSocketSettings;
import io.github.workerman.protocol.CompressionSettings;
import io.github.workerman.protocol.FrameSettings;
import io.github.workerman.resource.StaticResourcesSettings;
import io.github.workerman.transport.ProxyProtocol;
import io.github.workerman.transport.limit.LimitSettings;
import io.github.workerman.transport.udp.UdpSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Describes one server, from {@code workerman.servers.<name>} or, as a bean of this type,
 * from code. Immutable and valid in itself.
 *
 * @param name the server's name, letters, digits, dashes and underscores
 * @param protocol the name of the protocol
 * @param address the local address to listen on, or {@code null} for all
 * @param port the port, 0 for any free one
 * @param subprotocols the websocket sub-protocols, in order of preference
 * @param allowedOrigins the origins whose pages may connect besides those with the host
 * name of the request, {@code *} for all
 * @param threads the number of event loops of its own, 0 to share the application's
 * @param maxMessageSize how large a received message may be
 * @param maxSendBuffer how much may wait to be sent on a connection
 * @param maxHeaderSize how large the header of a handshake may be
 * @param socket how the operating system treats the sockets
 * @param handshakeTimeout how long a handshake may take
 * @param closeTimeout how long a peer may take to answer a goodbye
 * @param messageTypeField the field of JSON messages that tells their type
 * @param execution where handlers run that do not say so themselves
 * @param onUnhandledError what an error that no handler takes does to the connection
 * @param shutdownGracePeriod how long connections may take to end when the server stops;
 * zero drops them at once
 * @param wiretap whether messages are logged
 * @param frame how the protocols {@code length-field} and {@code delimiter} find the end
 * of a message
 * @param protocolOptions what a protocol of the application's own is told
 * @param http what is special to http servers
 * @param session whether and how an http server keeps sessions
 * @param websocket where websocket connections are accepted, on servers of that protocol
 * and on http servers
 * @param staticResources the files and class path resources that an http server serves,
 * or {@code null} if it serves none
 * @param limits what peers may do
 * @param compression how messages of websocket connections are compressed
 * @param proxyProtocol whether proxies say in a header of the PROXY protocol where their
 * clients come from
 * @param trustedProxies the addresses and networks of the proxies whose word is taken for
 * where a client comes from
 * @param unix the Unix domain socket to listen on in place of an address and a port
 * @param ssl whether and how TLS is spoken
 * @param udp what is special about a server of the protocol {@code udp}
 * @param mount whose port the server uses; the port is 0 where it is another one's
 */
public record ServerDefinition(String name, String protocol, @Nullable InetAddress address, int port,
		List<String> subprotocols, List<String> allowedOrigins, int threads, DataSize maxMessageSize,
		DataSize maxSendBuffer, DataSize maxHeaderSize, SocketSettings socket, Duration handshakeTimeout,
		Duration closeTimeout, String messageTypeField, ExecutionMode execution, UnhandledErrorPolicy onUnhandledError,
		Duration shutdownGracePeriod, boolean wiretap, FrameSettings frame, Map<String, String> protocolOptions,
		HttpSettings http, HttpSessionSettings session, WebSocketSettings websocket,
		@Nullable StaticResourcesSettings staticResources, LimitSettings limits, CompressionSettings compression,
		ProxyProtocol proxyProtocol, List<String> trustedProxies, UnixSettings unix, SslSettings ssl, UdpSettings udp,
		ServerMount mount) {

	/**
	 * Creates a definition.
	 * @throws ServerConfigurationException if a value is not valid
	 */
	public ServerDefinition {
		subprotocols = List.copyOf(subprotocols);
		allowedOrigins = List.copyOf(allowedOrigins);
		trustedProxies = List.copyOf(trustedProxies);
		protocolOptions = Map.copyOf(protocolOptions);
		new ServerDefinitionCheck(name).check(protocol, port, threads, socket)
			.subprotocols(subprotocols)
			.origins(allowedOrigins)
			.size("max-message-size", maxMessageSize, Integer.MAX_VALUE)
			.size("max-send-buffer", maxSendBuffer, Long.MAX_VALUE)
			.size("max-header-size", maxHeaderSize, Integer.MAX_VALUE)
			.positive("handshake-timeout", handshakeTimeout)
			.positive("close-timeout", closeTimeout)
			.text("message-type-field", messageTypeField)
			.notNegative("shutdown.grace-period", shutdownGracePeriod, "to drop connections at once")
			.frame(frame)
			.http(http)
			.webSocket(protocol, websocket)
			.unix(unix, address, port)
			.ssl(ssl)
			.udp(udp, address);
		new LimitCheck(name).check(limits);
		new CompressionCheck(name).check(compression);
		new SessionCheck(name).check(session, ssl.isActive());
		new MountCheck(name, mount).protocol(protocol)
			.address(address, port, unix)
			.transport(threads, ssl, proxyProtocol);
		new ProxyCheck(name).check(proxyProtocol, trustedProxies);
	}

	/**
	 * Begins a definition with the defaults.
	 * @param name the server's name
	 * @param protocol the name of its protocol
	 * @param port the port to listen on, 0 for any free one
	 * @return a builder
	 */
	public static ServerDefinitionBuilder builder(String name, String protocol, int port) {
		return new ServerDefinitionBuilder(name, protocol, port);
	}

	/**
	 * Returns where the server is to listen.
	 * @return an {@link InetSocketAddress}, with port 0 if any free one will do, or a
	 * {@link UnixDomainSocketAddress}
	 */
	public SocketAddress socketAddress() {
		if (this.unix.path() != null) {
			return UnixDomainSocketAddress.of(this.unix.path());
		}
		return (this.address != null) ? new InetSocketAddress(this.address, this.port)
				: new InetSocketAddress(this.port);
	}

}
