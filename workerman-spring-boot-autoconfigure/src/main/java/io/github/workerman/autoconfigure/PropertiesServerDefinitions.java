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

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.workerman.http.Http2Settings;
import io.github.workerman.http.HttpResponse;
import io.github.workerman.http.HttpSessionCookie;
import io.github.workerman.http.HttpSessionSettings;
import io.github.workerman.http.HttpSettings;
import io.github.workerman.http.WebSocketSettings;
import io.github.workerman.protocol.CompressionSettings;
import io.github.workerman.protocol.FrameSettings;
import io.github.workerman.protocol.http.HttpProtocol;
import io.github.workerman.resource.StaticResourcesSettings;
import io.github.workerman.server.ServerConfigurationException;
import io.github.workerman.server.ServerDefinition;
import io.github.workerman.server.ServerDefinitionBuilder;
import io.github.workerman.server.ServerMount;
import io.github.workerman.server.SocketSettings;
import io.github.workerman.server.SslSettings;
import io.github.workerman.server.UnixSettings;
import io.github.workerman.transport.LimitSettings;
import io.github.workerman.transport.UdpSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Makes server definitions out of properties: a server's own value, else that of
 * {@code workerman.defaults}, else that of {@link ServerDefinitionBuilder}.
 */
final class PropertiesServerDefinitions {

	private final WorkermanProperties properties;

	PropertiesServerDefinitions(WorkermanProperties properties) {
		this.properties = properties;
	}

	/**
	 * Returns the definitions in the order of the properties.
	 * @return the definitions
	 * @throws ServerConfigurationException if a value of a server is missing or not valid
	 * @throws InvalidConfigurationPropertyValueException if a value that all share is not
	 * valid
	 */
	List<ServerDefinition> get() {
		checkApplication();
		return this.properties.getServers()
			.entrySet()
			.stream()
			.map((entry) -> definition(entry.getKey(), entry.getValue()))
			.toList();
	}

	private void checkApplication() {
		int maxThreads = this.properties.getBlocking().getMaxThreads();
		if (maxThreads < 1) {
			throw new InvalidConfigurationPropertyValueException("workerman.blocking.max-threads", maxThreads,
					"There must be at least one thread.");
		}
		checkNotNegative("workerman.blocked-loop.threshold", this.properties.getBlockedLoop().getThreshold());
		checkNotNegative("workerman.shutdown.grace-period", this.properties.getShutdown().getGracePeriod());
	}

	private void checkNotNegative(String name, Duration duration) {
		if (duration.isNegative()) {
			throw new InvalidConfigurationPropertyValueException(name, duration, "The duration must not be negative.");
		}
	}

	private ServerDefinition definition(String name, ServerProperties server) {
		String protocol = value(server, ServerProperties::getProtocol);
		if (protocol == null) {
			throw new ServerConfigurationException(name, "protocol", null, "has no protocol",
					"Set one, for instance websocket, http, text, frame or tcp.");
		}
		ServerAddress address = ServerAddress.of(name, listening(server, ServerProperties::getAddress));
		InapplicableValues inapplicable = new InapplicableValues(name, server);
		inapplicable.check(protocol, address.path() != null);
		if (isMounted(server)) {
			inapplicable.checkMounted();
		}
		ServerDefinitionBuilder builder = ServerDefinition.builder(name, protocol, port(name, server, address))
			.address(address.ip())
			.unix(new UnixSettings(address.path(), value(server, (source) -> source.getUnix().getMode())));
		mapListening(server, builder);
		mapLimits(server, builder);
		PropertyMapper.get().from(value(server, ServerProperties::getMount)).to(builder::mount);
		mapHandling(server, builder);
		mapHttp(name, server, builder);
		mapProtocol(server, builder);
		builder.websocket(webSocket(protocol, server));
		builder.limits(limits(server));
		builder.compression(compression(name, server));
		mapProxies(server, builder);
		builder.ssl(ssl(server));
		return builder.build();
	}

	private int port(String name, ServerProperties server, ServerAddress address) {
		if (isMounted(server)) {
			return 0;
		}
		if (address.path() != null) {
			if (server.getPort() != null) {
				throw new ServerConfigurationException(name, "port", server.getPort(),
						"has a port besides a Unix domain socket", "Remove the port, or use an IP address.");
			}
			return 0;
		}
		Integer port = value(server, ServerProperties::getPort);
		if (port == null) {
			throw new ServerConfigurationException(name, "port", null, "has no port",
					"Set one, or 0 for any free port.");
		}
		return port;
	}

	private void mapListening(ServerProperties server, ServerDefinitionBuilder builder) {
		PropertyMapper map = PropertyMapper.get();
		map.from(value(server, ServerProperties::getSubprotocols)).to(builder::subprotocols);
		map.from(value(server, ServerProperties::getAllowedOrigins)).to(builder::allowedOrigins);
		map.from(listening(server, ServerProperties::getThreads)).to(builder::threads);
		SocketSettings standard = SocketSettings.DEFAULT;
		builder.socket(new SocketSettings(value(server, ServerProperties::getBacklog, standard.backlog()),
				value(server, ServerProperties::getReusePort, standard.reusePort()),
				value(server, ServerProperties::getTcpNoDelay, standard.tcpNoDelay()),
				value(server, ServerProperties::getKeepAlive, standard.keepAlive())));
	}

	private void mapLimits(ServerProperties server, ServerDefinitionBuilder builder) {
		PropertyMapper map = PropertyMapper.get();
		map.from(value(server, ServerProperties::getMaxMessageSize)).to(builder::maxMessageSize);
		map.from(value(server, ServerProperties::getMaxSendBuffer)).to(builder::maxSendBuffer);
		map.from(value(server, ServerProperties::getMaxHeaderSize)).to(builder::maxHeaderSize);
		map.from(value(server, ServerProperties::getHandshakeTimeout)).to(builder::handshakeTimeout);
		map.from(value(server, ServerProperties::getCloseTimeout)).to(builder::closeTimeout);
	}

	private void mapHandling(ServerProperties server, ServerDefinitionBuilder builder) {
		PropertyMapper map = PropertyMapper.get();
		map.from(value(server, ServerProperties::getMessageTypeField)).to(builder::messageTypeField);
		map.from(value(server, ServerProperties::getExecution)).to(builder::execution);
		map.from(value(server, ServerProperties::getOnUnhandledError)).to(builder::onUnhandledError);
		map.from(value(server, ServerProperties::getWiretap)).to(builder::wiretap);
		Duration grace = value(server, (source) -> source.getShutdown().getGracePeriod());
		builder.shutdownGracePeriod((grace != null) ? grace : this.properties.getShutdown().getGracePeriod());
	}

	private void mapHttp(String name, ServerProperties server, ServerDefinitionBuilder builder) {
		HttpSettings standard = HttpSettings.DEFAULT;
		builder.http(new HttpSettings(
				value(server, (source) -> source.getHttp().getRequestTimeout(), standard.requestTimeout()),
				value(server, (source) -> source.getHttp().getIdleTimeout(), standard.idleTimeout()),
				value(server, (source) -> source.getHttp().getMaxTargetSize(), standard.maxTargetSize()),
				value(server, (source) -> source.getHttp().getUploadThreshold(), standard.uploadThreshold()),
				http2(server, standard.http2())));
		builder.session(session(server));
		builder.staticResources(resources(name, server));
	}

	private Http2Settings http2(ServerProperties server, Http2Settings standard) {
		return new Http2Settings(value(server, (source) -> source.getHttp2().getEnabled(), standard.enabled()), value(
				server, (source) -> source.getHttp2().getMaxConcurrentStreams(), standard.maxConcurrentStreams()));
	}

	private WebSocketSettings webSocket(String protocol, ServerProperties server) {
		List<String> paths = protocol.equals(HttpProtocol.NAME)
				? value(server, (source) -> source.getWebsocket().getPath()) : value(server, ServerProperties::getPath);
		return (paths != null) ? new WebSocketSettings(paths) : WebSocketSettings.DEFAULT;
	}

	private HttpSessionSettings session(ServerProperties server) {
		HttpSessionSettings off = HttpSessionSettings.OFF;
		HttpSessionCookie cookie = off.cookie();
		return new HttpSessionSettings(session(server, HttpSessionProperties::getEnabled, off.enabled()),
				session(server, HttpSessionProperties::getTimeout, off.timeout()),
				session(server, HttpSessionProperties::getMaxSessions, off.maxSessions()),
				new HttpSessionCookie(session(server, (source) -> source.getCookie().getName(), cookie.name()),
						session(server, (source) -> source.getCookie().getPath(), cookie.path()),
						value(server, (source) -> source.getHttp().getSession().getCookie().getSecure()),
						session(server, (source) -> source.getCookie().getHttpOnly(), cookie.httpOnly()),
						session(server, (source) -> source.getCookie().getSameSite(), cookie.sameSite())));
	}

	private <T> T session(ServerProperties server, SessionGetter<T> getter, T otherwise) {
		return value(server, (source) -> getter.get(source.getHttp().getSession()), otherwise);
	}

	private @Nullable StaticResourcesSettings resources(String name, ServerProperties server) {
		List<String> locations = value(server, (source) -> source.getStatic().getLocation());
		if (locations == null || locations.isEmpty()) {
			return null;
		}
		String path = value(server, (source) -> source.getStatic().getPath(), "/");
		String welcomePage = value(server, (source) -> source.getStatic().getWelcomePage(), "index.html");
		if (!path.startsWith("/")) {
			throw new ServerConfigurationException(name, "static.path", path, "has static path '" + path + "'",
					"A path begins with a slash, for instance '/files/'.");
		}
		if (welcomePage.startsWith(".") || welcomePage.contains("/") || welcomePage.contains("\\")) {
			throw new ServerConfigurationException(name, "static.welcome-page", welcomePage,
					"has welcome page '" + welcomePage + "'", "Name a file without a directory, such as index.html.");
		}
		Duration maxAge = value(server, (source) -> source.getStatic().getMaxAge());
		if (maxAge != null && maxAge.isNegative()) {
			throw new ServerConfigurationException(name, "static.max-age", maxAge, "has a static.max-age of " + maxAge,
					"Use a duration such as 1h, or leave it out to have copies checked each time.");
		}
		return new StaticResourcesSettings(locations, path, welcomePage, maxAge, headers(name, server));
	}

	private Map<String, String> headers(String name, ServerProperties server) {
		Map<String, String> headers = new LinkedHashMap<>(this.properties.getDefaults().getStatic().getHeaders());
		headers.putAll(server.getStatic().getHeaders());
		headers.forEach((header, value) -> {
			try {
				HttpResponse.of(200).withHeader(header, value);
			}
			catch (IllegalArgumentException ex) {
				throw new ServerConfigurationException(name, "static.headers." + header, value,
						"has a header that cannot be sent: " + ex.getMessage(),
						"Use a name of letters, digits and dashes, and a value without line breaks.");
			}
		});
		return headers;
	}

	private void mapProtocol(ServerProperties server, ServerDefinitionBuilder builder) {
		FrameSettings standard = FrameSettings.DEFAULT;
		builder.frame(
				new FrameSettings(value(server, (source) -> source.getFrame().getLengthBytes(), standard.lengthBytes()),
						value(server, (source) -> source.getFrame().getOffset(), standard.offset()),
						value(server, (source) -> source.getFrame().getAdjust(), standard.adjust()),
						value(server, (source) -> source.getFrame().getLittleEndian(), standard.littleEndian()),
						value(server, (source) -> source.getFrame().getStrip(), standard.strip()),
						value(server, (source) -> source.getFrame().getDelimiter(), standard.delimiter())));
		Map<String, String> options = new LinkedHashMap<>(this.properties.getDefaults().getProtocolOptions());
		options.putAll(server.getProtocolOptions());
		builder.protocolOptions(options);
		builder.udp(new UdpSettings(value(server, (source) -> source.getUdp().getCodec()),
				value(server, (source) -> source.getUdp().getMulticastGroups(), List.<InetAddress>of()),
				value(server, (source) -> source.getUdp().getMulticastInterface())));
	}

	private <T> T value(ServerProperties server, Getter<T> getter, T otherwise) {
		T value = value(server, getter);
		return (value != null) ? value : otherwise;
	}

	private void mapProxies(ServerProperties server, ServerDefinitionBuilder builder) {
		PropertyMapper map = PropertyMapper.get();
		map.from(listening(server, ServerProperties::getProxyProtocol)).to(builder::proxyProtocol);
		map.from(value(server, ServerProperties::getTrustedProxies)).to(builder::trustedProxies);
	}

	private LimitSettings limits(ServerProperties server) {
		PropertyMapper map = PropertyMapper.get();
		LimitSettings.Builder builder = LimitSettings.builder();
		map.from(limit(server, LimitProperties::getMaxConnections)).to(builder::maxConnections);
		map.from(limit(server, LimitProperties::getMaxConnectionsPerAddress)).to(builder::maxConnectionsPerAddress);
		map.from(limit(server, LimitProperties::getConnectRatePerAddress)).to(builder::connectRatePerAddress);
		map.from(limit(server, LimitProperties::getIpv6PrefixLength)).to(builder::ipv6PrefixLength);
		map.from(limit(server, LimitProperties::getMessagesPerSecond)).to(builder::messagesPerSecond);
		map.from(limit(server, LimitProperties::getBytesPerSecond)).to(builder::bytesPerSecond);
		map.from(limit(server, LimitProperties::getBurst)).to(builder::burst);
		map.from(limit(server, LimitProperties::getOnExcess)).to(builder::onExcess);
		map.from(limit(server, LimitProperties::getFirstMessageTimeout)).to(builder::firstMessageTimeout);
		map.from(limit(server, LimitProperties::getIdleTimeout)).to(builder::idleTimeout);
		map.from(limit(server, LimitProperties::getReportOnly)).to(builder::reportOnly);
		return builder.build();
	}

	private <T> @Nullable T limit(ServerProperties server, LimitGetter<T> getter) {
		return value(server, (source) -> getter.get(source.getLimits()));
	}

	private CompressionSettings compression(String name, ServerProperties server) {
		CompressionSettings off = CompressionSettings.OFF;
		return new CompressionSettings(value(server, (source) -> source.getCompression().getEnabled(), off.enabled()),
				threshold(name, server, off.threshold()),
				value(server, (source) -> source.getCompression().getLevel(), off.level()),
				value(server, (source) -> source.getCompression().getServerContextTakeover(),
						off.serverContextTakeover()),
				value(server, (source) -> source.getCompression().getClientContextTakeover(),
						off.clientContextTakeover()),
				value(server, (source) -> source.getCompression().getServerMaxWindowBits(), off.serverMaxWindowBits()),
				value(server, (source) -> source.getCompression().getClientMaxWindowBits(), off.clientMaxWindowBits()));
	}

	private int threshold(String name, ServerProperties server, int byDefault) {
		DataSize threshold = value(server, (source) -> source.getCompression().getThreshold());
		if (threshold == null) {
			return byDefault;
		}
		if (threshold.toBytes() < 0 || threshold.toBytes() > Integer.MAX_VALUE) {
			throw new ServerConfigurationException(name, "compression.threshold", threshold,
					"has a compression threshold of " + threshold,
					"Use 0 to compress everything, or a size such as 1KB, below 2GB.");
		}
		return (int) threshold.toBytes();
	}

	private SslSettings ssl(ServerProperties server) {
		PropertyMapper map = PropertyMapper.get();
		SslSettings.Builder builder = SslSettings.builder();
		map.from(ssl(server, SslProperties::getEnabled)).to(builder::enabled);
		map.from(ssl(server, SslProperties::getBundle)).to(builder::bundle);
		map.from(ssl(server, SslProperties::getClientAuth)).to(builder::clientAuth);
		map.from(ssl(server, SslProperties::getServerNames)).to(builder::serverNames);
		map.from(ssl(server, SslProperties::getOptional)).to(builder::optional);
		return builder.build();
	}

	private <T> @Nullable T ssl(ServerProperties server, SslGetter<T> getter) {
		return listening(server, (source) -> getter.get(source.getSsl()));
	}

	private boolean isMounted(ServerProperties server) {
		return value(server, ServerProperties::getMount) == ServerMount.WEB;
	}

	/* Defaults are not for servers that listen nowhere themselves. */
	private <T> @Nullable T listening(ServerProperties server, Getter<T> getter) {
		return isMounted(server) ? getter.get(server) : value(server, getter);
	}

	private <T> @Nullable T value(ServerProperties server, Getter<T> getter) {
		T value = getter.get(server);
		return (value != null) ? value : getter.get(this.properties.getDefaults());
	}

	/**
	 * Reads a property that may not be set.
	 */
	private interface SslGetter<T> {

		@Nullable T get(SslProperties ssl);

	}

	private interface SessionGetter<T> {

		@Nullable T get(HttpSessionProperties session);

	}

	private interface LimitGetter<T> {

		@Nullable T get(LimitProperties limits);

	}

	private interface Getter<T> {

		@Nullable T get(ServerProperties server);

	}

}
