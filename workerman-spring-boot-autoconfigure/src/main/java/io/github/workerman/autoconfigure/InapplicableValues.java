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

import java.beans.PropertyDescriptor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.workerman.server.ServerConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * Finds what is set for a server although it means nothing to its protocol: whoever sets
 * it expects something that would not happen. Defaults for all servers are for those that
 * they mean something to, and protocols of the application's own decide for themselves.
 */
final class InapplicableValues {

	private static final Set<String> BUILT_IN = Set.of("websocket", "http", "text", "frame", "length-field",
			"delimiter", "tcp", "udp");

	private static final Set<String> STREAMS = Set.of("websocket", "http", "text", "frame", "length-field", "delimiter",
			"tcp");

	private static final Set<String> HANDSHAKES = Set.of("websocket", "http");

	private static final Set<String> HTTP = Set.of("http");

	/* The protocols that properties, and groups of them, are for. */
	private static final Map<String, Set<String>> APPLICABLE = new LinkedHashMap<>();

	static {
		APPLICABLE.put("ssl", STREAMS);
		APPLICABLE.put("proxyProtocol", STREAMS);
		APPLICABLE.put("trustedProxies", STREAMS);
		APPLICABLE.put("limits", STREAMS);
		APPLICABLE.put("backlog", STREAMS);
		APPLICABLE.put("tcpNoDelay", STREAMS);
		APPLICABLE.put("keepAlive", STREAMS);
		APPLICABLE.put("handshakeTimeout", STREAMS);
		APPLICABLE.put("closeTimeout", STREAMS);
		APPLICABLE.put("unix", STREAMS);
		APPLICABLE.put("path", Set.of("websocket"));
		APPLICABLE.put("subprotocols", HANDSHAKES);
		APPLICABLE.put("allowedOrigins", HANDSHAKES);
		APPLICABLE.put("compression", HANDSHAKES);
		APPLICABLE.put("maxHeaderSize", HANDSHAKES);
		APPLICABLE.put("http", HTTP);
		APPLICABLE.put("http2", HTTP);
		APPLICABLE.put("static", HTTP);
		APPLICABLE.put("websocket", HTTP);
		APPLICABLE.put("frame", Set.of("length-field", "delimiter", "udp"));
		APPLICABLE.put("udp", Set.of("udp"));
	}

	/* What is for ports of TCP only. */
	private static final Set<String> PORTS = Set.of("tcpNoDelay", "keepAlive", "reusePort");

	/* What is up to the web server that a server is mounted on. */
	private static final List<String> WEB_SERVER = List.of("port", "address", "threads", "ssl", "proxyProtocol",
			"backlog", "reusePort", "tcpNoDelay", "keepAlive");

	private final String name;

	private final BeanWrapper properties;

	InapplicableValues(String name, ServerProperties properties) {
		this.name = name;
		this.properties = PropertyAccessorFactory.forBeanPropertyAccess(properties);
	}

	/**
	 * Checks the properties of the server's own.
	 * @param protocol the server's protocol
	 * @param unix whether it listens on a Unix domain socket
	 * @throws ServerConfigurationException if one means nothing
	 */
	void check(String protocol, boolean unix) {
		if (!BUILT_IN.contains(protocol)) {
			return;
		}
		APPLICABLE.forEach((property, protocols) -> {
			if (!protocols.contains(protocol)) {
				refuse(property, "which means nothing to the protocol " + protocol, action(property, protocol));
			}
		});
		if (unix) {
			PORTS.forEach((property) -> refuse(property, "which means nothing to a Unix domain socket", "Remove it."));
		}
		else {
			refuse("unix", "but listens on a port",
					"Remove it, or listen on a Unix domain socket with address: unix:/path.");
		}
	}

	/**
	 * Checks the properties of the server's own, which is mounted on the web server.
	 * @throws ServerConfigurationException if one is up to the web server
	 */
	void checkMounted() {
		WEB_SERVER.forEach((property) -> refuse(property, "but is mounted on the web server",
				"Remove it and set what the web server has for it ('server.*'), or remove the mount."));
	}

	private static String action(String property, String protocol) {
		if (property.equals("path") && protocol.equals("http")) {
			return "Remove it. Websockets on an http server have their path in websocket.path.";
		}
		if (property.equals("websocket") && protocol.equals("websocket")) {
			return "Remove it. The path of a websocket server is set by path.";
		}
		return "Remove it, or use "
				+ String.join(" or ", APPLICABLE.getOrDefault(property, Set.of()).stream().sorted().toList()) + ".";
	}

	private void refuse(String property, String why, String action) {
		Found found = find(DataObjectPropertyName.toDashedForm(property), this.properties.getPropertyValue(property));
		if (found != null) {
			throw new ServerConfigurationException(this.name, found.key(), found.value(),
					"has a value for " + found.key() + ", " + why, action);
		}
	}

	private static @Nullable Found find(String key, @Nullable Object value) {
		if (value == null || (value instanceof Collection<?> values && values.isEmpty())
				|| (value instanceof Map<?, ?> map && map.isEmpty())) {
			return null;
		}
		if (value.getClass().isEnum()
				|| !value.getClass().getPackageName().equals(InapplicableValues.class.getPackageName())) {
			// Who says that something is off is right.
			return (key.endsWith(".enabled") && value.equals(false)) ? null : new Found(key, value);
		}
		BeanWrapper group = PropertyAccessorFactory.forBeanPropertyAccess(value);
		for (PropertyDescriptor property : group.getPropertyDescriptors()) {
			if (property.getReadMethod() != null && !property.getName().equals("class")) {
				Found found = find(key + "." + DataObjectPropertyName.toDashedForm(property.getName()),
						group.getPropertyValue(property.getName()));
				if (found != null) {
					return found;
				}
			}
		}
		return null;
	}

	/**
	 * A property that is set.
	 *
	 * @param key its key below the server's prefix
	 * @param value its value
	 */
	private record Found(String key, Object value) {

	}

}
