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
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.testsupport.RawSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Requests that could be understood in two ways, or not at all (Workerman's own checks of
 * HTTP among them, each with the Host field that it lacks there).
 */
@Timeout(60)
class BadRequestsTests {

	@RegisterExtension
	private static HttpFixture http = HttpFixture.of(Handlers.class, "servers.web.max-message-size=64KB",
			"servers.web.http.idle-timeout=30s");

	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n",
			"GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost:\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a:abc\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "GET / HTTP/1.1\r\nHost: a:80a\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: :8080\r\n\r\n", "GET / HTTP/1.1\r\nHost: a:1,b:2\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: a:1:2\r\n\r\n", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: []\r\n\r\n", "GET / HTTP/1.1\r\nHost: [[::1]\r\n\r\n" })
	void whenHostIsNotOneValidFieldThenRequestIsBad(String request) {
		assertBad(request, 400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "X Y: 1", "X : 1", "X\t: 1", " X: 1", "\tX: 1", "X\tY: 1", ": 1", "X@Y: 1", "X[: 1",
			"no colon", "X: 1\r\n folded", "X\u00E4: 1", "X: a\u0000b", "X: a\nb", "X: a\rb" })
	void whenFieldIsNotValidThenRequestIsBad(String field) {
		assertBad("GET / HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\n", 400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET\t/ HTTP/1.1", " GET / HTTP/1.1", "OPTIONS a HTTP/1.1", "GET * HTTP/1.1",
			"GET /a b HTTP/1.1", "GET /\u007F HTTP/1.1", "GET  / HTTP/1.1", "GET /  HTTP/1.1", "GET / HTTP/1.1 ",
			"GET / http/1.1", "GET a HTTP/1.1", "CONNECT a:1 HTTP/1.1", "GET /#a HTTP/1.1", "GET / HTTP/1.1x", "GET /",
			"GET /%zz HTTP/1.1", "GET /%00 HTTP/1.1", "GET http:// HTTP/1.1", "GET http://b/ HTTP/1.1",
			"GET http://u@a/ HTTP/1.1", "GET http://a:b/ HTTP/1.1", "GET http://a\\b/ HTTP/1.1", "GE(T / HTTP/1.1" })
	void whenRequestLineIsNotValidThenRequestIsBad(String line) {
		assertBad(line + "\r\nHost: a\r\n\r\n", 400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/1.1\nHost: a\n\n", "GET / HTTP/1.1\r\nHost: a\n\r\n", "GET / HTTP/1.1\n" })
	void whenLineEndsWithALineFeedAloneThenThatIsSaidAtOnce(String request) {
		assertBad(request, 400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/2.0", "GET / HTTP/1.2", "GET / HTTP/0.9" })
	void whenVersionIsUnknownThenThatIsSaid(String line) {
		assertBad(line + "\r\nHost: a\r\n\r\n", 505);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 3\r\nTransfer-Encoding: chunked",
			"Transfer-Encoding: chunked\r\nContent-Length: 3", "Transfer-Encoding: gzip",
			"Transfer-Encoding: gzip, chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
			"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "Transfer-Encoding: \u000Bchunked",
			"Transfer-Encoding: chunked, chunked", "Content-Length: abc", "Content-Length: 12abc", "Content-Length:",
			"Content-Length: 1,2", "Content-Length: +3", "Content-Length: -3", "Content-Length: 3 3",
			"Content-Length: 3\r\nContent-Length: 3", "Content-Length: 3\r\ncontent-length: 4", "Content-Length: 0x3" })
	void whenLengthOfBodyIsNotUnmistakableThenRequestIsBad(String fields) {
		assertBad("POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\nabcGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
				400);
	}

	@Test
	void whenOldVersionComesWithChunksThenRequestIsBad() {
		assertBad("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT" })
	void whenOldVersionDoesNotSayHowLongTheBodyIsThenLengthIsRequired(String method) {
		assertBad(method + " / HTTP/1.0\r\nHost: a\r\n\r\nhello", 411);
	}

	@Test
	void whenOldVersionSaysThatBodyIsEmptyThenItIs() {
		try (RawSocket socket = http.connect()) {
			socket.write("POST / HTTP/1.0\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(socket.readAll(), StandardCharsets.UTF_8)).contains(" 200 OK").endsWith("POST /");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "zz\r\n", "11111111111111111\r\n", "8000000000000000\r\n", "3\r\nabc\n0\r\n\r\n",
			"3\r\nabcde\r\n0\r\n\r\n", "3\nabc\r\n", "\r\n", " 3\r\n", "3 \r\n", "-3\r\n", "0x3\r\n", "3\r\rabc",
			"0\r\nbad trailer\r\n\r\n", "0\r\n folded: x\r\n\r\n", "3;a\nb\r\nabc\r\n" })
	void whenChunksAreNotValidThenRequestIsBad(String body) {
		assertBad("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body, 400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a=", "a=b c", "a==b", "a=\"b", "a=\"\\\"", "a=\"b\"c", "@", "\u00E4", "a=\u00E4",
			"a=\"\u00E4\"" })
	void whenExtensionOfChunkIsNotValidThenThatIsSaid(String extension) {
		try (RawSocket socket = http.connect()) {
			String request = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;" + extension
					+ "\r\nabc\r\n0\r\n\r\n";
			socket.write(request.getBytes(StandardCharsets.ISO_8859_1));
			assertThat(new String(socket.readAll(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 400")
				.endsWith("the extension of a chunk is not valid\n");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 65537\r\n\r\n",
			"Content-Length: 999999999999999999999999999999999999\r\n\r\n",
			"Content-Length: 99999999999\r\nExpect: 100-continue\r\n\r\n",
			"Transfer-Encoding: chunked\r\n\r\n7FFFFFFFFFFFFFFF\r\n", "Transfer-Encoding: chunked\r\n\r\n10001\r\n",
			"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n10000\r\n" })
	void whenBodyIsTooLargeThenThatIsSaidBeforeItComes(String rest) {
		assertBad("POST / HTTP/1.1\r\nHost: a\r\n" + rest, 413);
	}

	@Test
	void whenHeaderIsTooLargeThenThatIsSaid() {
		assertBad("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(16 * 1024), 431);
		assertBad("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(16 * 1024) + "\r\n\r\n", 431);
		assertBad("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414);
		assertBad("GET /" + "x".repeat(9000), 414);
		assertBad("GET /" + "x".repeat(8192) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414);
	}

	@Test
	void whenHeaderIsAsLargeAsMayBeThenItIsTaken() {
		String start = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: ";
		String request = start + "x".repeat(16 * 1024 - start.length() - 4) + "\r\n\r\n";
		assertThat(http.exchange(request)).startsWith("HTTP/1.1 200");
		assertThat(http.exchange("GET /" + "x".repeat(8000) + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
			.startsWith("HTTP/1.1 200");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host: a", "Host: www.a.example", "Host: a:8080", "Host: 192.168.1.1", "Host: 10.0.0.1:80",
			"Host: a:65535", "Host: [::1]", "Host: [2001:db8::1]:8080", "Host: a\r\nX-Custom_Header: 1",
			"Host: a\r\nX-Transfer-Encoding: chunked", "Host: a\r\nX:", "Host: a\r\nX: \u00E4" })
	void whenFieldsAreGoodThenRequestIsTaken(String fields) {
		assertThat(http.exchange("GET / HTTP/1.1\r\n" + fields + "\r\nConnection: close\r\n\r\n"))
			.startsWith("HTTP/1.1 200");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0\r\n\r\n", "0000\r\n\r\n", "A\r\n0123456789\r\n0\r\n\r\n",
			"3;a;b=c\r\nabc\r\n0\r\nA: 1\r\nB:  2\r\n\r\n", "3; a=\"b;\\\"c\" ;d= e;\r\nabc\r\n0\r\n\r\n" })
	void whenChunksAreGoodThenRequestIsTaken(String body) {
		assertThat(http
			.exchange("POST / HTTP/1.1\r\nHost: a\r\ntransfer-encoding: Chunked\r\nConnection: close\r\n\r\n" + body))
			.startsWith("HTTP/1.1 200");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST" })
	void whenTargetIsNotAsciiThenItIsReadAsUtf8(String method) {
		String request = " /\u00E4\u20AC\uD83D\uDE00";
		assertThat(http.exchange(method + request + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
			.endsWith(method + request);
	}

	@Test
	void whenTargetIsCompleteUrlThenItsPathCounts() {
		assertThat(http.exchange("GET http://A:80/x HTTP/1.1\r\nHost: a:80\r\nConnection: close\r\n\r\n"))
			.endsWith("GET /x");
		assertThat(http.exchange("GET http://a/x?y HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
			.endsWith("GET /x");
	}

	@Test
	void whenHeaderMayBeAsLargeAsThereAreNumbersThenServerStarts() {
		try (HttpFixture own = HttpFixture.start(Handlers.class, "servers.web.max-header-size=2147483647B")) {
			assertThat(own.get("/x").body()).isEqualTo("GET /x");
		}
	}

	@Test
	void whenBadRequestFollowsGoodOneThenBothAreAnswered() {
		String all = http
			.exchange("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab"
					+ "GET /3 HTTP/1.1\r\nHost : a\r\n\r\nGET /4 HTTP/1.1\r\nHost: a\r\n\r\n");
		assertThat(all).contains("GET /1").contains("POST /2").contains("400 Bad Request").doesNotContain("GET /4");
	}

	@Test
	void whenRequestIsSlowThenItTimesOut() {
		try (HttpFixture hasty = HttpFixture.start(Handlers.class, "servers.web.http.request-timeout=1s")) {
			assertThat(hasty.exchange("GET / HTTP/1.1\r\nHo")).startsWith("HTTP/1.1 408");
			assertThat(hasty.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc"))
				.startsWith("HTTP/1.1 408");
			assertThat(hasty.exchange("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTT")).contains("GET /1")
				.contains("408 Request Timeout");
		}
	}

	@Test
	void whenPeersAreTurnedAwayThenReasonsAreCounted() {
		try (HttpFixture other = HttpFixture.start(Handlers.class, "servers.web.http.request-timeout=1s")) {
			other.exchange("GARBAGE\r\n\r\n");
			other.exchange("GET / HTTP/1.1\r\nX: " + "x".repeat(20000));
			other.exchange("GET ");
			other.exchange("");
			try (RawSocket socket = other.connect()) {
				socket.write("G");
			}
			await().untilAsserted(() -> {
				assertThat(other.server().statistics().rejected(RejectReason.MALFORMED)).isOne();
				assertThat(other.server().statistics().rejected(RejectReason.HEADER_TOO_LARGE)).isOne();
				assertThat(other.server().statistics().rejected(RejectReason.TIMEOUT)).isEqualTo(2);
				assertThat(other.server().statistics().rejected(RejectReason.ABANDONED)).isOne();
				assertThat(other.server().statistics().opened()).isZero();
				assertThat(other.server().connectionCount()).isZero();
			});
		}
	}

	@Test
	void whenPeerSendsManyRequestsWithoutReadingThenOthersAreServed() {
		try (RawSocket flood = http.connect()) {
			AtomicInteger sent = new AtomicInteger();
			Thread writer = new Thread(() -> {
				try {
					String batch = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(500);
					while (sent.incrementAndGet() < 100_000) {
						flood.write(batch);
					}
				}
				catch (RuntimeException | AssertionError ex) {
					sent.set(-1);
				}
			});
			writer.setDaemon(true);
			writer.start();
			await().until(() -> sent.get() > 20);
			assertThat(http.exchange("GET /other HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
				.endsWith("GET /other");
			assertThat(sent.get()).isLessThan(100_000);
		}
	}

	private static void assertBad(String request, int status) {
		try (RawSocket socket = http.connect()) {
			socket.write(request.getBytes(StandardCharsets.ISO_8859_1));
			String response = new String(socket.readAll(), StandardCharsets.UTF_8);
			assertThat(response).startsWith("HTTP/1.1 " + status + " ").contains("connection: close\r\n");
			assertThat(response.split("HTTP/1\\.1 ")).hasSize(2);
		}
	}

	static class Handlers {

		@OnMessage
		String any(HttpRequest request, String body) {
			return request.method() + " " + request.path();
		}

	}

}
