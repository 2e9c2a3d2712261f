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

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workerman.annotation.Blocking;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.server.ServerState;
import io.github.workerman.server.WorkermanServerStoppedEvent;
import io.github.workerman.testsupport.RawSocket;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Connections to an http server: how requests come on them and how they end.
 */
@Timeout(60)
class HttpConnectionTests {

	@RegisterExtension
	private static HttpFixture http = HttpFixture.of(Handlers.class, "servers.web.max-message-size=64KB");

	@Test
	void whenHeadIsAskedThenBodyStaysHome() {
		try (RawSocket socket = http.connect()) {
			socket.write(
					"HEAD /hello?name=x HTTP/1.1\r\nHost: a\r\n\r\nGET /hello?name=y HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
			String all = text(socket.readAll());
			assertThat(all).contains("content-length: 7\r\n").endsWith("\r\n\r\nhello y").doesNotContain("hello x");
		}
	}

	@Test
	void whenRequestsArePipelinedThenResponsesComeInOrder() {
		try (RawSocket socket = http.connect()) {
			StringBuilder requests = new StringBuilder();
			StringBuilder expected = new StringBuilder();
			for (int i = 0; i < 100; i++) {
				String path = (i % 3 == 0) ? "/blocking-echo" : (i % 3 == 1) ? "/hello" : "/mono-echo";
				requests.append("GET ").append(path).append("?name=").append(i).append(" HTTP/1.1\r\nHost: a\r\n");
				requests.append((i == 99) ? "Connection: close\r\n\r\n" : "\r\n");
				expected.append("hello ").append(i).append('|');
			}
			socket.write(requests.toString());
			String all = text(socket.readAll());
			StringBuilder bodies = new StringBuilder();
			for (String part : all.split("(?=HTTP/1.1 200)")) {
				bodies.append(part.substring(part.indexOf("\r\n\r\n") + 4)).append('|');
			}
			assertThat(bodies.toString()).isEqualTo(expected.toString());
		}
	}

	@Test
	void whenRequestComesByteByByteThenItIsUnderstood() {
		try (RawSocket socket = http.connect()) {
			String request = "POST /any HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
					+ "3;x=y\r\nabc\r\n02\r\nde\r\n0\r\nTrailer: t\r\n\r\n";
			for (int i = 0; i < request.length(); i++) {
				socket.write(request.substring(i, i + 1));
			}
			assertThat(text(socket.readAll())).endsWith("POST /any abcde");
		}
	}

	@Test
	void whenClientWantsToCloseThenConnectionCloses() {
		assertThat(http.exchange("GET /hello?name=a HTTP/1.0\r\n\r\n")).contains(" 200 OK").endsWith("hello a");
		String kept = http.exchange(
				"GET /hello?name=a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + "GET /hello?name=b HTTP/1.0\r\n\r\n");
		assertThat(kept).contains("hello a").endsWith("hello b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Connection: keep-alive\r\n" })
	void whenVersionIsOldThenStreamEndsWithTheConnection(String fields) {
		assertThat(http.exchange("GET /chunks HTTP/1.0\r\n" + fields + "\r\n")).contains(" 200 OK\r\n")
			.contains("connection: close\r\n")
			.doesNotContain("transfer-encoding")
			.endsWith("\r\n\r\nab");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/reset", "/reset/stream" })
	void whenStatusAllowsNoContentThenThereIsNone(String path) {
		// What closes the connection is written in another way.
		String next = "GET /hello?name=b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
		assertThat(http.exchange("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n" + next)).startsWith("HTTP/1.1 205")
			.containsOnlyOnce("content-length: 0\r\n")
			.containsOnlyOnce("\r\n\r\nHTTP/1.1 200 OK\r\n")
			.endsWith("hello b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/large", "/large/blocking" })
	void whenPeerDoesNotTakeALargeBodyThenItIsNotCopied(String path) throws Exception {
		long before = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
		try (RawSocket socket = http.connect()) {
			socket.write("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
			assertThat(socket.readLine()).isEqualTo("HTTP/1.1 200 OK");
			while (!socket.readLine().isEmpty()) {
				// The body is written behind the head.
			}
			socket.read(1);
			assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - before)
				.isLessThan(Handlers.LARGE.length / 2);
		}
		byte[] body = http.client().send(http.request(path).build(), BodyHandlers.ofByteArray()).body();
		assertThat(Arrays.equals(body, Handlers.LARGE)).isTrue();
	}

	@Test
	void whenTextIsLargeThenAllOfItIsSent() {
		assertThat(http.get("/large/text").body()).isEqualTo(Handlers.TEXT);
	}

	@Test
	void whenBodyIsExpectedThenClientIsToldToContinue() {
		try (RawSocket socket = http.connect()) {
			socket.write("POST /any HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
			assertThat(socket.readLine()).isEqualTo("HTTP/1.1 100 Continue");
			socket.write("abcGET /hello?name=z HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
			assertThat(text(socket.readAll())).contains("POST /any abc").endsWith("hello z");
		}
	}

	@Test
	void whenRequestsAreServedThenTheyAreCounted() {
		try (HttpFixture other = HttpFixture.start(Handlers.class)) {
			try (RawSocket socket = other.connect()) {
				socket.write("GET /hello?name=a HTTP/1.1\r\nHost: a\r\n\r\n");
				while (!socket.readLine().isEmpty()) {
					// the header
				}
				assertThat(socket.read(7)).asString().isEqualTo("hello a");
				assertThat(other.server().connectionCount()).isOne();
				Connection connection = other.server().connections().get(0);
				assertThat(connection.protocol()).isEqualTo("http");
			}
			await().untilAsserted(() -> {
				assertThat(other.server().connectionCount()).isZero();
				assertThat(other.server().statistics().opened()).isOne();
				assertThat(other.server().statistics().closed(CloseReason.Cause.CLIENT)).isOne();
				assertThat(other.server().statistics().in().messages()).isOne();
				assertThat(other.server().statistics().out().messages()).isOne();
				assertThat(other.server().statistics().in().bytes()).isEqualTo(39);
			});
		}
	}

	@Test
	void whenServerStopsThenRequestUnderWayIsAnswered() throws Exception {
		try (HttpFixture other = HttpFixture.start(Handlers.class)) {
			Handlers slow = other.bean(Handlers.class);
			try (RawSocket idle = other.connect(); RawSocket busy = other.connect()) {
				idle.write("GET /hello?name=a HTTP/1.1\r\nHost: a\r\n\r\n");
				assertThat(idle.readLine()).isEqualTo("HTTP/1.1 200 OK");
				busy.write("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
				slow.asked.get(20, TimeUnit.SECONDS);
				CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> other.server().stop());
				assertThat(text(idle.readAll())).contains("hello a");
				await().until(() -> other.server().connections().stream().noneMatch(Connection::isOpen));
				assertThat(stopped).isNotDone();
				slow.answer.complete("at last");
				assertThat(text(busy.readAll())).contains("connection: close").endsWith("at last");
				stopped.get(20, TimeUnit.SECONDS);
			}
		}
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /kept HTTP/1.1\r\nHost: a\r\n\r\n",
			"POST /kept HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello" })
	void whenConnectionWaitsForItsNextRequestThenBodiesAreForgotten(String request) {
		try (RawSocket socket = http.connect()) {
			socket.write(request);
			String line = socket.readLine();
			while (!line.isEmpty()) {
				line = socket.readLine();
			}
			socket.read(Handlers.KEPT);
			Handlers handlers = http.bean(Handlers.class);
			await().untilAsserted(() -> {
				System.gc();
				assertThat(handlers.bodies).isNotEmpty().allMatch((body) -> body.refersTo(null));
			});
			socket.write("GET /hello?name=z HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
			assertThat(text(socket.readAll())).endsWith("hello z");
		}
	}

	@Test
	void whenTwoThreadsStopServerThatIsStartedAgainThenItRuns() throws Exception {
		try (HttpFixture own = HttpFixture.start(Restarting.class); RawSocket socket = own.connect()) {
			Restarting handlers = own.bean(Restarting.class);
			socket.write("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
			handlers.asked.get(20, TimeUnit.SECONDS);
			List<Thread> threads = List.of(new Thread(own.server()::stop), new Thread(own.server()::stop));
			threads.forEach(Thread::start);
			await().until(() -> threads.stream().allMatch((thread) -> thread.getState() == Thread.State.TIMED_WAITING));
			handlers.answer.complete("done");
			for (Thread thread : threads) {
				thread.join();
			}
			assertThat(own.server().state()).isEqualTo(ServerState.RUNNING);
			assertThat(own.get("/hello?name=again").body()).isEqualTo("hello again");
			own.server().stop();
			assertThat(own.server().state()).isEqualTo(ServerState.STOPPED);
		}
	}

	static class Restarting extends Handlers {

		private final AtomicInteger stops = new AtomicInteger();

		@EventListener
		void stopped(WorkermanServerStoppedEvent event) {
			if (this.stops.incrementAndGet() == 1) {
				event.server().start();
			}
		}

	}

	static class Handlers {

		static final int KEPT = 100_000;

		final List<Reference<byte[]>> bodies = new CopyOnWriteArrayList<>();

		final CompletableFuture<Void> asked = new CompletableFuture<>();

		final CompletableFuture<String> answer = new CompletableFuture<>();

		static final byte[] LARGE = new byte[40_000_001];

		static final String TEXT = "\u00E4\uD83D\uDE00".repeat(200_000);

		static {
			for (int i = 0; i < LARGE.length; i++) {
				LARGE[i] = (byte) (i % 251);
			}
		}

		@OnRequest("/large")
		byte[] large() {
			return LARGE;
		}

		@Blocking
		@OnRequest("/large/blocking")
		byte[] largeBlocking() {
			return LARGE;
		}

		@OnRequest("/large/text")
		String largeText() {
			return TEXT;
		}

		@OnRequest("/chunks")
		Flux<String> chunks() {
			return Flux.just("a", "b");
		}

		@OnRequest("/reset")
		HttpResponse reset() {
			return HttpResponse.of(205).withBody("none");
		}

		@OnRequest("/reset/stream")
		HttpResponse resetStream() {
			return HttpResponse.of(205).withBody(Flux.just("none"));
		}

		@OnRequest("/hello")
		String hello(HttpRequest request) {
			return "hello " + request.query("name");
		}

		@Blocking
		@OnRequest("/blocking-echo")
		String blockingEcho(HttpRequest request) {
			return hello(request);
		}

		@OnRequest("/kept")
		byte[] kept(HttpRequest request) {
			byte[] body = new byte[KEPT];
			this.bodies.add(new WeakReference<>(body));
			if (request.bytes().length > 0) {
				this.bodies.add(new WeakReference<>(request.bytes()));
			}
			return body;
		}

		@OnRequest("/mono-echo")
		Mono<String> monoEcho(HttpRequest request) {
			return Mono.delay(Duration.ofMillis(1)).map((tick) -> hello(request));
		}

		@OnRequest("/slow")
		CompletionStage<String> slow() {
			this.asked.complete(null);
			return this.answer;
		}

		@OnMessage
		String rest(HttpRequest request, String body) {
			return request.method() + " " + request.path() + " " + body;
		}

	}

}
