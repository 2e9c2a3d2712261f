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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.github.workerman.connection.Connection;
import io.github.workerman.handler.HandlerDescription;
import io.github.workerman.protocol.PathPattern;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.http.HttpProtocol;
import io.github.workerman.transport.tls.TlsTermination;
import org.jspecify.annotations.Nullable;

/**
 * A server: something that listens on a port, has connections and hands their messages to
 * handlers. Everything may be asked from any thread; {@link #start()} and {@link #stop()}
 * block and must not be called on an event loop.
 */
public final class WorkermanServer {

	private final ServerDefinition definition;

	private final ServerEnvironment environment;

	private final HandlerBinding handlers;

	private final ServerLifecycle lifecycle;

	WorkermanServer(ServerDefinition definition, ServerEnvironment environment) {
		this.definition = definition;
		this.environment = environment;
		Protocol protocol = environment.protocols().protocolOf(definition);
		TlsTermination tls = new ServerTls(definition, environment.bundles()).create();
		this.handlers = new HandlerBinding(definition, protocol, environment.handlers());
		this.lifecycle = new ServerLifecycle(this, environment, this.handlers,
				new EndpointFactory(definition, environment, protocol, tls));
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
		return this.lifecycle.state();
	}

	/**
	 * Returns where the server listens, with the real port.
	 * @return an {@link java.net.InetSocketAddress} or
	 * {@link java.net.UnixDomainSocketAddress}, or {@code null} when it does not run or
	 * the web server that it is mounted on does not listen
	 */
	public @Nullable SocketAddress address() {
		RunningEndpoint endpoint = this.lifecycle.running();
		return (endpoint != null) ? endpoint.address() : null;
	}

	/**
	 * Returns since when the server listens.
	 * @return the time, or {@code null} when it does not run
	 */
	public @Nullable Instant startedAt() {
		RunningEndpoint endpoint = this.lifecycle.running();
		return (endpoint != null) ? endpoint.startedAt() : null;
	}

	/**
	 * Returns the kind of event loops that the server runs on: io_uring, epoll or nio.
	 * @return the kind, or {@code null} when it does not run
	 */
	public @Nullable String transport() {
		RunningEndpoint endpoint = this.lifecycle.running();
		return (endpoint != null) ? endpoint.transport() : null;
	}

	/**
	 * Returns how many event loops the server runs on, its own or shared ones.
	 * @return the number, zero when it does not run
	 */
	public int threads() {
		RunningEndpoint endpoint = this.lifecycle.running();
		return (endpoint != null) ? endpoint.threads() : 0;
	}

	/**
	 * Returns the number of open connections.
	 * @return the number
	 */
	public int connectionCount() {
		RunningEndpoint endpoint = this.lifecycle.running();
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
		RunningEndpoint endpoint = this.lifecycle.running();
		return (endpoint != null) ? endpoint.sessionCount() : 0;
	}

	/**
	 * Returns the open connections.
	 * @return a snapshot
	 */
	public List<Connection> connections() {
		List<Connection> all = new ArrayList<>(this.environment.connections().ofServer(name()));
		RunningEndpoint endpoint = this.lifecycle.running();
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
		return this.lifecycle.statistics();
	}

	/**
	 * Returns the server's handlers.
	 * @return the descriptions, none before the server was started first
	 */
	public List<HandlerDescription> handlers() {
		return this.handlers.descriptions();
	}

	/**
	 * Tells whether messages are always handled within the read batch that brings them:
	 * no handler blocks or takes its time.
	 * @return whether there is no mailbox; {@code false} before the server was started
	 * first
	 */
	public boolean isDirect() {
		return this.handlers.isDirect();
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
		this.lifecycle.start();
	}

	/**
	 * Binds the handlers, so that what is wrong with them is found before any server
	 * listens. Has no effect on a server that has been started before.
	 * @throws io.github.workerman.handler.HandlerDefinitionException if a handler is not
	 * what it should be
	 */
	void prepare() {
		this.lifecycle.prepare();
	}

	/**
	 * Notes that the web server listens that this server is mounted on.
	 */
	void webServerListens() {
		this.environment.mount().awaitAddress();
		this.lifecycle.announce();
	}

	boolean isMounted() {
		return this.definition.mount() == ServerMount.WEB;
	}

	List<PathPattern> paths() {
		return this.handlers.paths();
	}

	/**
	 * Begins to stop: accepts no more connections, calls the stop handlers and says
	 * goodbye to the peers.
	 * @return completes when all connections have ended, at the end of the grace period
	 * at the latest
	 */
	CompletionStage<Void> drain() {
		return this.lifecycle.drain();
	}

	/**
	 * Stops the server: accepts no more connections, says goodbye to the peers, lets them
	 * end for the grace period, drops those that are left and gives the port back. Has no
	 * effect on a stopped server.
	 */
	public void stop() {
		this.lifecycle.stop();
	}

	/**
	 * Stops the server without grace.
	 */
	void abort() {
		this.lifecycle.abort();
	}

	@Override
	public String toString() {
		return "Server '" + name() + "' (" + state() + ")";
	}

}
