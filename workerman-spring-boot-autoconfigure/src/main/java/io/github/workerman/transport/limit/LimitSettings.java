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

package io.github.workerman.transport.limit;

import java.time.Duration;

import org.springframework.util.unit.DataSize;

/**
 * What the peers of a server may do. Zero switches a limit off. Immutable.
 *
 * @param maxConnections how many connections the server takes, those included whose
 * handshake is under way
 * @param maxConnectionsPerAddress how many of them may come from one address
 * @param connectRatePerAddress how many times in a second one address may connect
 * @param ipv6PrefixLength how many bits of an IPv6 address tell one from another
 * @param messagesPerSecond how many messages a peer may send in a second
 * @param bytesPerSecond how much a peer may send in a second
 * @param burst how much of what was left unused may be caught up on, as a time: all three
 * rates allow what they would allow in that time at once
 * @param onExcess what happens to a peer that sends more messages or bytes than it may
 * @param firstMessageTimeout how long a peer may take until its first message is complete
 * @param idleTimeout how long nothing need be received, sent or taken by the peer;
 * noticed at most a quarter later
 * @param reportOnly whether nothing is enforced and all only counted
 */
public record LimitSettings(int maxConnections, int maxConnectionsPerAddress, int connectRatePerAddress,
		int ipv6PrefixLength, int messagesPerSecond, DataSize bytesPerSecond, Duration burst, ExcessPolicy onExcess,
		Duration firstMessageTimeout, Duration idleTimeout, boolean reportOnly) {

	/** The defaults: nothing but the number of connections is limited, to 100000. */
	public static final LimitSettings DEFAULT = builder().build();

	/**
	 * Begins settings with the defaults.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Tells whether connections are counted by address.
	 * @return whether anything about an address is limited
	 */
	public boolean limitsAddresses() {
		return this.maxConnectionsPerAddress > 0 || this.connectRatePerAddress > 0;
	}

	/**
	 * Tells whether anything about an open connection is limited.
	 * @return whether what it sends or how long it may take is
	 */
	public boolean limitsTraffic() {
		return this.messagesPerSecond > 0 || this.bytesPerSecond.toBytes() > 0 || limitsTime();
	}

	boolean limitsTime() {
		return !this.firstMessageTimeout.isZero() || !this.idleTimeout.isZero();
	}

	/**
	 * Returns how much a rate allows at once.
	 * @param perSecond the rate
	 * @return how much, at least one
	 */
	public double atOnce(long perSecond) {
		return Math.max(1, perSecond * (this.burst.toNanos() / 1e9));
	}

	/**
	 * Collects the parts of the settings. Not for use by several threads.
	 */
	public static final class Builder {

		private int maxConnections = 100_000;

		private int maxConnectionsPerAddress;

		private int connectRatePerAddress;

		private int ipv6PrefixLength = 64;

		private int messagesPerSecond;

		private DataSize bytesPerSecond = DataSize.ofBytes(0);

		private Duration burst = Duration.ofSeconds(1);

		private ExcessPolicy onExcess = ExcessPolicy.CLOSE;

		private Duration firstMessageTimeout = Duration.ZERO;

		private Duration idleTimeout = Duration.ZERO;

		private boolean reportOnly;

		private Builder() {
		}

		/**
		 * Sets how many connections the server takes.
		 * @param maxConnections see {@link LimitSettings#maxConnections()}
		 * @return this
		 */
		public Builder maxConnections(int maxConnections) {
			this.maxConnections = maxConnections;
			return this;
		}

		/**
		 * Sets how many connections may come from one address.
		 * @param maxConnectionsPerAddress see
		 * {@link LimitSettings#maxConnectionsPerAddress()}
		 * @return this
		 */
		public Builder maxConnectionsPerAddress(int maxConnectionsPerAddress) {
			this.maxConnectionsPerAddress = maxConnectionsPerAddress;
			return this;
		}

		/**
		 * Sets how many times in a second one address may connect.
		 * @param connectRatePerAddress see {@link LimitSettings#connectRatePerAddress()}
		 * @return this
		 */
		public Builder connectRatePerAddress(int connectRatePerAddress) {
			this.connectRatePerAddress = connectRatePerAddress;
			return this;
		}

		/**
		 * Sets how many bits of an IPv6 address tell one from another.
		 * @param ipv6PrefixLength see {@link LimitSettings#ipv6PrefixLength()}
		 * @return this
		 */
		public Builder ipv6PrefixLength(int ipv6PrefixLength) {
			this.ipv6PrefixLength = ipv6PrefixLength;
			return this;
		}

		/**
		 * Sets how many messages a peer may send in a second.
		 * @param messagesPerSecond see {@link LimitSettings#messagesPerSecond()}
		 * @return this
		 */
		public Builder messagesPerSecond(int messagesPerSecond) {
			this.messagesPerSecond = messagesPerSecond;
			return this;
		}

		/**
		 * Sets how much a peer may send in a second.
		 * @param bytesPerSecond see {@link LimitSettings#bytesPerSecond()}
		 * @return this
		 */
		public Builder bytesPerSecond(DataSize bytesPerSecond) {
			this.bytesPerSecond = bytesPerSecond;
			return this;
		}

		/**
		 * Sets how much of what was left unused may be caught up on.
		 * @param burst see {@link LimitSettings#burst()}
		 * @return this
		 */
		public Builder burst(Duration burst) {
			this.burst = burst;
			return this;
		}

		/**
		 * Sets what happens to a peer that sends more than it may.
		 * @param onExcess see {@link LimitSettings#onExcess()}
		 * @return this
		 */
		public Builder onExcess(ExcessPolicy onExcess) {
			this.onExcess = onExcess;
			return this;
		}

		/**
		 * Sets how long a peer may take until its first message is complete.
		 * @param firstMessageTimeout see {@link LimitSettings#firstMessageTimeout()}
		 * @return this
		 */
		public Builder firstMessageTimeout(Duration firstMessageTimeout) {
			this.firstMessageTimeout = firstMessageTimeout;
			return this;
		}

		/**
		 * Sets how long nothing need be received, sent or taken by the peer.
		 * @param idleTimeout see {@link LimitSettings#idleTimeout()}
		 * @return this
		 */
		public Builder idleTimeout(Duration idleTimeout) {
			this.idleTimeout = idleTimeout;
			return this;
		}

		/**
		 * Sets whether nothing is enforced and all only counted.
		 * @param reportOnly see {@link LimitSettings#reportOnly()}
		 * @return this
		 */
		public Builder reportOnly(boolean reportOnly) {
			this.reportOnly = reportOnly;
			return this;
		}

		/**
		 * Makes the settings, which a server's definition checks.
		 * @return the settings
		 */
		public LimitSettings build() {
			return new LimitSettings(this.maxConnections, this.maxConnectionsPerAddress, this.connectRatePerAddress,
					this.ipv6PrefixLength, this.messagesPerSecond, this.bytesPerSecond, this.burst, this.onExcess,
					this.firstMessageTimeout, this.idleTimeout, this.reportOnly);
		}

	}

}
