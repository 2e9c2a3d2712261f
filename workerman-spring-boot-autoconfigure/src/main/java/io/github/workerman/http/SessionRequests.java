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
 * Gives requests their sessions before handlers get them.
 */
public final class SessionRequests implements HttpListener {

	private final HttpSessions sessions;

	private final HttpSessionCookie cookie;

	private final HttpListener handlers;

	/**
	 * Creates a listener, with no sessions yet.
	 * @param settings how sessions are kept
	 * @param handlers handles the requests
	 */
	public SessionRequests(HttpSessionSettings settings, HttpListener handlers) {
		this.sessions = new HttpSessions(settings.timeout(), settings.maxSessions(), System::nanoTime);
		this.cookie = settings.cookie();
		this.handlers = handlers;
	}

	/**
	 * Returns the number of sessions. Callable from any thread.
	 * @return the number
	 */
	public int count() {
		return this.sessions.count();
	}

	@Override
	public boolean hasRoute(HttpRequest request) {
		return this.handlers.hasRoute(request);
	}

	@Override
	public void request(HttpExchange exchange) {
		RequestSession session = new RequestSession(this.sessions, this.cookie, exchange);
		exchange.session(session);
		this.handlers.request(new SessionExchange(exchange, session));
	}

	/**
	 * An exchange whose response tells the client of its session.
	 */
	private record SessionExchange(HttpExchange exchange, RequestSession session) implements HttpExchange {

		@Override
		public HttpRequest request() {
			return this.exchange.request();
		}

		@Override
		public ManagedConnection connection() {
			return this.exchange.connection();
		}

		@Override
		public void pathParams(Map<String, String> params) {
			this.exchange.pathParams(params);
		}

		@Override
		public void session(HttpSession session) {
			this.exchange.session(session);
		}

		@Override
		public void respond(HttpResponse response) {
			this.exchange.respond(this.session.tell(response));
		}

		@Override
		public void stream() {
			this.exchange.stream();
		}

		@Override
		public void whenAbandoned(Runnable task) {
			this.exchange.whenAbandoned(task);
		}

	}

}
