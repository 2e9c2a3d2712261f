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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.protocol.PathPattern;

/**
 * Chooses at the handshake, by the path, which handlers of the server are those of the
 * connection. From then on they are one reference away.
 */
final class PathListener implements ConnectionListener {

	private final List<HandlerMethod> handlers;

	/* Handlers of a class have them in common. */
	private final Set<List<PathPattern>> paths;

	private final PathVariables variables;

	private final Function<List<HandlerMethod>, ConnectionListener> factory;

	/* By the paths that fit. As many as there are different sets of handlers. */
	private final Map<Set<List<PathPattern>>, ConnectionListener> listeners = new ConcurrentHashMap<>();

	/**
	 * Creates a listener.
	 * @param handlers the handlers of connections
	 * @param variables what they take from paths
	 * @param factory makes the listener that calls some of them
	 */
	PathListener(List<HandlerMethod> handlers, PathVariables variables,
			Function<List<HandlerMethod>, ConnectionListener> factory) {
		this.handlers = handlers;
		this.paths = handlers.stream()
			.map((handler) -> handler.candidate().paths())
			.filter((list) -> !list.isEmpty())
			.collect(Collectors.toUnmodifiableSet());
		this.variables = variables;
		this.factory = factory;
	}

	/**
	 * Tells whether such a listener is needed.
	 */
	static boolean isNeeded(List<HandlerMethod> handlers, PathVariables variables) {
		return !variables.isEmpty() || handlers.stream().anyMatch((handler) -> !handler.candidate().paths().isEmpty());
	}

	@Override
	public void handshake(ManagedConnection connection, Handshake handshake, Consumer<HandshakeDecision> decision) {
		Map<List<PathPattern>, Map<String, String>> matched = match(handshake);
		ConnectionPath path;
		try {
			path = new ConnectionPath(listener(matched.keySet()), this.variables.values(matched));
		}
		catch (IllegalArgumentException ex) {
			decision.accept(HandshakeDecision.reject(400, "'" + ex.getMessage() + "' in the path is not valid"));
			return;
		}
		connection.attachment(path);
		path.handlers().handshake(connection, handshake, decision);
	}

	private Map<List<PathPattern>, Map<String, String>> match(Handshake handshake) {
		Map<List<PathPattern>, Map<String, String>> matched = new HashMap<>();
		matched.put(List.of(), handshake.pathParams());
		List<String> segments = PathPattern.segments(handshake.rawPath());
		for (List<PathPattern> patterns : this.paths) {
			Map<String, String> variables = HandlerPaths.match(patterns, segments);
			if (variables != null) {
				matched.put(patterns, variables);
			}
		}
		return matched;
	}

	private ConnectionListener listener(Set<List<PathPattern>> matched) {
		ConnectionListener listener = this.listeners.get(matched);
		return (listener != null) ? listener : this.listeners.computeIfAbsent(Set.copyOf(matched), (key) -> this.factory
			.apply(this.handlers.stream().filter((handler) -> key.contains(handler.candidate().paths())).toList()));
	}

	private static ConnectionListener of(ManagedConnection connection) {
		ConnectionPath path = (ConnectionPath) connection.attachment();
		return Objects.requireNonNull(path, "No handshake").handlers();
	}

	@Override
	public void connected(ManagedConnection connection) {
		of(connection).connected(connection);
	}

	@Override
	public void message(ManagedConnection connection, Object message) {
		of(connection).message(connection, message);
	}

	@Override
	public void bufferFull(ManagedConnection connection) {
		of(connection).bufferFull(connection);
	}

	@Override
	public void bufferDrained(ManagedConnection connection) {
		of(connection).bufferDrained(connection);
	}

	@Override
	public void failed(ManagedConnection connection, Throwable error) {
		of(connection).failed(connection, error);
	}

	@Override
	public void ending(ManagedConnection connection, Runnable close) {
		of(connection).ending(connection, close);
	}

	@Override
	public void closed(ManagedConnection connection, CloseReason reason) {
		of(connection).closed(connection, reason);
	}

}
