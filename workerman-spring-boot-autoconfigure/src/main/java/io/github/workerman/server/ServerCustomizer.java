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

import io.github.workerman.transport.TransportCustomizer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.TcpServer;

/**
 * Has the last word on the reactor-netty server under a server, for options of sockets
 * and the like. Beans of this type are called in their order each time a server starts:
 * with an {@link HttpServer} for the protocol {@code http}, with a {@link TcpServer} for
 * all others that run over streams, and not at all for {@code udp}. Where it listens, its
 * event loops, its handler and the protocols of HTTP are to stay as they are.
 */
@FunctionalInterface
public interface ServerCustomizer {

	/**
	 * Customizes a server of any protocol that runs over streams but {@code http}. Called
	 * on the thread that starts it.
	 * @param definition the server's definition
	 * @param server the reactor-netty server, ready to be bound
	 * @return the server to bind
	 */
	TcpServer customize(ServerDefinition definition, TcpServer server);

	/**
	 * Customizes a server of the protocol {@code http}. Called on the thread that starts
	 * it.
	 * @param definition the server's definition
	 * @param server the reactor-netty server, ready to be bound
	 * @return the server to bind, by default that one
	 */
	default HttpServer customize(ServerDefinition definition, HttpServer server) {
		return server;
	}

	/**
	 * Puts customizers one after the other.
	 * @param customizers the customizers
	 * @param definition the definition to call them with
	 * @return applies all of them
	 */
	static TransportCustomizer all(List<ServerCustomizer> customizers, ServerDefinition definition) {
		return new TransportCustomizer((server) -> {
			TcpServer customized = server;
			for (ServerCustomizer customizer : customizers) {
				customized = customizer.customize(definition, customized);
			}
			return customized;
		}, (server) -> {
			HttpServer customized = server;
			for (ServerCustomizer customizer : customizers) {
				customized = customizer.customize(definition, customized);
			}
			return customized;
		});
	}

}
