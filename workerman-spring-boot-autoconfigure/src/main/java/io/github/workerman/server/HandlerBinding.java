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

import java.util.List;

import io.github.workerman.handler.HandlerDescription;
import io.github.workerman.handler.HandlerRegistry;
import io.github.workerman.handler.HandlerSettings;
import io.github.workerman.handler.ServerHandlers;
import io.github.workerman.protocol.PathPattern;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.http.HttpProtocol;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Finds and binds the handlers of a server, once for all its starts.
 */
final class HandlerBinding {

	private static final Log logger = LogFactory.getLog(WorkermanServer.class);

	private final ServerDefinition definition;

	private final Protocol protocol;

	private final HandlerRegistry registry;

	private volatile @Nullable ServerHandlers bound;

	HandlerBinding(ServerDefinition definition, Protocol protocol, HandlerRegistry registry) {
		this.definition = definition;
		this.protocol = protocol;
		this.registry = registry;
	}

	/**
	 * Binds the handlers if they are not yet. Not for use by several threads at a time.
	 * @return the handlers
	 * @throws io.github.workerman.handler.HandlerDefinitionException if a handler is not
	 * what it should be
	 */
	ServerHandlers bind() {
		ServerHandlers bound = this.bound;
		if (bound == null) {
			bound = this.registry.handlersOf(settings());
			this.bound = bound;
			if (bound.isEmpty() && this.definition.staticResources() == null) {
				logger.warn("Server '" + this.definition.name() + "' has no handler: nothing will answer its "
						+ "connections. Annotate a bean's method, for instance with @OnMessage");
			}
		}
		return bound;
	}

	private HandlerSettings settings() {
		List<PathPattern> paths = PathPattern.parse(this.definition.websocket().paths());
		return new HandlerSettings(this.definition.name(), this.definition.protocol(),
				this.protocol.distinguishesKinds(), this.protocol.handshakes() && isWebSocket(),
				this.definition.messageTypeField(), this.definition.execution(), this.definition.onUnhandledError(),
				paths, this.definition.session().enabled());
	}

	/* An http server only with a path for it. */
	private boolean isWebSocket() {
		return !(this.protocol instanceof HttpProtocol) || !this.definition.websocket().paths().isEmpty();
	}

	List<HandlerDescription> descriptions() {
		ServerHandlers bound = this.bound;
		return (bound != null) ? bound.descriptions() : List.of();
	}

	boolean isDirect() {
		ServerHandlers bound = this.bound;
		return bound != null && bound.isDirect();
	}

	List<PathPattern> paths() {
		ServerHandlers bound = this.bound;
		return (bound != null) ? bound.paths() : List.of();
	}

	/**
	 * Calls the handlers for the server's stop.
	 */
	void stopping() {
		ServerHandlers bound = this.bound;
		if (bound != null) {
			bound.stopping();
		}
	}

}
