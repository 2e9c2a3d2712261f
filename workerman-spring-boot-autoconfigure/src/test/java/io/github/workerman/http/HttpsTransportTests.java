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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.transport.OnEachTransport;
import io.github.workerman.transport.TransportKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every https server does, on each transport, in both versions of HTTP.
 */
@OnEachTransport
@Timeout(120)
class HttpsTransportTests {

	@Parameter
	TransportKind kind;

	@TempDir
	Path directory;

	private final byte[] large = new byte[3_000_000];

	private HttpsFixture https;

	@BeforeEach
	void start() throws IOException {
		new Random(1).nextBytes(this.large);
		Files.write(this.directory.resolve("large.bin"), this.large);
		this.https = HttpsFixture.start(Handlers.class,
				"workerman.transport=" + this.kind.name().toLowerCase(Locale.ROOT),
				"workerman.servers.web.http2.enabled=true", "workerman.servers.web.websocket.path=/ws",
				"workerman.servers.web.static.location=" + this.directory.toUri());
	}

	@AfterEach
	void stop() {
		this.https.close();
	}

	@Test
	void whenFilesAndBodiesAreLargeThenTheyArriveWhole() throws Exception {
		for (Version version : Version.values()) {
			HttpClient client = this.https.client(version, null);
			var file = client.send(request("/large.bin").build(), BodyHandlers.ofByteArray());
			assertThat(file.version()).isEqualTo(version);
			assertThat(file.body()).isEqualTo(this.large);
			var body = client.send(request("/hash").POST(BodyPublishers.ofByteArray(this.large)).build(),
					BodyHandlers.ofString());
			assertThat(body.body()).isEqualTo("" + Arrays.hashCode(this.large));
			var response = client.send(request("/large").build(), BodyHandlers.ofByteArray());
			assertThat(response.body()).isEqualTo(new byte[2_000_000]);
		}
	}

	private java.net.http.HttpRequest.Builder request(String path) {
		return java.net.http.HttpRequest.newBuilder(this.https.uri(path));
	}

	@Test
	void whenWebsocketIsOpenedThenMessagesPass() {
		try (RawWebSocket socket = RawWebSocket.open(this.https.connect(), "/ws")) {
			for (int i = 0; i < 3; i++) {
				socket.sendText("x".repeat(100_000) + i);
				assertThat(socket.readText()).isEqualTo("x".repeat(100_000) + i);
			}
			socket.sendClose(1000, "");
			assertThat(socket.readClose().code()).isEqualTo(1000);
			assertThat(socket.readAll()).isEmpty();
		}
	}

	@Test
	void whenPeerIsTurnedAwayThenItIsTold() {
		try (RawSocket plain = this.https.connectPlain(); RawSocket bad = RawSocket.over(this.https.connect())) {
			plain.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
			assertThat(new String(plain.readAll(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 400 ");
			this.https.awaitRejected(RejectReason.NOT_TLS, 1);
			bad.write("GET / HTTP/1.1\r\n\r\n");
			bad.write("x".repeat(100_000));
			assertThat(new String(bad.readAll(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 400 ");
			this.https.awaitRejected(RejectReason.MALFORMED, 1);
		}
		this.https.awaitNoConnections();
	}

	static class Handlers {

		@OnRequest(path = "/hash", method = "POST")
		String hash(HttpRequest request) {
			return "" + Arrays.hashCode(request.bytes());
		}

		@OnRequest("/large")
		byte[] large() {
			return new byte[2_000_000];
		}

		@OnMessage
		String message(String text) {
			return text;
		}

	}

}
