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

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

import io.github.workerman.connection.Addresses;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.handler.ServerHandlers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * How a server starts and stops, and the run that is under way. <pre>
 * STOPPED --> STARTING --> RUNNING --> DRAINING --> STOPPING --> STOPPED
 * </pre> A start that fails leads back to the beginning, a stop without grace passes
 * DRAINING by. Usable from any thread; what starts or stops waits for what another thread
 * has begun.
 */
final class ServerLifecycle {

	private static final Log logger = LogFactory.getLog(WorkermanServer.class);

	/*
	 * Beyond the grace period connections are dropped, which takes no time to speak of.
	 */
	private static final Duration DROP_TIME = Duration.ofSeconds(5);

	private final WorkermanServer server;

	private final ServerEnvironment environment;

	private final HandlerBinding handlers;

	private final EndpointFactory endpoints;

	/* Held while the server starts or stops. */
	private final ReentrantLock lock = new ReentrantLock();

	private volatile ServerState state = ServerState.STOPPED;

	private volatile ServerStatistics statistics = new ServerStatistics();

	private volatile @Nullable RunningEndpoint running;

	private volatile @Nullable CompletionStage<Void> draining;

	ServerLifecycle(WorkermanServer server, ServerEnvironment environment, HandlerBinding handlers,
			EndpointFactory endpoints) {
		this.server = server;
		this.environment = environment;
		this.handlers = handlers;
		this.endpoints = endpoints;
	}

	ServerState state() {
		return this.state;
	}

	/**
	 * Returns the statistics of the run that is under way, or of the last one.
	 */
	ServerStatistics statistics() {
		return this.statistics;
	}

	/**
	 * Returns the run that is under way.
	 * @return the run, or {@code null} when the server does not run
	 */
	@Nullable RunningEndpoint running() {
		return this.running;
	}

	/**
	 * Binds the handlers, see {@link WorkermanServer#prepare()}.
	 */
	void prepare() {
		this.lock.lock();
		try {
			this.handlers.bind();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Starts, see {@link WorkermanServer#start()}.
	 */
	void start() {
		this.lock.lock();
		try {
			if (this.state == ServerState.STOPPED) {
				doStart();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void doStart() {
		ServerHandlers bound = this.handlers.bind();
		this.state = ServerState.STARTING;
		try {
			bound.started();
			this.running = listen(bound);
			this.state = ServerState.RUNNING;
			announce();
		}
		catch (RuntimeException | Error ex) {
			abort();
			this.state = ServerState.STOPPED;
			throw ex;
		}
	}

	private RunningEndpoint listen(ServerHandlers bound) {
		try {
			this.statistics = new ServerStatistics();
			return this.endpoints.bind(bound, listener(bound));
		}
		catch (RuntimeException | Error ex) {
			bound.stopping();
			throw ex;
		}
	}

	private ConnectionListener listener(ServerHandlers bound) {
		ConnectionListener listener = bound.listener();
		List<ListenerDecorator> decorators = this.environment.decorators();
		for (int i = decorators.size() - 1; i >= 0; i--) {
			listener = decorators.get(i).decorate(this.server, listener);
		}
		return new StatisticsListener(this.statistics, listener);
	}

	/**
	 * Tells where the server listens, if it does: one that is mounted does when the web
	 * server listens too.
	 */
	void announce() {
		RunningEndpoint endpoint = this.running;
		SocketAddress address = (endpoint != null) ? endpoint.address() : null;
		if (endpoint != null && address != null) {
			logger.info(startMessage(endpoint, address));
			this.environment.events().publishEvent(new WorkermanServerStartedEvent(this.server, address));
		}
	}

	private String startMessage(RunningEndpoint endpoint, SocketAddress address) {
		ServerDefinition definition = this.server.definition();
		int count = this.handlers.descriptions().size();
		return "Server '%s' listens on %s (%s%s, %d %s, %s)".formatted(definition.name(), Addresses.format(address),
				definition.protocol(),
				definition.ssl().isActive() ? " with TLS" : this.server.isMounted() ? " on the web server" : "", count,
				(count == 1) ? "handler" : "handlers", endpoint.transport());
	}

	/**
	 * Begins to stop, see {@link WorkermanServer#drain()}.
	 */
	CompletionStage<Void> drain() {
		this.lock.lock();
		try {
			RunningEndpoint endpoint = this.running;
			CompletionStage<Void> drain = this.draining;
			if (endpoint == null || drain != null) {
				return (drain != null) ? drain : CompletableFuture.completedStage(null);
			}
			this.state = ServerState.DRAINING;
			endpoint.unbind();
			this.handlers.stopping();
			drain = endpoint.drain();
			this.draining = drain;
			return drain;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Stops with grace, see {@link WorkermanServer#stop()}.
	 */
	void stop() {
		CompletionStage<Void> drain = drain();
		await(drain);
		this.lock.lock();
		try {
			// Another thread may have stopped it meanwhile, and started it again.
			if (this.draining == drain) {
				doStop();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void await(CompletionStage<Void> drain) {
		Duration limit = this.server.definition().shutdownGracePeriod().plus(DROP_TIME);
		try {
			drain.toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException | ExecutionException ex) {
			logger.warn("Server '" + this.server.name() + "' did not drain within " + limit, ex);
		}
	}

	/**
	 * Stops without grace.
	 */
	void abort() {
		this.lock.lock();
		try {
			if (this.state == ServerState.RUNNING) {
				this.handlers.stopping();
			}
			doStop();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void doStop() {
		RunningEndpoint endpoint = this.running;
		if (endpoint == null) {
			return;
		}
		this.state = ServerState.STOPPING;
		try {
			endpoint.close();
		}
		finally {
			this.running = null;
			this.draining = null;
			this.state = ServerState.STOPPED;
			logger.debug("Server '" + this.server.name() + "' has stopped");
			this.environment.events().publishEvent(new WorkermanServerStoppedEvent(this.server));
		}
	}

}
