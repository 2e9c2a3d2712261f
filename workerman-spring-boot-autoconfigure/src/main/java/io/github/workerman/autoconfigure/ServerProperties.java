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

package io.github.workerman.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.workerman.execution.ExecutionMode;
import io.github.workerman.handler.UnhandledErrorPolicy;
import io.github.workerman.server.ServerMount;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

/**
 * What can be set for one server, and as default for all of them. What is not set has the
 * value of {@code workerman.defaults} and then that of
 * {@link io.github.workerman.server.ServerDefinition#builder}.
 */
public class ServerProperties extends ListeningProperties {

	/**
	 * Name of the protocol: websocket, http, text, frame, length-field, delimiter, tcp,
	 * or that of a Protocol bean.
	 */
	private @Nullable String protocol;

	/**
	 * Whose port is used: none for one of the server's own, web for that of the
	 * application's web server, WebFlux on Reactor Netty, with protocol websocket.
	 */
	private @Nullable ServerMount mount;

	/**
	 * Comma-separated list of the paths at which websocket connections are accepted, such
	 * as /chat and /rooms/{id}. Those that handlers name when not set, else /.
	 */
	private @Nullable List<String> path;

	/**
	 * Comma-separated list of the websocket sub-protocols that the server speaks, in
	 * order of preference.
	 */
	private @Nullable List<String> subprotocols;

	/**
	 * Comma-separated list of the origins whose pages may connect, such as
	 * https://chat.example.com or https://*.example.com, besides those with the host name
	 * of the request. Use * for all.
	 */
	private @Nullable List<String> allowedOrigins;

	/**
	 * Maximum size of a received message. A larger one closes the connection.
	 */
	private @Nullable DataSize maxMessageSize;

	/**
	 * Maximum size of what waits to be sent on a connection. Messages beyond it are
	 * refused.
	 */
	private @Nullable DataSize maxSendBuffer;

	/**
	 * Maximum size of the HTTP header of a websocket handshake.
	 */
	private @Nullable DataSize maxHeaderSize;

	/**
	 * Time within which the handshakes of TLS and websocket have to be complete.
	 */
	private @Nullable Duration handshakeTimeout;

	/**
	 * Time within which a peer has to answer a goodbye and to read what is left, before
	 * it is dropped.
	 */
	private @Nullable Duration closeTimeout;

	/**
	 * Top-level field of JSON messages that tells their type.
	 */
	private @Nullable String messageTypeField;

	/**
	 * Where handlers run that do not say so themselves.
	 */
	private @Nullable ExecutionMode execution;

	/**
	 * What an error that no handler takes does to the connection.
	 */
	private @Nullable UnhandledErrorPolicy onUnhandledError;

	/**
	 * Whether messages are logged in readable form, unmasked and decrypted, secrets
	 * included.
	 */
	private @Nullable Boolean wiretap;

	/**
	 * How messages of websocket connections are compressed.
	 */
	@NestedConfigurationProperty
	private final CompressionProperties compression = new CompressionProperties();

	/**
	 * What happens when the server stops.
	 */
	@NestedConfigurationProperty
	private final ServerShutdownProperties shutdown = new ServerShutdownProperties();

	/**
	 * What is special to servers of the protocol http.
	 */
	@NestedConfigurationProperty
	private final HttpProperties http = new HttpProperties();

	/**
	 * HTTP/2 on servers of the protocol http.
	 */
	@NestedConfigurationProperty
	private final Http2Properties http2 = new Http2Properties();

	private final StaticProperties staticResources = new StaticProperties();

	/**
	 * Websockets on the port of an http server.
	 */
	@NestedConfigurationProperty
	private final WebSocketProperties websocket = new WebSocketProperties();

	/**
	 * How the protocols length-field and delimiter find the end of a message.
	 */
	@NestedConfigurationProperty
	private final FrameProperties frame = new FrameProperties();

	/**
	 * Servers of the protocol udp.
	 */
	@NestedConfigurationProperty
	private final UdpProperties udp = new UdpProperties();

	/**
	 * What a Protocol bean is told, by names that it knows. Those of workerman.defaults
	 * are told as well.
	 */
	private final Map<String, String> protocolOptions = new LinkedHashMap<>();

	/**
	 * Comma-separated list of the addresses and networks of the proxies whose word is
	 * taken for where a client comes from, such as 10.0.0.1, 10.0.0.0/8 or fd00::/8. Use
	 * unix: for peers on a Unix domain socket.
	 */
	private @Nullable List<String> trustedProxies;

	/**
	 * What peers may do.
	 */
	@NestedConfigurationProperty
	private final LimitProperties limits = new LimitProperties();

	@MeantFor(ProtocolSet.ALL)
	public @Nullable String getProtocol() {
		return this.protocol;
	}

	public void setProtocol(@Nullable String protocol) {
		this.protocol = protocol;
	}

	@MeantFor(ProtocolSet.ALL)
	public @Nullable ServerMount getMount() {
		return this.mount;
	}

	public void setMount(@Nullable ServerMount mount) {
		this.mount = mount;
	}

	@MeantFor(ProtocolSet.WEBSOCKET)
	public @Nullable List<String> getPath() {
		return this.path;
	}

	public void setPath(@Nullable List<String> path) {
		this.path = path;
	}

	@MeantFor(ProtocolSet.HANDSHAKES)
	public @Nullable List<String> getSubprotocols() {
		return this.subprotocols;
	}

	public void setSubprotocols(@Nullable List<String> subprotocols) {
		this.subprotocols = subprotocols;
	}

	@MeantFor(ProtocolSet.HANDSHAKES)
	public @Nullable List<String> getAllowedOrigins() {
		return this.allowedOrigins;
	}

	public void setAllowedOrigins(@Nullable List<String> allowedOrigins) {
		this.allowedOrigins = allowedOrigins;
	}

	@MeantFor(ProtocolSet.ALL)
	public @Nullable DataSize getMaxMessageSize() {
		return this.maxMessageSize;
	}

	public void setMaxMessageSize(@Nullable DataSize maxMessageSize) {
		this.maxMessageSize = maxMessageSize;
	}

	@MeantFor(ProtocolSet.ALL)
	public @Nullable DataSize getMaxSendBuffer() {
		return this.maxSendBuffer;
	}

	public void setMaxSendBuffer(@Nullable DataSize maxSendBuffer) {
		this.maxSendBuffer = maxSendBuffer;
	}

	@MeantFor(ProtocolSet.HANDSHAKES)
	public @Nullable DataSize getMaxHeaderSize() {
		return this.maxHeaderSize;
	}

	public void setMaxHeaderSize(@Nullable DataSize maxHeaderSize) {
		this.maxHeaderSize = maxHeaderSize;
	}

	@MeantFor(ProtocolSet.STREAMS)
	public @Nullable Duration getHandshakeTimeout() {
		return this.handshakeTimeout;
	}

	public void setHandshakeTimeout(@Nullable Duration handshakeTimeout) {
		this.handshakeTimeout = handshakeTimeout;
	}

	@MeantFor(ProtocolSet.STREAMS)
	public @Nullable Duration getCloseTimeout() {
		return this.closeTimeout;
	}

	public void setCloseTimeout(@Nullable Duration closeTimeout) {
		this.closeTimeout = closeTimeout;
	}

	@MeantFor(ProtocolSet.ALL)
	public @Nullable String getMessageTypeField() {
		return this.messageTypeField;
	}

	public void setMessageTypeField(@Nullable String messageTypeField) {
		this.messageTypeField = messageTypeField;
	}

	@MeantFor(ProtocolSet.ALL)
	public @Nullable ExecutionMode getExecution() {
		return this.execution;
	}

	public void setExecution(@Nullable ExecutionMode execution) {
		this.execution = execution;
	}

	@MeantFor(ProtocolSet.ALL)
	public @Nullable UnhandledErrorPolicy getOnUnhandledError() {
		return this.onUnhandledError;
	}

	public void setOnUnhandledError(@Nullable UnhandledErrorPolicy onUnhandledError) {
		this.onUnhandledError = onUnhandledError;
	}

	@MeantFor(ProtocolSet.ALL)
	public @Nullable Boolean getWiretap() {
		return this.wiretap;
	}

	public void setWiretap(@Nullable Boolean wiretap) {
		this.wiretap = wiretap;
	}

	@MeantFor(ProtocolSet.HANDSHAKES)
	public CompressionProperties getCompression() {
		return this.compression;
	}

	@MeantFor(ProtocolSet.ALL)
	public ServerShutdownProperties getShutdown() {
		return this.shutdown;
	}

	@MeantFor(ProtocolSet.HTTP)
	public HttpProperties getHttp() {
		return this.http;
	}

	@MeantFor(ProtocolSet.HTTP)
	public Http2Properties getHttp2() {
		return this.http2;
	}

	/**
	 * Files and class path resources that an http server serves.
	 * @return the properties
	 */
	@NestedConfigurationProperty
	@MeantFor(ProtocolSet.HTTP)
	public StaticProperties getStatic() {
		return this.staticResources;
	}

	@MeantFor(ProtocolSet.HTTP)
	public WebSocketProperties getWebsocket() {
		return this.websocket;
	}

	@MeantFor(ProtocolSet.FRAMES)
	public FrameProperties getFrame() {
		return this.frame;
	}

	@MeantFor(ProtocolSet.UDP)
	public UdpProperties getUdp() {
		return this.udp;
	}

	@MeantFor(ProtocolSet.ALL)
	public Map<String, String> getProtocolOptions() {
		return this.protocolOptions;
	}

	@MeantFor(ProtocolSet.STREAMS)
	public @Nullable List<String> getTrustedProxies() {
		return this.trustedProxies;
	}

	public void setTrustedProxies(@Nullable List<String> trustedProxies) {
		this.trustedProxies = trustedProxies;
	}

	@MeantFor(ProtocolSet.STREAMS)
	public LimitProperties getLimits() {
		return this.limits;
	}

}
