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

import java.util.function.Supplier;

import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.transport.EndpointContext;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * What carries a request and its response: a connection of HTTP/1.1, or one of the
 * streams of a connection of HTTP/2, which is then seen through it.
 */
interface HttpCarrier extends ManagedConnection {

	/**
	 * Returns what all connections of the endpoint share.
	 */
	EndpointContext endpoint();

	/**
	 * Returns what tells when responses are made.
	 */
	ResponseClock clock();

	/**
	 * Tells where a request comes from. On the event loop.
	 * @param headers its fields, if they are needed
	 */
	HttpOrigin origin(Supplier<HttpHeaders> headers);

	/**
	 * Tells whether the connection is about to end, so that streams of events should.
	 */
	boolean isClosing();

	/**
	 * A response turns out to be a stream. On the event loop.
	 */
	void streaming();

	/**
	 * Ends a response that failed half-way, after what there is of it. On the event loop.
	 */
	void breakOff();

	/**
	 * Ends the exchange at once, in whatever state it is.
	 */
	void cut();

}
