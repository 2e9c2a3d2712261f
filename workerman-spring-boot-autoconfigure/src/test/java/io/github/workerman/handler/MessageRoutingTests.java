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
import java.util.List;
import java.util.Map;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.connection.MessageKind;
import io.github.workerman.protocol.MessageCodec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which handler a message goes to, and as what.
 */
class MessageRoutingTests {

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
