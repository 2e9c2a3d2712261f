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

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workerman.annotation.OnRequest;
import io.github.workerman.testsupport.RawSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Streams of server-sent events.
 */
@Timeout(60)
class ServerSentEventTests {

	@Test
	void whenEventIsEncodedThenFieldsComeInOrder() {
		ServerSentEvent event = new ServerSentEvent("a\nb\r\nc", "tick", "7", Duration.ofSeconds(3), "hi");
		assertThat(event.encode(Object::toString))
			.isEqualTo(": hi\nevent: tick\nid: 7\nretry: 3000\ndata: a\ndata: b\ndata: c\n\n");
		assertThat(ServerSentEvent.of(5).encode((value) -> "<" + value + ">")).isEqualTo("data: <5>\n\n");
		assertThatIllegalArgumentException().isThrownBy(() -> ServerSentEvent.of("").withId("a\nb"));
	}

	@Test
	void whenEventComesThenClientSeesItAtOnce() throws Exception {
		try (HttpFixture http = HttpFixture.start(Handlers.class)) {
			Handlers handlers = http.bean(Handlers.class);
			var response = http.client().send(http.request("/events").build(), BodyHandlers.ofInputStream());
			assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
			assertThat(response.headers().firstValue("cache-control")).contains("no-store");
			try (BufferedReader reader = new BufferedReader(
					new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
				for (int i = 0; i < 3; i++) {
					handlers.sink.tryEmitNext(ServerSentEvent.of(new Tick(i)).withId("" + i)).orThrow();
					assertThat(reader.readLine()).isEqualTo("id: " + i);
					assertThat(reader.readLine()).isEqualTo("data: {\"n\":" + i + "}");
					assertThat(reader.readLine()).isEmpty();
				}
			}
		}
	}

	@Test
	void whenClientLeavesThenStreamIsCancelled() {
		try (HttpFixture http = HttpFixture.start(Handlers.class)) {
			Handlers handlers = http.bean(Handlers.class);
			try (RawSocket socket = http.connect()) {
				socket.write("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
				assertThat(socket.readLine()).isEqualTo("HTTP/1.1 200 OK");
			}
			await().untilTrue(handlers.cancelled);
			await().until(() -> http.server().connectionCount() == 0);
		}
	}

	@Test
	void whenClientDoesNotReadThenNoMoreIsAskedFor() {
		try (HttpFixture http = HttpFixture.start(Handlers.class)) {
			Handlers handlers = http.bean(Handlers.class);
			try (RawSocket socket = RawSocket.connect(http.port(), 4096)) {
				socket.write("GET /fast HTTP/1.1\r\nHost: a\r\n\r\n");
				assertThat(socket.readLine()).isEqualTo("HTTP/1.1 200 OK");
				AtomicInteger before = new AtomicInteger(-1);
				await().pollInterval(Duration.ofMillis(300))
					.until(() -> before.getAndSet(handlers.made.get()) == handlers.made.get());
				assertThat(handlers.made.get()).isLessThan(100_000);
			}
			await().until(() -> http.server().connectionCount() == 0);
		}
	}

	@Test
	void whenServerStopsThenStreamEndsWithoutWaitingForTheGracePeriod() throws Exception {
		try (HttpFixture http = HttpFixture.start(Handlers.class)) {
			try (RawSocket socket = http.connect()) {
				socket.write("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
				assertThat(socket.readLine()).isEqualTo("HTTP/1.1 200 OK");
				CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> http.server().stop());
				assertThat(new String(socket.readAll(), StandardCharsets.UTF_8)).endsWith("0\r\n\r\n");
				stopped.get(15, java.util.concurrent.TimeUnit.SECONDS);
			}
		}
	}

	@Test
	void whenStreamFailsThenClientSeesThatItIsNotComplete() {
		try (HttpFixture http = HttpFixture.start(Handlers.class)) {
			assertThat(http.exchange("GET /broken HTTP/1.1\r\nHost: a\r\n\r\n")).contains("data: 1")
				.doesNotContain("0\r\n\r\n")
				.doesNotContain("secret");
		}
	}

	record Tick(int n) {

	}

	static class Handlers {

		final Sinks.Many<ServerSentEvent> sink = Sinks.many().multicast().onBackpressureBuffer(16, false);

		final AtomicBoolean cancelled = new AtomicBoolean();

		final AtomicInteger made = new AtomicInteger();

		@OnRequest("/events")
		Flux<ServerSentEvent> events() {
			return this.sink.asFlux().doOnCancel(() -> this.cancelled.set(true));
		}

		@OnRequest("/fast")
		Flux<ServerSentEvent> fast() {
			return Flux.generate((sink) -> {
				this.made.incrementAndGet();
				sink.next(ServerSentEvent.of("x".repeat(1000)));
			});
		}

		@OnRequest("/broken")
		Flux<ServerSentEvent> broken() {
			return Flux.just(ServerSentEvent.of("1")).concatWith(Flux.error(new IllegalStateException("secret")));
		}

	}

}
