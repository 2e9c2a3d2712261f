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

import io.github.workerman.handler.HandlerRegistry;
import io.github.workerman.protocol.MessageCodec;
import io.github.workerman.transport.Connections;
import io.github.workerman.transport.http.WebMount;

import org.springframework.context.ApplicationEventPublisher;

/**
 * What the servers of one application share.
 *
 * @param protocols the protocols
 * @param handlers the handlers
 * @param messages turns objects into messages
 * @param connections the open connections
 * @param loops the event loops
 * @param decorators go between connections and handlers, the first one outermost
 * @param customizers have the last word on reactor-netty's servers
 * @param events takes the events of starts and stops
 * @param bundles has the keys of servers that speak TLS
 * @param mount where servers are mounted that have no port of their own
 */
public record ServerEnvironment(ProtocolRegistry protocols, HandlerRegistry handlers, MessageCodec messages,
		Connections connections, ServerLoops loops, List<ListenerDecorator> decorators,
		List<ServerCustomizer> customizers, ApplicationEventPublisher events, TlsBundles bundles, WebMount mount) {

	/**
	 * Creates an environment.
	 */
	public ServerEnvironment {
		decorators = List.copyOf(decorators);
		customizers = List.copyOf(customizers);
	}

}
