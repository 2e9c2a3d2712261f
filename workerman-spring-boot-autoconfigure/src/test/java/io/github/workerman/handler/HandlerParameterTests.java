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

import java.security.Principal;
import java.util.List;

import io.github.workerman.annotation.ConnectionAttribute;
import io.github.workerman.annotation.OnError;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.WebSocketConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.stereotype.Component;

/**
 * What handlers are given besides the message.
 */
class HandlerParameterTests {

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

		@OnError
		String error(Throwable error) {
			return String.valueOf(error.getMessage());
		}

	}

}
