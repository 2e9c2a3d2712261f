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

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.workerman.handler.HandlerDefinitionException.Problem;
import io.github.workerman.protocol.PathPattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings the paths of handlers and those of servers together. To be used by one thread at
 * a time.
 */
final class HandlerPaths {

	private static final PathPattern ROOT = new PathPattern("/");

	private final Map<HandlerCandidate, Set<PathPattern>> unserved = new LinkedHashMap<>();

	/**
	 * Takes note of handlers with paths, each of which some server must serve.
	 */
	HandlerPaths(Collection<HandlerBean> beans) {
		for (HandlerBean bean : beans) {
			for (HandlerCandidate candidate : bean.methods()) {
				if (!candidate.paths().isEmpty()) {
					this.unserved.put(candidate, new LinkedHashSet<>(candidate.paths()));
				}
			}
		}
	}

	/**
	 * Decides at which paths a server accepts websockets: those of its configuration,
	 * else those that its handlers name, else one.
	 * @param settings the server's settings
	 * @param beans the beans that serve it
	 * @return the paths, the more special ones first; none if it accepts none
	 */
	static List<PathPattern> served(HandlerSettings settings, List<HandlerBean> beans) {
		if (!settings.webSocket() && !settings.isHttp()) {
			return List.of();
		}
		if (!settings.paths().isEmpty()) {
			return settings.paths();
		}
		List<PathPattern> named = beans.stream()
			.flatMap((bean) -> bean.methods().stream())
			.flatMap((candidate) -> candidate.paths().stream())
			.distinct()
			.sorted()
			.toList();
		return (!named.isEmpty() || settings.isHttp()) ? named : List.of(ROOT);
	}

	/**
	 * Finds the methods of a bean that are for a server.
	 * @param bean a bean that serves it
	 * @param settings the server's settings
	 * @param served at which paths it accepts websockets
	 * @return the methods
	 * @throws HandlerDefinitionException if the bean names the server and one of its
	 * methods a path that the server does not serve
	 */
	List<HandlerCandidate> of(HandlerBean bean, HandlerSettings settings, List<PathPattern> served) {
		List<HandlerCandidate> all = new ArrayList<>();
		for (HandlerCandidate candidate : bean.methods()) {
			boolean needed = candidate.paths().isEmpty();
			for (PathPattern path : candidate.paths()) {
				if (served.stream().anyMatch(path::overlaps)) {
					needed = true;
					notePlaced(candidate, path);
				}
				else if (!bean.servers().isEmpty()) {
					throw notServed(candidate, path, settings, served);
				}
			}
			if (needed) {
				all.add(candidate);
			}
		}
		return all;
	}

	private void notePlaced(HandlerCandidate candidate, PathPattern path) {
		Set<PathPattern> left = this.unserved.get(candidate);
		if (left != null) {
			left.remove(path);
		}
	}

	/**
	 * Checks, once the handlers of all servers have been found, that no path of a handler
	 * is left that none of them serves.
	 * @throws HandlerDefinitionException if there is one
	 */
	void check() {
		this.unserved.forEach((candidate, left) -> left.forEach((path) -> {
			throw candidate.problem(Problem.PATH_NOT_SERVED,
					candidate.where() + " asks for path '" + path + "', at which no server accepts websockets.",
					"Correct the path, or add it to those of a server:"
							+ " 'workerman.servers.<name>.path' with protocol websocket, 'websocket.path' with http.");
		}));
	}

	private static HandlerDefinitionException notServed(HandlerCandidate candidate, PathPattern path,
			HandlerSettings settings, List<PathPattern> served) {
		String asks = candidate.where() + " asks for path '" + path + "', ";
		if (served.isEmpty()) {
			return candidate.problem(Problem.PATH_NOT_SERVED,
					asks + "but connections of protocol '" + settings.protocol() + "', as server '" + settings.server()
							+ "' has them, have none.",
					"Remove the path, or narrow the bean to servers with websockets with @WorkermanHandler(\"name\").");
		}
		String property = "workerman.servers." + settings.server() + (settings.isHttp() ? ".websocket.path" : ".path");
		List<String> choices = served.stream().map(PathPattern::toString).toList();
		return candidate.problem(Problem.PATH_NOT_SERVED, null,
				asks + "at which server '" + settings.server() + "' does not accept websockets.",
				"Correct the path, or add it to '" + property + "', which has " + String.join(", ", choices) + ".",
				choices);
	}

	/**
	 * Tells whether there can be a connection that two handlers are both for.
	 * @param served the paths of their server
	 */
	static boolean meet(HandlerCandidate one, HandlerCandidate other, List<PathPattern> served) {
		if (one.paths().isEmpty() || other.paths().isEmpty()) {
			// Each has been found to fit one of the server's.
			return true;
		}
		// Patterns that overlap two by two have a path in common.
		return served.stream()
			.anyMatch((path) -> one.paths()
				.stream()
				.filter(path::overlaps)
				.anyMatch((first) -> other.paths().stream().filter(path::overlaps).anyMatch(first::overlaps)));
	}

	/**
	 * Matches a path.
	 * @param patterns the patterns, the more special ones first
	 * @param path the segments of the path
	 * @return the variables of the first pattern that fits, or {@code null} if none does
	 */
	static @Nullable Map<String, String> match(List<PathPattern> patterns, List<String> path) {
		for (PathPattern pattern : patterns) {
			Map<String, String> variables = pattern.match(path);
			if (variables != null) {
				return variables;
			}
		}
		return null;
	}

}
