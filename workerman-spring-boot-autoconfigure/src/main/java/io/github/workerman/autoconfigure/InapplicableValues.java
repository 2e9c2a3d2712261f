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
import java.util.Map;

import io.github.workerman.autoconfigure.MeantFor.SocketKind;
import io.github.workerman.protocol.http.HttpProtocol;
import io.github.workerman.protocol.websocket.WebSocketProtocol;
import io.github.workerman.server.ServerConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;

/**
 * Finds what is set for a server that it is not {@linkplain MeantFor meant for}: whoever
 * sets it expects something that would not happen. Defaults for all servers are for those
 * that they mean something to, and protocols of the application's own decide for
 * themselves.
 */
final class InapplicableValues {

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
		if (!ProtocolSet.ALL.contains(protocol)) {
			return;
		}
		for (PropertyDescriptor property : PropertyGroup.properties(this.properties.getWrappedClass())) {
			MeantFor meant = meaning(property);
			if (!meant.value().contains(protocol)) {
				refuse(property, "which means nothing to the protocol " + protocol,
						action(property.getName(), protocol, meant.value()));
			}
			else if (unix && meant.on() == SocketKind.PORT) {
				refuse(property, "which means nothing to a Unix domain socket", "Remove it.");
			}
			else if (!unix && meant.on() == SocketKind.UNIX) {
				refuse(property, "but listens on a port",
						"Remove it, or listen on a Unix domain socket with address: unix:/path.");
			}
		}
	}

	/**
	 * Checks the properties of the server's own, which is mounted on the web server.
	 * @throws ServerConfigurationException if one is up to the web server
	 */
	void checkMounted() {
		for (PropertyDescriptor property : PropertyGroup.properties(this.properties.getWrappedClass())) {
			if (property.getReadMethod().getDeclaringClass() == ListeningProperties.class) {
				refuse(property, "but is mounted on the web server",
						"Remove it and set what the web server has for it ('server.*'), or remove the mount.");
			}
		}
	}

	/**
	 * Returns what a property of servers is meant for.
	 * @param property the property
	 * @throws IllegalStateException if it does not say so
	 */
	static MeantFor meaning(PropertyDescriptor property) {
		MeantFor meant = property.getReadMethod().getAnnotation(MeantFor.class);
		if (meant == null) {
			throw new IllegalStateException(property.getReadMethod() + " does not say what it is meant for");
		}
		return meant;
	}

	private static String action(String property, String protocol, ProtocolSet meant) {
		if (property.equals("path") && protocol.equals(HttpProtocol.NAME)) {
			return "Remove it. Websockets on an http server have their path in websocket.path.";
		}
		if (property.equals("websocket") && protocol.equals(WebSocketProtocol.NAME)) {
			return "Remove it. The path of a websocket server is set by path.";
		}
		return "Remove it, or use " + String.join(" or ", meant.names()) + ".";
	}

	private void refuse(PropertyDescriptor property, String why, String action) {
		Found found = find(PropertyGroup.key(property), this.properties.getPropertyValue(property.getName()));
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
		if (!PropertyGroup.is(value.getClass())) {
			// Who says that something is off is right.
			return (key.endsWith(".enabled") && value.equals(false)) ? null : new Found(key, value);
		}
		BeanWrapper group = PropertyAccessorFactory.forBeanPropertyAccess(value);
		for (PropertyDescriptor property : PropertyGroup.properties(value.getClass())) {
			Found found = find(key + "." + PropertyGroup.key(property), group.getPropertyValue(property.getName()));
			if (found != null) {
				return found;
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
