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

package io.github.workerman.handler;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.workerman.annotation.ConnectionAttribute;
import io.github.workerman.annotation.OnBufferDrain;
import io.github.workerman.annotation.OnBufferFull;
import io.github.workerman.annotation.OnClose;
import io.github.workerman.annotation.OnConnect;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnServerReload;
import io.github.workerman.annotation.OnServerStart;
import io.github.workerman.annotation.OnServerStop;
import io.github.workerman.annotation.WorkermanHandler;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.MessageKind;
import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.WebSocketConnection;
import io.github.workerman.protocol.MessageCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class HandlerDispatchTests {

	@Test
	void shouldCallHandlersFromConnectToClose() {
		try (HandlerFixture fixture = HandlerFixture.of(Everything.class).start()) {
			fixture.connect().message("hello", new byte[] { 1, 2 });
			fixture.loop().run(() -> {
				fixture.listener().bufferFull(fixture.connection());
				fixture.listener().bufferDrained(fixture.connection());
			});
			fixture.assertSent("welcome", "HELLO", new byte[] { 2, 1 }, "drained");
			fixture.close(CloseReason.NORMAL);
			assertThat(fixture.bean(Everything.class).log).containsExactly("connect", "text", "bytes", "full", "drain",
					"close 1000");
			assertThat(fixture.connection().attachmentOnLoop()).isNull();
		}
	}

	@WorkermanHandler
	static class Everything {

		final List<String> log = new ArrayList<>();

		@OnConnect
		String connected(Connection connection) {
			this.log.add("connect");
			return "welcome";
		}

		@OnMessage
		String text(String text) {
			this.log.add("text");
			return text.toUpperCase(java.util.Locale.ROOT);
		}

		@OnMessage
		byte[] bytes(WebSocketConnection connection, byte[] bytes) {
			this.log.add("bytes");
			return new byte[] { bytes[1], bytes[0] };
		}

		@OnBufferFull
		void full(Connection connection) {
			this.log.add("full");
		}

		@OnBufferDrain
		String drained() {
			this.log.add("drain");
			return "drained";
		}

		@OnClose
		void closed(CloseReason reason, Connection connection) {
			this.log.add("close " + reason.code());
		}

	}

	@Test
	void shouldRouteByTypeAndGiveTheRestToTheUntypedHandler() {
		try (HandlerFixture fixture = HandlerFixture.of(Typed.class).start()) {
			fixture.message("{\"type\":\"login\",\"name\":\"joe\"}", "{\"room\":1,\"type\":\"join\"}",
					"{\"type\":\"leave\"}", "{\"type\":\"tree\",\"x\":7}", "{\"type\":\"other\"}", "{\"type\":5}",
					"no json");
			fixture.assertSent(new Typed.Login("joe"), "join {\"room\":1,\"type\":\"join\"}", "left", 7,
					"rest {\"type\":\"other\"}", "rest {\"type\":5}", "rest no json");
			assertThat(fixture.handlers().kinds()).containsExactly(MessageKind.TEXT);
		}
	}

	@Test
	void shouldFindTheTypeHoweverItIsWritten() {
		try (HandlerFixture fixture = HandlerFixture.of(Typed.class).start()) {
			fixture.message("{\"type\": \"leave\"}", " { \"type\" : \"leave\" } ", "{\n\t\"type\":\"leave\"}",
					"{\"type\":\"le\\u0061ve\"}", "{\"typ\":1,\"type\":\"leave\"}", "{\"typelist\":1}", "{\"type\"",
					"{\"type\":\"leave");
			fixture.assertSent("left", "left", "left", "left", "left", "rest {\"typelist\":1}", "rest {\"type\"",
					"rest {\"type\":\"leave");
		}
	}

	@Component
	static class Typed {

		record Login(String name) {
		}

		@OnMessage("login")
		Login login(Login login) {
			return login;
		}

		@OnMessage("join")
		String join(String text) {
			return "join " + text;
		}

		@OnMessage("leave")
		String leave() {
			return "left";
		}

		@OnMessage("tree")
		int tree(JsonNode node) {
			return node.get("x").asInt();
		}

		@OnMessage
		String rest(String text) {
			return "rest " + text;
		}

	}

	@Test
	void shouldProvideEveryParameter() {
		try (HandlerFixture fixture = HandlerFixture.of(Parameters.class, TenantResolver.class).start()) {
			Principal principal = () -> "joe";
			fixture.connection().principal(principal);
			fixture.connection().attributes().set("room", "lobby");
			fixture.message("x");
			fixture.assertSent(List.of(fixture.connection(), fixture.connection(), fixture.connection().handshake(),
					"joe", "lobby", "tenant of " + fixture.connection().id(), "x"));
		}
	}

	@Component
	static class Parameters {

		@OnMessage
		List<Object> all(Connection connection, WebSocketConnection webSocket, Handshake handshake, Principal principal,
				@ConnectionAttribute("room") String room, Tenant tenant, String text) {
			return List.of(connection, webSocket, handshake, principal.getName(), room, tenant.name(), text);
		}

	}

	record Tenant(String name) {
	}

	@Component
	static class TenantResolver implements ArgumentResolver {

		@Override
		public @Nullable ArgumentReader resolve(HandlerParameter parameter) {
			return (parameter.type() == Tenant.class)
					? (connection, event) -> new Tenant("tenant of " + connection.id()) : null;
		}

	}

	@Test
	void whenAnAttributeIsRequiredAndMissingThenTheHandlerIsNotCalled() {
		try (HandlerFixture fixture = HandlerFixture.of(Attributes.class).start()) {
			fixture.message("{\"type\":\"required\"}", "{\"type\":\"primitive\"}", "{\"type\":\"other\"}");
			fixture.connection().attributes().set("number", 5);
			fixture.message("{\"type\":\"required\"}", "{\"type\":\"primitive\"}", "{\"type\":\"other\"}");
			fixture.assertSent("The connection has no attribute 'number'", "The connection has no attribute 'number'",
					"null", "5", "5",
					"The connection's attribute 'number' is a java.lang.Integer, not a java.lang.String");
		}
	}

	@Component
	static class Attributes {

		@OnMessage("required")
		String required(@ConnectionAttribute(value = "number", required = true) Integer number) {
			return number.toString();
		}

		@OnMessage("primitive")
		String primitive(@ConnectionAttribute("number") int number) {
			return Integer.toString(number);
		}

		@OnMessage("other")
		String other(@ConnectionAttribute("number") @Nullable String number) {
			return String.valueOf(number);
		}

		@io.github.workerman.annotation.OnError
		String error(Throwable error) {
			return String.valueOf(error.getMessage());
		}

	}

	@Test
	void whenOnlyTextIsHandledThenNothingIsParsed() {
		try (HandlerFixture fixture = HandlerFixture.of(Echo.class).codec(new Unused()).start()) {
			fixture.message("{\"type\":");
			fixture.assertSent("{\"type\":");
		}
	}

	static class Unused implements MessageCodec {

		@Override
		public String write(Object message) {
			throw new IllegalStateException();
		}

		@Override
		public Object read(String text, Type type, String typeField) {
			throw new IllegalStateException();
		}

		@Override
		public String typeOf(String text, String typeField) {
			throw new IllegalStateException();
		}

	}

	@Component
	static class Echo {

		@OnMessage
		String echo(String text) {
			return text;
		}

	}

	@Test
	void whenAProtocolMakesObjectsThenHandlersTakeThemAsTheyAre() {
		try (HandlerFixture fixture = HandlerFixture.of(Objects.class)
			.protocol("lines", false, false)
			.withoutCodec()
			.start()) {
			fixture.message(new Typed.Login("joe"), 5);
			fixture.assertSent("joe");
		}
	}

	@Component
	static class Objects {

		@OnMessage
		String login(Typed.Login login) {
			return login.name();
		}

	}

	@Test
	void shouldOfferBytesAsBuffer() {
		try (HandlerFixture fixture = HandlerFixture.of(Buffers.class).protocol("frame", false, false).start()) {
			fixture.message(new byte[] { 1, 2, 3 });
			fixture.assertSent(3);
			assertThat(fixture.handlers().kinds()).containsExactly(MessageKind.BINARY);
		}
	}

	@Component
	static class Buffers {

		@OnMessage
		int remaining(ByteBuffer buffer) {
			return buffer.remaining();
		}

	}

	@Test
	void whenAHandlerReturnsASendResultThenThatIsNotSent() {
		try (HandlerFixture fixture = HandlerFixture.of(Sender.class).start()) {
			fixture.message("x");
			fixture.assertSent("x");
		}
	}

	@Component
	static class Sender {

		@OnMessage
		SendResult send(Connection connection, String text) {
			return connection.send(text);
		}

	}

	@Test
	void whenSeveralBeansHandleAnEventThenTheirOrderHolds() {
		try (HandlerFixture fixture = HandlerFixture.of(Second.class, First.class, Last.class).start()) {
			fixture.connect();
			fixture.assertSent("first", "second a", "second b", "last");
		}
	}

	@Component
	@Order(1)
	static class First {

		@OnConnect
		String connected() {
			return "first";
		}

	}

	@Component
	static class Second {

		@OnConnect
		@Order(3)
		String b() {
			return "second b";
		}

		@OnConnect
		@Order(2)
		String a() {
			return "second a";
		}

	}

	@Component
	static class Last {

		@OnConnect
		String connected() {
			return "last";
		}

	}

	@Test
	void whenABeanIsNarrowedThenOtherServersDoNotHaveIt() {
		try (HandlerFixture fixture = HandlerFixture.of(Elsewhere.class, Echo.class).start()) {
			assertThat(fixture.handlers().descriptions()).extracting(HandlerDescription::method)
				.containsExactly("handlerDispatchTests.Echo#echo");
			assertThat(fixture.registry().referencedServers()).containsExactly("game", "lobby");
			assertThat(fixture.registry().beansNaming("game")).containsExactly("handlerDispatchTests.Elsewhere");
		}
	}

	@WorkermanHandler({ "game", "lobby" })
	static class Elsewhere {

		@OnMessage
		void message(String text) {
		}

	}

	@Test
	void shouldCallHandlersOfTheServer() {
		try (HandlerFixture fixture = HandlerFixture.of(Lifecycle.class).start()) {
			fixture.handlers().started();
			fixture.handlers().reloaded();
			fixture.handlers().stopping();
			assertThat(fixture.bean(Lifecycle.class).log).containsExactly("start chat", "reload", "stop");
		}
	}

	@Component
	static class Lifecycle {

		final List<String> log = new ArrayList<>();

		@OnServerStart
		void start(String server) {
			this.log.add("start " + server);
		}

		@OnServerReload
		void reload() {
			this.log.add("reload");
			throw new IllegalArgumentException("logged");
		}

		@OnServerStop
		void stop() {
			this.log.add("stop");
			throw new IllegalArgumentException("logged");
		}

	}

	@Test
	void whenAStartHandlerFailsThenTheStartDoes() {
		try (HandlerFixture fixture = HandlerFixture.of(FailingStart.class).start()) {
			assertThatIllegalStateException().isThrownBy(fixture.handlers()::started).withMessage("not today");
		}
	}

	@Component
	static class FailingStart {

		@OnServerStart
		void start() {
			throw new IllegalStateException("not today");
		}

	}

	@Test
	void shouldDescribeHandlers() {
		try (HandlerFixture fixture = HandlerFixture.of(Typed.class, Lifecycle.class).start()) {
			assertThat(fixture.handlers().descriptions()).containsExactly(
					new HandlerDescription("server-start", "", "", "handlerDispatchTests.Lifecycle#start", "lifecycle"),
					new HandlerDescription("server-reload", "", "", "handlerDispatchTests.Lifecycle#reload",
							"lifecycle"),
					new HandlerDescription("message", "join", "", "handlerDispatchTests.Typed#join", "event-loop"),
					new HandlerDescription("message", "leave", "", "handlerDispatchTests.Typed#leave", "event-loop"),
					new HandlerDescription("message", "login", "", "handlerDispatchTests.Typed#login", "event-loop"),
					new HandlerDescription("message", "text", "", "handlerDispatchTests.Typed#rest", "event-loop"),
					new HandlerDescription("message", "tree", "", "handlerDispatchTests.Typed#tree", "event-loop"),
					new HandlerDescription("server-stop", "", "", "handlerDispatchTests.Lifecycle#stop", "lifecycle"));
		}
	}

	@Test
	void whenTypeVariablesAreBoundByTheBeanThenTheyAreRead() {
		try (HandlerFixture fixture = HandlerFixture.of(LoginHandler.class).start()) {
			fixture.message("{\"name\":\"joe\"}");
			fixture.message("{\"type\":\"list\",\"items\":[]}");
			fixture.assertSent(new Typed.Login("joe"), Map.of("type", "list", "items", List.of()));
		}
	}

	abstract static class Base<T> {

		@OnMessage
		T message(T message) {
			return message;
		}

	}

	@Component
	static class LoginHandler extends Base<Typed.Login> {

		@OnMessage("list")
		Map<String, Object> list(Map<String, Object> message) {
			return message;
		}

	}

}
