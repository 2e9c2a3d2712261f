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
import java.util.List;

import io.github.workerman.http.WebSocketSettings;
import io.github.workerman.protocol.CompressionSettings;
import io.github.workerman.protocol.FrameSettings;
import io.github.workerman.protocol.http.HttpProtocol;
import io.github.workerman.server.ServerConfigurationException;
import io.github.workerman.server.ServerDefinition;
import io.github.workerman.server.ServerDefinitionBuilder;
import io.github.workerman.server.ServerMount;
import io.github.workerman.server.SocketSettings;
import io.github.workerman.server.SslSettings;
import io.github.workerman.server.UnixSettings;
import io.github.workerman.transport.limit.LimitSettings;
import io.github.workerman.transport.udp.UdpSettings;

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

	private ServerDefinition definition(String name, ServerProperties own) {
		InheritedValues<ServerProperties> server = new InheritedValues<>(own, this.properties.getDefaults());
		boolean mounted = server.get(ServerProperties::getMount) == ServerMount.WEB;
		// Defaults are not for servers that listen nowhere themselves.
		InheritedValues<ServerProperties> listening = mounted ? server.withoutDefaults() : server;
		String protocol = server.get(ServerProperties::getProtocol);
		if (protocol == null) {
			throw new ServerConfigurationException(name, "protocol", null, "has no protocol",
					"Set one, for instance websocket, http, text, frame or tcp.");
		}
		ServerAddress address = ServerAddress.of(name, listening.get(ServerProperties::getAddress));
		InapplicableValues inapplicable = new InapplicableValues(name, own);
		inapplicable.check(protocol, address.path() != null);
		if (mounted) {
			inapplicable.checkMounted();
		}
		int port = mounted ? 0 : port(name, server, address);
		ServerDefinitionBuilder builder = ServerDefinition.builder(name, protocol, port)
			.address(address.ip())
			.unix(new UnixSettings(address.path(),
					server.group(ServerProperties::getUnix).get(UnixProperties::getMode)))
			.websocket(webSocket(protocol, server))
			.limits(limits(server.group(ServerProperties::getLimits)))
			.compression(compression(name, server.group(ServerProperties::getCompression)))
			.ssl(ssl(listening.group(ServerProperties::getSsl)))
			.shutdownGracePeriod(server.group(ServerProperties::getShutdown)
				.get(ServerShutdownProperties::getGracePeriod, this.properties.getShutdown().getGracePeriod()));
		mapListening(listening, builder);
		mapPlainValues(server, builder);
		mapProtocol(server, builder);
		new PropertiesHttpSettings(name, server).mapTo(builder);
		return builder.build();
	}

	private int port(String name, InheritedValues<ServerProperties> server, ServerAddress address) {
		if (address.path() != null) {
			Integer own = server.own().getPort();
			if (own != null) {
				throw new ServerConfigurationException(name, "port", own, "has a port besides a Unix domain socket",
						"Remove the port, or use an IP address.");
			}
			return 0;
		}
		Integer port = server.get(ServerProperties::getPort);
		if (port == null) {
			throw new ServerConfigurationException(name, "port", null, "has no port",
					"Set one, or 0 for any free port.");
		}
		return port;
	}

	private void mapListening(InheritedValues<ServerProperties> listening, ServerDefinitionBuilder builder) {
		listening.ifSet(ServerProperties::getThreads, builder::threads)
			.ifSet(ServerProperties::getProxyProtocol, builder::proxyProtocol);
		SocketSettings standard = SocketSettings.DEFAULT;
		builder.socket(new SocketSettings(listening.get(ServerProperties::getBacklog, standard.backlog()),
				listening.get(ServerProperties::getReusePort, standard.reusePort()),
				listening.get(ServerProperties::getTcpNoDelay, standard.tcpNoDelay()),
				listening.get(ServerProperties::getKeepAlive, standard.keepAlive())));
	}

	/*
	 * What a definition takes as it is.
	 */
	private void mapPlainValues(InheritedValues<ServerProperties> server, ServerDefinitionBuilder builder) {
		server.ifSet(ServerProperties::getMount, builder::mount)
			.ifSet(ServerProperties::getSubprotocols, builder::subprotocols)
			.ifSet(ServerProperties::getAllowedOrigins, builder::allowedOrigins)
			.ifSet(ServerProperties::getTrustedProxies, builder::trustedProxies)
			.ifSet(ServerProperties::getMaxMessageSize, builder::maxMessageSize)
			.ifSet(ServerProperties::getMaxSendBuffer, builder::maxSendBuffer)
			.ifSet(ServerProperties::getMaxHeaderSize, builder::maxHeaderSize)
			.ifSet(ServerProperties::getHandshakeTimeout, builder::handshakeTimeout)
			.ifSet(ServerProperties::getCloseTimeout, builder::closeTimeout)
			.ifSet(ServerProperties::getMessageTypeField, builder::messageTypeField)
			.ifSet(ServerProperties::getExecution, builder::execution)
			.ifSet(ServerProperties::getOnUnhandledError, builder::onUnhandledError)
			.ifSet(ServerProperties::getWiretap, builder::wiretap);
	}

	private WebSocketSettings webSocket(String protocol, InheritedValues<ServerProperties> server) {
		List<String> paths = protocol.equals(HttpProtocol.NAME)
				? server.group(ServerProperties::getWebsocket).get(WebSocketProperties::getPath)
				: server.get(ServerProperties::getPath);
		return (paths != null) ? new WebSocketSettings(paths) : WebSocketSettings.DEFAULT;
	}

	private void mapProtocol(InheritedValues<ServerProperties> server, ServerDefinitionBuilder builder) {
		FrameSettings standard = FrameSettings.DEFAULT;
		InheritedValues<FrameProperties> frame = server.group(ServerProperties::getFrame);
		builder.frame(new FrameSettings(frame.get(FrameProperties::getLengthBytes, standard.lengthBytes()),
				frame.get(FrameProperties::getOffset, standard.offset()),
				frame.get(FrameProperties::getAdjust, standard.adjust()),
				frame.get(FrameProperties::getLittleEndian, standard.littleEndian()),
				frame.get(FrameProperties::getStrip, standard.strip()),
				frame.get(FrameProperties::getDelimiter, standard.delimiter())));
		builder.protocolOptions(server.entries(ServerProperties::getProtocolOptions));
		InheritedValues<UdpProperties> udp = server.group(ServerProperties::getUdp);
		builder.udp(new UdpSettings(udp.get(UdpProperties::getCodec),
				udp.get(UdpProperties::getMulticastGroups, List.of()), udp.get(UdpProperties::getMulticastInterface)));
	}

	private LimitSettings limits(InheritedValues<LimitProperties> limits) {
		LimitSettings.Builder builder = LimitSettings.builder();
		limits.ifSet(LimitProperties::getMaxConnections, builder::maxConnections)
			.ifSet(LimitProperties::getMaxConnectionsPerAddress, builder::maxConnectionsPerAddress)
			.ifSet(LimitProperties::getConnectRatePerAddress, builder::connectRatePerAddress)
			.ifSet(LimitProperties::getIpv6PrefixLength, builder::ipv6PrefixLength)
			.ifSet(LimitProperties::getMessagesPerSecond, builder::messagesPerSecond)
			.ifSet(LimitProperties::getBytesPerSecond, builder::bytesPerSecond)
			.ifSet(LimitProperties::getBurst, builder::burst)
			.ifSet(LimitProperties::getOnExcess, builder::onExcess)
			.ifSet(LimitProperties::getFirstMessageTimeout, builder::firstMessageTimeout)
			.ifSet(LimitProperties::getIdleTimeout, builder::idleTimeout)
			.ifSet(LimitProperties::getReportOnly, builder::reportOnly);
		return builder.build();
	}

	private CompressionSettings compression(String name, InheritedValues<CompressionProperties> compression) {
		CompressionSettings off = CompressionSettings.OFF;
		return new CompressionSettings(compression.get(CompressionProperties::getEnabled, off.enabled()),
				threshold(name, compression, off.threshold()),
				compression.get(CompressionProperties::getLevel, off.level()),
				compression.get(CompressionProperties::getServerContextTakeover, off.serverContextTakeover()),
				compression.get(CompressionProperties::getClientContextTakeover, off.clientContextTakeover()),
				compression.get(CompressionProperties::getServerMaxWindowBits, off.serverMaxWindowBits()),
				compression.get(CompressionProperties::getClientMaxWindowBits, off.clientMaxWindowBits()));
	}

	private int threshold(String name, InheritedValues<CompressionProperties> compression, int byDefault) {
		DataSize threshold = compression.get(CompressionProperties::getThreshold);
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

	private SslSettings ssl(InheritedValues<SslProperties> ssl) {
		SslSettings.Builder builder = SslSettings.builder();
		ssl.ifSet(SslProperties::getEnabled, builder::enabled)
			.ifSet(SslProperties::getBundle, builder::bundle)
			.ifSet(SslProperties::getClientAuth, builder::clientAuth)
			.ifSet(SslProperties::getServerNames, builder::serverNames)
			.ifSet(SslProperties::getOptional, builder::optional);
		return builder.build();
	}

}
