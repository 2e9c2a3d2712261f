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

import java.time.Duration;

import io.github.workerman.transport.limit.LimitSettings;

/**
 * Finds what is wrong with the limits of one {@link ServerDefinition}.
 */
final class LimitCheck {

	private static final int IPV6_BITS = 128;

	private final String server;

	LimitCheck(String server) {
		this.server = server;
	}

	void check(LimitSettings limits) {
		notNegative("max-connections", limits.maxConnections());
		notNegative("max-connections-per-address", limits.maxConnectionsPerAddress());
		notNegative("connect-rate-per-address", limits.connectRatePerAddress());
		notNegative("messages-per-second", limits.messagesPerSecond());
		if (limits.bytesPerSecond().isNegative()) {
			throw failure("bytes-per-second", limits.bytesPerSecond(), "Use a size such as 64KB, or 0 for no limit.");
		}
		notNegative("first-message-timeout", limits.firstMessageTimeout());
		notNegative("idle-timeout", limits.idleTimeout());
		if (limits.burst().isNegative() || limits.burst().isZero()) {
			throw failure("burst", limits.burst(), "Use a positive duration, for instance 1s.");
		}
		if (limits.ipv6PrefixLength() < 1 || limits.ipv6PrefixLength() > IPV6_BITS) {
			throw failure("ipv6-prefix-length", limits.ipv6PrefixLength(),
					"Use 1 to 128: 64 for the usual size of a network, 128 for single addresses.");
		}
	}

	private void notNegative(String key, int value) {
		if (value < 0) {
			throw failure(key, value, "Use 1 or more, or 0 for no limit.");
		}
	}

	private void notNegative(String key, Duration value) {
		if (value.isNegative()) {
			throw failure(key, value, "Use a duration such as 30s, or 0s for no limit.");
		}
	}

	private ServerConfigurationException failure(String key, Object value, String action) {
		String property = "limits." + key;
		return new ServerConfigurationException(this.server, property, value, "has a " + property + " of " + value,
				action);
	}

}
