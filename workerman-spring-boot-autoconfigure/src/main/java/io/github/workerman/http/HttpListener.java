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

/**
 * Handles the requests of one server.
 */
public interface HttpListener {

	/**
	 * Handles a request. On the connection's event loop, one request of a connection at a
	 * time: the next one follows after the response.
	 * @param exchange the request, to be responded to within this call or later
	 */
	void request(HttpExchange exchange);

	/**
	 * Tells whether there is a handler for the path of a request, and not only one that
	 * takes everything.
	 * @param request the request
	 * @return {@code false} unless overridden
	 */
	default boolean hasRoute(HttpRequest request) {
		return false;
	}

}
