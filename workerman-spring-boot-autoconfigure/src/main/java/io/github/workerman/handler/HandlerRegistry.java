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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.workerman.handler.HandlerDefinitionException.Problem;
import io.github.workerman.protocol.PathPattern;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The annotated methods of an application's beans. They are found when all singletons
 * exist; {@link #handlersOf} binds them to a server. To be used by one thread at a time.
 */
public final class HandlerRegistry implements SmartInitializingSingleton {

	private final ConfigurableListableBeanFactory beanFactory;

	private final HandlerServices services;

	private final Map<String, HandlerSettings> bound = new HashMap<>();

	private @Nullable List<HandlerBean> beans;

	private @Nullable HandlerPaths paths;

	/**
	 * Creates a registry.
	 * @param beanFactory where the beans are
	 * @param services what handlers work with
	 */
	public HandlerRegistry(ConfigurableListableBeanFactory beanFactory, HandlerServices services) {
		this.beanFactory = beanFactory;
		this.services = services;
	}

	@Override
	public void afterSingletonsInstantiated() {
		beans();
	}

	/**
	 * Returns the servers that beans are narrowed to, whether they exist or not.
	 * @return the names in {@link io.github.workerman.annotation.WorkermanHandler}
	 * annotations
	 */
	public Set<String> referencedServers() {
		Set<String> servers = new LinkedHashSet<>();
		beans().forEach((bean) -> servers.addAll(bean.servers()));
		return servers;
	}

	/**
	 * Returns who is narrowed to a server.
	 * @param server the server's name
	 * @return the names of the beans
	 */
	public Set<String> beansNaming(String server) {
		Set<String> names = new LinkedHashSet<>();
		beans().stream().filter((bean) -> bean.servers().contains(server)).forEach((bean) -> names.add(bean.name()));
		return names;
	}

	/**
	 * Binds the handlers of a server. Beans that do not exist yet are created.
	 * @param configured the server's settings
	 * @return the handlers
	 * @throws HandlerDefinitionException if a method cannot be a handler
	 */
	public ServerHandlers handlersOf(HandlerSettings configured) {
		List<HandlerBean> serving = beans().stream().filter((bean) -> bean.serves(configured.server())).toList();
		List<PathPattern> served = HandlerPaths.served(configured, serving);
		HandlerSettings settings = configured.withPaths(served);
		this.bound.put(settings.server(), settings);
		List<HandlerCandidate> candidates = serving.stream()
			.flatMap((bean) -> paths().of(bean, settings, served).stream())
			.toList();
		HandlerBinder binder = new HandlerBinder(this.beanFactory, this.services);
		if (settings.isHttp()) {
			return new HttpHandlersFactory(settings, this.services, binder).create(candidates);
		}
		List<HandlerMethod> handlers = new ArrayList<>();
		for (HandlerCandidate candidate : candidates) {
			if (candidate.event().happensOn(settings)) {
				handlers.add(binder.bind(candidate, settings));
			}
		}
		return new ServerHandlersFactory(settings, this.services).create(handlers, binder.pathVariables(), null);
	}

	/**
	 * Checks, after the handlers of all servers have been bound, that each path that a
	 * handler names is one of a server's, and that handshakes and requests that beans
	 * want to handle exist on a server that they name.
	 * @throws HandlerDefinitionException if a handler would never be called
	 */
	public void checkPlaces() {
		paths().check();
		for (HandlerBean bean : beans()) {
			List<HandlerSettings> servers = this.bound.values()
				.stream()
				.filter((settings) -> bean.servers().contains(settings.server()))
				.sorted(Comparator.comparing(HandlerSettings::server))
				.toList();
			for (HandlerCandidate candidate : bean.methods()) {
				if (!servers.isEmpty() && servers.stream().noneMatch(candidate.event()::happensOn)) {
					throw neverCalled(candidate, servers.get(0));
				}
			}
		}
	}

	private static HandlerDefinitionException neverCalled(HandlerCandidate candidate, HandlerSettings settings) {
		boolean request = candidate.event() == HandlerEvent.REQUEST;
		return candidate.problem(Problem.NEVER_CALLED,
				candidate.where() + " is never called: connections of protocol '" + settings.protocol()
						+ "', as server '" + settings.server() + "' has them, "
						+ (request ? "bring no requests." : "begin without a handshake."),
				request ? "Remove it, or use protocol http." : "Decide in an @OnConnect method who may stay,"
						+ " narrow the bean to servers with websockets with @WorkermanHandler(\"name\"), or use protocol websocket.");
	}

	private HandlerPaths paths() {
		HandlerPaths known = this.paths;
		if (known == null) {
			known = new HandlerPaths(beans());
			this.paths = known;
		}
		return known;
	}

	private List<HandlerBean> beans() {
		List<HandlerBean> found = this.beans;
		if (found == null) {
			found = new HandlerDiscoverer(this.beanFactory).discover();
			this.beans = found;
		}
		return found;
	}

}
