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
 * Collects the parts of a {@link ServerDefinition}, whose defaults are here. Not for use
 * by several threads.
 */
public final class ServerDefinitionBuilder {

	private final String name;

	private final String protocol;

	private final int port;

	private @Nullable InetAddress address;

	private List<String> subprotocols = List.of();

	private List<String> allowedOrigins = List.of();

	private int threads;

	private DataSize maxMessageSize = DataSize.ofMegabytes(10);

	private DataSize maxSendBuffer = DataSize.ofMegabytes(1);

	private DataSize maxHeaderSize = DataSize.ofKilobytes(16);

	private SocketSettings socket = SocketSettings.DEFAULT;

	private Duration handshakeTimeout = Duration.ofSeconds(10);

	private Duration closeTimeout = Duration.ofSeconds(5);

	private String messageTypeField = "type";

	private ExecutionMode execution = ExecutionMode.EVENT_LOOP;

	private UnhandledErrorPolicy onUnhandledError = UnhandledErrorPolicy.KEEP;

	private Duration shutdownGracePeriod = Duration.ofSeconds(20);

	private boolean wiretap;

	private FrameSettings frame = FrameSettings.DEFAULT;

	private HttpSettings http = HttpSettings.DEFAULT;

	private HttpSessionSettings session = HttpSessionSettings.OFF;

	private WebSocketSettings websocket = WebSocketSettings.DEFAULT;

	private @Nullable StaticResourcesSettings staticResources;

	private Map<String, String> protocolOptions = Map.of();

	private LimitSettings limits = LimitSettings.DEFAULT;

	private CompressionSettings compression = CompressionSettings.OFF;

	private ProxyProtocol proxyProtocol = ProxyProtocol.OFF;

	private List<String> trustedProxies = List.of();

	private UnixSettings unix = UnixSettings.NONE;

	private SslSettings ssl = SslSettings.OFF;

	private ServerMount mount = ServerMount.NONE;

	private UdpSettings udp = UdpSettings.DEFAULT;

	ServerDefinitionBuilder(String name, String protocol, int port) {
		this.name = name;
		this.protocol = protocol;
		this.port = port;
	}

	/**
	 * Sets the local address to listen on, or {@code null} for all.
	 * @param address see {@link ServerDefinition#address()}
	 * @return this
	 */
	public ServerDefinitionBuilder address(@Nullable InetAddress address) {
		this.address = address;
		return this;
	}

	/**
	 * Sets where websocket connections are accepted.
	 * @param paths see {@link ServerDefinition#websocket()}
	 * @return this
	 */
	public ServerDefinitionBuilder paths(String... paths) {
		return websocket(new WebSocketSettings(List.of(paths)));
	}

	/**
	 * Sets the websocket sub-protocols, in order of preference.
	 * @param subprotocols see {@link ServerDefinition#subprotocols()}
	 * @return this
	 */
	public ServerDefinitionBuilder subprotocols(List<String> subprotocols) {
		this.subprotocols = subprotocols;
		return this;
	}

	/**
	 * Sets the origins whose pages may connect.
	 * @param allowedOrigins see {@link ServerDefinition#allowedOrigins()}
	 * @return this
	 */
	public ServerDefinitionBuilder allowedOrigins(List<String> allowedOrigins) {
		this.allowedOrigins = allowedOrigins;
		return this;
	}

	/**
	 * Sets the number of event loops of its own, 0 to share the application's.
	 * @param threads see {@link ServerDefinition#threads()}
	 * @return this
	 */
	public ServerDefinitionBuilder threads(int threads) {
		this.threads = threads;
		return this;
	}

	/**
	 * Sets how large a received message may be.
	 * @param maxMessageSize see {@link ServerDefinition#maxMessageSize()}
	 * @return this
	 */
	public ServerDefinitionBuilder maxMessageSize(DataSize maxMessageSize) {
		this.maxMessageSize = maxMessageSize;
		return this;
	}

	/**
	 * Sets how much may wait to be sent on a connection.
	 * @param maxSendBuffer see {@link ServerDefinition#maxSendBuffer()}
	 * @return this
	 */
	public ServerDefinitionBuilder maxSendBuffer(DataSize maxSendBuffer) {
		this.maxSendBuffer = maxSendBuffer;
		return this;
	}

	/**
	 * Sets how large the header of a handshake may be.
	 * @param maxHeaderSize see {@link ServerDefinition#maxHeaderSize()}
	 * @return this
	 */
	public ServerDefinitionBuilder maxHeaderSize(DataSize maxHeaderSize) {
		this.maxHeaderSize = maxHeaderSize;
		return this;
	}

	/**
	 * Sets how the sockets of TCP and Unix connections are set up.
	 * @param socket see {@link ServerDefinition#socket()}
	 * @return this
	 */
	public ServerDefinitionBuilder socket(SocketSettings socket) {
		this.socket = socket;
		return this;
	}

	/**
	 * Sets how long a handshake may take.
	 * @param handshakeTimeout see {@link ServerDefinition#handshakeTimeout()}
	 * @return this
	 */
	public ServerDefinitionBuilder handshakeTimeout(Duration handshakeTimeout) {
		this.handshakeTimeout = handshakeTimeout;
		return this;
	}

	/**
	 * Sets how long a peer may take to answer a goodbye.
	 * @param closeTimeout see {@link ServerDefinition#closeTimeout()}
	 * @return this
	 */
	public ServerDefinitionBuilder closeTimeout(Duration closeTimeout) {
		this.closeTimeout = closeTimeout;
		return this;
	}

	/**
	 * Sets the field of JSON messages that tells their type.
	 * @param messageTypeField see {@link ServerDefinition#messageTypeField()}
	 * @return this
	 */
	public ServerDefinitionBuilder messageTypeField(String messageTypeField) {
		this.messageTypeField = messageTypeField;
		return this;
	}

	/**
	 * Sets where handlers run that do not say so themselves.
	 * @param execution see {@link ServerDefinition#execution()}
	 * @return this
	 */
	public ServerDefinitionBuilder execution(ExecutionMode execution) {
		this.execution = execution;
		return this;
	}

	/**
	 * Sets what an error that no handler takes does to the connection.
	 * @param onUnhandledError see {@link ServerDefinition#onUnhandledError()}
	 * @return this
	 */
	public ServerDefinitionBuilder onUnhandledError(UnhandledErrorPolicy onUnhandledError) {
		this.onUnhandledError = onUnhandledError;
		return this;
	}

	/**
	 * Sets how long connections may take to end when the server stops.
	 * @param shutdownGracePeriod see {@link ServerDefinition#shutdownGracePeriod()}
	 * @return this
	 */
	public ServerDefinitionBuilder shutdownGracePeriod(Duration shutdownGracePeriod) {
		this.shutdownGracePeriod = shutdownGracePeriod;
		return this;
	}

	/**
	 * Sets whether messages are logged.
	 * @param wiretap see {@link ServerDefinition#wiretap()}
	 * @return this
	 */
	public ServerDefinitionBuilder wiretap(boolean wiretap) {
		this.wiretap = wiretap;
		return this;
	}

	/**
	 * Sets which files and class path resources an http server serves.
	 * @param staticResources see {@link ServerDefinition#staticResources()}
	 * @return this
	 */
	public ServerDefinitionBuilder staticResources(@Nullable StaticResourcesSettings staticResources) {
		this.staticResources = staticResources;
		return this;
	}

	/**
	 * Sets where a server accepts websocket connections.
	 * @param websocket see {@link ServerDefinition#websocket()}
	 * @return this
	 */
	public ServerDefinitionBuilder websocket(WebSocketSettings websocket) {
		this.websocket = websocket;
		return this;
	}

	/**
	 * Sets what is special to http servers.
	 * @param http see {@link ServerDefinition#http()}
	 * @return this
	 */
	public ServerDefinitionBuilder http(HttpSettings http) {
		this.http = http;
		return this;
	}

	/**
	 * Sets whether and how an http server keeps sessions.
	 * @param session see {@link ServerDefinition#session()}
	 * @return this
	 */
	public ServerDefinitionBuilder session(HttpSessionSettings session) {
		this.session = session;
		return this;
	}

	/**
	 * Sets how the protocols {@code length-field} and {@code delimiter} find the end of a
	 * message.
	 * @param frame see {@link ServerDefinition#frame()}
	 * @return this
	 */
	public ServerDefinitionBuilder frame(FrameSettings frame) {
		this.frame = frame;
		return this;
	}

	/**
	 * Sets what a protocol of the application's own is told.
	 * @param protocolOptions see {@link ServerDefinition#protocolOptions()}
	 * @return this
	 */
	public ServerDefinitionBuilder protocolOptions(Map<String, String> protocolOptions) {
		this.protocolOptions = protocolOptions;
		return this;
	}

	/**
	 * Sets what peers may do.
	 * @param limits see {@link ServerDefinition#limits()}
	 * @return this
	 */
	public ServerDefinitionBuilder limits(LimitSettings limits) {
		this.limits = limits;
		return this;
	}

	/**
	 * Sets how messages of websocket connections are compressed.
	 * @param compression see {@link ServerDefinition#compression()}
	 * @return this
	 */
	public ServerDefinitionBuilder compression(CompressionSettings compression) {
		this.compression = compression;
		return this;
	}

	/**
	 * Sets whether proxies say where their clients come from.
	 * @param proxyProtocol see {@link ServerDefinition#proxyProtocol()}
	 * @return this
	 */
	public ServerDefinitionBuilder proxyProtocol(ProxyProtocol proxyProtocol) {
		this.proxyProtocol = proxyProtocol;
		return this;
	}

	/**
	 * Sets the proxies whose word is taken for where a client comes from.
	 * @param trustedProxies see {@link ServerDefinition#trustedProxies()}
	 * @return this
	 */
	public ServerDefinitionBuilder trustedProxies(List<String> trustedProxies) {
		this.trustedProxies = trustedProxies;
		return this;
	}

	/**
	 * Sets the Unix domain socket to listen on; the port is 0 then.
	 * @param unix see {@link ServerDefinition#unix()}
	 * @return this
	 */
	public ServerDefinitionBuilder unix(UnixSettings unix) {
		this.unix = unix;
		return this;
	}

	/**
	 * Sets whether and how TLS is spoken.
	 * @param ssl see {@link ServerDefinition#ssl()}
	 * @return this
	 */
	public ServerDefinitionBuilder ssl(SslSettings ssl) {
		this.ssl = ssl;
		return this;
	}

	/**
	 * Sets what is special about a server of the protocol {@code udp}.
	 * @param udp see {@link ServerDefinition#udp()}
	 * @return this
	 */
	public ServerDefinitionBuilder udp(UdpSettings udp) {
		this.udp = udp;
		return this;
	}

	/**
	 * Sets whose port the server uses.
	 * @param mount see {@link ServerDefinition#mount()}
	 * @return this
	 */
	public ServerDefinitionBuilder mount(ServerMount mount) {
		this.mount = mount;
		return this;
	}

	/**
	 * Makes the definition.
	 * @return the definition
	 * @throws ServerConfigurationException if a value is not valid
	 */
	public ServerDefinition build() {
		return new ServerDefinition(this.name, this.protocol, this.address, this.port, this.subprotocols,
				this.allowedOrigins, this.threads, this.maxMessageSize, this.maxSendBuffer, this.maxHeaderSize,
				this.socket, this.handshakeTimeout, this.closeTimeout, this.messageTypeField, this.execution,
				this.onUnhandledError, this.shutdownGracePeriod, this.wiretap, this.frame, this.protocolOptions,
				this.http, this.session, this.websocket, this.staticResources, this.limits, this.compression,
				this.proxyProtocol, this.trustedProxies, this.unix, this.ssl, this.udp, this.mount);
	}

}
