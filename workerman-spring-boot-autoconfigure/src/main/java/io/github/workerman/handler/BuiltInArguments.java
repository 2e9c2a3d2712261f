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

package io.github.workerman.handler;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.workerman.annotation.ConnectionAttribute;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.UdpPeer;
import io.github.workerman.connection.WebSocketConnection;
import io.github.workerman.connection.spi.ManagedConnection;
import org.jspecify.annotations.Nullable;

/**
 * Provides everything but the message: the connection, what the event carries, the
 * principal, attributes.
 */
final class BuiltInArguments implements ArgumentResolver {

	@Override
	public @Nullable ArgumentReader resolve(HandlerParameter parameter) {
		HandlerEvent event = parameter.event();
		if (event.isOfServer()) {
			return (parameter.type() == String.class) ? BuiltInReader.EVENT : null;
		}
		ConnectionAttribute attribute = parameter.annotation(ConnectionAttribute.class);
		if (attribute != null) {
			return attribute(parameter, attribute);
		}
		if (event == HandlerEvent.HANDSHAKE) {
			return ofHandshake(parameter.type());
		}
		return ofConnection(parameter);
	}

	private static @Nullable ArgumentReader ofHandshake(Class<?> type) {
		if (type == Handshake.class) {
			return BuiltInReader.EVENT;
		}
		return Principal.class.isAssignableFrom(type)
				? principal(type, (connection, event) -> Objects.requireNonNull((Handshake) event).principal()) : null;
	}

	private @Nullable ArgumentReader ofConnection(HandlerParameter parameter) {
		Class<?> type = parameter.type();
		boolean webSocket = parameter.settings().webSocket();
		if (type == Connection.class || type == ManagedConnection.class
				|| (type == WebSocketConnection.class && webSocket)
				|| (type == UdpPeer.class && parameter.settings().datagrams())) {
			return BuiltInReader.CONNECTION;
		}
		if (type == Handshake.class && webSocket) {
			return (connection, event) -> ((WebSocketConnection) connection).handshake();
		}
		if (type == CloseReason.class && parameter.event() == HandlerEvent.CLOSE) {
			return BuiltInReader.EVENT;
		}
		if (Throwable.class.isAssignableFrom(type) && parameter.event() == HandlerEvent.ERROR) {
			return BuiltInReader.EVENT;
		}
		return Principal.class.isAssignableFrom(type) ? principal(type, (connection, event) -> connection.principal())
				: null;
	}

	private static ArgumentReader principal(Class<?> type, ArgumentReader source) {
		return (connection, event) -> {
			Object principal = source.read(connection, event);
			if (principal != null && !type.isInstance(principal)) {
				throw new IllegalStateException("The principal is a " + principal.getClass().getName() + ", not a "
						+ type.getName() + " as the handler's parameter asks for");
			}
			return principal;
		};
	}

	private static ArgumentReader attribute(HandlerParameter parameter, ConnectionAttribute annotation) {
		String name = annotation.value();
		boolean required = annotation.required() || parameter.type().isPrimitive();
		Class<?> type = org.springframework.util.ClassUtils.resolvePrimitiveIfNecessary(parameter.type());
		boolean handshake = parameter.event() == HandlerEvent.HANDSHAKE;
		return (connection, event) -> {
			Object value = (handshake && event instanceof Handshake request) ? request.attributes().get(name)
					: connection.attributes().get(name);
			if (value == null && required) {
				throw new IllegalStateException("The connection has no attribute '" + name + "'");
			}
			if (value != null && !type.isInstance(value)) {
				throw new IllegalStateException("The connection's attribute '" + name + "' is a "
						+ value.getClass().getName() + ", not a " + type.getName());
			}
			return value;
		};
	}

	/**
	 * Lists what parameters of an event's handlers may be.
	 */
	static List<String> choices(HandlerEvent event, HandlerSettings settings, boolean json) {
		List<String> choices = new ArrayList<>();
		if (event.isOfServer()) {
			return List.of("String (the server's name)");
		}
		if (settings.isHttp()) {
			return HttpArguments.choices(event, json, settings.sessions());
		}
		switch (event) {
			case MESSAGE -> {
				choices.add("the message as String, byte[] or ByteBuffer");
				if (json) {
					choices.add("the message as JsonNode, record or class");
				}
			}
			case ERROR -> choices.add("Throwable or a subtype");
			case CLOSE -> choices.add("CloseReason");
			default -> {
				// nothing of its own
			}
		}
		if (event != HandlerEvent.HANDSHAKE) {
			choices.add("Connection");
			if (settings.webSocket()) {
				choices.add("WebSocketConnection");
			}
			if (settings.datagrams()) {
				choices.add("UdpPeer");
			}
		}
		choices.add("Principal");
		if (settings.webSocket()) {
			choices.add("Handshake");
			choices.add("@PathParam(\"name\") of a simple type");
		}
		choices.add("@ConnectionAttribute(\"name\")");
		return choices;
	}

}
