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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.github.workerman.annotation.Blocking;
import io.github.workerman.annotation.OnError;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.connection.Connection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Requests of HTTP/2 over TLS.
 */
@Timeout(120)
class Http2Tests {

	@TempDir
	private static Path directory;

	private static LargeFile large;

	private static HttpsFixture https;

	private static HttpClient client;

	private static Handlers handlers;

	@BeforeAll
	static void start() {
		large = new LargeFile(directory);
		https = HttpsFixture.start(Handlers.class, "workerman.servers.web.ssl.client-auth=want",
				"workerman.servers.web.http2.enabled=true", "workerman.servers.web.websocket.path=/ws",
				"workerman.servers.web.max-message-size=1MB",
				"workerman.servers.web.static.location=" + directory.toUri(),
				"workerman.servers.web.static.path=/files/");
		client = https.client(Version.HTTP_2, null);
		handlers = https.bean(Handlers.class);
	}

	@AfterAll
	static void stop() {
		https.close();
	}

	private static java.net.http.HttpRequest.Builder request(String path) {
		return java.net.http.HttpRequest.newBuilder(https.uri(path)).timeout(Duration.ofSeconds(60));
	}

	@Test
	void whenClientOffersHttp2ThenItIsSpoken() {
		var response = https.send(client, request("/who?x=1").build());
		assertThat(response.version()).isEqualTo(Version.HTTP_2);
		assertThat(response.body()).isEqualTo("https nobody localhost:" + https.port() + " x=1");
		assertThat(response.headers().firstValue("content-length")).isPresent();
		assertThat(response.headers().map()).doesNotContainKeys("connection", "transfer-encoding");
	}

	@Test
	void whenClientOffersHttp11OnlyThenThatIsSpoken() {
		var response = https.send(https.client(Version.HTTP_1_1, null), request("/who").build());
		assertThat(response.version()).isEqualTo(Version.HTTP_1_1);
	}

	@Test
	void whenPeerShowsACertificateThenHandlersKnowItsPrincipal() {
		HttpClient joe = https.client(Version.HTTP_2, https.certificates().client("joe"));
		var response = https.send(joe, request("/who").build());
		assertThat(response.version()).isEqualTo(Version.HTTP_2);
		assertThat(response.body()).startsWith("https CN=joe,O=Example ");
	}

	@Test
	void whenRequestIsWaitingThenTheNextIsHandledOnTheSameConnection() throws Exception {
		HttpClient one = https.client(Version.HTTP_2, null);
		String id = https.get(one, "/id");
		var waiting = one.sendAsync(request("/wait").build(), BodyHandlers.ofString());
		await().until(() -> handlers.waiting.get() != null);
		assertThat(waiting).isNotDone();
		assertThat(https.get(one, "/release")).isEqualTo("released " + id);
		assertThat(waiting.get(20, TimeUnit.SECONDS).body()).isEqualTo("waited " + id);
	}

	@Test
	void whenBodyIsSentThenItIsRead() {
		for (var body : new java.net.http.HttpRequest.BodyPublisher[] { BodyPublishers.ofString("x".repeat(500_000)),
				BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[500_000])) }) {
			var response = https.send(client, request("/length").POST(body).build());
			assertThat(response.version()).isEqualTo(Version.HTTP_2);
			assertThat(response.body()).isEqualTo("500000");
		}
		assertThat(https.send(client, request("/length").POST(BodyPublishers.noBody()).build()).body()).isEqualTo("0");
	}

	@Test
	void whenBodyIsTooLargeThenOnlyThatRequestIsRefused() {
		HttpClient one = https.client(Version.HTTP_2, null);
		String id = https.get(one, "/id");
		for (var body : new java.net.http.HttpRequest.BodyPublisher[] { BodyPublishers.ofByteArray(new byte[2_000_000]),
				BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[2_000_000])) }) {
			assertThat(https.send(one, request("/length").POST(body).build()).statusCode()).isEqualTo(413);
			assertThat(https.get(one, "/id")).isEqualTo(id);
		}
	}

	@Test
	void whenResponseHasNoBodyThenThereIsNone() {
		assertThat(https.send(client, request("/nothing").build()).statusCode()).isEqualTo(204);
		var head = https.send(client, request("/who").method("HEAD", BodyPublishers.noBody()).build());
		assertThat(head.statusCode()).isEqualTo(200);
		assertThat(head.body()).isEmpty();
		assertThat(head.headers().firstValue("content-length")).isPresent();
		assertThat(https.send(client, request("/unknown").build()).statusCode()).isEqualTo(404);
		assertThat(https.send(client, request("/length").build()).statusCode()).isEqualTo(405);
		assertThat(https.send(client, request("/fail").build()).statusCode()).isEqualTo(500);
		assertThat(https.send(client, request("/error").build()).body()).isEqualTo("handled /error");
	}

	@Test
	void whenFileIsLargeThenItArrivesWhole() throws Exception {
		for (String path : new String[] { "/files/large.bin", "/path/large.bin" }) {
			large.assertArrives(client, request(path));
		}
		var head = client.send(request("/files/large.bin").method("HEAD", BodyPublishers.noBody()).build(),
				BodyHandlers.ofByteArray());
		assertThat(head.headers().firstValue("content-length")).contains("" + LargeFile.SIZE);
	}

	@ParameterizedTest
	@ValueSource(ints = { 100, 500_000 })
	void whenFileIsShorterThanWasSaidThenOnlyItsStreamEnds(int length) {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> client.send(request("/short/" + length).build(), BodyHandlers.ofByteArray()));
		assertThat(https.send(client, request("/error").build()).body()).isEqualTo("handled /error");
	}

	@Test
	void whenFormHasAFileThenItIsRead() {
		String form = "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nhi\r\n"
				+ "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n"
				+ "y".repeat(100_000) + "\r\n--b--\r\n";
		var response = https.send(client,
				request("/upload").header("Content-Type", "multipart/form-data; boundary=b")
					.POST(BodyPublishers.ofString(form))
					.build());
		assertThat(response.body()).isEqualTo("hi a.txt 100000");
	}

	@Test
	void whenEventsAreStreamedThenEachArrivesAtOnceAndLeavingCancels() throws Exception {
		var response = client.send(request("/events").build(), BodyHandlers.ofInputStream());
		assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
		try (var body = response.body()) {
			for (int i = 0; i < 3; i++) {
				handlers.sink.tryEmitNext(ServerSentEvent.of("e" + i)).orThrow();
				assertThat(new String(body.readNBytes(10), StandardCharsets.UTF_8)).isEqualTo("data: e" + i + "\n\n");
			}
		}
		await().untilTrue(handlers.cancelled);
		assertThat(https.send(client, request("/who").build()).statusCode()).isEqualTo(200);
	}

	@Test
	void whenStreamFailsThenClientSeesThatItIsNotComplete() {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> client.send(request("/broken").build(), BodyHandlers.ofString()));
		assertThat(https.send(client, request("/who").build()).statusCode()).isEqualTo(200);
	}

	@Test
	void whenWebsocketIsOpenedThenItIsOverHttp11() throws Exception {
		assertThat(https.send(client, request("/who").build()).version()).isEqualTo(Version.HTTP_2);
		assertThat(https.askWebSocket(client, "hello")).isEqualTo("hello, wss");
	}

	static class Handlers extends LargeFile.Handlers {

		final AtomicReference<@Nullable CompletableFuture<String>> waiting = new AtomicReference<>();

		final Sinks.Many<ServerSentEvent> sink = Sinks.many().multicast().onBackpressureBuffer(16, false);

		final AtomicBoolean cancelled = new AtomicBoolean();

		Handlers() {
			super(directory);
		}

		@OnRequest("/who")
		String who(HttpRequest request, @Nullable Principal principal) {
			return request.scheme() + " " + ((principal != null) ? principal.getName() : "nobody") + " "
					+ request.header("host") + " " + request.queryString();
		}

		@OnRequest("/id")
		String id(Connection connection) {
			return connection.id();
		}

		@OnRequest("/wait")
		CompletionStage<String> waitForOther(Connection connection) {
			CompletableFuture<String> result = new CompletableFuture<>();
			this.waiting.set(result);
			return result.thenApply((text) -> text.equals("last") ? text : "waited " + connection.id());
		}

		@OnRequest("/release")
		String release(Connection connection) {
			CompletableFuture<String> result = this.waiting.getAndSet(null);
			if (result != null) {
				result.complete("");
			}
			return "released " + connection.id();
		}

		@Blocking
		@OnRequest(path = "/upload", method = "POST")
		String upload(HttpRequest request) {
			UploadedFile file = request.file("file");
			return request.form().first("title") + " " + file.fileName() + " " + file.size();
		}

		@OnRequest("/nothing")
		Mono<Void> nothing() {
			return Mono.empty();
		}

		@OnRequest("/fail")
		String fail() {
			throw new IllegalStateException("secret");
		}

		@OnRequest("/error")
		String error() {
			throw new UnsupportedOperationException();
		}

		@OnError
		HttpResponse unsupported(UnsupportedOperationException error, HttpRequest request) {
			return HttpResponse.of(400).withBody("handled " + request.path());
		}

		@OnRequest("/events")
		Flux<ServerSentEvent> events() {
			return this.sink.asFlux().doOnCancel(() -> this.cancelled.set(true));
		}

		@OnRequest("/broken")
		Flux<ServerSentEvent> broken() {
			return Flux.just(ServerSentEvent.of("1")).concatWith(Flux.error(new IllegalStateException("secret")));
		}

		@OnMessage
		String message(String text) {
			return text + ", wss";
		}

	}

}
