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

import io.github.workerman.transport.limit.ExcessPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * What can be set about the limits of a server.
 */
public class LimitProperties {

	/**
	 * Maximum number of connections of the server, those included whose handshake is
	 * under way. Use 0 for no limit.
	 */
	private @Nullable Integer maxConnections;

	/**
	 * Maximum number of connections from one address. Use 0 for no limit.
	 */
	private @Nullable Integer maxConnectionsPerAddress;

	/**
	 * How many times in a second one address may connect. Use 0 for no limit.
	 */
	private @Nullable Integer connectRatePerAddress;

	/**
	 * Number of leading bits that tell one IPv6 address from another where addresses are
	 * limited.
	 */
	private @Nullable Integer ipv6PrefixLength;

	/**
	 * How many messages a peer may send in a second. Use 0 for no limit.
	 */
	private @Nullable Integer messagesPerSecond;

	/**
	 * How many bytes a peer may send in a second. Use 0 for no limit.
	 */
	private @Nullable DataSize bytesPerSecond;

	/**
	 * Time whose allowance may be used at once, for all rates.
	 */
	private @Nullable Duration burst;

	/**
	 * What happens to a connection whose peer sends more messages or bytes than it may.
	 * HTTP requests are answered with 429.
	 */
	private @Nullable ExcessPolicy onExcess;

	/**
	 * Time within which a peer has to send its first message. Use 0 for no limit.
	 */
	private @Nullable Duration firstMessageTimeout;

	/**
	 * Time in which something has to be received, sent, or taken by the peer of what was
	 * sent. Use 0 for no limit.
	 */
	private @Nullable Duration idleTimeout;

	/**
	 * Whether nothing is enforced and what exceeds a limit only counted.
	 */
	private @Nullable Boolean reportOnly;

	public @Nullable Integer getMaxConnections() {
		return this.maxConnections;
	}

	public void setMaxConnections(@Nullable Integer maxConnections) {
		this.maxConnections = maxConnections;
	}

	public @Nullable Integer getMaxConnectionsPerAddress() {
		return this.maxConnectionsPerAddress;
	}

	public void setMaxConnectionsPerAddress(@Nullable Integer maxConnectionsPerAddress) {
		this.maxConnectionsPerAddress = maxConnectionsPerAddress;
	}

	public @Nullable Integer getConnectRatePerAddress() {
		return this.connectRatePerAddress;
	}

	public void setConnectRatePerAddress(@Nullable Integer connectRatePerAddress) {
		this.connectRatePerAddress = connectRatePerAddress;
	}

	public @Nullable Integer getIpv6PrefixLength() {
		return this.ipv6PrefixLength;
	}

	public void setIpv6PrefixLength(@Nullable Integer ipv6PrefixLength) {
		this.ipv6PrefixLength = ipv6PrefixLength;
	}

	public @Nullable Integer getMessagesPerSecond() {
		return this.messagesPerSecond;
	}

	public void setMessagesPerSecond(@Nullable Integer messagesPerSecond) {
		this.messagesPerSecond = messagesPerSecond;
	}

	public @Nullable DataSize getBytesPerSecond() {
		return this.bytesPerSecond;
	}

	public void setBytesPerSecond(@Nullable DataSize bytesPerSecond) {
		this.bytesPerSecond = bytesPerSecond;
	}

	public @Nullable Duration getBurst() {
		return this.burst;
	}

	public void setBurst(@Nullable Duration burst) {
		this.burst = burst;
	}

	public @Nullable ExcessPolicy getOnExcess() {
		return this.onExcess;
	}

	public void setOnExcess(@Nullable ExcessPolicy onExcess) {
		this.onExcess = onExcess;
	}

	public @Nullable Duration getFirstMessageTimeout() {
		return this.firstMessageTimeout;
	}

	public void setFirstMessageTimeout(@Nullable Duration firstMessageTimeout) {
		this.firstMessageTimeout = firstMessageTimeout;
	}

	public @Nullable Duration getIdleTimeout() {
		return this.idleTimeout;
	}

	public void setIdleTimeout(@Nullable Duration idleTimeout) {
		this.idleTimeout = idleTimeout;
	}

	public @Nullable Boolean getReportOnly() {
		return this.reportOnly;
	}

	public void setReportOnly(@Nullable Boolean reportOnly) {
		this.reportOnly = reportOnly;
	}

}
