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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.workerman.handler.HandlerDefinitionException.Problem;
import io.github.workerman.protocol.PathPattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the handler of a request by its path and method.
 */
final class HttpRoutes {

	private final Map<String, List<HttpRoute>> literals = new HashMap<>();

	private final List<HttpRoute> patterns;

	/* Takes what no route does, whatever the method. */
	private final @Nullable HandlerMethod rest;

	HttpRoutes(List<HandlerMethod> handlers) {
		List<HttpRoute> routes = handlers.stream()
			.filter((handler) -> handler.event() == HandlerEvent.REQUEST)
			.map(HttpRoute::of)
			.sorted(Comparator.comparing(HttpRoute::pattern).thenComparing((route) -> route.methods().isEmpty()))
			.toList();
		checkDuplicates(routes);
		routes.stream()
			.filter((route) -> route.pattern().isLiteral())
			.forEach((route) -> this.literals.computeIfAbsent(route.pattern().toString(), (key) -> new ArrayList<>())
				.add(route));
		this.patterns = routes.stream().filter((route) -> !route.pattern().isLiteral()).toList();
		this.rest = handlers.stream()
			.filter((handler) -> handler.event() == HandlerEvent.MESSAGE)
			.findFirst()
			.orElse(null);
	}

	private static void checkDuplicates(List<HttpRoute> routes) {
		Map<String, HttpRoute> taken = new HashMap<>();
		for (HttpRoute route : routes) {
			Set<String> methods = route.methods().isEmpty() ? Set.of("*") : route.methods();
			for (String method : methods) {
				HttpRoute other = taken.putIfAbsent(method + " " + route.pattern().shape(), route);
				if (other != null) {
					HandlerCandidate candidate = route.handler().candidate();
					throw candidate.problem(Problem.DUPLICATE_HANDLER,
							"Two handlers of server '" + route.handler().server() + "' take the same requests: "
									+ other.handler().candidate().where() + ", and " + candidate.where() + ".",
							"Keep one of them, give one another path or method, or narrow their beans to different"
									+ " servers with @WorkermanHandler(\"name\").");
				}
			}
		}
	}

	/**
	 * Finds the handler of a request.
	 * @param method the method
	 * @param path the path, still encoded
	 * @return the handler, or none and the methods that the path has handlers for
	 * @throws IllegalArgumentException if the path cannot be decoded
	 */
	Match find(String method, String path) {
		List<HttpRoute> exact = this.literals.get(path);
		if (exact != null) {
			for (HttpRoute route : exact) {
				if (route.takes(method)) {
					return new Match(route.handler(), Map.of(), Set.of());
				}
			}
		}
		return search(method, path, (exact != null) ? exact : List.of());
	}

	private Match search(String method, String path, List<HttpRoute> exact) {
		Set<String> others = new TreeSet<>();
		exact.forEach((route) -> others.addAll(route.methods()));
		boolean encoded = path.indexOf('%') >= 0;
		if (!this.patterns.isEmpty() || (encoded && !this.literals.isEmpty())) {
			List<String> segments = PathPattern.segments(path);
			for (HttpRoute route : encoded ? all() : this.patterns) {
				Map<String, String> params = route.pattern().match(segments);
				if (params != null && route.takes(method)) {
					return new Match(route.handler(), params, Set.of());
				}
				if (params != null) {
					others.addAll(route.methods());
				}
			}
		}
		return new Match(this.rest, Map.of(), others);
	}

	private List<HttpRoute> all() {
		List<HttpRoute> all = new ArrayList<>(this.patterns);
		this.literals.values().forEach(all::addAll);
		all.sort(Comparator.comparing(HttpRoute::pattern));
		return all;
	}

	/**
	 * The methods that the whole server has handlers for.
	 */
	Set<String> methods() {
		Set<String> methods = new TreeSet<>();
		all().forEach((route) -> methods.addAll(route.methods()));
		return methods;
	}

	/**
	 * What was found.
	 *
	 * @param handler the handler, or {@code null}
	 * @param params the variables of the path
	 * @param allowed without a handler, the methods that there are handlers for
	 */
	record Match(@Nullable HandlerMethod handler, Map<String, String> params, Set<String> allowed) {

	}

}
