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

package io.github.workerman.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.gateway.Gateway;
import io.github.workerman.server.ServerState;
import io.github.workerman.testsupport.Programs;
import io.github.workerman.testsupport.RawWebSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Websockets on the port of a real WebFlux application.
 */
@Timeout(60)
class WebMountTests extends WebMountFixture {

	@ParameterizedTest
	@ValueSource(
			strings = { "server.http2.enabled=false", "server.http2.enabled=true", "server.compression.enabled=true",
					"workerman.transport=nio", "server.shutdown=immediate", "server.reactor.netty.idle-timeout=20s" })
	void whenServerIsMountedThenPagesAndSocketsShareThePort(String property) throws Exception {
		start(property);
		HttpClient client = HttpClient.newHttpClient();
		assertThat(get(client, "http", "/hello").body()).isEqualTo("hello");
		JdkSocket socket = JdkSocket.open(client, "ws://127.0.0.1:" + port() + "/rooms/blue?a=b");
		socket.webSocket.sendText("Grüße", true).get(20, TimeUnit.SECONDS);
		assertThat(socket.next()).isEqualTo("blue plain Grüße");
		this.context.getBean(Gateway.class).toAll().send("to all");
		assertThat(socket.next()).isEqualTo("to all");
		assertThat(get(client, "http", "/rooms/blue").body()).isEqualTo("page of a room");
		HttpRequest post = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/echo"))
			.POST(HttpRequest.BodyPublishers.ofString("x".repeat(100_000)))
			.build();
		assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).body()).hasSize(100_000);
		socket.webSocket.sendClose(1000, "done").get(20, TimeUnit.SECONDS);
		assertThat(socket.next()).isEqualTo("close 1000");
		Chat chat = this.context.getBean(Chat.class);
		assertThat(chat.closed.poll(20, TimeUnit.SECONDS))
			.isEqualTo(new CloseReason(1000, "done", CloseReason.Cause.CLIENT));
		assertThat(server().statistics().opened()).isEqualTo(1);
	}

	@Test
	void whenWebServerListensThenTheServerIsKnownToListenThere() throws Exception {
		start();
		assertThat(server().state()).isEqualTo(ServerState.RUNNING);
		assertThat(this.context.getEnvironment().getProperty("local.workerman.chat.port", Integer.class))
			.isEqualTo(port());
		assertThat(this.context.getBean(Starts.class).ports).containsExactly(port());
		assertThat(this.context.getBean(Starts.class).states).containsExactly(ServerState.RUNNING);
		String status = get(HttpClient.newHttpClient(), "http", "/actuator/workerman").body();
		assertThat(status).contains("\"address\":\"127.0.0.1:" + port() + "\"").contains("\"path\":\"/rooms/{room}\"");
		this.context.stop();
		assertThat(server().address()).isNull();
		this.context.start();
		assertThat(this.context.getBean(Starts.class).ports).hasSize(2);
		try (RawWebSocket socket = RawWebSocket.connect(this.context.getBean(Starts.class).ports.get(1))) {
			socket.write(RawWebSocket.request("/rooms/again"));
			assertThat(socket.readResponse().status()).isEqualTo(101);
			assertThat(ask(socket, "x")).isEqualTo("again plain x");
		}
	}

	@Test
	void whenActuatorHasAPortOfItsOwnThenNothingIsMountedThere() throws Exception {
		start("management.server.port=0", "management.server.address=127.0.0.1");
		int management = this.context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
		assertThat(this.context.getBean(Starts.class).ports).containsExactly(port());
		try (RawWebSocket socket = RawWebSocket.connect(management)) {
			socket.write(RawWebSocket.request("/rooms/blue"));
			assertThat(socket.readResponse().status()).isEqualTo(404);
		}
		try (RawWebSocket socket = open("/rooms/blue")) {
			assertThat(ask(socket, "x")).isEqualTo("blue plain x");
		}
	}

	@Test
	void whenConnectionHasServedRequestsThenItCanStillBeUpgraded() {
		start();
		try (RawWebSocket socket = RawWebSocket.connect(port())) {
			for (int i = 0; i < 3; i++) {
				socket.write("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
				assertThat(socket.readResponse().body()).isEqualTo("hello");
			}
			socket.write("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
			assertThat(socket.readResponse(false).status()).isEqualTo(100);
			socket.write("abc");
			assertThat(socket.readResponse().body()).isEqualTo("abc");
			socket.write(RawWebSocket.request("/rooms/blue"));
			assertThat(socket.readResponse().status()).isEqualTo(101);
			assertThat(ask(socket, "x")).isEqualTo("blue plain x");
			assertThat(ask(socket, "y".repeat(200_000))).hasSize("blue plain ".length() + 200_000);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenFramesComeWithTheRequestThenTheyAreHandled(boolean http2) {
		start("server.http2.enabled=" + http2);
		try (RawWebSocket socket = RawWebSocket.connect(port())) {
			byte[] request = RawWebSocket.request("/rooms/blue").getBytes(StandardCharsets.ISO_8859_1);
			socket.write(RawWebSocket.join(request, RawWebSocket.frame(RawWebSocket.TEXT, "early"),
					RawWebSocket.frame(RawWebSocket.TEXT, "birds")));
			assertThat(socket.readResponse().status()).isEqualTo(101);
			assertThat(socket.readText()).isEqualTo("blue plain early");
			assertThat(socket.readText()).isEqualTo("blue plain birds");
		}
	}

	@Test
	void whenRequestComesInPiecesThenItIsUpgraded() {
		start();
		try (RawWebSocket socket = RawWebSocket.connect(port())) {
			String request = RawWebSocket.request("/rooms/blue");
			for (int i = 0; i < request.length(); i++) {
				socket.write(request.substring(i, i + 1));
			}
			assertThat(socket.readResponse().status()).isEqualTo(101);
			assertThat(ask(socket, "x")).isEqualTo("blue plain x");
		}
	}

	@Test
	void whenUpgradeIsForAnotherPathOrNoneThenItIsTheWebServers() {
		start();
		assertThat(request(RawWebSocket.request("/elsewhere")).status()).isEqualTo(404);
		assertThat(request(RawWebSocket.request("/rooms/a%2")).status()).isEqualTo(400);
		assertThat(request(RawWebSocket.request("/hello")).body()).isEqualTo("hello");
		assertThat(request("POST /rooms/blue HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nUpgrade: websocket\r\n\r\n")
			.status()).isEqualTo(405);
		assertThat(request("GET /rooms/blue HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\n\r\n").body())
			.isEqualTo("page of a room");
		assertThat(server().statistics().opened()).isZero();
	}

	@Test
	void whenAnotherRequestIsUnderWayThenTheUpgradeIsTheWebServers() {
		start();
		try (RawWebSocket socket = RawWebSocket.connect(port())) {
			socket.write("GET /later HTTP/1.1\r\nHost: a\r\n\r\n" + RawWebSocket.request("/rooms/blue"));
			assertThat(socket.readResponse().body()).isEqualTo("later");
			assertThat(socket.readResponse().body()).isEqualTo("page of a room");
			socket.write(RawWebSocket.request("/rooms/blue"));
			assertThat(socket.readResponse().status()).isEqualTo(101);
		}
	}

	@Test
	void whenUpgradeIsNotValidThenTheEngineSaysSo() {
		start();
		RawWebSocket.Response response = request(
				"GET /rooms/blue HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.body()).contains("Sec-WebSocket-Version");
		assertThat(request(RawWebSocket.request("/rooms/blue", "Origin: https://evil.example")).status())
			.isEqualTo(403);
		assertThat(server().statistics().rejected(RejectReason.MALFORMED)).isEqualTo(1);
		assertThat(server().statistics().rejected(RejectReason.ORIGIN)).isEqualTo(1);
	}

	@Test
	void whenThereAreTooManyConnectionsThenFurtherOnesAreClosed() {
		start("workerman.servers.chat.limits.max-connections=1");
		try (RawWebSocket first = open("/rooms/blue"); RawWebSocket second = RawWebSocket.connect(port())) {
			second.write(RawWebSocket.request("/rooms/blue"));
			await().until(() -> server().statistics().rejected(RejectReason.CONNECTIONS) == 1);
			assertThat(ask(first, "x")).isEqualTo("blue plain x");
			assertThat(request("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").body()).isEqualTo("hello");
		}
		await().until(() -> server().connectionCount() == 0);
		open("/rooms/blue").close();
	}

	@Test
	void whenServersHaveDifferentPathsThenSeveralAreMounted() {
		start("workerman.servers.other.protocol=websocket", "workerman.servers.other.mount=web",
				"workerman.servers.other.path=/other/**");
		try (RawWebSocket chat = open("/rooms/blue"); RawWebSocket other = open("/other/a/b")) {
			assertThat(ask(chat, "x")).isEqualTo("blue plain x");
			assertThat(ask(other, "x")).isEqualTo("other x");
		}
		assertThat(request(RawWebSocket.request("/")).status()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "graceful", "immediate" })
	void whenApplicationStopsThenPeersAreToldAndWorkIsFinished(String shutdown) throws Exception {
		start("server.shutdown=" + shutdown);
		Chat chat = this.context.getBean(Chat.class);
		try (RawWebSocket idle = open("/rooms/blue"); RawWebSocket busy = open("/work")) {
			busy.sendText("work");
			assertThat(chat.begun.poll(20, TimeUnit.SECONDS)).isEqualTo("work");
			CompletableFuture<Void> closed = CompletableFuture.runAsync(this.context::close);
			assertThat(idle.readClose().code()).isEqualTo(1001);
			idle.sendClose(1001, "");
			assertThat(request(RawWebSocket.request("/rooms/late")).status()).isEqualTo(503);
			chat.finish.complete("worked");
			assertThat(busy.readText()).isEqualTo("worked");
			assertThat(busy.readClose().code()).isEqualTo(1001);
			busy.sendClose(1001, "");
			closed.get(40, TimeUnit.SECONDS);
			assertThat(chat.closed).extracting(CloseReason::code).containsExactly(1001, 1001);
		}
	}

	@Test
	void whenPeersResetWithinAMessageThenAllAreLost() {
		start();
		int peers = 100;
		try (RawWebSocket bystander = open("/rooms/blue")) {
			byte[] frame = RawWebSocket.frame(RawWebSocket.TEXT, "x".repeat(100));
			for (int i = 0; i < peers; i++) {
				RawWebSocket socket = open("/rooms/blue");
				socket.write(Arrays.copyOf(frame, 50));
				socket.reset();
			}
			Chat chat = this.context.getBean(Chat.class);
			await().atMost(Duration.ofSeconds(30)).until(() -> chat.closed.size() == peers);
			assertThat(chat.closed).containsOnly(CloseReason.LOST);
			assertThat(server().connectionCount()).isEqualTo(1);
			assertThat(ask(bystander, "x")).isEqualTo("blue plain x");
		}
	}

	@Test
	void whenNodeClientTalksThenIsUnderstood() {
		String node = Programs.program("node");
		String modules = Programs.nodeModules("ws");
		start();
		String script = """
				const { WebSocket } = require('ws');
				const socket = new WebSocket(process.argv[1]);
				socket.on('open', () => { socket.ping('x'); socket.send('Grüße'); });
				socket.on('pong', (data) => console.log('pong ' + data));
				socket.on('message', (data) => { console.log('message ' + data); socket.close(4000, 'enough'); });
				socket.on('close', (code) => console.log('close ' + code));
				socket.on('error', (error) => console.log('error ' + error));
				""";
		ProcessBuilder builder = new ProcessBuilder(node, "-e", script, "ws://127.0.0.1:" + port() + "/rooms/node");
		builder.environment().put("NODE_PATH", modules);
		assertThat(Programs.output(builder).lines()).containsExactly("pong x", "message node plain Grüße",
				"close 4000");
	}

	@Test
	void whenServerIsStoppedThenItsPathsAreTheWebServersUntilItIsStarted() {
		start();
		server().stop();
		assertThat(request(RawWebSocket.request("/rooms/blue")).body()).isEqualTo("page of a room");
		server().start();
		assertThat(server().address()).isNotNull();
		try (RawWebSocket socket = open("/rooms/blue")) {
			assertThat(ask(socket, "x")).isEqualTo("blue plain x");
		}
	}

	@Test
	void whenPeersComeAndGoThenNothingIsLeft() {
		start();
		for (int i = 0; i < 100; i++) {
			try (RawWebSocket socket = open("/rooms/" + i)) {
				if (i % 2 == 0) {
					assertThat(ask(socket, "x")).isEqualTo(i + " plain x");
				}
			}
		}
		await().until(() -> server().connectionCount() == 0);
		assertThat(server().statistics().opened()).isEqualTo(100);
		assertThat(request("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").body()).isEqualTo("hello");
	}

}
