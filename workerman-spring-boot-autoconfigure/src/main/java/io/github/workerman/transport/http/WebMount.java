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

package io.github.workerman.transport.http;

import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Where endpoints are mounted that have no port of their own: on the port of a web server
 * that the application has anyway. One for each application; usable from any thread.
 */
public final class WebMount {

	private static final Log logger = LogFactory.getLog(WebMount.class);

	private static final long BOUND_SECONDS = 5;

	private final List<MountedEndpoint> endpoints = new CopyOnWriteArrayList<>();

	private volatile boolean attached;

	/* Whether there has ever been an endpoint. */
	private volatile boolean used;

	private volatile CompletableFuture<DisposableServer> bound = new CompletableFuture<>();

	/**
	 * Has a web server offer its connections. What is not for an endpoint goes on as
	 * before.
	 * @param server the web server, which is not bound yet
	 * @return the server that is to be bound
	 */
	public HttpServer attach(HttpServer server) {
		this.attached = true;
		return server.doOnChannelInit((observer, channel, remote) -> initialize(channel))
			.doOnBound(this::bound)
			.doOnUnbound(this::unbound);
	}

	private void bound(DisposableServer server) {
		if (!this.bound.complete(server)) {
			this.bound = CompletableFuture.completedFuture(server);
		}
	}

	private void unbound(DisposableServer server) {
		if (this.bound.getNow(null) == server) {
			this.bound = new CompletableFuture<>();
		}
	}

	/**
	 * Tells whether there is a web server.
	 * @return whether one has been attached, bound or not
	 */
	public boolean isAttached() {
		return this.attached;
	}

	/**
	 * Returns where the web server listens.
	 * @return the address, or {@code null} as long as it does not
	 */
	public @Nullable SocketAddress address() {
		DisposableServer server = this.bound.getNow(null);
		return (server != null) ? server.address() : null;
	}

	/**
	 * Waits for a moment until the address is known: who has bound the web server goes on
	 * before an event loop says so here. Not to be called on an event loop.
	 */
	public void awaitAddress() {
		try {
			this.bound.get(BOUND_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException | ExecutionException ex) {
			logger.warn("It is not known where the web server listens", ex);
		}
	}

	void add(MountedEndpoint endpoint) {
		this.used = true;
		this.endpoints.add(endpoint);
	}

	void remove(MountedEndpoint endpoint) {
		this.endpoints.remove(endpoint);
	}

	/**
	 * Finds who accepts websockets at a path.
	 * @param path the path without query, still encoded
	 */
	@Nullable MountedEndpoint find(String path) {
		for (MountedEndpoint endpoint : this.endpoints) {
			if (endpoint.serves(path)) {
				return endpoint;
			}
		}
		return null;
	}

	private void initialize(Channel channel) {
		if (!this.used) {
			return;
		}
		ChannelPipeline pipeline = channel.pipeline();
		if (pipeline.context(NettyPipeline.HttpTrafficHandler) != null) {
			install(pipeline);
		}
		else if (pipeline.context(NettyPipeline.ReactiveBridge) != null) {
			// TLS will decide which version of HTTP is spoken.
			pipeline.addBefore(NettyPipeline.ReactiveBridge, MountInstaller.NAME, new MountInstaller(this));
		}
	}

	/**
	 * Puts the handler that finds upgrades into a pipeline of HTTP/1.1.
	 */
	void install(ChannelPipeline pipeline) {
		pipeline.addBefore(NettyPipeline.HttpTrafficHandler, MountHandler.NAME, new MountHandler(this));
	}

}
