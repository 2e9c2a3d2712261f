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
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workerman.annotation.OnError;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.annotation.PathParam;
import io.github.workerman.testsupport.RawSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How responses begin and end that are streams.
 */
@Timeout(60)
class StreamResponseTests {

	private static final Sinks.Many<String> SILENT = Sinks.many().multicast().onBackpressureBuffer(16, false);

	private static final AtomicInteger CANCELLED = new AtomicInteger();

	private static final AtomicInteger SUBSCRIBED = new AtomicInteger();

	@RegisterExtension
	private static HttpFixture http = HttpFixture.of(Handlers.class);

	@ParameterizedTest
	@ValueSource(strings = { "/refused", "/refused/later", "/refused/events", "/refused/body" })
	void whenStreamFailsBeforeThereIsAnElementThenTheErrorIsTheResponse(String path) {
		java.net.http.HttpResponse<String> response = http.get(path);
		assertThat(response.statusCode()).isEqualTo(409);
		assertThat(response.body()).isEqualTo("not now");
	}

	@Test
	void whenAnErrorHandlerTakesWhatAStreamFailsWithThenItResponds() {
		java.net.http.HttpResponse<String> response = http.get("/failing");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).isEqualTo("handled: broken");
	}

	@Test
	void whenAnElementCannotBeWrittenThenTheErrorIsTheResponse() {
		assertThat(http.get("/unwritable").statusCode()).isEqualTo(500);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 1000 })
	void whenStreamHasElementsThenAllOfThemAreSent(int count) {
		assertThat(http.get("/count?to=" + count).body()).isEqualTo("x".repeat(count));
		assertThat(http.get("/count/slowly?to=" + Math.min(count, 20)).body())
			.isEqualTo("x".repeat(Math.min(count, 20)));
	}

	@Test
	void whenStreamIsEmptyThenSoIsTheResponse() {
		java.net.http.HttpResponse<String> response = http.get("/count?to=0");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/silent/events", "/silent/events/typed" })
	void whenThereIsNoEventYetThenTheResponseHasBegun(String path) {
		try (RawSocket client = http.connect()) {
			client.write("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
			assertThat(client.readLine()).isEqualTo("HTTP/1.1 200 OK");
		}
	}

	@Test
	void whenClientLeavesBeforeTheFirstElementThenStreamIsCancelled() {
		int before = CANCELLED.get();
		try (RawSocket client = http.connect()) {
			client.write("GET /silent HTTP/1.1\r\nHost: a\r\n\r\n");
			await().until(() -> SILENT.currentSubscriberCount() > 0);
		}
		await().until(() -> CANCELLED.get() > before);
	}

	@ParameterizedTest
	@ValueSource(ints = { 204, 304 })
	void whenStatusForbidsABodyThenStreamIsNotSubscribedTo(int status) {
		java.net.http.HttpResponse<String> response = http.get("/forbidden/" + status);
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(SUBSCRIBED).hasValue(0);
	}

	@Test
	void whenOneEventIsReturnedThenItIsAStreamOfOne() {
		java.net.http.HttpResponse<String> response = http.get("/event");
		assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
		assertThat(response.body()).isEqualTo("data: only\n\n");
	}

	static class Handlers {

		@OnRequest("/refused")
		Flux<String> refused() {
			return Flux.error(new HttpException(409, "not now"));
		}

		@OnRequest("/forbidden/{status}")
		HttpResponse forbidden(@PathParam int status) {
			Flux<String> body = Flux.<String>never().doOnSubscribe((subscription) -> SUBSCRIBED.incrementAndGet());
			return HttpResponse.of(status).withBody(body);
		}

		@OnRequest("/refused/later")
		Flux<String> refusedLater() {
			return Mono.delay(Duration.ofMillis(1)).flatMapMany((tick) -> refused());
		}

		@OnRequest("/refused/events")
		Flux<ServerSentEvent> refusedEvents() {
			return Flux.error(new HttpException(409, "not now"));
		}

		@OnRequest("/refused/body")
		HttpResponse refusedBody() {
			return HttpResponse.ok(refused()).withContentType("text/csv");
		}

		@OnRequest("/failing")
		Flux<String> failing() {
			return Flux.error(new UnsupportedOperationException("broken"));
		}

		@OnError
		String handled(UnsupportedOperationException error) {
			return "handled: " + error.getMessage();
		}

		@OnRequest("/unwritable")
		Flux<Object> unwritable() {
			return Flux.just(new Unwritable());
		}

		@OnRequest("/count")
		Flux<String> count(HttpRequest request) {
			return Flux.range(0, to(request)).map((i) -> "x");
		}

		@OnRequest("/count/slowly")
		Flux<String> countSlowly(HttpRequest request) {
			return count(request).delayElements(Duration.ofMillis(1));
		}

		private static int to(HttpRequest request) {
			return Integer.parseInt(request.query().all("to").get(0));
		}

		@OnRequest("/silent")
		Flux<String> silent() {
			return SILENT.asFlux().doOnCancel(CANCELLED::incrementAndGet);
		}

		@OnRequest("/silent/events")
		Flux<ServerSentEvent> silentEvents() {
			return Flux.never();
		}

		@OnRequest("/silent/events/typed")
		HttpResponse silentTypedEvents() {
			return HttpResponse.events(Flux.never()).withContentType("text/event-stream; charset=utf-8");
		}

		@OnRequest("/event")
		ServerSentEvent event() {
			return ServerSentEvent.of("only");
		}

	}

	static final class Unwritable {

		public String getName() {
			throw new IllegalStateException("no name");
		}

	}

}
