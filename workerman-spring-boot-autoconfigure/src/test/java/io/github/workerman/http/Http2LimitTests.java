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
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.connection.Addresses;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.Limit;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.http.RawHttp2.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is limited, said by proxies and logged is so with HTTP/2 too.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class Http2LimitTests {

	private static final String LIMITS = "servers.web.limits.";

	@Test
	void whenTooManyRequestsComeThenConnectionEndsWithARefusal() {
		try (HttpFixture http = start(LIMITS + "messages-per-second=1", LIMITS + "burst=3s")) {
			try (RawHttp2 peer = RawHttp2.open(http.connect())) {
				for (int stream = 1; stream < 100; stream += 2) {
					peer.get(stream, "/");
				}
				List<Integer> statuses = new ArrayList<>();
				boolean goodbye = false;
				while (!goodbye || !statuses.contains(429)) {
					Frame frame = peer.read();
					goodbye |= frame.type() == RawHttp2.GOAWAY;
					if (frame.type() == RawHttp2.HEADERS) {
						statuses.add(frame.status());
					}
				}
				assertThat(statuses).startsWith(200, 200, 200);
				peer.socket().readAll();
			}
			await().until(() -> http.server().statistics().closed(CloseReason.Cause.LIMIT) == 1);
			assertThat(http.server().statistics().exceeded(Limit.MESSAGES)).isPositive();
		}
	}

	@Test
	void whenRequestsAreDroppedThenConnectionStays() {
		try (HttpFixture http = start(LIMITS + "messages-per-second=1", LIMITS + "burst=3s", LIMITS + "on-excess=drop");
				RawHttp2 peer = RawHttp2.open(http.connect())) {
			for (int stream = 1; stream < 60; stream += 2) {
				peer.get(stream, "/");
			}
			List<Integer> statuses = new ArrayList<>();
			for (int i = 0; i < 30; i++) {
				statuses.add(peer.await(RawHttp2.HEADERS).status());
			}
			assertThat(statuses).startsWith(200, 200, 200).contains(429);
			assertThat(http.server().connectionCount()).isOne();
		}
	}

	@Test
	void whenBodyIsTooFastThenRequestIsRefusedBeforeItsEnd() {
		try (HttpFixture http = start(LIMITS + "bytes-per-second=10KB")) {
			try (RawHttp2 peer = RawHttp2.open(http.connect())) {
				peer.sendTogether(() -> {
					peer.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1,
							RawHttp2.fields(":method", "POST", ":scheme", "http", ":path", "/", ":authority", "a"));
					peer.send(RawHttp2.DATA, 0, 1, new byte[10_000]);
					peer.send(RawHttp2.DATA, 0, 1, new byte[10_000]);
				});
				Frame frame = peer.read();
				while (frame.type() != RawHttp2.HEADERS) {
					frame = peer.read();
				}
				assertThat(frame.status()).isEqualTo(429);
			}
			await().until(() -> http.server().statistics().closed(CloseReason.Cause.LIMIT) == 1);
			assertThat(http.server().statistics().exceeded(Limit.BYTES)).isOne();
		}
	}

	@Test
	void whenRequestsArePausedThenAllAreServed() {
		try (HttpFixture http = start(LIMITS + "messages-per-second=20", LIMITS + "burst=1s",
				LIMITS + "on-excess=pause"); RawHttp2 peer = RawHttp2.open(http.connect())) {
			for (int stream = 1; stream < 60; stream += 2) {
				peer.get(stream, "/");
			}
			for (int i = 0; i < 30; i++) {
				assertThat(peer.await(RawHttp2.HEADERS).status()).isEqualTo(200);
			}
			peer.get(61, "/");
			assertThat(peer.await(RawHttp2.HEADERS).status()).isEqualTo(200);
			assertThat(http.server().statistics().exceeded(Limit.MESSAGES)).isPositive();
		}
	}

	@Test
	void whenNoRequestComesInTimeThenConnectionEnds() {
		try (HttpFixture http = start(LIMITS + "first-message-timeout=500ms");
				RawHttp2 peer = RawHttp2.open(http.connect())) {
			peer.socket().readAll();
			assertThat(http.server().statistics().exceeded(Limit.FIRST_MESSAGE)).isOne();
			assertThat(http.server().statistics().rejected(RejectReason.TIMEOUT)).isOne();
		}
	}

	@Test
	void whenHeaderDoesNotEndThenTimeEndsTheConnection() {
		try (HttpFixture http = start("servers.web.http.request-timeout=600ms");
				RawHttp2 peer = RawHttp2.open(http.connect())) {
			peer.send(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, RawHttp2.fields(":method", "GET"));
			peer.socket().readAll();
			await().until(() -> http.server().statistics().rejected(RejectReason.TIMEOUT) == 1);
		}
	}

	@Test
	void whenProxyNamesClientsThenEachRequestHasItsOwn() {
		try (HttpFixture http = start("servers.web.trusted-proxies=127.0.0.1");
				RawHttp2 peer = RawHttp2.open(http.connect())) {
			int stream = 1;
			for (String client : List.of("203.0.113.7", "203.0.113.8")) {
				peer.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, stream,
						RawHttp2.fields(":method", "GET", ":scheme", "http", ":path", "/where", ":authority", "a",
								"x-forwarded-for", client, "x-forwarded-proto", "https"));
				stream += 2;
			}
			Handlers handlers = http.bean(Handlers.class);
			await().until(() -> handlers.waiting.size() == 2);
			handlers.waiting.forEach((waiting) -> waiting.complete(""));
			assertThat(List.of(peer.await(RawHttp2.DATA).text(0), peer.await(RawHttp2.DATA).text(0)))
				.containsExactlyInAnyOrder("203.0.113.7:0 203.0.113.7:0 https", "203.0.113.8:0 203.0.113.8:0 https");
			peer.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, stream,
					RawHttp2.fields(":method", "GET", ":scheme", "http", ":path", "/where", ":authority", "a",
							"x-forwarded-for", "203.0.113.7", "forwarded", "for=203.0.113.8"));
			assertThat(peer.await(RawHttp2.HEADERS).status()).isEqualTo(400);
		}
	}

	@Test
	void whenWiretapIsOnThenRequestsAreLogged(CapturedOutput output) {
		try (HttpFixture http = start("servers.web.wiretap=true"); RawHttp2 peer = RawHttp2.open(http.connect())) {
			peer.get(1, "/?a=b");
			assertThat(peer.await(RawHttp2.DATA).text(0)).isEqualTo("rest");
			peer.get(3, "/%00");
			assertThat(peer.await(RawHttp2.HEADERS).status()).isEqualTo(400);
			await().untilAsserted(() -> assertThat(output).contains(" <- GET /?a=b\n")
				.contains(" -> 200 OK\n")
				.contains(" -- refused a request: the request target is not valid")
				.doesNotContain("x-http2"));
		}
	}

	private static HttpFixture start(String... properties) {
		List<String> all = new ArrayList<>(List.of("servers.web.http2.enabled=true"));
		all.addAll(List.of(properties));
		return HttpFixture.start(Handlers.class, all.toArray(String[]::new));
	}

	static class Handlers {

		final ConcurrentLinkedQueue<CompletableFuture<String>> waiting = new ConcurrentLinkedQueue<>();

		@OnRequest("/where")
		CompletionStage<String> where(HttpRequest request, Connection connection) {
			CompletableFuture<String> result = new CompletableFuture<>();
			this.waiting.add(result);
			return result.thenApply((nothing) -> Addresses.format(request.remoteAddress()) + " "
					+ Addresses.format(connection.remoteAddress()) + " " + request.scheme());
		}

		@OnMessage
		String rest(HttpRequest request) {
			return "rest";
		}

	}

}
