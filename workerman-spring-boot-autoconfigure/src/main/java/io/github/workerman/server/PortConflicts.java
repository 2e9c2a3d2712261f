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

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.workerman.protocol.udp.UdpProtocol;

/**
 * Finds servers of one application that get in each other's way.
 */
final class PortConflicts {

	private final List<ServerDefinition> definitions;

	PortConflicts(List<ServerDefinition> definitions) {
		this.definitions = definitions;
	}

	void check() {
		Map<String, ServerDefinition> byName = new HashMap<>();
		for (ServerDefinition definition : this.definitions) {
			if (byName.put(definition.name(), definition) != null) {
				throw new ServerConfigurationException(definition.name(), null, null, "is defined twice",
						"Use different names for the server of the properties and that of the bean.");
			}
		}
		for (int i = 0; i < this.definitions.size(); i++) {
			for (ServerDefinition earlier : this.definitions.subList(0, i)) {
				check(earlier, this.definitions.get(i));
			}
		}
	}

	private static void check(ServerDefinition earlier, ServerDefinition later) {
		if (later.unix().path() != null) {
			if (later.socketAddress().equals(earlier.socketAddress())) {
				throw new ServerConfigurationException(later.name(), "address", "unix:" + later.unix().path(),
						"listens on " + later.unix().path() + ", as server '" + earlier.name() + "' does",
						"Give each server a socket of its own.");
			}
			return;
		}
		if (later.port() != 0 && later.port() == earlier.port() && isUdp(later) == isUdp(earlier)
				&& overlaps(earlier, later)) {
			throw new ServerConfigurationException(later.name(), "port", later.port(),
					"listens on port " + later.port() + ", as server '" + earlier.name() + "' does",
					"Give each server a port of its own, or different addresses.");
		}
	}

	/* Which has ports of its own. */
	private static boolean isUdp(ServerDefinition definition) {
		return definition.protocol().equals(UdpProtocol.NAME);
	}

	private static boolean overlaps(ServerDefinition one, ServerDefinition other) {
		return isWildcard(one) || isWildcard(other) || one.socketAddress().equals(other.socketAddress());
	}

	private static boolean isWildcard(ServerDefinition definition) {
		return definition.socketAddress() instanceof InetSocketAddress inet && inet.getAddress().isAnyLocalAddress();
	}

}
