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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.github.workerman.annotation.OnRequest;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.http.RawHttp2.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What ends requests and connections of HTTP/2: time and the end of the server.
 */
@Timeout(120)
class Http2EndTests {

	private static final String ENABLED = "servers.web.http2.enabled=true";

	@Test
	void whenBodyIsSlowThenTimeEndsItsRequestOnly() {
		try (HttpFixture http = HttpFixture.start(Handlers.class, ENABLED, "servers.web.http.request-timeout=600ms");
				RawHttp2 peer = RawHttp2.open(http.connect())) {
			peer.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1,
					RawHttp2.fields(":method", "POST", ":scheme", "http", ":path", "/hello", ":authority", "a"));
			peer.send(RawHttp2.DATA, 0, 1, new byte[10]);
			Frame headers = peer.await(RawHttp2.HEADERS);
			assertThat(headers.status()).isEqualTo(408);
			assertThat(peer.await(RawHttp2.RST_STREAM).error()).isZero();
			peer.get(3, "/hello");
			assertThat(peer.await(RawHttp2.HEADERS).status()).isEqualTo(200);
		}
	}

	@Test
	void whenNothingIsAskedThenConnectionEnds() {
		try (HttpFixture http = HttpFixture.start(Handlers.class, ENABLED, "servers.web.http.request-timeout=600ms",
				"servers.web.http.idle-timeout=600ms")) {
			try (RawHttp2 silent = RawHttp2.open(http.connect()); RawHttp2 idle = RawHttp2.open(http.connect())) {
				idle.get(1, "/hello");
				assertThat(idle.await(RawHttp2.HEADERS).status()).isEqualTo(200);
				for (RawHttp2 peer : List.of(silent, idle)) {
					Frame goodbye = peer.read();
					while (goodbye.type() != RawHttp2.GOAWAY) {
						goodbye = peer.read();
					}
					assertThat(goodbye.error()).isZero();
					assertThat(peer.socket().readAll()).isEmpty();
				}
			}
			assertThat(http.server().statistics().rejected(RejectReason.TIMEOUT)).isEqualTo(1);
			await().until(() -> http.server().connectionCount() == 0);
		}
	}

	@Test
	void whenPeerTakesNoGoodbyeThenIsDropped() {
		// With io_uring an assertion of Netty 4.2.17 fails when output ends within a
		// write.
		try (HttpFixture http = HttpFixture.start(Handlers.class, ENABLED, "servers.web.http.request-timeout=600ms",
				"transport=nio"); RawHttp2 peer = RawHttp2.open(http.connect())) {
			byte[] ping = new byte[8];
			CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> {
				while (true) {
					peer.send(RawHttp2.PING, 0, 0, ping);
				}
			});
			assertThat(flood).failsWithin(Duration.ofSeconds(30));
			await().until(() -> http.server().statistics().rejected(RejectReason.TIMEOUT)
					+ http.server().statistics().rejected(RejectReason.MALFORMED) == 1);
		}
	}

	@Test
	void whenServerStopsThenResponsesAreFinishedAndStreamsOfEventsEnd() throws Exception {
		try (HttpFixture http = HttpFixture.start(Handlers.class, ENABLED, "servers.web.shutdown.grace-period=1h");
				RawHttp2 peer = RawHttp2.open(http.connect())) {
			Handlers handlers = http.bean(Handlers.class);
			peer.get(1, "/events");
			assertThat(peer.await(RawHttp2.HEADERS).status()).isEqualTo(200);
			peer.get(3, "/wait");
			await().until(() -> handlers.waiting.getNumberOfDependents() > 0);
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> http.server().stop());
			boolean goodbye = false;
			boolean ended = false;
			while (!goodbye || !ended) {
				Frame frame = peer.read();
				goodbye |= frame.type() == RawHttp2.GOAWAY;
				ended |= frame.stream() == 1 && (frame.flags() & RawHttp2.END_STREAM) != 0;
			}
			assertThat(stopped).isNotDone();
			handlers.waiting.complete("last");
			assertThat(peer.await(RawHttp2.HEADERS).stream()).isEqualTo(3);
			assertThat(peer.await(RawHttp2.DATA).text(0)).isEqualTo("last");
			stopped.get(20, TimeUnit.SECONDS);
		}
	}

	static class Handlers {

		final CompletableFuture<String> waiting = new CompletableFuture<>();

		@OnRequest("/hello")
		String hello() {
			return "hello";
		}

		@OnRequest("/wait")
		CompletionStage<String> waiting() {
			return this.waiting;
		}

		@OnRequest("/events")
		Flux<ServerSentEvent> events() {
			return Flux.never();
		}

	}

}
