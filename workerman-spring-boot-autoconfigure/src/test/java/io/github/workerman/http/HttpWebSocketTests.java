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

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workerman.annotation.OnClose;
import io.github.workerman.annotation.OnConnect;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.connection.Connection;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Page and websocket on one port.
 */
@Timeout(60)
class HttpWebSocketTests {

	private HttpFixture http;

	@BeforeEach
	void start() {
		this.http = HttpFixture.start(Handlers.class, "servers.web.websocket.path=/ws");
	}

	@AfterEach
	void stop() {
		this.http.close();
	}

	@Test
	void whenPathIsThatOfWebsocketThenConnectionIsUpgraded() throws Exception {
		CompletableFuture<String> received = new CompletableFuture<>();
		WebSocket socket = this.http.client()
			.newWebSocketBuilder()
			.buildAsync(URI.create("ws://127.0.0.1:" + this.http.port() + "/ws?a=b"), new WebSocket.Listener() {

				@Override
				public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
					received.complete(data.toString());
					return null;
				}

			})
			.get(20, TimeUnit.SECONDS);
		socket.sendText("hello", true);
		assertThat(received.get(20, TimeUnit.SECONDS)).isEqualTo("websocket hello");
		assertThat(this.http.get("/page").body()).isEqualTo("page");
		assertThat(this.http.post("/elsewhere", "text/plain", "x").body()).isEqualTo("POST x");
		Handlers handlers = this.http.bean(Handlers.class);
		assertThat(handlers.connected).hasValue(1);
		assertThat(this.http.server().connectionCount()).isGreaterThanOrEqualTo(1);
		socket.sendClose(1000, "").get(20, TimeUnit.SECONDS);
		await().untilAtomic(handlers.closed, org.hamcrest.Matchers.is(1));
	}

	@Test
	void whenFramesComeWithTheRequestThenTheyAreHandled() {
		try (RawWebSocket socket = RawWebSocket.connect(this.http.port())) {
			byte[] request = RawWebSocket.request("/ws").getBytes(StandardCharsets.ISO_8859_1);
			socket.write(RawWebSocket.join(request, RawWebSocket.frame(RawWebSocket.TEXT, "early")));
			assertThat(socket.readResponse().status()).isEqualTo(101);
			assertThat(socket.readText()).isEqualTo("websocket early");
		}
	}

	@Test
	void whenRequestForUpgradeComesInPiecesThenItIsUpgraded() {
		try (RawWebSocket socket = RawWebSocket.connect(this.http.port())) {
			String request = RawWebSocket.request("/ws");
			for (int i = 0; i < request.length(); i++) {
				socket.write(request.substring(i, i + 1));
			}
			assertThat(socket.readResponse().status()).isEqualTo(101);
			socket.sendText("x");
			assertThat(socket.readText()).isEqualTo("websocket x");
		}
	}

	@Test
	void whenConnectionHasServedRequestsThenItCanStillBeUpgraded() {
		try (RawWebSocket socket = RawWebSocket.connect(this.http.port())) {
			socket.write("GET /page HTTP/1.1\r\nHost: a\r\n\r\n");
			assertThat(socket.readResponse().body()).isEqualTo("page");
			socket.write(RawWebSocket.request("/ws"));
			assertThat(socket.readResponse().status()).isEqualTo(101);
			socket.sendText("x");
			assertThat(socket.readText()).isEqualTo("websocket x");
		}
		await().untilAsserted(() -> assertThat(this.http.server().connectionCount()).isZero());
		assertThat(this.http.server().statistics().opened()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "h2c, websocket", "WebSocket,h2c", "a , websocket ,b", ", websocket" })
	void whenWebsocketIsOneOfSeveralUpgradesThenItIsChosen(String upgrades) {
		try (RawWebSocket socket = RawWebSocket.connect(this.http.port())) {
			socket.write(RawWebSocket.request("/ws").replace("Upgrade: websocket", "Upgrade: " + upgrades));
			assertThat(socket.readResponse().status()).isEqualTo(101);
			socket.sendText("x");
			assertThat(socket.readText()).isEqualTo("websocket x");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "h2c", "websockets", "web socket", "h2c websocket", "websocket;h2c" })
	void whenUpgradeIsToSomethingElseThenItIsARequest(String upgrades) {
		try (RawSocket socket = this.http.connect()) {
			socket.write(RawWebSocket.request("/ws").replace("Upgrade: websocket", "Upgrade: " + upgrades));
			assertThat(socket.readLine()).isEqualTo("HTTP/1.1 200 OK");
		}
	}

	@Test
	void whenUpgradeIsNotValidThenTheWebsocketServerSaysSo() {
		assertThat(
				this.http.exchange("GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"))
			.startsWith("HTTP/1.1 400");
	}

	@Test
	void whenUpgradeIsForAnotherPathThenItIsARequest() {
		try (RawSocket socket = this.http.connect()) {
			socket.write(RawWebSocket.request("/page"));
			assertThat(socket.readLine()).isEqualTo("HTTP/1.1 200 OK");
		}
	}

	@Test
	void whenServerStopsThenWebsocketsAreTold() throws Exception {
		try (RawWebSocket socket = RawWebSocket.connect(this.http.port())) {
			socket.write(RawWebSocket.request("/ws"));
			assertThat(socket.readResponse().status()).isEqualTo(101);
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> this.http.server().stop());
			assertThat(socket.readClose().code()).isEqualTo(1001);
			socket.sendClose(1001, "");
			stopped.get(20, TimeUnit.SECONDS);
		}
	}

	static class Handlers {

		final AtomicInteger connected = new AtomicInteger();

		final AtomicInteger closed = new AtomicInteger();

		@OnConnect
		void connected(Connection connection) {
			this.connected.incrementAndGet();
		}

		@OnClose
		void closed(Connection connection) {
			this.closed.incrementAndGet();
		}

		@OnMessage
		String message(Connection connection, String text) {
			return connection.protocol() + " " + text;
		}

		@OnMessage
		String request(HttpRequest request) {
			return request.method() + " " + request.text();
		}

		@OnRequest("/page")
		String page() {
			return "page";
		}

	}

}
