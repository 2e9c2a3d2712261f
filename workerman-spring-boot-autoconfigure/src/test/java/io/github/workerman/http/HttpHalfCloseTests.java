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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workerman.annotation.Blocking;
import io.github.workerman.annotation.OnClose;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.transport.OnEachTransport;
import io.github.workerman.transport.TransportKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that end their side of the stream behind a request, as {@code nc -N} does, and
 * those that have left.
 */
@OnEachTransport
@Timeout(120)
class HttpHalfCloseTests {

	private static final String GET = "GET %s HTTP/1.1\r\nHost: a\r\n\r\n";

	@Parameter
	TransportKind kind;

	private HttpFixture http;

	@AfterEach
	void stop() {
		this.http.close();
	}

	@Test
	void whenClientEndsItsStreamThenGetsAllItHasAskedFor() {
		start();
		for (int i = 0; i < 20; i++) {
			assertThat(ask(GET.formatted("/hello"))).startsWith("HTTP/1.1 200").endsWith("hello");
			assertThat(ask("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")).endsWith("got abc");
			String[] responses = ask(
					(GET + GET + GET + GET + "GET /inc").formatted("/blocking", "/hello", "/blocking", "/soon"))
				.split("HTTP/1.1 200 OK\r\n");
			assertThat(responses).hasSize(5);
			assertThat(responses[4]).endsWith("soon");
		}
		assertThat(ask(GET.formatted("/large"))).endsWith("x".repeat(Handlers.LARGE));
		awaitClosed(Cause.CLIENT, 61);
	}

	@Test
	void whenAnswerTakesItsTimeThenItArrivesAllTheSame() {
		start();
		try (RawSocket client = this.http.connect()) {
			client.write((GET + GET).formatted("/hello", "/later"));
			client.shutdownOutput();
			awaitEndOfInput();
			assertThat(this.http.server().connectionCount()).isOne();
			this.http.bean(Handlers.class).answer.complete("at last");
			assertThat(text(client)).contains("connection: close").endsWith("at last");
		}
		awaitClosed(Cause.CLIENT, 1);
	}

	@Test
	void whenRequestIsRefusedThenClientIsTold() {
		start();
		assertThat(ask("GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400");
		assertThat(ask(GET.formatted("/hello") + "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\nabc"))
			.startsWith("HTTP/1.1 200")
			.contains("HTTP/1.1 413");
		await().until(() -> this.http.server().connectionCount() == 0);
	}

	@Test
	void whenClientHasNothingToAskThenConnectionEndsAtOnce() {
		start();
		try (RawSocket client = this.http.connect()) {
			client.write(GET.formatted("/hello"));
			assertThat(client.readLine()).isEqualTo("HTTP/1.1 200 OK");
			client.shutdownOutput();
			assertThat(text(client)).endsWith("hello");
		}
		awaitClosed(Cause.CLIENT, 1);
		assertThat(ask("")).isEmpty();
		assertThat(ask("GET /hel")).isEmpty();
		await().until(() -> this.http.server().statistics().rejected(RejectReason.ABANDONED) == 2);
		assertThat(ask("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab")).isEmpty();
		awaitClosed(Cause.LOST, 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/events", "/stream" })
	void whenClientEndsItsStreamThenTheServersIsCancelled(String path) {
		start();
		Handlers handlers = this.http.bean(Handlers.class);
		try (RawSocket client = this.http.connect()) {
			client.write((GET + GET).formatted("/hello", path));
			await().until(() -> handlers.silent.currentSubscriberCount() == 1);
			client.shutdownOutput();
			await().until(() -> handlers.cancelled.get() == 1);
		}
		awaitClosed(Cause.LOST, 1);
		ask(GET.formatted(path));
		awaitClosed(Cause.LOST, 2);
		assertThat(handlers.silent.currentSubscriberCount()).isZero();
	}

	@Test
	void whenStreamBeginsAfterTheClientsEndThenIsCancelled() {
		start();
		Handlers handlers = this.http.bean(Handlers.class);
		try (RawSocket client = this.http.connect()) {
			client.write(GET.formatted("/events/later"));
			client.shutdownOutput();
			awaitEndOfInput();
			handlers.answer.complete("now");
			await().until(() -> handlers.cancelled.get() == 1);
		}
		awaitClosed(Cause.LOST, 1);
	}

	@Test
	void whenStreamIsAskedForBehindAnotherRequestThenIsCancelled() {
		start();
		Handlers handlers = this.http.bean(Handlers.class);
		try (RawSocket client = this.http.connect()) {
			client.write((GET + GET).formatted("/later", "/events"));
			client.shutdownOutput();
			await().until(() -> handlers.asked.get() == 1);
			handlers.answer.complete("now");
			assertThat(text(client)).contains("\r\n\r\nnow");
		}
		awaitClosed(Cause.LOST, 1);
		assertThat(handlers.silent.currentSubscriberCount()).isZero();
	}

	@Test
	void whenThereIsNoAnswerInTimeThenNobodyWaits() {
		start("servers.web.http.idle-timeout=200ms");
		Handlers handlers = this.http.bean(Handlers.class);
		assertThat(ask(GET.formatted("/never"))).isEmpty();
		await().until(() -> handlers.cancelled.get() == 1);
		awaitClosed(Cause.LOST, 1);
	}

	@Test
	void whenAnswerIsBeingTakenThenItIsNotCutShort() {
		start("servers.web.http.idle-timeout=1ms");
		try (RawSocket client = RawSocket.connect(this.http.port(), 4096)) {
			client.write(GET.formatted("/large"));
			client.shutdownOutput();
			awaitEndOfInput();
			// Another connection that ends because of its idle time.
			try (RawSocket other = this.http.connect()) {
				other.write(GET.formatted("/hello"));
				assertThat(text(other)).endsWith("hello");
			}
			assertThat(text(client)).endsWith("x".repeat(Handlers.LARGE));
		}
	}

	@Test
	void whenWebSocketEndsItsStreamThenMessagesAndCloseFrameCount() {
		start();
		try (RawWebSocket client = RawWebSocket.connect(this.http.port())) {
			client.write(RawWebSocket.join(RawWebSocket.request("/ws").getBytes(StandardCharsets.ISO_8859_1),
					RawWebSocket.frame(RawWebSocket.TEXT, "a"), RawWebSocket.closeFrame(4000, "done")));
			client.shutdownOutput();
			assertThat(client.readResponse().status()).isEqualTo(101);
			assertThat(client.readText()).isEqualTo("a");
			assertThat(client.readClose().code()).isEqualTo(4000);
			assertThat(client.readAll()).isEmpty();
		}
		await().until(
				() -> new CloseReason(4000, "done", Cause.CLIENT).equals(this.http.bean(Handlers.class).closeReason));
	}

	@Test
	void whenWebSocketBehindARequestEndsWithoutCloseFrameThenIsLost() {
		start();
		Handlers handlers = this.http.bean(Handlers.class);
		try (RawWebSocket client = RawWebSocket.connect(this.http.port())) {
			client.write(RawWebSocket.join(
					(GET.formatted("/later") + RawWebSocket.request("/ws")).getBytes(StandardCharsets.ISO_8859_1),
					RawWebSocket.frame(RawWebSocket.TEXT, "a")));
			client.shutdownOutput();
			await().until(() -> handlers.asked.get() == 1);
			handlers.answer.complete("now");
			assertThat(client.readResponse().body()).isEqualTo("now");
			assertThat(client.readResponse().status()).isEqualTo(101);
			assertThat(client.readText()).isEqualTo("a");
			client.readAll();
		}
		await().until(() -> CloseReason.LOST.equals(handlers.closeReason));
		await().until(() -> this.http.server().connectionCount() == 0);
	}

	@Test
	void whenClientOfHttp2EndsItsStreamThenHasLeft() {
		start("servers.web.http2.enabled=true");
		Handlers handlers = this.http.bean(Handlers.class);
		try (RawSocket socket = this.http.connect()) {
			RawHttp2 client = RawHttp2.open(socket);
			client.get(1, "/events");
			await().until(() -> handlers.silent.currentSubscriberCount() == 1);
			socket.shutdownOutput();
			await().until(() -> handlers.cancelled.get() == 1);
		}
		await().until(() -> this.http.server().connectionCount() == 0);
	}

	private void start(String... properties) {
		String[] all = new String[properties.length + 2];
		all[0] = "transport=" + this.kind.name();
		all[1] = "servers.web.websocket.path=/ws";
		System.arraycopy(properties, 0, all, 2, properties.length);
		this.http = HttpFixture.start(Handlers.class, all);
	}

	private String ask(String requests) {
		try (RawSocket client = this.http.connect()) {
			client.write(requests);
			client.shutdownOutput();
			return text(client);
		}
	}

	private static String text(RawSocket client) {
		return new String(client.readAll(), StandardCharsets.UTF_8);
	}

	private void awaitEndOfInput() {
		await().until(() -> this.http.server().connections().stream().anyMatch((connection) -> !connection.isOpen()));
	}

	private void awaitClosed(Cause cause, long count) {
		await().untilAsserted(() -> {
			assertThat(this.http.server().statistics().closed(cause)).isEqualTo(count);
			assertThat(this.http.server().connectionCount()).isZero();
		});
	}

	static class Handlers {

		static final int LARGE = 3_000_000;

		final CompletableFuture<String> answer = new CompletableFuture<>();

		final Sinks.Many<String> silent = Sinks.many().multicast().onBackpressureBuffer(16, false);

		final AtomicInteger asked = new AtomicInteger();

		final AtomicInteger cancelled = new AtomicInteger();

		volatile CloseReason closeReason;

		@OnRequest("/hello")
		String hello() {
			return "hello";
		}

		@Blocking
		@OnRequest("/blocking")
		String blocking() {
			return "blocking";
		}

		@OnRequest("/soon")
		Mono<String> soon() {
			return Mono.delay(Duration.ofMillis(1)).map((tick) -> "soon");
		}

		@OnRequest("/later")
		CompletionStage<String> later() {
			this.asked.incrementAndGet();
			return this.answer;
		}

		@OnRequest("/never")
		Mono<String> never() {
			return Mono.<String>never().doOnCancel(this.cancelled::incrementAndGet);
		}

		@OnRequest("/large")
		String large() {
			return "x".repeat(LARGE);
		}

		@OnRequest(path = "/body", method = "POST")
		String body(String body) {
			return "got " + body;
		}

		@OnRequest("/stream")
		Flux<String> stream() {
			return this.silent.asFlux().doOnCancel(this.cancelled::incrementAndGet);
		}

		@OnRequest("/events")
		Flux<ServerSentEvent> events() {
			return stream().map(ServerSentEvent::of);
		}

		@OnRequest("/events/later")
		CompletionStage<HttpResponse> eventsLater() {
			return this.answer.thenApply((now) -> HttpResponse.ok(stream()).withContentType("text/csv"));
		}

		@OnMessage
		String message(String text) {
			return text;
		}

		@OnClose
		void closed(Connection connection, CloseReason reason) {
			this.closeReason = reason;
		}

	}

}
