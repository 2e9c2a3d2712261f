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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

import io.github.workerman.annotation.Blocking;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.connection.Addresses;
import io.github.workerman.connection.Connection;
import io.github.workerman.testsupport.Programs;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.transport.OnEachTransport;
import io.github.workerman.transport.TransportKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What every http server does, on each transport, on ports and Unix domain sockets.
 */
@OnEachTransport
@Timeout(120)
class HttpTransportTests {

	private static final String GET = "GET %s HTTP/1.1\r\nHost: a\r\n\r\n";

	private static final String LAST = "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

	@Parameter
	TransportKind kind;

	@TempDir
	Path directory;

	private final byte[] large = new byte[3_000_000];

	@BeforeEach
	void writeFile() throws IOException {
		new Random(1).nextBytes(this.large);
		Files.write(this.directory.resolve("large.bin"), this.large);
	}

	@Test
	void whenConnectionIsKeptThenRequestsFollow() {
		try (HttpFixture http = onPort(); RawSocket socket = http.connect()) {
			for (int i = 0; i < 20; i++) {
				socket.write(GET.formatted("/echo?" + i));
				assertThat(body(socket)).asString().isEqualTo("GET " + i);
			}
			assertThat(http.server().statistics().opened()).isOne();
		}
	}

	@Test
	void whenRequestsArePipelinedThenResponsesComeInOrder() {
		try (HttpFixture http = onPort(); RawSocket socket = http.connect()) {
			StringBuilder requests = new StringBuilder();
			for (int i = 0; i < 200; i++) {
				requests.append(GET.formatted(((i % 2 == 0) ? "/echo?" : "/later?") + i));
			}
			socket.write(requests.toString());
			for (int i = 0; i < 200; i++) {
				assertThat(body(socket)).asString().isEqualTo("GET " + i);
			}
		}
	}

	@Test
	void whenFileIsUploadedThenItArrivesWhole() {
		try (HttpFixture http = onPort(); RawSocket socket = http.connect()) {
			socket.write(upload());
			assertThat(body(socket)).asString().isEqualTo("3000000 " + Arrays.hashCode(this.large));
		}
	}

	@Test
	void whenFileIsServedThenItArrivesWhole() {
		try (HttpFixture http = onPort(); RawSocket socket = http.connect()) {
			socket.write(GET.formatted("/large.bin") + GET.formatted("/echo?1"));
			assertThat(body(socket)).isEqualTo(this.large);
			assertThat(body(socket)).asString().isEqualTo("GET 1");
			socket.write("GET /large.bin HTTP/1.1\r\nHost: a\r\nRange: bytes=1000000-1000009\r\n\r\n");
			assertThat(body(socket)).isEqualTo(Arrays.copyOfRange(this.large, 1000000, 1000010));
		}
	}

	@Test
	void whenFileIsLargerThanAnIntegerThenItsEndIsServedToo() throws IOException {
		long size = 3L * 1024 * 1024 * 1024;
		try (FileChannel file = FileChannel.open(this.directory.resolve("huge.bin"), StandardOpenOption.CREATE_NEW,
				StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
			file.write(ByteBuffer.wrap(this.large), Integer.MAX_VALUE - 1_000_000L);
			file.write(ByteBuffer.wrap(this.large), size - this.large.length);
		}
		try (HttpFixture http = onPort(); RawSocket socket = http.connect()) {
			for (long from : new long[] { Integer.MAX_VALUE - 1_000_000L, size - this.large.length }) {
				socket.write("GET /huge.bin HTTP/1.1\r\nHost: a\r\nRange: bytes=" + from + "-"
						+ (from + this.large.length - 1) + "\r\n\r\n");
				assertThat(body(socket)).isEqualTo(this.large);
			}
		}
	}

	@Test
	void whenEventsAreStreamedThenTheyCome() {
		try (HttpFixture http = onPort(); RawSocket socket = http.connect()) {
			socket.write(LAST.formatted("/events"));
			assertThat(new String(socket.readAll(), StandardCharsets.UTF_8)).contains("text/event-stream")
				.contains("data: 1\n\n")
				.contains("data: 3\n\n")
				.endsWith("0\r\n\r\n");
		}
	}

	@Test
	void whenRequestIsBadThenAnswerArrivesBeforeTheEnd() {
		try (HttpFixture http = onPort()) {
			assertThat(http
				.exchange("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n" + "x".repeat(300_000)))
				.startsWith("HTTP/1.1 413");
			await().until(() -> http.server().connectionCount() == 0);
		}
	}

	@Test
	void whenRequestIsUpgradedThenWebSocketOpens() {
		try (HttpFixture http = onPort(); RawWebSocket socket = RawWebSocket.connect(http.port())) {
			socket.write(GET.formatted("/echo?1"));
			assertThat(socket.readResponse().body()).isEqualTo("GET 1");
			socket.write(RawWebSocket.request("/ws"));
			assertThat(socket.readResponse().status()).isEqualTo(101);
			for (int i = 0; i < 100; i++) {
				socket.sendText("message " + i);
				assertThat(socket.readText()).isEqualTo("websocket message " + i);
			}
		}
	}

	@Test
	void whenServerIsOnUnixSocketThenCurlIsServed() throws Exception {
		String[] options = { "-s", "--max-time", "60", "--unix-socket", socket().toString() };
		try (HttpFixture http = onUnixSocket()) {
			assertThat(curl(options, "http://a/echo?1", "--next", "-s", "--unix-socket", socket().toString(),
					"http://a/echo?2"))
				.isEqualTo("GET 1GET 2");
			assertThat(curl(options, "http://a/where")).isEqualTo("unix: unix: unix:" + socket());
			assertThat(curl(options, "-F", "file=@" + this.directory.resolve("large.bin"), "http://a/upload"))
				.isEqualTo("3000000 " + Arrays.hashCode(this.large));
			assertThat(curl(options, "-N", "http://a/events")).isEqualTo("data: 1\n\ndata: 2\n\ndata: 3\n\n");
			Path copy = this.directory.resolve("copy.bin");
			curl(options, "-o", copy.toString(), "http://a/large.bin");
			assertThat(copy).hasBinaryContent(this.large);
			await().until(() -> http.server().connectionCount() == 0);
		}
		assertThat(socket()).doesNotExist();
	}

	@Test
	void whenServerIsOnUnixSocketThenRequestIsUpgraded() throws Exception {
		try (HttpFixture http = onUnixSocket();
				SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			out.writeBytes(GET.formatted("/echo?1").getBytes(StandardCharsets.US_ASCII));
			out.writeBytes(RawWebSocket.request("/ws").getBytes(StandardCharsets.US_ASCII));
			out.writeBytes(RawWebSocket.frame(RawWebSocket.TEXT, "hello"));
			channel.write(ByteBuffer.wrap(out.toByteArray()));
			InputStream in = Channels.newInputStream(channel);
			assertThat(head(in)).startsWith("HTTP/1.1 200");
			assertThat(in.readNBytes(5)).asString(StandardCharsets.US_ASCII).isEqualTo("GET 1");
			assertThat(head(in)).startsWith("HTTP/1.1 101");
			assertThat(in.readNBytes(17)).asString(StandardCharsets.ISO_8859_1).endsWith("websocket hello");
		}
	}

	@Test
	void whenServerIsOnUnixSocketThenItIsAsStrict() throws Exception {
		try (HttpFixture http = onUnixSocket()) {
			for (String request : new String[] { "GARBAGE\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
					"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n" }) {
				try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
					channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
					assertThat(new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8))
						.startsWith("HTTP/1.1 400");
				}
			}
			http.server().stop();
			assertThat(socket()).doesNotExist();
			http.server().start();
			assertThat(socket()).exists();
		}
	}

	private Path socket() {
		return this.directory.resolve("web.sock");
	}

	private HttpFixture onPort() {
		return start("servers.web.address=127.0.0.1");
	}

	private HttpFixture onUnixSocket() {
		return start("servers.web.address=unix:" + socket());
	}

	private HttpFixture start(String address) {
		return HttpFixture.start(Handlers.class, address, "transport=" + this.kind.name(),
				"servers.web.websocket.path=/ws", "servers.web.static.location=file:" + this.directory + "/");
	}

	private static String curl(String[] options, String... arguments) {
		return Programs
			.output(Stream.of(Stream.of(Programs.program("curl")), Arrays.stream(options), Arrays.stream(arguments))
				.flatMap((part) -> part)
				.toArray(String[]::new));
	}

	private byte[] upload() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		String begin = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n";
		String end = "\r\n--b--\r\n";
		out.writeBytes(
				("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: "
						+ (begin.length() + this.large.length + end.length()) + "\r\n\r\n" + begin)
					.getBytes(StandardCharsets.US_ASCII));
		out.writeBytes(this.large);
		out.writeBytes(end.getBytes(StandardCharsets.US_ASCII));
		return out.toByteArray();
	}

	private static byte[] body(RawSocket socket) {
		int length = 0;
		for (String line = socket.readLine(); !line.isEmpty(); line = socket.readLine()) {
			if (line.toLowerCase(Locale.ROOT).startsWith("content-length: ")) {
				length = Integer.parseInt(line.substring(16));
			}
		}
		return socket.read(length);
	}

	private static String head(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			head.append((char) in.read());
		}
		return head.toString();
	}

	static class Handlers {

		@OnRequest("/echo")
		String echo(HttpRequest request) {
			return request.method() + " " + request.queryString();
		}

		@Blocking
		@OnRequest("/later")
		String later(HttpRequest request) {
			return request.method() + " " + request.queryString();
		}

		@OnRequest("/where")
		String where(HttpRequest request, Connection connection) {
			return Addresses.format(request.remoteAddress()) + " " + Addresses.format(connection.peerAddress()) + " "
					+ Addresses.format(connection.localAddress());
		}

		@Blocking
		@OnRequest(path = "/upload", method = "POST")
		String upload(HttpRequest request) throws IOException {
			byte[] bytes = request.file("file").bytes();
			return bytes.length + " " + Arrays.hashCode(bytes);
		}

		@OnRequest("/events")
		Flux<ServerSentEvent> events() {
			return Flux.range(1, 3).map(ServerSentEvent::of);
		}

		@OnMessage
		String message(Connection connection, String text) {
			return connection.protocol() + " " + text;
		}

	}

}
