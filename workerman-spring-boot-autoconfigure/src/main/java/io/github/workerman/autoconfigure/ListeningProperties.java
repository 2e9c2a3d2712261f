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

import io.github.workerman.autoconfigure.MeantFor.SocketKind;
import io.github.workerman.transport.ProxyProtocol;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * What can be set for a server that listens itself: where, and what comes before the
 * first byte of its protocol. One that is mounted on the web server has none of it.
 */
public abstract class ListeningProperties {

	/**
	 * Local address to listen on: an IP address or host name, or unix: and the absolute
	 * path of a Unix domain socket. All IP addresses when not set.
	 */
	private @Nullable String address;

	/**
	 * Port to listen on. Use 0 for any free one, which is then found as
	 * local.workerman.<name>.port. Not for Unix domain sockets.
	 */
	private @Nullable Integer port;

	/**
	 * Number of event loop threads of the server's own. Use 0 to share the application's.
	 */
	private @Nullable Integer threads;

	/**
	 * Number of connections that the operating system queues until they are accepted.
	 */
	private @Nullable Integer backlog;

	/**
	 * Whether several processes may listen on the port (SO_REUSEPORT).
	 */
	private @Nullable Boolean reusePort;

	/**
	 * Whether small segments are sent at once (TCP_NODELAY).
	 */
	private @Nullable Boolean tcpNoDelay;

	/**
	 * Whether the operating system probes idle peers (SO_KEEPALIVE).
	 */
	private @Nullable Boolean keepAlive;

	/**
	 * Unix domain sockets.
	 */
	@NestedConfigurationProperty
	private final UnixProperties unix = new UnixProperties();

	/**
	 * Whether connections begin with a header of the PROXY protocol. Needs
	 * trusted-proxies.
	 */
	private @Nullable ProxyProtocol proxyProtocol;

	/**
	 * Whether and how TLS is spoken.
	 */
	@NestedConfigurationProperty
	private final SslProperties ssl = new SslProperties();

	@MeantFor(ProtocolSet.ALL)
	public @Nullable String getAddress() {
		return this.address;
	}

	public void setAddress(@Nullable String address) {
		this.address = address;
	}

	@MeantFor(ProtocolSet.ALL)
	public @Nullable Integer getPort() {
		return this.port;
	}

	public void setPort(@Nullable Integer port) {
		this.port = port;
	}

	@MeantFor(ProtocolSet.ALL)
	public @Nullable Integer getThreads() {
		return this.threads;
	}

	public void setThreads(@Nullable Integer threads) {
		this.threads = threads;
	}

	@MeantFor(ProtocolSet.STREAMS)
	public @Nullable Integer getBacklog() {
		return this.backlog;
	}

	public void setBacklog(@Nullable Integer backlog) {
		this.backlog = backlog;
	}

	@MeantFor(value = ProtocolSet.ALL, on = SocketKind.PORT)
	public @Nullable Boolean getReusePort() {
		return this.reusePort;
	}

	public void setReusePort(@Nullable Boolean reusePort) {
		this.reusePort = reusePort;
	}

	@MeantFor(value = ProtocolSet.STREAMS, on = SocketKind.PORT)
	public @Nullable Boolean getTcpNoDelay() {
		return this.tcpNoDelay;
	}

	public void setTcpNoDelay(@Nullable Boolean tcpNoDelay) {
		this.tcpNoDelay = tcpNoDelay;
	}

	@MeantFor(value = ProtocolSet.STREAMS, on = SocketKind.PORT)
	public @Nullable Boolean getKeepAlive() {
		return this.keepAlive;
	}

	public void setKeepAlive(@Nullable Boolean keepAlive) {
		this.keepAlive = keepAlive;
	}

	@MeantFor(value = ProtocolSet.STREAMS, on = SocketKind.UNIX)
	public UnixProperties getUnix() {
		return this.unix;
	}

	@MeantFor(ProtocolSet.STREAMS)
	public @Nullable ProxyProtocol getProxyProtocol() {
		return this.proxyProtocol;
	}

	public void setProxyProtocol(@Nullable ProxyProtocol proxyProtocol) {
		this.proxyProtocol = proxyProtocol;
	}

	@MeantFor(ProtocolSet.STREAMS)
	public SslProperties getSsl() {
		return this.ssl;
	}

}
