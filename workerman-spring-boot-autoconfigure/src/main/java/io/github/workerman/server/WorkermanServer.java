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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

import io.github.workerman.connection.Addresses;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.handler.HandlerDescription;
import io.github.workerman.handler.HandlerSettings;
import io.github.workerman.handler.ServerHandlers;
import io.github.workerman.protocol.PathPattern;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.http.HttpProtocol;
import io.github.workerman.transport.tls.TlsTermination;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A server: something that listens on a port, has connections and hands their messages to
 * handlers. Everything may be asked from any thread; {@link #start()} and {@link #stop()}
 * block and must not be called on an event loop.
 */
public final class WorkermanServer {

	private static final Log logger = LogFactory.getLog(WorkermanServer.class);

	/*
	 * Beyond the grace period connections are dropped, which takes no time to speak of.
	 */
	private static final Duration DROP_TIME = Duration.ofSeconds(5);

	private final ServerDefinition definition;

	private final ServerEnvironment environment;

	private final Protocol protocol;

	private final @Nullable TlsTermination tls;

	/* Held while the server starts or stops. */
	private final ReentrantLock lock = new ReentrantLock();

	private volatile ServerState state = ServerState.STOPPED;

	private volatile ServerStatistics statistics = new ServerStatistics();

	private volatile @Nullable ServerHandlers handlers;

	private volatile @Nullable RunningEndpoint running;

	private volatile @Nullable CompletionStage<Void> draining;

	WorkermanServer(ServerDefinition definition, ServerEnvironment environment) {
		this.definition = definition;
		this.environment = environment;
		this.protocol = environment.protocols().protocolOf(definition);
		this.tls = new ServerTls(definition, environment.bundles()).create();
	}

	/**
	 * Returns the server's name.
	 * @return the name
	 */
	public String name() {
		return this.definition.name();
	}

	/**
	 * Returns what the server was made of.
	 * @return the definition
	 */
	public ServerDefinition definition() {
		return this.definition;
	}

	/**
	 * Returns where the server is in its life.
	 * @return the state
	 */
	public ServerState state() {
		return this.state;
	}

	/**
	 * Returns where the server listens, with the real port.
	 * @return an {@link java.net.InetSocketAddress} or
	 * {@link java.net.UnixDomainSocketAddress}, or {@code null} when it does not run or
	 * the web server that it is mounted on does not listen
	 */
	public @Nullable SocketAddress address() {
		RunningEndpoint endpoint = this.running;
		return (endpoint != null) ? endpoint.address() : null;
	}

	/**
	 * Returns since when the server listens.
	 * @return the time, or {@code null} when it does not run
	 */
	public @Nullable Instant startedAt() {
		RunningEndpoint endpoint = this.running;
		return (endpoint != null) ? endpoint.startedAt() : null;
	}

	/**
	 * Returns the kind of event loops that the server runs on: io_uring, epoll or nio.
	 * @return the kind, or {@code null} when it does not run
	 */
	public @Nullable String transport() {
		RunningEndpoint endpoint = this.running;
		return (endpoint != null) ? endpoint.transport() : null;
	}

	/**
	 * Returns how many event loops the server runs on, its own or shared ones.
	 * @return the number, zero when it does not run
	 */
	public int threads() {
		RunningEndpoint endpoint = this.running;
		return (endpoint != null) ? endpoint.threads() : 0;
	}

	/**
	 * Returns the number of open connections.
	 * @return the number
	 */
	public int connectionCount() {
		RunningEndpoint endpoint = this.running;
		int requests = (endpoint != null) ? endpoint.requestConnections().size() : 0;
		return this.environment.connections().count(name()) + requests;
	}

	/**
	 * Tells whether the server keeps sessions for its clients.
	 * @return whether it does
	 */
	public boolean keepsSessions() {
		return this.definition.session().enabled();
	}

	/**
	 * Tells whether clients may speak HTTP/2.
	 * @return whether they may
	 */
	public boolean speaksHttp2() {
		return this.definition.protocol().equals(HttpProtocol.NAME) && this.definition.http().http2().enabled();
	}

	/**
	 * Returns the number of sessions that an http server keeps for its clients.
	 * @return the number, zero on a server without sessions
	 */
	public int sessionCount() {
		RunningEndpoint endpoint = this.running;
		return (endpoint != null) ? endpoint.sessionCount() : 0;
	}

	/**
	 * Returns the open connections.
	 * @return a snapshot
	 */
	public List<Connection> connections() {
		List<Connection> all = new ArrayList<>(this.environment.connections().ofServer(name()));
		RunningEndpoint endpoint = this.running;
		if (endpoint != null) {
			all.addAll(endpoint.requestConnections());
		}
		return Collections.unmodifiableList(all);
	}

	/**
	 * Returns how many bytes wait to be sent on all connections.
	 * @return the number of bytes
	 */
	public long pendingBytes() {
		return this.environment.connections().pendingBytes(name());
	}

	/**
	 * Returns what has gone over the server's connections since it was started last.
	 * @return the statistics, which go on growing
	 */
	public ServerStatistics statistics() {
		return this.statistics;
	}

	/**
	 * Returns the server's handlers.
	 * @return the descriptions, none before the server was started first
	 */
	public List<HandlerDescription> handlers() {
		ServerHandlers bound = this.handlers;
		return (bound != null) ? bound.descriptions() : List.of();
	}

	/**
	 * Tells whether messages are always handled within the read batch that brings them:
	 * no handler blocks or takes its time.
	 * @return whether there is no mailbox; {@code false} before the server was started
	 * first
	 */
	public boolean isDirect() {
		ServerHandlers bound = this.handlers;
		return bound != null && bound.isDirect();
	}

	/**
	 * Starts the server: calls its start handlers and binds its address. Has no effect
	 * unless the server is stopped.
	 * @throws io.github.workerman.transport.EndpointBindException if the address cannot
	 * be bound
	 * @throws io.github.workerman.handler.HandlerDefinitionException if a handler is not
	 * what it should be
	 * @throws RuntimeException what a start handler throws
	 */
	public void start() {
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
		ServerHandlers bound = bindHandlers();
		this.state = ServerState.STARTING;
		try {
			bound.started();
			RunningEndpoint endpoint = listen(bound);
			this.running = endpoint;
			this.state = ServerState.RUNNING;
			announce();
		}
		catch (RuntimeException | Error ex) {
			abort();
			this.state = ServerState.STOPPED;
			throw ex;
		}
	}

	/**
	 * Binds the handlers, so that what is wrong with them is found before any server
	 * listens. Has no effect on a server that has been started before.
	 * @throws io.github.workerman.handler.HandlerDefinitionException if a handler is not
	 * what it should be
	 */
	void prepare() {
		this.lock.lock();
		try {
			bindHandlers();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Tells where the server listens, if it does: one that is mounted does when the web
	 * server listens too.
	 */
	void announce() {
		RunningEndpoint endpoint = this.running;
		SocketAddress address = address();
		ServerHandlers bound = this.handlers;
		if (endpoint != null && address != null && bound != null) {
			logger.info(startMessage(endpoint, address, bound));
			this.environment.events().publishEvent(new WorkermanServerStartedEvent(this, address));
		}
	}

	/**
	 * Notes that the web server listens that this server is mounted on.
	 */
	void webServerListens() {
		this.environment.mount().awaitAddress();
		announce();
	}

	boolean isMounted() {
		return this.definition.mount() == ServerMount.WEB;
	}

	List<PathPattern> paths() {
		ServerHandlers bound = this.handlers;
		return (bound != null) ? bound.paths() : List.of();
	}

	private ServerHandlers bindHandlers() {
		ServerHandlers bound = this.handlers;
		if (bound == null) {
			bound = this.environment.handlers().handlersOf(handlerSettings());
			this.handlers = bound;
			if (bound.isEmpty() && this.definition.staticResources() == null) {
				logger.warn("Server '" + name() + "' has no handler: nothing will answer its connections. "
						+ "Annotate a bean's method, for instance with @OnMessage");
			}
		}
		return bound;
	}

	private RunningEndpoint listen(ServerHandlers bound) {
		try {
			this.statistics = new ServerStatistics();
			return RunningEndpoint.bind(this.definition, this.environment, this.protocol, bound, listener(bound),
					this.tls);
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
			listener = decorators.get(i).decorate(this, listener);
		}
		return new StatisticsListener(this.statistics, listener);
	}

	private HandlerSettings handlerSettings() {
		List<PathPattern> paths = PathPattern.parse(this.definition.websocket().paths());
		return new HandlerSettings(name(), this.definition.protocol(), this.protocol.distinguishesKinds(),
				this.protocol.handshakes() && isWebSocket(), this.definition.messageTypeField(),
				this.definition.execution(), this.definition.onUnhandledError(), paths, keepsSessions());
	}

	/* An http server only with a path for it. */
	private boolean isWebSocket() {
		return !(this.protocol instanceof HttpProtocol) || !this.definition.websocket().paths().isEmpty();
	}

	private String startMessage(RunningEndpoint endpoint, SocketAddress address, ServerHandlers bound) {
		int count = bound.descriptions().size();
		return "Server '%s' listens on %s (%s%s, %d %s, %s)".formatted(name(), Addresses.format(address),
				this.definition.protocol(), (this.tls != null) ? " with TLS" : isMounted() ? " on the web server" : "",
				count, (count == 1) ? "handler" : "handlers", endpoint.transport());
	}

	/**
	 * Begins to stop: accepts no more connections, calls the stop handlers and says
	 * goodbye to the peers.
	 * @return completes when all connections have ended, at the end of the grace period
	 * at the latest
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
			callStopHandlers();
			drain = endpoint.drain();
			this.draining = drain;
			return drain;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Stops the server: accepts no more connections, says goodbye to the peers, lets them
	 * end for the grace period, drops those that are left and gives the port back. Has no
	 * effect on a stopped server.
	 */
	public void stop() {
		await(drain());
		this.lock.lock();
		try {
			doStop();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void await(CompletionStage<Void> drain) {
		Duration limit = this.definition.shutdownGracePeriod().plus(DROP_TIME);
		try {
			drain.toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException | ExecutionException ex) {
			logger.warn("Server '" + name() + "' did not drain within " + limit, ex);
		}
	}

	/**
	 * Stops the server without grace.
	 */
	void abort() {
		this.lock.lock();
		try {
			if (this.state == ServerState.RUNNING) {
				callStopHandlers();
			}
			doStop();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void callStopHandlers() {
		ServerHandlers bound = this.handlers;
		if (bound != null) {
			bound.stopping();
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
			logger.debug("Server '" + name() + "' has stopped");
			this.environment.events().publishEvent(new WorkermanServerStoppedEvent(this));
		}
	}

	@Override
	public String toString() {
		return "Server '" + name() + "' (" + this.state + ")";
	}

}
