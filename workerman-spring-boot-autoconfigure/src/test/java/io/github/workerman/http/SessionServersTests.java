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

import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.handler.HandlerDefinitionException;
import io.github.workerman.testsupport.RawWebSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Sessions of servers with other settings and beside other protocols.
 */
@Timeout(60)
class SessionServersTests {

	@Test
	void whenTooManySessionsAreWantedThenTheServiceIsUnavailable() {
		try (HttpFixture small = HttpFixture.start(SessionHandlers.class, "servers.web.http.session.enabled=true",
				"servers.web.http.session.max-sessions=2", "servers.web.http.session.cookie.name=ID",
				"servers.web.http.session.cookie.path=/app", "servers.web.http.session.cookie.secure=true",
				"servers.web.http.session.cookie.http-only=false",
				"servers.web.http.session.cookie.same-site=strict")) {
			assertThat(small.get("/set/a/b").headers().allValues("set-cookie")).singleElement()
				.asString()
				.matches("ID=[A-Za-z0-9_-]{27}; Path=/app; Secure; SameSite=Strict");
			assertThat(small.get("/set/a/b").statusCode()).isEqualTo(204);
			assertThat(small.get("/set/a/b").statusCode()).isEqualTo(503);
			assertThat(small.get("/whoami").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void whenClientSpeaksTlsThenTheCookieIsSecure() {
		try (HttpsFixture https = HttpsFixture.start(SessionHandlers.class,
				"workerman.servers.web.http.session.enabled=true",
				"workerman.servers.web.http.session.cookie.name=__Host-SESSION")) {
			HttpClient client = https.client(HttpClient.Version.HTTP_1_1, null);
			var first = https.send(client, java.net.http.HttpRequest.newBuilder(https.uri("/set/color/red")).build());
			String cookie = first.headers().firstValue("set-cookie").orElseThrow();
			assertThat(cookie).matches("__Host-SESSION=[A-Za-z0-9_-]{27}; Path=/; Secure; HttpOnly; SameSite=Lax");
			var second = https.send(client,
					java.net.http.HttpRequest.newBuilder(https.uri("/get/color"))
						.header("Cookie", cookie.substring(0, cookie.indexOf(';')))
						.build());
			assertThat(second.body()).isEqualTo("red");
		}
	}

	@Test
	void whenRequestsOfOneConnectionAreUnderWayAtOnceThenEachHasTheSession() {
		try (HttpsFixture https = HttpsFixture.start(SessionHandlers.class, "workerman.servers.web.http2.enabled=true",
				"workerman.servers.web.http.session.enabled=true")) {
			HttpClient client = https.client(HttpClient.Version.HTTP_2, null);
			var first = https.send(client, java.net.http.HttpRequest.newBuilder(https.uri("/set/color/red")).build());
			assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_2);
			String cookie = first.headers().firstValue("set-cookie").orElseThrow();
			List<CompletableFuture<String>> answers = IntStream.range(0, 100)
				.mapToObj(
						(i) -> client
							.sendAsync(java.net.http.HttpRequest
								.newBuilder(
										https.uri((i % 4 == 0) ? "/fail" : (i % 2 == 0) ? "/count" : "/count-blocking"))
								.header("Cookie", cookie.substring(0, cookie.indexOf(';')))
								.build(), BodyHandlers.ofString())
							.thenApply(java.net.http.HttpResponse::body))
				.toList();
			List<String> bodies = answers.stream().map(CompletableFuture::join).toList();
			assertThat(bodies).filteredOn("failed in a known session"::equals).hasSize(25);
			assertThat(bodies).filteredOn((body) -> !body.startsWith("failed")).hasSize(75).doesNotHaveDuplicates();
		}
	}

	@Test
	void whenServerKeepsNoSessionsThenAHandlerThatWantsOneStopsTheStart() {
		assertThatException().isThrownBy(() -> HttpFixture.start(OneHandler.class).close())
			.havingRootCause()
			.isInstanceOfSatisfying(HandlerDefinitionException.class,
					(ex) -> assertThat(ex.action()).contains("HttpSession, with http.session.enabled=true"));
	}

	@Test
	void whenServerHasWebsocketsTooThenAHandlerWithASessionIsForRequests() {
		try (HttpFixture both = HttpFixture.start(SessionsBesideMessages.class, "servers.web.http.session.enabled=true",
				"servers.web.websocket.path=/ws")) {
			assertThat(both.get("/").body()).isEqualTo("a session");
			try (RawWebSocket client = RawWebSocket.open(both.port(), "/ws", 4096)) {
				client.sendText("hello");
				assertThat(client.readText()).isEqualTo("a message: hello");
			}
		}
	}

	@Test
	void whenServerKeepsNoSessionsThenAskingForOneSaysWhatToSet() {
		try (HttpFixture without = HttpFixture.start(Asking.class)) {
			assertThat(without.get("/").body()).contains("workerman.servers.web.http.session.enabled=true");
		}
	}

	static class OneHandler {

		@OnRequest("/")
		Set<String> names(HttpSession session) {
			return session.names();
		}

	}

	static class SessionsBesideMessages {

		@OnMessage
		String session(HttpSession session) {
			return "a session";
		}

		@OnMessage
		String message(String text) {
			return "a message: " + text;
		}

	}

	static class Asking {

		@OnMessage
		String ask(HttpRequest request) {
			try {
				return String.valueOf(request.session());
			}
			catch (IllegalStateException ex) {
				return String.valueOf(ex.getMessage());
			}
		}

	}

}
