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

package io.github.workerman.http;

import java.util.Map;

import io.github.workerman.connection.spi.ManagedConnection;

/**
 * A request and its response, as the infrastructure sees them.
 */
public interface HttpExchange {

	/**
	 * Returns the request.
	 * @return the request
	 */
	HttpRequest request();

	/**
	 * Returns the connection that the request came on.
	 * @return the connection, which cannot be sent to
	 */
	ManagedConnection connection();

	/**
	 * Sets the named segments of the path. On the event loop, before the request is
	 * handled.
	 * @param params the decoded values by name
	 */
	void pathParams(Map<String, String> params);

	/**
	 * Sets the session of the request. On the event loop, before the request is handled.
	 * @param session the session
	 */
	void session(HttpSession session);

	/**
	 * Responds, once; later responses are ignored. On any thread.
	 * @param response the response, whose body is {@code null}, a {@code String}, a
	 * {@code byte[]}, or a {@code Publisher} of these
	 */
	void respond(HttpResponse response);

	/**
	 * Notes that the response is going to be a stream, which ends when the peer ends its
	 * own: nobody can tell a peer that sends nothing any more from one that has left. On
	 * any thread.
	 */
	void stream();

	/**
	 * Has a task run when the peer leaves before the response. On any thread.
	 * @param task ends what is of no use any more
	 */
	void whenAbandoned(Runnable task);

	/**
	 * A connection with requests on it.
	 */
	interface Owner {

		/**
		 * Returns the exchange under way. On the thread of its handler.
		 * @return the exchange
		 */
		HttpExchange exchange();

	}

}
