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
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

import io.github.workerman.annotation.OnRequest;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Limit;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.transport.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What clients of an http server may do.
 */
@Timeout(120)
class HttpLimitTests {

	private static final int LARGE = 40_000_000;

	private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

	@Test
	void whenTooManyRequestsComeThenConnectionEndsWithARefusal() {
		try (HttpFixture http = start("messages-per-second=1", "burst=3s"); RawSocket socket = http.connect()) {
			socket.write(GET.repeat(60));
			String all = new String(socket.readAll(), StandardCharsets.UTF_8);
			assertThat(all.split("HTTP/1.1 200 ").length - 1).isBetween(3, 59);
			assertThat(all.substring(all.lastIndexOf("HTTP/1.1 "))).startsWith("HTTP/1.1 429 ")
				.contains("Retry-After: 1\r\n")
				.contains("connection: close\r\n")
				.endsWith("\r\n\r\ntoo many requests\n");
			await().untilAsserted(() -> assertThat(http.server().statistics().closed(CloseReason.Cause.LIMIT)).isOne());
			assertThat(http.server().statistics().exceeded(Limit.MESSAGES)).isOne();
			assertThat(http.server().connectionCount()).isZero();
		}
	}

	@Test
	void whenRequestsAreDroppedThenConnectionStays() {
		try (HttpFixture http = start("messages-per-second=1", "burst=3s", "on-excess=drop");
				RawSocket socket = http.connect()) {
			socket.write((GET + "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello").repeat(30));
			int refused = 0;
			for (int i = 0; i < 60; i++) {
				refused += response(socket).equals("429 1 too many requests\n") ? 1 : 0;
			}
			assertThat(refused).isBetween(1, 57);
			assertThat(http.server().statistics().exceeded(Limit.MESSAGES)).isEqualTo(refused);
			await().until(() -> {
				socket.write(GET);
				return response(socket).startsWith("200 ");
			});
			assertThat(http.server().connectionCount()).isOne();
		}
	}

	@Test
	void whenReadingPausesThenNothingIsLost() {
		try (HttpFixture http = start("messages-per-second=2", "on-excess=pause"); RawSocket socket = http.connect()) {
			socket.write(GET.repeat(5));
			for (int i = 0; i < 5; i++) {
				assertThat(response(socket)).startsWith("200 ");
			}
			assertThat(http.server().statistics().exceeded(Limit.MESSAGES)).isPositive();
		}
	}

	@Test
	void whenBodyIsTooFastThenRequestIsRefusedBeforeItsEnd() {
		try (HttpFixture http = start("bytes-per-second=10KB"); RawSocket socket = http.connect()) {
			socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(20_000));
			assertThat(new String(socket.readAll(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 429 ")
				.contains("Retry-After: ")
				.endsWith("too many bytes\n");
			await().untilAsserted(() -> assertThat(http.server().statistics().closed(CloseReason.Cause.LIMIT)).isOne());
			assertThat(http.server().statistics().exceeded(Limit.BYTES)).isOne();
		}
	}

	@Test
	void whenBytesAreOwedThenRequestsAreDropped() {
		try (HttpFixture http = start("bytes-per-second=1KB", "on-excess=drop"); RawSocket socket = http.connect()) {
			socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 20000\r\n\r\n" + "x".repeat(20_000));
			assertThat(response(socket)).isEqualTo("200 0 POST 20000");
			socket.write(GET);
			assertThat(response(socket)).startsWith("429 ").endsWith(" too many bytes\n");
			assertThat(http.server().statistics().exceeded(Limit.BYTES)).isOne();
		}
	}

	@Test
	void whenReadingOfBodyPausesThenRequestDoesNotTimeOut() {
		try (HttpFixture http = start("bytes-per-second=20KB", "on-excess=pause", "../http.request-timeout=200ms");
				RawSocket socket = http.connect()) {
			socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n" + "x".repeat(60_000) + GET);
			assertThat(response(socket)).isEqualTo("200 0 POST 60000");
			assertThat(response(socket)).startsWith("200 ");
			assertThat(http.server().statistics().exceeded(Limit.BYTES)).isPositive();
		}
	}

	@Test
	void whenNoRequestComesInTimeThenConnectionEnds() {
		try (HttpFixture http = start("first-message-timeout=200ms", "../http.request-timeout=1h")) {
			assertThat(http.exchange("")).isEmpty();
			assertThat(http.exchange("GET / HT")).isEmpty();
			try (RawSocket socket = http.connect()) {
				socket.write(GET);
				assertThat(response(socket)).startsWith("200 ");
				assertThat(http.server().statistics().exceeded(Limit.FIRST_MESSAGE)).isEqualTo(2);
				assertThat(http.server().statistics().rejected(RejectReason.TIMEOUT)).isEqualTo(2);
			}
		}
	}

	@Test
	void whenNothingHappensForTooLongThenConnectionEnds() {
		try (HttpFixture http = start("idle-timeout=400ms", "../http.idle-timeout=0s")) {
			assertThat(http.exchange(GET)).startsWith("HTTP/1.1 200");
			assertThat(http.exchange("GET /silence HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 200");
			await().untilAsserted(
					() -> assertThat(http.server().statistics().closed(CloseReason.Cause.LIMIT)).isEqualTo(2));
			assertThat(http.server().statistics().exceeded(Limit.IDLE)).isEqualTo(2);
		}
	}

	@Test
	void whenResponseIsTakenSlowlyThenConnectionIsNotIdle(@TempDir Path directory) throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(directory.resolve("large.bin").toFile(), "rw")) {
			file.setLength(LARGE);
		}
		try (HttpFixture http = start("idle-timeout=3s", "../static.location=file:" + directory + "/");
				RawSocket slow = http.connect();
				RawSocket idle = http.connect()) {
			idle.write(GET);
			slow.write("GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
			int taken = 0;
			while (http.server().statistics().exceeded(Limit.IDLE) == 0) {
				slow.read(300_000);
				taken += 300_000;
				Waiting.aMoment();
			}
			slow.read(LARGE - taken);
			assertThat(http.server().statistics().exceeded(Limit.IDLE)).isOne();
		}
	}

	@Test
	void whenLimitsAreOnlyReportedThenNothingHappensToTheClient() {
		try (HttpFixture http = start("report-only=true", "messages-per-second=1", "bytes-per-second=100",
				"idle-timeout=200ms", "first-message-timeout=100ms"); RawSocket socket = http.connect()) {
			await().untilAsserted(() -> assertThat(http.server().statistics().exceeded(Limit.FIRST_MESSAGE)).isOne());
			socket.write(
					"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 20000\r\n\r\n" + "x".repeat(20_000) + GET.repeat(5));
			assertThat(response(socket)).isEqualTo("200 0 POST 20000");
			for (int i = 0; i < 5; i++) {
				assertThat(response(socket)).startsWith("200 ");
			}
			await().untilAsserted(() -> {
				assertThat(http.server().statistics().exceeded(Limit.MESSAGES)).isPositive();
				assertThat(http.server().statistics().exceeded(Limit.BYTES)).isPositive();
				assertThat(http.server().statistics().exceeded(Limit.IDLE)).isPositive();
			});
			socket.write(GET);
			assertThat(response(socket)).startsWith("200 ");
		}
	}

	@Test
	void whenProxyNamesClientsThenTheirRequestsCountAndItsConnectionStays() {
		for (String policy : new String[] { "close", "drop", "pause" }) {
			try (HttpFixture http = start("messages-per-second=1", "burst=3s", "on-excess=" + policy,
					"bytes-per-second=100", "../trusted-proxies=127.0.0.1");
					RawSocket socket = http.connect();
					RawSocket other = http.connect()) {
				String busy = "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n";
				socket.write(busy.repeat(2));
				other.write(busy.repeat(8));
				int refused = 0;
				for (int i = 0; i < 10; i++) {
					refused += response((i < 2) ? socket : other).startsWith("429 1 ") ? 1 : 0;
				}
				assertThat(refused).isBetween(1, 7);
				assertThat(http.server().statistics().exceeded(Limit.MESSAGES)).isEqualTo(refused);
				socket.write("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 2001:db8::7\r\n\r\n");
				assertThat(response(socket)).startsWith("200 ");
				assertThat(http.server().connectionCount()).isEqualTo(2);
			}
		}
	}

	@Test
	void whenRequestIsUpgradedThenLimitsOfMessagesHold() {
		try (HttpFixture http = start("idle-timeout=400ms", "../websocket.path=/ws", "../close-timeout=200ms");
				RawSocket socket = http.connect()) {
			socket.write(RawWebSocket.request("/ws"));
			assertThat(socket.readLine()).contains("101");
			assertThat(socket.readAll()).endsWith("idle for too long".getBytes(StandardCharsets.US_ASCII));
			assertThat(http.server().statistics().exceeded(Limit.IDLE)).isOne();
		}
	}

	private static HttpFixture start(String... limits) {
		String[] properties = new String[limits.length];
		for (int i = 0; i < limits.length; i++) {
			properties[i] = "servers.web."
					+ (limits[i].startsWith("../") ? limits[i].substring(3) : "limits." + limits[i]);
		}
		return HttpFixture.start(Handlers.class, properties);
	}

	/**
	 * Reads a response.
	 * @return its status, the seconds after which to ask again, and its body
	 */
	private static String response(RawSocket socket) {
		String status = socket.readLine().substring(9, 12);
		String retryAfter = "0";
		int length = 0;
		for (String line = socket.readLine(); !line.isEmpty(); line = socket.readLine()) {
			String field = line.toLowerCase(Locale.ROOT);
			if (field.startsWith("content-length: ")) {
				length = Integer.parseInt(line.substring(16));
			}
			if (field.startsWith("retry-after: ")) {
				retryAfter = line.substring(13);
			}
		}
		return status + " " + retryAfter + " " + new String(socket.read(length), StandardCharsets.UTF_8);
	}

	static class Handlers {

		@OnRequest("/")
		String any(HttpRequest request) {
			return request.method() + " " + request.bytes().length;
		}

		@OnRequest("/silence")
		Flux<ServerSentEvent> silence() {
			return Flux.never();
		}

	}

}
