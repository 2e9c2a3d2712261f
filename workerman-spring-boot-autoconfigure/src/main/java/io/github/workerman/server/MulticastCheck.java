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

import java.net.Inet6Address;
import java.net.InetAddress;

import io.github.workerman.connection.Addresses;
import io.github.workerman.transport.NetworkInterfaces;
import io.github.workerman.transport.udp.UdpSettings;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong with the multicast groups of one {@link ServerDefinition}.
 */
final class MulticastCheck {

	private static final String GROUPS = "udp.multicast-groups";

	private final String server;

	MulticastCheck(String server) {
		this.server = server;
	}

	void check(UdpSettings udp, @Nullable InetAddress address) {
		for (InetAddress group : udp.multicastGroups()) {
			InetAddress first = udp.multicastGroups().get(0);
			if (!group.isMulticastAddress()) {
				throw failure(group, "joins " + Addresses.format(group) + ", which is no multicast group",
						"Use groups of 224.0.0.0/4, for instance 239.1.2.3, or of ff00::/8, for instance ff15::1.");
			}
			if (isIpv6(group) != isIpv6(first)) {
				throw failure(group,
						"joins " + Addresses.format(first) + " and " + Addresses.format(group)
								+ ", of which one is IPv4 and the other IPv6",
						"Use groups of 224.0.0.0/4 alone, or of ff00::/8 alone; a second server can join the others.");
			}
			if (address != null && isIpv6(group) != isIpv6(address)) {
				throw failure(group,
						"joins " + Addresses.format(group) + " while it listens on " + Addresses.format(address)
								+ ", of which one is IPv4 and the other IPv6",
						"Use groups of the same kind as 'workerman.servers." + this.server
								+ ".address', or leave that out.");
			}
		}
	}

	/**
	 * Checks what may change between two starts.
	 */
	void checkInterface(UdpSettings udp) {
		String name = udp.multicastInterface();
		if (name != null && !udp.multicastGroups().isEmpty() && !NetworkInterfaces.exists(name)) {
			throw new ServerConfigurationException(this.server, "udp.multicast-interface", name,
					"joins multicast groups on network interface '" + name + "', which does not exist",
					"Use one of this machine (" + NetworkInterfaces.list()
							+ "), or leave it out to use the first that is able to multicast.");
		}
	}

	private static boolean isIpv6(InetAddress address) {
		return address instanceof Inet6Address;
	}

	private ServerConfigurationException failure(InetAddress group, String problem, String action) {
		return new ServerConfigurationException(this.server, GROUPS, Addresses.format(group), problem, action);
	}

}
