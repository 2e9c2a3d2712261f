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

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.connection.Connection;
import io.github.workerman.testsupport.RawSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

/**
 * Requests that are answered where they were read are answered as those that go the long
 * way, and in turn with them.
 */
@Timeout(60)
class HttpShortcutTests {

	private static final String BYE = request("/ok", "Connection: close");

	private static final int LARGE = 3_000_000;

	@TempDir
	private static Path directory;

	private static HttpFixture http;

	@BeforeAll
	static void start() {
		http = HttpFixture.start(Handlers.class, "servers.web.websocket.path=/ws",
				"servers.web.static.location=file:" + directory, "servers.web.static.path=/static");
	}

	@AfterAll
	static void stop() {
		http.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/ok", "/ok?a=%20b", "/text", "/bytes", "/nothing", "/json", "/latin", "/fields", "/empty",
			"/status/201", "/status/204", "/status/304", "/status/418", "/status/599", "/fail", "/conflict", "/missing",
			"/ok%zz", "/large", "/later", "/stream", "/readable", "/runtime" })
	void whenConnectionStaysThenResponseIsTheSameAsWhenItCloses(String path) {
		String closing = http.exchange(request(path, "Accept: */*", "Connection: close"));
		String staying = http.exchange(request(path, "Accept: */*") + BYE);
		if (path.contains("%zz")) {
			assertThat(head(staying)).isEqualTo(head(closing));
			assertThat(body(staying)).isEqualTo(body(closing));
			return;
		}
		assertThat(head(staying)).isEqualTo(head(closing.replace("connection: close\r\n", "")));
		String body = body(closing);
		assertThat(body(staying)).startsWith(body);
		assertThat(body(staying).substring(body.length())).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nok");
	}

	private static Map<Integer, String> head(String response) {
		String[] lines = response.substring(0, response.indexOf("\r\n\r\n")).split("\r\n");
		Arrays.sort(lines, 1, lines.length);
		Map<Integer, String> numbered = new TreeMap<>();
		for (String line : lines) {
			numbered.put(numbered.size(), line.startsWith("date: ") ? "date" : line);
		}
		return numbered;
	}

	@ParameterizedTest
	@ValueSource(strings = { "/ok", "/later", "/stream", "/missing", "/ok%zz", "/status/304" })
	void whenResponseIsMadeThenSaysWhen(String path) {
		String response = http.exchange(request(path) + BYE);
		assertThat(response.split("\r\n\r\n")[0].lines()).filteredOn((line) -> line.startsWith("date: "))
			.singleElement(as(STRING))
			.satisfies(
					(line) -> assertThat(ZonedDateTime.parse(line.substring(6), DateTimeFormatter.RFC_1123_DATE_TIME))
						.isCloseTo(ZonedDateTime.now(), within(1, ChronoUnit.MINUTES)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/dated", "/dated/later" })
	void whenHandlerSaysWhenThenThatIsSaid(String path) {
		assertThat(http.exchange(request(path) + BYE).split("\r\n\r\n")[0].toLowerCase(Locale.ROOT).lines())
			.filteredOn((line) -> line.startsWith("date: "))
			.containsExactly("date: then");
	}

	private static String body(String response) {
		return response.substring(response.indexOf("\r\n\r\n") + 4);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 1_000, 65_536, 65_537, 2_000_000 })
	void whenFileIsAskedForThenItComesWholeAndInTurn(int size) throws IOException {
		byte[] content = new byte[size];
		new Random(size).nextBytes(content);
		Files.write(directory.resolve("file-" + size), content);
		String expected = new String(content, StandardCharsets.ISO_8859_1);
		for (String path : new String[] { "/static/file-" + size, "/path/file-" + size }) {
			String closing = exchange(request(path, "Connection: close"));
			String staying = exchange(request(path) + request(path) + BYE);
			assertThat(head(staying)).isEqualTo(head(closing.replace("connection: close\r\n", "")));
			assertThat(body(closing)).isEqualTo(expected);
			assertThat(body(staying)).startsWith(expected + "HTTP/1.1 200");
			assertThat(body(body(staying).substring(size))).startsWith(expected + "HTTP/1.1 200");
		}
		if (size > 2) {
			String part = exchange(request("/static/file-" + size, "Range: bytes=1-" + (size - 2)) + BYE);
			assertThat(part).startsWith("HTTP/1.1 206 ");
			assertThat(body(part)).startsWith(expected.substring(1, size - 1) + "HTTP/1.1 200");
		}
	}

	private static String exchange(String requests) {
		try (RawSocket socket = http.connect()) {
			socket.write(requests);
			return new String(socket.readAll(), StandardCharsets.ISO_8859_1);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 100, 500_000 })
	void whenFileIsShorterThanWasSaidThenConnectionEnds(int length) throws IOException {
		Files.write(directory.resolve("short"), new byte[length / 2]);
		try (RawSocket socket = http.connect()) {
			socket.write(request("/short/" + length) + BYE);
			String response = new String(socket.readAll(), StandardCharsets.ISO_8859_1);
			assertThat(response.split("HTTP/1\\.1")).hasSizeLessThanOrEqualTo(2);
			assertThat(response).doesNotEndWith("ok");
		}
		assertThat(http.get("/ok").body()).isEqualTo("ok");
	}

	@Test
	void whenFileCannotBeReadThenConnectionEnds() {
		assertThat(http.exchange(request("/ok") + request("/runtime/part") + BYE).split("HTTP/1\\.1 200"))
			.hasSizeBetween(2, 3);
		assertThat(http.get("/ok").body()).isEqualTo("ok");
	}

	@Test
	void whenFieldsAreAskedForThenTheyAreThoseThatWereSent() {
		String[] fields = { "X-One: 1", "x-two:\t 2 \t", "X-ONE: 1b", "Empty:", "Cookie: a=b; c=\"d\"",
				"User-Agent: x (y; z)" };
		String staying = http.exchange(request("/echo/a%2Fb?q=1&q=2", fields) + BYE);
		String closing = http.exchange(request("/echo/a%2Fb?q=1&q=2", append(fields, "Connection: close")));
		assertThat(body(staying)).startsWith(body(closing) + "HTTP/1.1");
		assertThat(body(closing)).contains("x-one=[1, 1b]", "x-two=[2]", "empty=[]", "q=2", "a/b", "c=d");
	}

	private static String[] append(String[] fields, String more) {
		String[] all = Arrays.copyOf(fields, fields.length + 1);
		all[fields.length] = more;
		return all;
	}

	@Test
	void whenShortAndLongWaysAreMixedThenResponsesComeInOrder() {
		String requests = request("/echo/1") + request("/later") + request("/echo/2") + request("/echo/3")
				+ request("/stream") + request("/echo/4") + request("/large") + request("/echo/5")
				+ "HEAD /text HTTP/1.1\r\nHost: a\r\n\r\n"
				+ "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde" + request("/echo/6") + BYE;
		String responses = http.exchange(requests).replace("x".repeat(LARGE), "large");
		assertThat(responses).containsSubsequence("[1]", "later", "[2]", "[3]", "chunk", "[4]", "large", "[5]",
				"content-length: 4\r\n\r\nHTTP/1.1", "post abcde", "[6]", "connection: close");
	}

	@Test
	void whenRequestsComeInPiecesThenEachIsAnswered() {
		try (RawSocket socket = http.connect()) {
			for (byte single : (request("/echo/1") + request("/echo/2")).getBytes(StandardCharsets.US_ASCII)) {
				socket.write(new byte[] { single });
			}
			socket.write(BYE);
			assertThat(new String(socket.readAll(), StandardCharsets.UTF_8)).containsSubsequence("[1]", "[2]",
					"connection: close");
		}
	}

	@Test
	void whenUpgradeFollowsRequestAtOnceThenBothAreAnswered() {
		try (RawSocket socket = http.connect()) {
			socket.write(request("/text") + request("/ws", "Upgrade: websocket", "Connection: Upgrade",
					"Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
			assertThat(socket.readLine()).isEqualTo("HTTP/1.1 200 OK");
			String line = socket.readLine();
			while (!line.contains("HTTP/1.1")) {
				line = socket.readLine();
			}
			assertThat(line).endsWith("textHTTP/1.1 101 Switching Protocols");
		}
	}

	@Test
	void whenHandlerClosesThenResponseComesWholeAndSaysSo() {
		String response = http.exchange(request("/close") + request("/ok"));
		assertThat(response).contains("connection: close\r\n").endsWith("x");
		assertThat(body(response)).hasSize(LARGE);
	}

	@Test
	void whenConnectionIsClosedFromElsewhereThenWhatWasAnsweredComes() {
		try (RawSocket socket = http.connect()) {
			socket.write(request("/close-later"));
			assertThat(body(new String(socket.readAll(), StandardCharsets.UTF_8))).hasSize(LARGE);
		}
	}

	@Test
	void whenPeerDoesNotReadThenItsRequestsWait() {
		Handlers handlers = http.bean(Handlers.class);
		handlers.counted.set(0);
		String many = request("/count").repeat(2_000);
		try (RawSocket socket = http.connect()) {
			for (int i = 0; i < 5; i++) {
				socket.write(many);
			}
			String first = socket.readLine();
			assertThat(first).isEqualTo("HTTP/1.1 200 OK");
			assertThat(handlers.counted.get()).isLessThan(10_000);
		}
		int counted = handlers.counted.get();
		await().during(Duration.ofMillis(300)).until(() -> handlers.counted.get() < counted + 1_000);
	}

	private static String request(String path, String... fields) {
		return "GET " + path + " HTTP/1.1\r\nHost: a\r\n"
				+ ((fields.length > 0) ? String.join("\r\n", fields) + "\r\n" : "") + "\r\n";
	}

	static class Handlers {

		private final AtomicInteger counted = new AtomicInteger();

		@OnRequest(path = "/ok", method = "GET")
		String ok() {
			return "ok";
		}

		@OnRequest(path = "/readable")
		HttpResponse readable() {
			return HttpResponse.ok("text").withContentType("text/plain;charset=ISO-2022-CN");
		}

		@OnRequest(path = "/runtime")
		Path runtime() {
			return Path.of(URI.create("jrt:/java.base/java/lang/Object.class"));
		}

		@OnRequest(path = "/runtime/part")
		HttpResponse runtimePart() {
			return HttpResponse.ok(new FileBody(runtime(), 0, 10));
		}

		@OnRequest(path = "/dated")
		HttpResponse dated() {
			return HttpResponse.ok("dated").withHeader("Date", "then");
		}

		@OnRequest(path = "/dated/later")
		Mono<HttpResponse> datedLater() {
			return Mono.just(dated()).delayElement(Duration.ofMillis(1));
		}

		@OnRequest(path = "/text")
		String text() {
			return "text";
		}

		@OnRequest(path = "/bytes")
		byte[] bytes() {
			return new byte[] { 1, 2, 3 };
		}

		@OnRequest(path = "/nothing")
		void nothing() {
		}

		@OnRequest(path = "/json")
		Map<String, Integer> json() {
			return Map.of("a", 1);
		}

		@OnRequest(path = "/latin")
		HttpResponse latin() {
			return HttpResponse.of(200).withContentType("text/plain;charset=iso-8859-1").withBody("\u00E4");
		}

		@OnRequest(path = "/fields")
		HttpResponse fields() {
			return HttpResponse.ok("\u20AC")
				.withHeader("X-A", "1")
				.withAddedHeader("x-a", "2")
				.withHeader("Content-Length", "77")
				.withHeader("Connection", "upgrade")
				.withHeader("Transfer-Encoding", "gzip")
				.withCookie(HttpCookie.of("c", "d"));
		}

		@OnRequest(path = "/empty")
		HttpResponse empty() {
			return HttpResponse.of(200);
		}

		@OnRequest(path = "/status/{status}")
		HttpResponse status(HttpRequest request) {
			return HttpResponse.of(Integer.parseInt(request.pathParams().get("status"))).withBody("body");
		}

		@OnRequest(path = "/fail")
		String fail() {
			throw new IllegalStateException("on purpose");
		}

		@OnRequest(path = "/conflict")
		String conflict() {
			throw new HttpException(409, "no");
		}

		@OnRequest(path = "/large")
		String large() {
			return "x".repeat(LARGE);
		}

		@OnRequest(path = "/path/{name}")
		Path path(HttpRequest request) {
			return directory.resolve(request.pathParams().get("name"));
		}

		@OnRequest(path = "/short/{length}")
		HttpResponse shorter(HttpRequest request) {
			return HttpResponse
				.ok(new FileBody(directory.resolve("short"), 0, Long.parseLong(request.pathParams().get("length"))));
		}

		@OnRequest(path = "/later")
		Mono<String> later() {
			return Mono.delay(Duration.ofMillis(20)).map((tick) -> "later");
		}

		@OnRequest(path = "/stream")
		Flux<String> stream() {
			return Flux.just("chunk");
		}

		@OnRequest(path = "/echo/{*rest}")
		String echo(HttpRequest request) {
			Map<String, Object> fields = new TreeMap<>(request.headers());
			fields.remove("connection");
			return request.pathParams().values() + " " + request.method() + " " + request.uri() + " "
					+ request.rawPath() + " " + request.path() + " q=" + request.query("q") + " "
					+ request.query().all("q") + " c=" + request.cookie("c") + " " + fields + " "
					+ request.header("X-Two");
		}

		@OnRequest(path = "/post", method = "POST")
		String post(String body) {
			return "post " + body;
		}

		@OnRequest(path = "/close")
		String close(Connection connection) {
			connection.close();
			return large();
		}

		@OnRequest(path = "/close-later")
		String closeLater(Connection connection) {
			new Thread(connection::close).start();
			return large();
		}

		@OnRequest(path = "/count")
		String count() {
			this.counted.incrementAndGet();
			return "x".repeat(1_000);
		}

		@OnMessage
		void message(String text) {
		}

	}

}
