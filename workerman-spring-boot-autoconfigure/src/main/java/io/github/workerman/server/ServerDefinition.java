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
import io.github.workerman.http.HttpSettings;
import io.github.workerman.http.WebSocketSettings;
import io.github.workerman.protocol.CompressionSettings;
import io.github.workerman.protocol.FrameSettings;
import io.github.workerman.resource.StaticResourcesSettings;
import io.github.workerman.transport.LimitSettings;
import io.github.workerman.transport.ProxyProtocol;
import io.github.workerman.transport.UdpSettings;
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
 * @param path where websocket connections are accepted
 * @param subprotocols the websocket sub-protocols, in order of preference
 * @param allowedOrigins the origins whose pages may connect besides those with the host
 * name of the request, {@code *} for all
 * @param threads the number of event loops of its own, 0 to share the application's
 * @param maxMessageSize how large a received message may be
 * @param maxSendBuffer how much may wait to be sent on a connection
 * @param maxHeaderSize how large the header of a handshake may be
 * @param backlog how many connections the operating system may queue until they are
 * accepted
 * @param reusePort whether several processes may listen on the port
 * @param tcpNoDelay whether small segments are sent at once
 * @param keepAlive whether the operating system probes idle peers
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
 * @param websocket websockets on the port of an http server
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
 */
public record ServerDefinition(String name, String protocol, @Nullable InetAddress address, int port, String path,
		List<String> subprotocols, List<String> allowedOrigins, int threads, DataSize maxMessageSize,
		DataSize maxSendBuffer, DataSize maxHeaderSize, int backlog, boolean reusePort, boolean tcpNoDelay,
		boolean keepAlive, Duration handshakeTimeout, Duration closeTimeout, String messageTypeField,
		ExecutionMode execution, UnhandledErrorPolicy onUnhandledError, Duration shutdownGracePeriod, boolean wiretap,
		FrameSettings frame, Map<String, String> protocolOptions, HttpSettings http, WebSocketSettings websocket,
		@Nullable StaticResourcesSettings staticResources, LimitSettings limits, CompressionSettings compression,
		ProxyProtocol proxyProtocol, List<String> trustedProxies, UnixSettings unix, SslSettings ssl, UdpSettings udp) {

	/**
	 * Creates a definition.
	 * @throws ServerConfigurationException if a value is not valid
	 */
	public ServerDefinition {
		subprotocols = List.copyOf(subprotocols);
		allowedOrigins = List.copyOf(allowedOrigins);
		trustedProxies = List.copyOf(trustedProxies);
		protocolOptions = Map.copyOf(protocolOptions);
		new ServerDefinitionCheck(name).check(protocol, port, threads, backlog)
			.path(path)
			.subprotocols(subprotocols)
			.origins(allowedOrigins)
			.size("max-message-size", maxMessageSize, Integer.MAX_VALUE)
			.size("max-send-buffer", maxSendBuffer, Long.MAX_VALUE)
			.size("max-header-size", maxHeaderSize, Integer.MAX_VALUE)
			.positive("handshake-timeout", handshakeTimeout)
			.positive("close-timeout", closeTimeout)
			.text("message-type-field", messageTypeField)
			.notNegative("shutdown.grace-period", shutdownGracePeriod)
			.frame(frame)
			.http(http)
			.webSocket(websocket)
			.unix(unix, address, port)
			.ssl(ssl)
			.udp(udp);
		new LimitCheck(name).check(limits);
		new CompressionCheck(name).check(compression);
		new ProxyCheck(name).check(protocol, proxyProtocol, trustedProxies);
	}

	/**
	 * Begins a definition with the defaults.
	 * @param name the server's name
	 * @param protocol the name of its protocol
	 * @param port the port to listen on, 0 for any free one
	 * @return a builder
	 */
	public static Builder builder(String name, String protocol, int port) {
		return new Builder(name, protocol, port);
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

	/**
	 * Collects the parts of a definition. Not for use by several threads.
	 */
	public static final class Builder {

		private final String name;

		private final String protocol;

		private final int port;

		private @Nullable InetAddress address;

		private String path = "/";

		private List<String> subprotocols = List.of();

		private List<String> allowedOrigins = List.of();

		private int threads;

		private DataSize maxMessageSize = DataSize.ofMegabytes(10);

		private DataSize maxSendBuffer = DataSize.ofMegabytes(1);

		private DataSize maxHeaderSize = DataSize.ofKilobytes(16);

		private int backlog = 1024;

		private boolean reusePort;

		private boolean tcpNoDelay = true;

		private boolean keepAlive = true;

		private Duration handshakeTimeout = Duration.ofSeconds(10);

		private Duration closeTimeout = Duration.ofSeconds(5);

		private String messageTypeField = "type";

		private ExecutionMode execution = ExecutionMode.EVENT_LOOP;

		private UnhandledErrorPolicy onUnhandledError = UnhandledErrorPolicy.KEEP;

		private Duration shutdownGracePeriod = Duration.ofSeconds(20);

		private boolean wiretap;

		private FrameSettings frame = FrameSettings.DEFAULT;

		private HttpSettings http = HttpSettings.DEFAULT;

		private WebSocketSettings websocket = WebSocketSettings.OFF;

		private @Nullable StaticResourcesSettings staticResources;

		private Map<String, String> protocolOptions = Map.of();

		private LimitSettings limits = LimitSettings.DEFAULTS;

		private CompressionSettings compression = CompressionSettings.OFF;

		private ProxyProtocol proxyProtocol = ProxyProtocol.OFF;

		private List<String> trustedProxies = List.of();

		private UnixSettings unix = UnixSettings.NONE;

		private SslSettings ssl = SslSettings.OFF;

		private UdpSettings udp = UdpSettings.DEFAULT;

		private Builder(String name, String protocol, int port) {
			this.name = name;
			this.protocol = protocol;
			this.port = port;
		}

		/**
		 * Sets the local address to listen on, or {@code null} for all.
		 * @param address see {@link ServerDefinition#address()}
		 * @return this
		 */
		public Builder address(@Nullable InetAddress address) {
			this.address = address;
			return this;
		}

		/**
		 * Sets where websocket connections are accepted.
		 * @param path see {@link ServerDefinition#path()}
		 * @return this
		 */
		public Builder path(String path) {
			this.path = path;
			return this;
		}

		/**
		 * Sets the websocket sub-protocols, in order of preference.
		 * @param subprotocols see {@link ServerDefinition#subprotocols()}
		 * @return this
		 */
		public Builder subprotocols(List<String> subprotocols) {
			this.subprotocols = subprotocols;
			return this;
		}

		/**
		 * Sets the origins whose pages may connect.
		 * @param allowedOrigins see {@link ServerDefinition#allowedOrigins()}
		 * @return this
		 */
		public Builder allowedOrigins(List<String> allowedOrigins) {
			this.allowedOrigins = allowedOrigins;
			return this;
		}

		/**
		 * Sets the number of event loops of its own, 0 to share the application's.
		 * @param threads see {@link ServerDefinition#threads()}
		 * @return this
		 */
		public Builder threads(int threads) {
			this.threads = threads;
			return this;
		}

		/**
		 * Sets how large a received message may be.
		 * @param maxMessageSize see {@link ServerDefinition#maxMessageSize()}
		 * @return this
		 */
		public Builder maxMessageSize(DataSize maxMessageSize) {
			this.maxMessageSize = maxMessageSize;
			return this;
		}

		/**
		 * Sets how much may wait to be sent on a connection.
		 * @param maxSendBuffer see {@link ServerDefinition#maxSendBuffer()}
		 * @return this
		 */
		public Builder maxSendBuffer(DataSize maxSendBuffer) {
			this.maxSendBuffer = maxSendBuffer;
			return this;
		}

		/**
		 * Sets how large the header of a handshake may be.
		 * @param maxHeaderSize see {@link ServerDefinition#maxHeaderSize()}
		 * @return this
		 */
		public Builder maxHeaderSize(DataSize maxHeaderSize) {
			this.maxHeaderSize = maxHeaderSize;
			return this;
		}

		/**
		 * Sets how many connections may wait to be accepted.
		 * @param backlog see {@link ServerDefinition#backlog()}
		 * @return this
		 */
		public Builder backlog(int backlog) {
			this.backlog = backlog;
			return this;
		}

		/**
		 * Sets whether several processes may listen on the port.
		 * @param reusePort see {@link ServerDefinition#reusePort()}
		 * @return this
		 */
		public Builder reusePort(boolean reusePort) {
			this.reusePort = reusePort;
			return this;
		}

		/**
		 * Sets whether small segments are sent at once.
		 * @param tcpNoDelay see {@link ServerDefinition#tcpNoDelay()}
		 * @return this
		 */
		public Builder tcpNoDelay(boolean tcpNoDelay) {
			this.tcpNoDelay = tcpNoDelay;
			return this;
		}

		/**
		 * Sets whether the operating system probes idle peers.
		 * @param keepAlive see {@link ServerDefinition#keepAlive()}
		 * @return this
		 */
		public Builder keepAlive(boolean keepAlive) {
			this.keepAlive = keepAlive;
			return this;
		}

		/**
		 * Sets how long a handshake may take.
		 * @param handshakeTimeout see {@link ServerDefinition#handshakeTimeout()}
		 * @return this
		 */
		public Builder handshakeTimeout(Duration handshakeTimeout) {
			this.handshakeTimeout = handshakeTimeout;
			return this;
		}

		/**
		 * Sets how long a peer may take to answer a goodbye.
		 * @param closeTimeout see {@link ServerDefinition#closeTimeout()}
		 * @return this
		 */
		public Builder closeTimeout(Duration closeTimeout) {
			this.closeTimeout = closeTimeout;
			return this;
		}

		/**
		 * Sets the field of JSON messages that tells their type.
		 * @param messageTypeField see {@link ServerDefinition#messageTypeField()}
		 * @return this
		 */
		public Builder messageTypeField(String messageTypeField) {
			this.messageTypeField = messageTypeField;
			return this;
		}

		/**
		 * Sets where handlers run that do not say so themselves.
		 * @param execution see {@link ServerDefinition#execution()}
		 * @return this
		 */
		public Builder execution(ExecutionMode execution) {
			this.execution = execution;
			return this;
		}

		/**
		 * Sets what an error that no handler takes does to the connection.
		 * @param onUnhandledError see {@link ServerDefinition#onUnhandledError()}
		 * @return this
		 */
		public Builder onUnhandledError(UnhandledErrorPolicy onUnhandledError) {
			this.onUnhandledError = onUnhandledError;
			return this;
		}

		/**
		 * Sets how long connections may take to end when the server stops.
		 * @param shutdownGracePeriod see {@link ServerDefinition#shutdownGracePeriod()}
		 * @return this
		 */
		public Builder shutdownGracePeriod(Duration shutdownGracePeriod) {
			this.shutdownGracePeriod = shutdownGracePeriod;
			return this;
		}

		/**
		 * Sets whether messages are logged.
		 * @param wiretap see {@link ServerDefinition#wiretap()}
		 * @return this
		 */
		public Builder wiretap(boolean wiretap) {
			this.wiretap = wiretap;
			return this;
		}

		/**
		 * Sets which files and class path resources an http server serves.
		 * @param staticResources see {@link ServerDefinition#staticResources()}
		 * @return this
		 */
		public Builder staticResources(@Nullable StaticResourcesSettings staticResources) {
			this.staticResources = staticResources;
			return this;
		}

		/**
		 * Sets where an http server accepts websocket connections.
		 * @param websocket see {@link ServerDefinition#websocket()}
		 * @return this
		 */
		public Builder websocket(WebSocketSettings websocket) {
			this.websocket = websocket;
			return this;
		}

		/**
		 * Sets what is special to http servers.
		 * @param http see {@link ServerDefinition#http()}
		 * @return this
		 */
		public Builder http(HttpSettings http) {
			this.http = http;
			return this;
		}

		/**
		 * Sets how the protocols {@code length-field} and {@code delimiter} find the end
		 * of a message.
		 * @param frame see {@link ServerDefinition#frame()}
		 * @return this
		 */
		public Builder frame(FrameSettings frame) {
			this.frame = frame;
			return this;
		}

		/**
		 * Sets what a protocol of the application's own is told.
		 * @param protocolOptions see {@link ServerDefinition#protocolOptions()}
		 * @return this
		 */
		public Builder protocolOptions(Map<String, String> protocolOptions) {
			this.protocolOptions = protocolOptions;
			return this;
		}

		/**
		 * Sets what peers may do.
		 * @param limits see {@link ServerDefinition#limits()}
		 * @return this
		 */
		public Builder limits(LimitSettings limits) {
			this.limits = limits;
			return this;
		}

		/**
		 * Sets how messages of websocket connections are compressed.
		 * @param compression see {@link ServerDefinition#compression()}
		 * @return this
		 */
		public Builder compression(CompressionSettings compression) {
			this.compression = compression;
			return this;
		}

		/**
		 * Sets whether proxies say where their clients come from.
		 * @param proxyProtocol see {@link ServerDefinition#proxyProtocol()}
		 * @return this
		 */
		public Builder proxyProtocol(ProxyProtocol proxyProtocol) {
			this.proxyProtocol = proxyProtocol;
			return this;
		}

		/**
		 * Sets the proxies whose word is taken for where a client comes from.
		 * @param trustedProxies see {@link ServerDefinition#trustedProxies()}
		 * @return this
		 */
		public Builder trustedProxies(List<String> trustedProxies) {
			this.trustedProxies = trustedProxies;
			return this;
		}

		/**
		 * Sets the Unix domain socket to listen on; the port is 0 then.
		 * @param unix see {@link ServerDefinition#unix()}
		 * @return this
		 */
		public Builder unix(UnixSettings unix) {
			this.unix = unix;
			return this;
		}

		/**
		 * Sets whether and how TLS is spoken.
		 * @param ssl see {@link ServerDefinition#ssl()}
		 * @return this
		 */
		public Builder ssl(SslSettings ssl) {
			this.ssl = ssl;
			return this;
		}

		/**
		 * Sets what is special about a server of the protocol {@code udp}.
		 * @param udp see {@link ServerDefinition#udp()}
		 * @return this
		 */
		public Builder udp(UdpSettings udp) {
			this.udp = udp;
			return this;
		}

		/**
		 * Makes the definition.
		 * @return the definition
		 * @throws ServerConfigurationException if a value is not valid
		 */
		public ServerDefinition build() {
			return new ServerDefinition(this.name, this.protocol, this.address, this.port, this.path, this.subprotocols,
					this.allowedOrigins, this.threads, this.maxMessageSize, this.maxSendBuffer, this.maxHeaderSize,
					this.backlog, this.reusePort, this.tcpNoDelay, this.keepAlive, this.handshakeTimeout,
					this.closeTimeout, this.messageTypeField, this.execution, this.onUnhandledError,
					this.shutdownGracePeriod, this.wiretap, this.frame, this.protocolOptions, this.http, this.websocket,
					this.staticResources, this.limits, this.compression, this.proxyProtocol, this.trustedProxies,
					this.unix, this.ssl, this.udp);
		}

	}

}
