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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.http.RawHttp2.Frame;
import io.github.workerman.testsupport.RawSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;

import static io.github.workerman.testsupport.Programs.output;
import static io.github.workerman.testsupport.Programs.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * HTTP/2 without TLS, peers that others wrote, and such that do not behave.
 */
@Timeout(120)
class Http2PeerTests {

	private static final String ENABLED = "servers.web.http2.enabled=true";

	private static final int PROTOCOL_ERROR = 1;

	private static final int REFUSED_STREAM = 7;

	private static final int ENHANCE_YOUR_CALM = 11;

	@TempDir
	private Path directory;

	@Test
	void whenClientKnowsThenHttp2IsSpokenInTheClear() {
		try (HttpFixture http = HttpFixture.start(Handlers.class, ENABLED)) {
			String body = reactor.netty.http.client.HttpClient.newConnection()
				.protocol(HttpProtocol.H2C)
				.get()
				.uri(http.uri("/hello").toString())
				.responseSingle((response, content) -> content.asString()
					.map((text) -> response.version() + " " + response.status().code() + " " + text))
				.block(Duration.ofSeconds(20));
			assertThat(body).isEqualTo("HTTP/2.0 200 hello http");
			assertThat(http.get("/hello").body()).isEqualTo("hello http");
		}
	}

	@Test
	void whenRequestsFollowEachOtherThenTheyAreCountedOnOneConnection() {
		try (HttpFixture http = HttpFixture.start(Handlers.class, ENABLED)) {
			try (RawHttp2 peer = RawHttp2.open(http.connect())) {
				for (int stream = 1; stream < 20; stream += 2) {
					peer.get(stream, "/hello");
					Frame headers = peer.await(RawHttp2.HEADERS);
					assertThat(headers.stream()).isEqualTo(stream);
					assertThat(headers.status()).isEqualTo(200);
					assertThat(peer.await(RawHttp2.DATA).text(0)).isEqualTo("hello http");
				}
				assertThat(http.server().connectionCount()).isEqualTo(1);
				var statistics = http.server().connections().get(0).statistics();
				assertThat(statistics.messagesIn()).isEqualTo(10);
				await().until(() -> http.server().connections().get(0).statistics().messagesOut() == 10);
				assertThat(statistics.bytesIn()).isGreaterThan(500);
			}
			await().until(() -> http.server().connectionCount() == 0);
			assertThat(http.server().statistics().opened()).isEqualTo(1);
		}
	}

	@Test
	void whenHttp2IsNotEnabledThenThePrefaceIsRefused() {
		try (HttpFixture http = HttpFixture.start(Handlers.class)) {
			assertThat(http.exchange("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).startsWith("HTTP/1.1 505 ");
		}
	}

	@Test
	void whenRequestsOfHttp11CameBeforeThenThePrefaceIsRefused() {
		try (HttpFixture http = HttpFixture.start(Handlers.class, ENABLED)) {
			assertThat(http.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\nPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
				.startsWith("HTTP/1.1 200 ")
				.contains("HTTP/1.1 505 ");
		}
	}

	@Test
	void whenUpgradeToHttp2IsAskedForThenItIsIgnored() {
		try (HttpFixture http = HttpFixture.start(Handlers.class, ENABLED)) {
			assertThat(http.exchange("GET /hello HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings, close\r\n"
					+ "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n"))
				.startsWith("HTTP/1.1 200 ");
		}
	}

	@Test
	void whenTlsPeerHasNotAskedForHttp2ThenThePrefaceIsRefused() {
		try (HttpsFixture https = HttpsFixture.start(Handlers.class, "workerman." + ENABLED);
				RawSocket client = RawSocket.over(https.connect())) {
			client.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
			assertThat(new String(client.readAll(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 505 ");
		}
	}

	@Test
	void whenThePrefaceComesInPiecesThenItIsUnderstood() {
		try (HttpFixture http = HttpFixture.start(Handlers.class, ENABLED); RawSocket socket = http.connect()) {
			for (String piece : "PRI * HTTP/2.0\r\n\r".split("")) {
				socket.write(piece);
			}
			socket.write("\nSM\r\n\r\n");
			socket.write(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 });
			byte[] settings = socket.read(9);
			assertThat(settings[3]).isEqualTo((byte) RawHttp2.SETTINGS);
		}
	}

	@Test
	void whenRequestIsNotValidThenOnlyItIsRefused() {
		try (HttpFixture http = HttpFixture.start(Handlers.class, ENABLED, "servers.web.http.max-target-size=100B");
				RawHttp2 peer = RawHttp2.open(http.connect())) {
			int stream = 1;
			for (String path : List.of("/%00", "/%zz", "relative", "*")) {
				peer.get(stream, path);
				assertThat(peer.await(RawHttp2.HEADERS).status()).as(path).isEqualTo(400);
				stream += 2;
			}
			peer.get(stream, "/" + "x".repeat(200));
			assertThat(peer.await(RawHttp2.HEADERS).status()).isEqualTo(414);
			for (String host : List.of("a b", "a/b", "")) {
				stream += 2;
				peer.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, stream,
						RawHttp2.fields(":method", "GET", ":scheme", "http", ":path", "/hello", ":authority", host));
				assertThat(isRefused(answer(peer))).as(host).isTrue();
			}
			stream += 2;
			peer.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, stream,
					RawHttp2.fields(":scheme", "http", ":path", "/hello", ":authority", "a"));
			assertThat(peer.await(RawHttp2.HEADERS).status()).isEqualTo(400);
			stream += 2;
			peer.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, stream, RawHttp2.fields(":method",
					"GET", ":scheme", "http", ":path", "/hello", ":authority", "a", "host", "b"));
			assertThat(peer.await(RawHttp2.HEADERS).status()).isEqualTo(400);
			stream += 2;
			peer.get(stream, "http://localhost/hello");
			assertThat(peer.await(RawHttp2.HEADERS).status()).isEqualTo(400);
			peer.get(stream + 2, "/hello");
			assertThat(peer.await(RawHttp2.HEADERS).status()).isEqualTo(200);
		}
	}

	@Test
	void whenFieldsAreNotThoseOfHttp2ThenStreamIsReset() {
		try (HttpFixture http = HttpFixture.start(Handlers.class, ENABLED);
				RawHttp2 peer = RawHttp2.open(http.connect())) {
			int stream = 1;
			for (List<String> field : List.of(List.of("connection", "close"), List.of("transfer-encoding", "chunked"),
					List.of("Upper", "case"), List.of("x", "a\r\nb: c"))) {
				peer.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, stream,
						RawHttp2.fields(":method", "GET", ":scheme", "http", ":path", "/hello", ":authority", "a",
								field.get(0), field.get(1)));
				assertThat(isRefused(answer(peer))).as(field.toString()).isTrue();
				stream += 2;
			}
			peer.get(stream, "/hello");
			Frame frame = peer.await(RawHttp2.HEADERS);
			assertThat(frame.stream()).isEqualTo(stream);
			assertThat(frame.status()).isEqualTo(200);
			assertThat(http.bean(Handlers.class).smuggled).isFalse();
		}
	}

	private static Frame answer(RawHttp2 peer) {
		Frame frame = peer.read();
		while (frame.type() != RawHttp2.HEADERS && frame.type() != RawHttp2.RST_STREAM) {
			frame = peer.read();
		}
		return frame;
	}

	private static boolean isRefused(Frame answer) {
		return answer.type() == RawHttp2.RST_STREAM || answer.status() == 400;
	}

	@Test
	void whenHeaderIsTooLargeThenIsToldSo() {
		try (HttpFixture http = HttpFixture.start(Handlers.class, ENABLED, "servers.web.max-header-size=1KB");
				RawHttp2 peer = RawHttp2.open(http.connect())) {
			peer.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, 1, RawHttp2.fields(":method", "GET",
					":scheme", "http", ":path", "/hello", ":authority", "a", "x", "y".repeat(1100)));
			assertThat(peer.await(RawHttp2.HEADERS).status()).isEqualTo(431);
		}
	}

	@Test
	void whenFrameIsNotValidThenConnectionEndsWithItsReason() {
		try (HttpFixture http = HttpFixture.start(Handlers.class, ENABLED)) {
			try (RawHttp2 peer = RawHttp2.open(http.connect())) {
				// A ping has eight bytes.
				peer.send(RawHttp2.PING, 0, 1, new byte[8]);
				Frame goodbye = peer.read();
				while (goodbye.type() != RawHttp2.GOAWAY) {
					goodbye = peer.read();
				}
				assertThat(goodbye.error()).isEqualTo(PROTOCOL_ERROR);
				assertThat(peer.socket().readAll()).isEmpty();
			}
			await().until(() -> http.server().statistics().rejected(RejectReason.MALFORMED) == 1);
			assertThat(http.server().connectionCount()).isZero();
		}
	}

	@Test
	void whenStreamsAreResetInMassesThenConnectionEnds() {
		try (HttpFixture http = HttpFixture.start(Handlers.class, ENABLED)) {
			try (RawHttp2 peer = RawHttp2.open(http.connect())) {
				peer.sendTogether(() -> {
					for (int i = 0; i < 300; i++) {
						peer.get(2 * i + 1, "/never");
						peer.send(RawHttp2.RST_STREAM, 0, 2 * i + 1, new byte[] { 0, 0, 0, 8 });
					}
				});
				Frame goodbye = peer.read();
				while (goodbye.type() != RawHttp2.GOAWAY) {
					goodbye = peer.read();
				}
				assertThat(goodbye.error()).isEqualTo(ENHANCE_YOUR_CALM);
			}
			await().until(() -> http.server().connectionCount() == 0);
			assertThat(http.get("/hello").body()).isEqualTo("hello http");
		}
	}

	@Test
	void whenThereAreTooManyStreamsThenTheNextIsRefused() {
		try (HttpFixture http = HttpFixture.start(Handlers.class, ENABLED,
				"servers.web.http2.max-concurrent-streams=2"); RawHttp2 peer = RawHttp2.open(http.connect())) {
			Frame settings = peer.await(RawHttp2.SETTINGS);
			assertThat(settings.payload()).containsSequence(0, 3, 0, 0, 0, 2);
			peer.get(1, "/never");
			peer.get(3, "/never");
			peer.get(5, "/never");
			Frame reset = peer.await(RawHttp2.RST_STREAM);
			assertThat(reset.stream()).isEqualTo(5);
			assertThat(reset.error()).isEqualTo(REFUSED_STREAM);
		}
	}

	@Test
	void whenCurlSpeaksHttp2ThenIsUnderstood() throws Exception {
		String curl = program("curl");
		try (HttpsFixture https = HttpsFixture.start(Handlers.class, "workerman." + ENABLED);
				HttpFixture http = HttpFixture.start(Handlers.class, ENABLED)) {
			Path authority = Files.writeString(this.directory.resolve("ca.pem"),
					https.certificates().authority().getCertificatePEM());
			String version = "%{http_version} %{http_code}";
			assertThat(output(curl, "-sS", "--max-time", "20", "--http2", "--cacert", authority.toString(), "-w",
					version, https.uri("/hello").toString()))
				.isEqualTo("hello https2 200");
			assertThat(output(curl, "-sS", "--max-time", "20", "--http1.1", "--cacert", authority.toString(), "-w",
					version, https.uri("/hello").toString()))
				.isEqualTo("hello https1.1 200");
			assertThat(output(curl, "-sS", "--max-time", "20", "--http2-prior-knowledge", "-w", version,
					http.uri("/hello").toString()))
				.isEqualTo("hello http2 200");
			assertThat(output(curl, "-sS", "--max-time", "20", "--http2", "-w", version, http.uri("/hello").toString()))
				.isEqualTo("hello http1.1 200");
			assertThat(output(curl, "-sS", "--max-time", "20", "--http2-prior-knowledge", "-w", version, "-d",
					"z".repeat(100_000), http.uri("/length").toString()))
				.isEqualTo("1000002 200");
		}
	}

	@Test
	void whenFileIsLargerThanTheWindowThenPeerIsToldToGoOn() {
		try (HttpFixture http = HttpFixture.start(Handlers.class, ENABLED, "servers.web.max-message-size=20MB");
				RawHttp2 peer = RawHttp2.open(http.connect())) {
			peer.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.fields(":method", "POST", ":scheme", "http",
					":path", "/file", ":authority", "a", "content-type", "multipart/form-data; boundary=b"));
			byte[] head = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n".getBytes();
			peer.send(RawHttp2.DATA, 0, 1, head);
			byte[] piece = new byte[16_384];
			long window = 65_535 - head.length;
			long streamWindow = window;
			for (int sent = 0; sent < 600; sent++) {
				while (window < piece.length || streamWindow < piece.length) {
					Frame update = peer.await(RawHttp2.WINDOW_UPDATE);
					int size = ByteBuffer.wrap(update.payload()).getInt();
					window += (update.stream() == 0) ? size : 0;
					streamWindow += (update.stream() == 1) ? size : 0;
				}
				peer.send(RawHttp2.DATA, 0, 1, piece);
				window -= piece.length;
				streamWindow -= piece.length;
			}
			peer.send(RawHttp2.DATA, RawHttp2.END_STREAM, 1, "\r\n--b--\r\n".getBytes());
			assertThat(peer.await(RawHttp2.HEADERS).status()).isEqualTo(200);
			assertThat(peer.await(RawHttp2.DATA).text(0)).isEqualTo("9830400");
		}
	}

	@Test
	void whenOpensslOffersProtocolsThenHttp2IsPreferred() throws Exception {
		String openssl = program("openssl");
		try (HttpsFixture both = HttpsFixture.start(Handlers.class, "workerman." + ENABLED);
				HttpsFixture old = HttpsFixture.start(Handlers.class)) {
			assertThat(alpn(openssl, both.port(), "http/1.1,h2")).contains("ALPN protocol: h2");
			assertThat(alpn(openssl, both.port(), "http/1.1")).contains("ALPN protocol: http/1.1");
			assertThat(alpn(openssl, old.port(), "h2,http/1.1")).contains("No ALPN negotiated");
		}
	}

	private static String alpn(String openssl, int port, String protocols) throws Exception {
		return output(openssl, "s_client", "-connect", "127.0.0.1:" + port, "-alpn", protocols);
	}

	static class Handlers {

		volatile boolean smuggled;

		@OnRequest("/hello")
		String hello(HttpRequest request) {
			this.smuggled |= request.header("b") != null || request.header("upper") != null;
			return "hello " + request.scheme();
		}

		@OnRequest("/never")
		Mono<String> never() {
			return Mono.never();
		}

		@OnRequest(path = "/length", method = "POST")
		String length(HttpRequest request) {
			return "" + request.bytes().length;
		}

		@OnRequest(path = "/file", method = "POST")
		String file(HttpRequest request) {
			return "" + request.files().get(0).size();
		}

		@OnMessage
		String rest(HttpRequest request) {
			return "rest";
		}

	}

}
