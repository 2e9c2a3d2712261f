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

import java.util.List;

import io.github.workerman.protocol.TrustedProxies;
import io.github.workerman.transport.ProxyProtocol;

/**
 * Finds what is wrong with what one {@link ServerDefinition} says about proxies.
 */
final class ProxyCheck {

	private final String server;

	ProxyCheck(String server) {
		this.server = server;
	}

	void check(ProxyProtocol protocol, List<String> trusted) {
		for (String proxy : trusted) {
			try {
				TrustedProxies.of(List.of(proxy));
			}
			catch (IllegalArgumentException ex) {
				throw new ServerConfigurationException(this.server, "trusted-proxies", proxy,
						"trusts proxy '" + proxy + "'",
						"Use IPv4 or IPv6 addresses or networks, for instance 10.0.0.1, 10.0.0.0/8 or fd00::/8, "
								+ "or unix: for whoever connects to a Unix domain socket.");
			}
		}
		if (protocol != ProxyProtocol.OFF && trusted.isEmpty()) {
			throw new ServerConfigurationException(this.server, "proxy-protocol", protocol,
					"expects headers of the PROXY protocol and trusts no proxy",
					"List the addresses of the proxies in trusted-proxies, or set proxy-protocol to off.");
		}
	}

}
