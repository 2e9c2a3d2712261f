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
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.time.Duration;

import javax.net.ssl.SSLSocket;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.connection.CertificatePrincipal;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests and websockets over TLS.
 */
@Timeout(120)
class HttpsTests {

	@TempDir
	private static Path directory;

	private static LargeFile large;

	private static HttpsFixture https;

	@BeforeAll
	static void start() {
		large = new LargeFile(directory);
		https = HttpsFixture.start(Handlers.class, "workerman.servers.web.ssl.client-auth=want",
				"workerman.servers.web.ssl.server-names[chat.example.com]=other",
				"workerman.servers.web.websocket.path=/ws", "workerman.servers.web.max-message-size=1MB",
				"workerman.servers.web.http.idle-timeout=1s",
				"workerman.servers.web.static.location=" + directory.toUri(),
				"workerman.servers.web.static.path=/files/");
	}

	@AfterAll
	static void stop() {
		https.close();
	}

	@Test
	void whenRequestComesOverTlsThenItIsSecure() {
		assertThat(https.get("/who")).isEqualTo("https nobody true");
	}

	@Test
	void whenPeerShowsACertificateThenHandlersKnowItsPrincipal() {
		HttpClient joe = https.client(Version.HTTP_1_1, https.certificates().client("joe"));
		assertThat(https.get(joe, "/who")).isEqualTo("https CN=joe,O=Example true");
		assertThat(https.get(joe, "/security")).isEqualTo("CN=joe,O=Example");
		assertThat(https.get("/security")).isEqualTo("nobody");
	}

	@Test
	void whenPeerAsksForANameThenGetsItsCertificate() throws Exception {
		try (SSLSocket named = https.connect("chat.example.com", https.certificates().clientContext(null));
				SSLSocket unnamed = https.connect()) {
			assertThat(serial(named)).isEqualTo(9);
			assertThat(serial(unnamed)).isEqualTo(1);
			RawSocket client = RawSocket.over(named);
			client.write("GET /who HTTP/1.1\r\nHost: a\r\n\r\n");
			assertThat(client.readLine()).isEqualTo("HTTP/1.1 200 OK");
		}
	}

	private static long serial(SSLSocket socket) throws IOException {
		return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber().longValueExact();
	}

	@Test
	void whenRequestsFollowEachOtherThenConnectionIsKept() {
		try (RawSocket client = RawSocket.over(https.connect())) {
			for (int i = 0; i < 3; i++) {
				client.write("GET /who HTTP/1.1\r\nHost: a\r\n\r\nGET /who HTTP/1.1\r\nHost: a\r\n\r\n");
				for (int j = 0; j < 2; j++) {
					assertThat(client.readLine()).isEqualTo("HTTP/1.1 200 OK");
					while (!client.readLine().isEmpty()) {
						// the header
					}
					assertThat(new String(client.read(17), StandardCharsets.UTF_8)).isEqualTo("https nobody true");
				}
			}
		}
	}

	@Test
	void whenFileIsLargeThenItArrivesWhole() throws Exception {
		HttpClient client = https.client(Version.HTTP_1_1, null);
		for (String path : new String[] { "/files/large.bin", "/path/large.bin" }) {
			large.assertArrives(client, java.net.http.HttpRequest.newBuilder(https.uri(path)));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 100, 500_000 })
	void whenFileIsShorterThanWasSaidThenConnectionEnds(int length) {
		try (RawSocket client = RawSocket.over(https.connect())) {
			String request = "GET /short/" + length + " HTTP/1.1\r\nHost: a\r\n\r\n";
			client.write(request + request);
			String response = new String(client.readAll(), StandardCharsets.ISO_8859_1);
			assertThat(response.split("HTTP/1\\.1")).hasSizeLessThanOrEqualTo(2);
		}
		for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
			// On each event loop.
			assertThat(https.get("/who")).isEqualTo("https nobody true");
		}
	}

	@Test
	void whenBodyIsSentThenItIsRead() {
		String body = "x".repeat(500_000);
		var response = https.send(https.client(Version.HTTP_1_1, null),
				java.net.http.HttpRequest.newBuilder(https.uri("/length"))
					.POST(java.net.http.HttpRequest.BodyPublishers.ofString(body))
					.build());
		assertThat(response.body()).isEqualTo("500000");
	}

	@Test
	void whenEventsAreStreamedThenTheyArrive() {
		assertThat(https.get("/events")).isEqualTo("data: 1\n\ndata: 2\n\ndata: 3\n\n");
	}

	@Test
	void whenRequestIsRefusedThenAnswerArrivesBeforeARegularEnd() {
		try (RawSocket client = RawSocket.over(https.connect())) {
			client.write("POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n");
			client.write(new byte[100_000]);
			// Would fail without close_notify, and with a reset.
			assertThat(new String(client.readAll(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 413 ");
		}
		https.awaitNoConnections();
	}

	@Test
	void whenPeerGoesOnSendingAfterTheAnswerThenStillSeesARegularEnd() {
		try (RawSocket client = RawSocket.over(https.connect())) {
			client.write("POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n");
			assertThat(client.readLine()).startsWith("HTTP/1.1 413 ");
			for (int i = 0; i < 10; i++) {
				client.write(new byte[100_000]);
			}
			assertThat(new String(client.readAll(), StandardCharsets.UTF_8)).contains("\r\n\r\n");
		}
		https.awaitNoConnections();
	}

	@Test
	void whenResponseIsTheLastThenPeerSeesARegularEnd() {
		try (RawSocket client = RawSocket.over(https.connect())) {
			client.write("GET /who HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
			assertThat(new String(client.readAll(), StandardCharsets.UTF_8)).endsWith("https nobody true");
		}
	}

	@Test
	void whenPeerSaysGoodbyeThenConnectionEnds() throws Exception {
		try (SSLSocket socket = https.connect()) {
			RawSocket client = RawSocket.over(socket);
			client.write("GET /who HTTP/1.1\r\nHost: a\r\n\r\n");
			assertThat(client.readLine()).isEqualTo("HTTP/1.1 200 OK");
			socket.shutdownOutput();
			assertThat(new String(client.readAll(), StandardCharsets.UTF_8)).endsWith("https nobody true");
		}
		https.awaitNoConnections();
	}

	@Test
	void whenWebsocketIsOpenedThenItIsWss() throws Exception {
		HttpClient joe = https.client(Version.HTTP_2, https.certificates().client("joe"));
		assertThat(https.askWebSocket(joe, "hello")).isEqualTo("hello, wss true true CN=joe,O=Example");
		https.awaitNoConnections();
	}

	@Test
	void whenPageCameOverHttpThenMayNotOpenAWebsocket() {
		try (RawSocket insecure = RawSocket.over(https.connect()); RawSocket secure = RawSocket.over(https.connect())) {
			insecure.write(RawWebSocket.request("/ws", "Origin: http://localhost"));
			assertThat(insecure.readLine()).startsWith("HTTP/1.1 403");
			secure.write(RawWebSocket.request("/ws", "Origin: https://localhost"));
			assertThat(secure.readLine()).startsWith("HTTP/1.1 101");
		}
	}

	@Test
	void whenTlsIsOptionalThenBothAreServed() {
		try (HttpsFixture both = HttpsFixture.start(Handlers.class, "workerman.servers.web.ssl.optional=true",
				"workerman.servers.web.websocket.path=/ws");
				RawSocket plain = both.connectPlain();
				RawWebSocket socket = RawWebSocket.open(both.port(), "/ws", 0)) {
			assertThat(both.get("/who")).isEqualTo("https nobody true");
			plain.write("GET /who HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
			assertThat(new String(plain.readAll(), StandardCharsets.UTF_8)).endsWith("http nobody false");
			socket.sendText("hello");
			assertThat(socket.readText()).isEqualTo("hello, wss false false null");
			assertThat(both.server().statistics().rejected(RejectReason.NOT_TLS)).isZero();
		}
	}

	@Test
	void whenFilesAreReplacedThenNextHandshakeUsesThem(@TempDir Path bundle) throws Exception {
		var certificates = https.certificates();
		write(bundle, certificates.server(5, "localhost"));
		String pem = "spring.ssl.bundle.pem.files.";
		try (HttpsFixture reloading = HttpsFixture.start(Handlers.class, "workerman.servers.web.ssl.bundle=files",
				"spring.ssl.bundle.watch.file.quiet-period=200ms", pem + "reload-on-update=true",
				pem + "keystore.certificate=" + bundle.resolve("cert.pem").toUri(),
				pem + "keystore.private-key=" + bundle.resolve("key.pem").toUri());
				SSLSocket before = reloading.connect("localhost", certificates.clientContext(null))) {
			assertThat(serial(before)).isEqualTo(5);
			write(bundle, certificates.server(6, "localhost"));
			org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				try (SSLSocket after = reloading.connect("localhost", certificates.clientContext(null))) {
					assertThat(serial(after)).isEqualTo(6);
				}
			});
			RawSocket client = RawSocket.over(before);
			client.write("GET /who HTTP/1.1\r\nHost: a\r\n\r\n");
			assertThat(client.readLine()).isEqualTo("HTTP/1.1 200 OK");
		}
	}

	private static void write(Path bundle, io.netty.pkitesting.X509Bundle certificate) throws IOException {
		Files.writeString(bundle.resolve("key.pem"), certificate.getPrivateKeyPEM());
		Files.writeString(bundle.resolve("cert.pem"), certificate.getCertificatePathPEM());
	}

	static class Handlers extends LargeFile.Handlers {

		Handlers() {
			super(directory);
		}

		@OnRequest("/who")
		String who(HttpRequest request, Connection connection, @Nullable Principal principal,
				@Nullable CertificatePrincipal certificate) {
			assertThat(certificate).isSameAs(principal);
			assertThat(connection.isSecure()).isEqualTo(request.isSecure());
			return request.scheme() + " " + ((principal != null) ? principal.getName() : "nobody") + " "
					+ request.isSecure();
		}

		@OnRequest("/security")
		String security() {
			var authentication = SecurityContextHolder.getContext().getAuthentication();
			return (authentication != null) ? authentication.getName() : "nobody";
		}

		@OnRequest("/events")
		Flux<ServerSentEvent> events() {
			return Flux.range(1, 3).map(ServerSentEvent::of);
		}

		@OnMessage
		String message(Connection connection, Handshake handshake, String text) {
			Principal principal = connection.principal();
			return text + ", wss " + connection.isSecure() + " " + handshake.isSecure() + " "
					+ ((principal != null) ? principal.getName() : "null");
		}

	}

}
