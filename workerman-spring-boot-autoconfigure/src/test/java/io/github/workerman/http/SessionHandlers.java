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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workerman.annotation.Blocking;
import io.github.workerman.annotation.OnError;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.annotation.PathParam;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Handlers that use a session in every way there is.
 */
class SessionHandlers {

	@OnRequest("/whoami")
	String whoami(HttpSession session) {
		String user = session.get("user");
		List<String> names = new ArrayList<>(session.names());
		names.sort(null);
		return ((user != null) ? user : "nobody") + (session.isNew() ? " new " : " known ") + names;
	}

	@OnRequest("/set/{name}/{value}")
	void set(HttpRequest request, @PathParam String name, @PathParam String value) {
		request.session().set(name, value);
	}

	@OnRequest("/get/{name}")
	@Nullable String get(HttpSession session, @PathParam String name) {
		return session.get(name);
	}

	@OnRequest("/pull/{name}")
	@Nullable String pull(HttpSession session, @PathParam String name) {
		return session.remove(name);
	}

	@OnRequest("/login/{user}")
	String login(HttpSession session, @PathParam String user) {
		session.changeId();
		session.set("user", user);
		return "welcome " + user;
	}

	@OnRequest("/logout")
	void logout(HttpSession session) {
		session.invalidate();
	}

	@OnRequest("/restart")
	void restart(HttpSession session) {
		session.invalidate();
		session.set("fresh", true);
	}

	@OnRequest("/vain")
	void vain(HttpSession session) {
		session.set("a", "b");
		session.invalidate();
	}

	@Blocking
	@OnRequest("/blocking/{value}")
	void blocking(HttpSession session, @PathParam String value) {
		session.set("blocking", value);
	}

	@OnRequest("/later/{value}")
	CompletionStage<String> later(HttpSession session, @PathParam String value) {
		return CompletableFuture.supplyAsync(() -> {
			session.set("later", value);
			return value;
		});
	}

	@OnRequest("/fail")
	void fail(HttpSession session) {
		session.set("before", true);
		throw new IllegalStateException("expected");
	}

	@OnError
	HttpResponse failed(IllegalStateException error, HttpSession session) {
		return HttpResponse.of(500).withBody("failed in a " + (session.isNew() ? "new" : "known") + " session");
	}

	@OnRequest("/stream")
	Flux<String> stream(HttpSession session) {
		return Flux.just("then ").concatWith(Flux.defer(() -> {
			try {
				session.set("streamed", "yes");
				return Flux.just("set");
			}
			catch (IllegalStateException ex) {
				return Flux.just(ex.getClass().getSimpleName());
			}
		}));
	}

	@OnRequest("/count")
	int count(HttpSession session) {
		AtomicInteger counter = session.computeIfAbsent("counter", AtomicInteger::new);
		return counter.incrementAndGet();
	}

	@Blocking
	@OnRequest("/count-blocking")
	int countBlocking(HttpSession session) {
		return count(session);
	}

	@OnRequest("/counted")
	String counted(HttpSession session) {
		return String.valueOf(session.<AtomicInteger>get("counter"));
	}

}
