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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.workerman.annotation.Blocking;
import io.github.workerman.annotation.OnClose;
import io.github.workerman.annotation.OnConnect;
import io.github.workerman.annotation.OnError;
import io.github.workerman.annotation.OnHandshake;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.annotation.PathParam;
import io.github.workerman.annotation.WorkermanHandler;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.ConnectionRegistry;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.connection.WebSocketConnection;
import io.github.workerman.gateway.Gateway;
import io.github.workerman.handler.HandlerDescription;
import io.github.workerman.server.WorkermanServer;
import io.github.workerman.server.WorkermanServerRegistry;
import io.github.workerman.testsupport.RawWebSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Several websocket paths on one server, each with handlers of its own, over sockets.
 */
@Timeout(60)
class WebSocketPathsTests {

	private ConfigurableApplicationContext context;

	@AfterEach
	void stop() {
		this.context.close();
	}

	private void start(Class<?>[] handlers, String... properties) {
		Class<?>[] sources = new Class<?>[handlers.length + 1];
		sources[0] = Application.class;
		System.arraycopy(handlers, 0, sources, 1, handlers.length);
		SpringApplication application = new SpringApplication(sources);
		application.setWebApplicationType(WebApplicationType.NONE);
		String[] arguments = new String[properties.length + 2];
		for (int i = 0; i < properties.length; i++) {
			arguments[i] = "--workerman.servers.web." + properties[i];
		}
		arguments[properties.length] = "--workerman.servers.web.port=0";
		arguments[properties.length + 1] = "--workerman.servers.web.address=127.0.0.1";
		this.context = application.run(arguments);
	}

	private WorkermanServer server() {
		return this.context.getBean(WorkermanServerRegistry.class).find("web").orElseThrow();
	}

	private RawWebSocket open(String target) {
		RawWebSocket socket = RawWebSocket.connect(LineClient.portOf(this.context, "web"));
		socket.write(RawWebSocket.request(target));
		assertThat(socket.readResponse().status()).as(target).isEqualTo(101);
		return socket;
	}

	private RawWebSocket.Response refused(String target) {
		try (RawWebSocket socket = RawWebSocket.connect(LineClient.portOf(this.context, "web"))) {
			socket.write(RawWebSocket.request(target));
			return socket.readResponse();
		}
	}

	private static String ask(RawWebSocket socket, String text) {
		socket.sendText(text);
		return socket.readText();
	}

	@ParameterizedTest
	@ValueSource(strings = { "protocol=http websocket.path=/chat,/admin/{room}",
			"protocol=http websocket.path[0]=/chat websocket.path[1]=/admin/{room}", "protocol=http",
			"protocol=websocket path=/chat,/admin/{room}", "protocol=websocket" })
	void whenServerHasSeveralPathsThenEachHasItsHandlers(String properties) throws Exception {
		start(new Class<?>[] { Chat.class, Admin.class, Everywhere.class }, properties.split(" "));
		Admin admin = this.context.getBean(Admin.class);
		try (RawWebSocket chat = open("/chat"); RawWebSocket room = open("/admin/main%20room?x=y")) {
			assertThat(ask(chat, "hello")).isEqualTo("chat hello");
			assertThat(ask(room, "hello")).isEqualTo("admin of main room hello");
			assertThat(ask(chat, "hello again")).isEqualTo("chat hello again");
			assertThat(admin.next()).isEqualTo("handshake main room {room=main room} /admin/main%20room");
			assertThat(admin.next()).isEqualTo("connect main room");
			assertThat(ask(room, "fail")).isEqualTo("main room: failed");
			this.context.getBean(Gateway.class).toAll().send("to all");
			assertThat(chat.readText()).isEqualTo("to all");
			assertThat(room.readText()).isEqualTo("to all");
		}
		assertThat(admin.next()).isEqualTo("close main room");
		Everywhere everywhere = this.context.getBean(Everywhere.class);
		assertThat(List.of(everywhere.next(), everywhere.next())).containsExactly("/chat", "/admin/main room");
		assertThat(admin.events).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/chat/", "/admin", "/admin/", "/admin/a/b", "/admin%2Fa", "/Chat", "/chat%2f" })
	void whenPathIsUnknownThenTheHandshakeIsRejectedAndCounted(String target) {
		start(new Class<?>[] { Chat.class, Admin.class }, "protocol=websocket");
		RawWebSocket.Response response = refused(target);
		assertThat(response.status()).isEqualTo(404);
		assertThat(response.body()).contains("websockets are at /admin/{room}, /chat");
		assertThat(server().statistics().rejected(RejectReason.PATH)).isEqualTo(1);
	}

	@Test
	void whenPathOfAnHttpServerIsUnknownThenItIsARequest() {
		start(new Class<?>[] { Chat.class, Page.class }, "protocol=http");
		assertThat(refused("/page").body()).isEqualTo("page");
		assertThat(refused("/chat/more").status()).isEqualTo(404);
		try (RawWebSocket chat = open("/chat")) {
			assertThat(ask(chat, "x")).isEqualTo("chat x");
		}
	}

	@Test
	void whenNeitherServerNorHandlersNameAPathThenItIsTheRoot() {
		start(new Class<?>[] { Everywhere.class }, "protocol=websocket");
		open("/").close();
		RawWebSocket.Response response = refused("/chat");
		assertThat(response.status()).isEqualTo(404);
		assertThat(response.body()).contains("the websocket is at /");
	}

	@Test
	void whenVariableCannotBeConvertedThenTheHandshakeIsRejected() {
		start(new Class<?>[] { Numbered.class }, "protocol=websocket");
		try (RawWebSocket socket = open("/rooms/7/blocking")) {
			assertThat(ask(socket, "a")).isEqualTo("8 blocking");
		}
		try (RawWebSocket socket = open("/rooms/41/direct")) {
			assertThat(ask(socket, "a")).isEqualTo("42 direct");
		}
		RawWebSocket.Response response = refused("/rooms/x/direct");
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.body()).contains("'number' in the path is not valid");
		assertThat(server().isDirect()).isFalse();
		await().untilAsserted(() -> assertThat(server().statistics().opened()).isEqualTo(2));
	}

	@Test
	void whenHandlersHaveNoPathThenVariablesAreThoseOfTheServer() {
		start(new Class<?>[] { Pathless.class }, "protocol=websocket", "path=/a/{room},/b/{room}/**");
		try (RawWebSocket one = open("/a/1"); RawWebSocket other = open("/b/2/x/y")) {
			assertThat(ask(one, "")).isEqualTo("1");
			assertThat(ask(other, "")).isEqualTo("2");
		}
	}

	@Test
	void whenMethodNamesAPathThenItStandsForThatOfTheClass() {
		start(new Class<?>[] { TwoPaths.class }, "protocol=websocket");
		try (RawWebSocket one = open("/one");
				RawWebSocket two = open("/two");
				RawWebSocket files = open("/f/a/b%20c")) {
			assertThat(ask(one, "{\"type\":\"say\"}")).isEqualTo("one");
			assertThat(ask(two, "{\"type\":\"say\"}")).isEqualTo("two");
			assertThat(ask(two, "{\"type\":\"other\"}")).contains("unknown_type");
			assertThat(ask(files, "x")).isEqualTo("a/b c");
		}
	}

	@Test
	void whenKindIsTakenAtAnotherPathOnlyThenThePeerIsTold() {
		start(new Class<?>[] { Kinds.class }, "protocol=websocket");
		try (RawWebSocket text = open("/text"); RawWebSocket binary = open("/binary")) {
			assertThat(ask(text, "a")).isEqualTo("text a");
			binary.sendBinary("b".getBytes(StandardCharsets.UTF_8));
			assertThat(binary.readText()).isEqualTo("binary b");
			text.sendBinary(new byte[1]);
			assertThat(text.readClose().code()).isEqualTo(1003);
			binary.sendText("a");
			assertThat(binary.readClose().code()).isEqualTo(1003);
		}
	}

	@Test
	void whenNobodyHandlesAPathThenItsConnectionsCanBePushedTo() {
		start(new Class<?>[] { Chat.class }, "protocol=websocket", "path=/chat,/news");
		try (RawWebSocket news = open("/news")) {
			await().until(() -> this.context.getBean(ConnectionRegistry.class).count() == 1);
			this.context.getBean(Gateway.class).toAll().send("headline");
			assertThat(news.readText()).isEqualTo("headline");
		}
	}

	@Test
	void whenHandlersAreDescribedThenTheirPathsAreShown() {
		start(new Class<?>[] { Chat.class, Admin.class }, "protocol=websocket");
		assertThat(server().handlers()).filteredOn((handler) -> handler.event().equals("message"))
			.map(HandlerDescription::path)
			.containsExactlyInAnyOrder("/chat", "/admin/{room}");
	}

	@Test
	void whenManyPeersConnectThenHandlersAreChosenOnceForEachSetOfPaths() {
		start(new Class<?>[] { Chat.class, Admin.class }, "protocol=websocket");
		for (int i = 0; i < 50; i++) {
			try (RawWebSocket room = open("/admin/" + i)) {
				assertThat(ask(room, "x")).isEqualTo("admin of " + i + " x");
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ WorkermanAutoConfiguration.class, JacksonAutoConfiguration.class })
	static class Application {

	}

	/**
	 * Notes what happens.
	 */
	static class Recorder {

		final BlockingQueue<String> events = new LinkedBlockingQueue<>();

		String next() throws InterruptedException {
			String event = this.events.poll(20, TimeUnit.SECONDS);
			assertThat(event).as("an event").isNotNull();
			return event;
		}

	}

	@WorkermanHandler(value = "web", path = "/chat")
	static class Chat {

		@OnMessage
		String message(String text) {
			return "chat " + text;
		}

	}

	@WorkermanHandler(value = "web", path = "/admin/{room}")
	static class Admin extends Recorder {

		@OnHandshake
		HandshakeDecision handshake(Handshake handshake, @PathParam String room) {
			Map<String, String> params = handshake.pathParams();
			this.events.add("handshake " + room + " " + params + " " + handshake.rawPath());
			return HandshakeDecision.accept();
		}

		@OnConnect
		void connected(@PathParam("room") String name) {
			this.events.add("connect " + name);
		}

		@OnMessage
		String message(@PathParam String room, String text) {
			if (text.equals("fail")) {
				throw new IllegalStateException("failed");
			}
			return "admin of " + room + " " + text;
		}

		@OnError
		String failed(IllegalStateException ex, @PathParam String room) {
			return room + ": " + ex.getMessage();
		}

		@OnClose
		void closed(Connection connection, @PathParam String room) {
			this.events.add("close " + room);
		}

	}

	@WorkermanHandler
	static class Everywhere extends Recorder {

		@OnConnect
		void connected(WebSocketConnection connection) {
			this.events.add(connection.handshake().path());
		}

	}

	@WorkermanHandler
	static class Page {

		@OnRequest("/page")
		String page() {
			return "page";
		}

	}

	@WorkermanHandler
	static class Numbered {

		@Blocking
		@OnMessage(path = "/rooms/{number}/blocking")
		String blocking(@PathParam int number, String text) {
			return (number + 1) + (Thread.currentThread().getName().contains("blocking") ? " blocking" : " direct");
		}

		@OnMessage(path = "/rooms/{number}/direct")
		String direct(String text, @PathParam int number) {
			return (number + 1) + (Thread.currentThread().getName().contains("blocking") ? " blocking" : " direct");
		}

	}

	@WorkermanHandler("web")
	static class Pathless {

		@OnMessage
		String message(String text, @PathParam String room) {
			return room;
		}

	}

	@WorkermanHandler(value = "web", path = "/one")
	static class TwoPaths {

		@OnMessage("say")
		String one() {
			return "one";
		}

		@OnMessage(value = "say", path = "/two")
		String two() {
			return "two";
		}

		@OnMessage(path = "/f/{*file}")
		String file(String text, @PathParam String file) {
			return file;
		}

	}

	@WorkermanHandler("web")
	static class Kinds {

		@OnMessage(path = "/text")
		String text(String text) {
			return "text " + text;
		}

		@OnMessage(path = "/binary")
		String binary(byte[] bytes) {
			return "binary " + new String(bytes, StandardCharsets.UTF_8);
		}

	}

}
