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

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.github.workerman.handler.HandlerRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * The servers of an application and their common life: all start, in the order of their
 * definitions, when the application context is ready, or none does; all stop with the
 * context. As long as one may run, so does the JVM.
 */
public final class WorkermanServerRegistry implements SmartLifecycle {

	/**
	 * The phase in which servers start and stop, that of Spring Boot's web servers.
	 */
	public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 2048;

	private static final Log logger = LogFactory.getLog(WorkermanServerRegistry.class);

	private final Map<String, WorkermanServer> servers;

	private final HandlerRegistry handlers;

	private volatile @Nullable AwaitThread awaitThread;

	private volatile boolean running;

	/**
	 * Creates a registry.
	 * @param definitions the definitions, in the order of their start
	 * @param factory makes the servers
	 * @param handlers the handlers, which may name servers
	 * @throws ServerConfigurationException if two definitions have the same name or
	 * listen on the same port, or if one of them asks for something that does not exist
	 */
	public WorkermanServerRegistry(List<ServerDefinition> definitions, ServerFactory factory,
			HandlerRegistry handlers) {
		new PortConflicts(definitions).check();
		Map<String, WorkermanServer> made = new LinkedHashMap<>();
		definitions.forEach((definition) -> made.put(definition.name(), factory.create(definition)));
		this.servers = Collections.unmodifiableMap(made);
		this.handlers = handlers;
	}

	/**
	 * Returns the servers in the order of their start.
	 * @return the servers, whatever their state
	 */
	public Collection<WorkermanServer> servers() {
		return this.servers.values();
	}

	/**
	 * Finds a server.
	 * @param name the server's name
	 * @return the server, or empty if there is none of that name
	 */
	public Optional<WorkermanServer> find(String name) {
		return Optional.ofNullable(this.servers.get(name));
	}

	/**
	 * Starts all servers. When one cannot be started, those that were are stopped again.
	 * @throws UnknownServerException if a handler names a server that does not exist
	 * @throws RuntimeException as {@link WorkermanServer#start()}
	 */
	@Override
	public void start() {
		if (this.running) {
			return;
		}
		checkHandlers();
		this.servers.values().forEach(WorkermanServer::prepare);
		this.handlers.checkPlaces();
		checkMounts();
		List<WorkermanServer> started = new ArrayList<>();
		try {
			for (WorkermanServer server : this.servers.values()) {
				started.add(0, server);
				server.start();
			}
		}
		catch (RuntimeException | Error ex) {
			started.forEach(WorkermanServer::abort);
			throw ex;
		}
		if (!this.servers.isEmpty()) {
			this.awaitThread = AwaitThread.begin();
		}
		this.running = true;
	}

	private void checkMounts() {
		List<WorkermanServer> mounted = mounted();
		for (int i = 0; i < mounted.size(); i++) {
			for (WorkermanServer earlier : mounted.subList(0, i)) {
				MountCheck.checkApart(earlier, mounted.get(i));
			}
		}
	}

	private List<WorkermanServer> mounted() {
		return this.servers.values().stream().filter(WorkermanServer::isMounted).toList();
	}

	/**
	 * Notes that the web server listens: those that are mounted on it do from now on. To
	 * be called by the thread that starts the application context.
	 */
	public void webServerListens() {
		mounted().forEach(WorkermanServer::webServerListens);
	}

	private void checkHandlers() {
		Map<String, Set<String>> unknown = new TreeMap<>();
		for (String name : this.handlers.referencedServers()) {
			if (!this.servers.containsKey(name)) {
				unknown.put(name, this.handlers.beansNaming(name));
			}
		}
		if (!unknown.isEmpty()) {
			throw new UnknownServerException(unknown, this.servers.keySet());
		}
	}

	/**
	 * Stops accepting connections and says goodbye to the peers of all servers.
	 * @return completes when all connections have ended, when their grace periods are
	 * over at the latest, and never exceptionally
	 */
	CompletionStage<Void> drain() {
		return drain(this.servers.values());
	}

	/**
	 * Does the same for those that are mounted on the web server.
	 */
	CompletionStage<Void> drainMounted() {
		return drain(mounted());
	}

	private CompletionStage<Void> drain(Collection<WorkermanServer> some) {
		CompletableFuture<?>[] drains = some.stream().map(this::drain).toArray(CompletableFuture<?>[]::new);
		return CompletableFuture.allOf(drains);
	}

	private CompletableFuture<Void> drain(WorkermanServer server) {
		try {
			return server.drain().toCompletableFuture().exceptionally((error) -> {
				logger.warn(server + " did not drain", error);
				return null;
			});
		}
		catch (RuntimeException ex) {
			logger.warn(server + " did not drain", ex);
			return CompletableFuture.completedFuture(null);
		}
	}

	/**
	 * Stops all servers, the last one first, each with its grace period, and lets the JVM
	 * go.
	 */
	@Override
	public void stop() {
		drain();
		stop(WorkermanServer::stop);
	}

	/**
	 * Stops all servers, the last one first, without waiting: the grace period is over,
	 * see {@link WorkermanGracefulShutdownLifecycle}.
	 */
	@Override
	public void stop(Runnable callback) {
		try {
			stop(WorkermanServer::abort);
		}
		finally {
			callback.run();
		}
	}

	private void stop(Consumer<WorkermanServer> how) {
		this.running = false;
		List<WorkermanServer> reverse = new ArrayList<>(this.servers.values());
		Collections.reverse(reverse);
		for (WorkermanServer server : reverse) {
			try {
				how.accept(server);
			}
			catch (RuntimeException ex) {
				logger.warn(server + " did not stop as it should", ex);
			}
		}
		AwaitThread thread = this.awaitThread;
		if (thread != null) {
			thread.end();
			this.awaitThread = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/**
	 * Returns that servers go on when the context pauses: after a pause a server would
	 * come back on another port if its port is any free one.
	 */
	@Override
	public boolean isPauseable() {
		return false;
	}

}
