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

package io.github.workerman.transport;

import java.net.SocketAddress;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Set;

import io.github.workerman.connection.MessageKind;
import io.github.workerman.protocol.TrustedProxies;
import io.github.workerman.transport.limit.LimitSettings;

/**
 * What an endpoint needs to know of the server that it listens for.
 *
 * @param server the server's name
 * @param address where to listen: an {@link java.net.InetSocketAddress}, whose port 0
 * takes any free one, or a {@link java.net.UnixDomainSocketAddress}
 * @param backlog how many connections may wait to be accepted
 * @param reusePort whether other processes may listen on the same port
 * @param tcpNoDelay whether small packets are sent without delay
 * @param keepAlive whether the operating system probes idle peers
 * @param maxMessageSize how large a received message may be, in bytes
 * @param maxSendBuffer how many bytes may wait to be sent on a connection
 * @param handshakeTimeout how long a handshake may take
 * @param closeTimeout how long a peer may take to answer a goodbye or to read what is
 * left
 * @param wiretap whether messages are logged
 * @param kinds the kinds of messages that the handlers take
 * @param limits what peers may do
 * @param proxyProtocol whether proxies say where their clients come from
 * @param trustedProxies the proxies whose word is taken for that
 * @param unixMode who may connect to a Unix domain socket, empty for whom the process's
 * file mode mask lets
 */
public record EndpointSettings(String server, SocketAddress address, int backlog, boolean reusePort, boolean tcpNoDelay,
		boolean keepAlive, int maxMessageSize, long maxSendBuffer, Duration handshakeTimeout, Duration closeTimeout,
		boolean wiretap, Set<MessageKind> kinds, LimitSettings limits, ProxyProtocol proxyProtocol,
		TrustedProxies trustedProxies, Set<PosixFilePermission> unixMode) {

	/**
	 * Creates the settings.
	 */
	public EndpointSettings {
		kinds = Set.copyOf(kinds);
		unixMode = Set.copyOf(unixMode);
	}

	/**
	 * Returns what a protocol that does not distinguish text from binary makes of a
	 * message.
	 * @return text if the handlers take any, else binary
	 */
	public MessageKind preferredKind() {
		return this.kinds.contains(MessageKind.TEXT) ? MessageKind.TEXT : MessageKind.BINARY;
	}

}
