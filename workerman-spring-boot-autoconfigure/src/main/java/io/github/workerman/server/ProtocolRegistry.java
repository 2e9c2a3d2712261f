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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.workerman.protocol.Protocol;

/**
 * The protocols that servers can speak, by name. Immutable.
 */
public final class ProtocolRegistry {

	private final Map<String, Protocol> protocols = new LinkedHashMap<>();

	/**
	 * Creates a registry.
	 * @param builtIn the protocols that are always there
	 * @param custom the application's own, which replace built-in ones of the same name
	 * @throws DuplicateProtocolException if two of the application's have the same name
	 */
	public ProtocolRegistry(List<Protocol> builtIn, List<Protocol> custom) {
		builtIn.forEach((protocol) -> this.protocols.put(protocol.name(), protocol));
		Map<String, Protocol> own = new LinkedHashMap<>();
		for (Protocol protocol : custom) {
			Protocol other = own.put(protocol.name(), protocol);
			if (other != null) {
				throw new DuplicateProtocolException(other, protocol);
			}
		}
		this.protocols.putAll(own);
	}

	/**
	 * Returns the names that can be used.
	 * @return the names in alphabetical order
	 */
	public Set<String> names() {
		return new TreeSet<>(this.protocols.keySet());
	}

	/**
	 * Returns the protocol of a server.
	 * @param definition the server's definition
	 * @return the protocol
	 * @throws ServerConfigurationException if there is none of that name, or it cannot be
	 * encrypted as the definition says
	 */
	Protocol protocolOf(ServerDefinition definition) {
		Protocol protocol = this.protocols.get(definition.protocol());
		if (protocol == null) {
			throw new ServerConfigurationException(definition.name(), "protocol", definition.protocol(),
					"uses unknown protocol '" + definition.protocol() + "'", "Use one of " + String.join(", ", names())
							+ ", or add a bean of type " + Protocol.class.getName() + " with that name.");
		}
		if (protocol.datagrams() && definition.ssl().isActive()) {
			// Better not to start than to serve in the clear what was meant to be secret.
			throw new ServerConfigurationException(definition.name(), "ssl.bundle", definition.ssl().bundle(),
					"has an SSL bundle, but datagrams are not encrypted", "Set ssl.enabled=false for this server.");
		}
		return protocol;
	}

	/**
	 * Returns what finds the messages in the datagrams of a server.
	 * @param definition the server's definition
	 * @param standard what does so unless the definition says something else
	 * @return the protocol
	 * @throws ServerConfigurationException if there is none of that name, or it cannot
	 */
	Protocol codecOf(ServerDefinition definition, Protocol standard) {
		String name = definition.udp().codec();
		if (definition.unix().path() != null) {
			throw new ServerConfigurationException(definition.name(), "address", "unix:" + definition.unix().path(),
					"receives datagrams, which it cannot on a Unix domain socket", "Use an IP address and a port.");
		}
		if (name == null) {
			return standard;
		}
		Protocol protocol = this.protocols.get(name);
		if (protocol == null || protocol.handshakes()) {
			throw new ServerConfigurationException(definition.name(), "udp.codec", name,
					"uses '" + name + "' for datagrams, which "
							+ ((protocol == null) ? "is unknown" : "begins with a handshake"),
					"Use the name of another protocol, for instance length-field or that of a Protocol bean.");
		}
		return protocol;
	}

}
