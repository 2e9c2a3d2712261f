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

package io.github.workerman.transport;

import java.util.function.UnaryOperator;

import io.github.workerman.transport.http.HttpEndpoint;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.TcpServer;

/**
 * Has the last word on the reactor-netty server under an endpoint, of whichever kind it
 * is. Applied on the thread that binds it.
 *
 * @param tcp customizes the server of a {@link TcpEndpoint}
 * @param http customizes the server of an {@link HttpEndpoint}
 */
public record TransportCustomizer(UnaryOperator<TcpServer> tcp, UnaryOperator<HttpServer> http) {

	/** Changes nothing. */
	public static final TransportCustomizer NONE = new TransportCustomizer(UnaryOperator.identity(),
			UnaryOperator.identity());

}
