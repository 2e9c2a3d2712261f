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

package io.github.workerman.transport;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import io.github.workerman.connection.RejectReason;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.testsupport.RawWebSocket.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for requests that ask for something else than a websocket, or in a wrong way.
 */
class BadRequestTests {

	@RegisterExtension
	final LogRecorder log = new LogRecorder();

	static Stream<Arguments> requests() {
		String good = RawWebSocket.request("/");
		return Stream.of(
				arguments("plain GET", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", 426, RejectReason.NOT_WEBSOCKET,
						"websocket"),
				arguments("browser", """
						GET /favicon.ico HTTP/1.1\r
						Host: localhost:7272\r
						User-Agent: Mozilla/5.0\r
						Accept: */*\r
						Connection: keep-alive\r
						\r
						""", 426, RejectReason.NOT_WEBSOCKET, "new WebSocket("),
				arguments("POST", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc", 405,
						RejectReason.METHOD, "GET"),
				arguments("OPTIONS", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", 405, RejectReason.METHOD, "GET"),
				arguments("PUT with an upgrade", good.replace("GET", "PUT"), 405, RejectReason.METHOD, "PUT"),
				arguments("HTTP/1.0", good.replace("HTTP/1.1", "HTTP/1.0"), 400, RejectReason.MALFORMED, "HTTP/1.1"),
				arguments("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, RejectReason.MALFORMED, "HTTP/1.1"),
				arguments("no Host", good.replace("Host: localhost\r\n", ""), 400, RejectReason.MALFORMED, "Host"),
				arguments("no Connection", good.replace("Connection: Upgrade\r\n", ""), 400, RejectReason.MALFORMED,
						"Connection"),
				arguments("no key", good.replaceAll("Sec-WebSocket-Key: .*\r\n", ""), 400, RejectReason.MALFORMED,
						"Sec-WebSocket-Key"),
				arguments("short key", good.replaceAll("Key: .*\r\n", "Key: AAAA\r\n"), 400, RejectReason.MALFORMED,
						"Sec-WebSocket-Key"),
				arguments("no version", good.replace("Sec-WebSocket-Version: 13\r\n", ""), 400, RejectReason.MALFORMED,
						"Sec-WebSocket-Version"),
				arguments("version 8", good.replace("Version: 13", "Version: 8"), 426, RejectReason.VERSION, "13"),
				arguments("unknown path", RawWebSocket.request("/other"), 404, RejectReason.PATH, "/"),
				arguments("foreign origin", RawWebSocket.request("/", "Origin: https://evil.example"), 403,
						RejectReason.ORIGIN, "origin"),
				arguments("folded field", RawWebSocket.request("/", "X: a", " b"), 400, RejectReason.MALFORMED,
						"folded"),
				arguments("field without colon", RawWebSocket.request("/", "nonsense"), 400, RejectReason.MALFORMED,
						"colon"),
				arguments("bare line feeds", good.replace("\r\n", "\n"), 400, RejectReason.MALFORMED, "CR LF"),
				arguments("no HTTP", "hello server\r\n", 400, RejectReason.MALFORMED, "request line"),
				arguments("a websocket frame", "\u0081\u0083\u0000\u0000\u0000\u0000abc", 400, RejectReason.MALFORMED,
						"HTTP"),
				arguments("a Redis command", "*1\r\n$4\r\nPING\r\n", 400, RejectReason.MALFORMED, "no HTTP request"));
	}

	@ParameterizedTest(name = "{0}: {2}")
	@MethodSource("requests")
	void whenRequestIsBadThenGetsHelpfulAnswer(String name, String request, int status, RejectReason reason,
			String hint) {
		RecordingListener listener = new RecordingListener().echo();
		try (TestServer server = TestServer.websocket(TransportKind.AUTO).start(listener);
				Bystander bystander = new Bystander(server);
				RawWebSocket client = RawWebSocket.connect(server.port())) {
			client.write(request.getBytes(StandardCharsets.ISO_8859_1));
			Response response = client.readResponse();
			assertThat(response.statusLine()).startsWith("HTTP/1.1 " + status + " ");
			assertThat(response.status()).isEqualTo(status);
			assertThat(response.body()).contains(hint);
			assertThat(response.header("content-type")).isEqualTo("text/plain; charset=utf-8");
			assertThat(response.header("connection")).contains("close");
			if (status == 426) {
				assertThat(response.header("upgrade")).isEqualTo("websocket");
				assertThat(response.header("connection")).contains("Upgrade");
				assertThat(response.header("sec-websocket-version")).isEqualTo("13");
			}
			if (status == 405) {
				assertThat(response.header("allow")).isEqualTo("GET");
			}
			bystander.isServed();
			assertThat(client.readAll()).isEmpty();
			assertThat(listener.rejected()).containsExactly(reason);
			assertThat(listener.opened()).isEqualTo(1);
		}
	}

	@Test
	void whenPeerDoesNotCloseAfterRejectionThenServerDoes() {
		RecordingListener listener = new RecordingListener();
		try (TestServer server = TestServer.websocket(TransportKind.AUTO).start(listener);
				RawWebSocket client = RawWebSocket.connect(server.port())) {
			client.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(client.readResponse().status()).isEqualTo(426);
			Waiting.until("the server has closed", () -> server.isEmpty());
		}
	}

}
