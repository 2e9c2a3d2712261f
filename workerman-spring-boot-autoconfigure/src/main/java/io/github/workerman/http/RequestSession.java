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

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import io.github.workerman.connection.Cookies;
import org.jspecify.annotations.Nullable;

/**
 * The session of one request: looked for when it is asked for, begun when it is needed,
 * and told to the client with the response.
 */
final class RequestSession implements HttpSession {

	private final HttpSessions sessions;

	private final HttpSessionCookie cookie;

	private final HttpExchange exchange;

	private boolean searched;

	private @Nullable StoredSession stored;

	/* Whether the client has to learn the identifier, or that there is none any more. */
	private boolean changed;

	private boolean begunHere;

	private boolean forgotten;

	private boolean responded;

	RequestSession(HttpSessions sessions, HttpSessionCookie cookie, HttpExchange exchange) {
		this.sessions = sessions;
		this.cookie = cookie;
		this.exchange = exchange;
	}

	private synchronized @Nullable StoredSession existing() {
		if (!this.searched) {
			this.searched = true;
			this.stored = search(this.exchange.request());
		}
		StoredSession session = this.stored;
		return (session != null && !session.isEnded()) ? session : null;
	}

	private synchronized StoredSession begun() {
		StoredSession session = existing();
		if (session == null) {
			checkNotResponded();
			session = this.sessions.create();
			this.stored = session;
			this.begunHere = true;
			this.changed = true;
		}
		return session;
	}

	/* Another application on the host may have set a cookie of that name, too. */
	private @Nullable StoredSession search(HttpRequest request) {
		String first = request.cookie(this.cookie.name());
		StoredSession session = (first != null) ? this.sessions.find(first) : null;
		if (first == null || session != null) {
			return session;
		}
		List<String> fields = request.headers().getOrDefault("cookie", List.of());
		return Cookies.all(fields, this.cookie.name())
			.stream()
			.map(this.sessions::find)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private void checkNotResponded() {
		if (this.responded) {
			throw new IllegalStateException(
					"The response has begun, so that the client cannot be told of a session any more");
		}
	}

	/**
	 * Tells the client with the response what it has to know.
	 */
	synchronized HttpResponse tell(HttpResponse response) {
		this.responded = true;
		boolean tls = this.exchange.request().isSecure();
		StoredSession session = this.stored;
		if (this.changed && session != null && !session.isEnded()) {
			return with(response, this.cookie.with(session.id(), tls));
		}
		return this.forgotten ? with(response, this.cookie.deleted(tls)) : response;
	}

	/* What tells one client its identifier must not be shown to another one. */
	private static HttpResponse with(HttpResponse response, HttpCookie cookie) {
		HttpResponse told = response.withCookie(cookie);
		return (told.header("Cache-Control") != null) ? told : told.withHeader("Cache-Control", "no-store");
	}

	@Override
	public String id() {
		return begun().id();
	}

	@Override
	public synchronized boolean isNew() {
		return existing() == null || this.begunHere;
	}

	@Override
	public @Nullable Instant createdAt() {
		StoredSession session = existing();
		return (session != null) ? session.createdAt() : null;
	}

	@Override
	public synchronized void changeId() {
		StoredSession session = existing();
		if (session != null) {
			checkNotResponded();
			this.sessions.changeId(session);
			this.changed = true;
		}
	}

	@Override
	public synchronized void invalidate() {
		StoredSession session = existing();
		if (session != null) {
			this.sessions.end(session);
			this.forgotten |= !this.begunHere;
			this.stored = null;
			this.begunHere = false;
			this.changed = false;
		}
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T get(String name) {
		StoredSession session = existing();
		return (session != null) ? (T) session.values().get(name) : null;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> T computeIfAbsent(String name, Supplier<T> supplier) {
		return (T) begun().values().computeIfAbsent(name, (key) -> supplier.get());
	}

	@Override
	public void set(String name, @Nullable Object value) {
		if (value != null) {
			begun().values().put(name, value);
		}
		else {
			remove(name);
		}
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T remove(String name) {
		StoredSession session = existing();
		return (session != null) ? (T) session.values().remove(name) : null;
	}

	@Override
	public Set<String> names() {
		StoredSession session = existing();
		return (session != null) ? Set.copyOf(session.values().keySet()) : Set.of();
	}

}
