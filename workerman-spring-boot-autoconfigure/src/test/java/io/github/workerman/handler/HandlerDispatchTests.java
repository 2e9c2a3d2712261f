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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.WebSocketConnection;
import org.junit.jupiter.api.Test;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Which handlers are called, and in which order.
 */
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
			return text.toUpperCase(Locale.ROOT);
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
		try (HandlerFixture fixture = HandlerFixture.of(Elsewhere.class, Sender.class).start()) {
			assertThat(fixture.handlers().descriptions()).extracting(HandlerDescription::method)
				.containsExactly("handlerDispatchTests.Sender#send");
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
		@Order(0)
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

	@Test
	void whenAStartHandlerFailsThenThoseThatHadBegunAreStopped() {
		try (HandlerFixture fixture = HandlerFixture
			.of(Lifecycle.class, Halfway.class, FailingStart.class, NeverBegun.class)
			.start()) {
			assertThatIllegalStateException().isThrownBy(fixture.handlers()::started).withMessage("not today");
			assertThat(fixture.bean(Lifecycle.class).log).containsExactly("start chat", "stop");
			assertThat(fixture.bean(Halfway.class).log).containsExactly("first");
			assertThat(fixture.bean(NeverBegun.class).log).isEmpty();
		}
	}

	@Component
	static class Halfway {

		final List<String> log = new ArrayList<>();

		@OnServerStart
		@Order(0)
		void first() {
			this.log.add("first");
		}

		@OnServerStart
		@Order(2)
		void second() {
			this.log.add("second");
		}

		@OnServerStop
		void stop() {
			this.log.add("stop");
		}

	}

	@Component
	static class NeverBegun {

		final List<String> log = new ArrayList<>();

		@OnServerStop
		void stop() {
			this.log.add("stop");
		}

	}

	@Component
	static class FailingStart {

		@OnServerStart
		@Order(1)
		void start() {
			throw new IllegalStateException("not today");
		}

	}

	@Test
	void shouldDescribeHandlers() {
		try (HandlerFixture fixture = HandlerFixture.of(MessageRoutingTests.Typed.class, Lifecycle.class).start()) {
			assertThat(fixture.handlers().descriptions()).containsExactly(
					new HandlerDescription("server-start", "", "", "handlerDispatchTests.Lifecycle#start", "lifecycle"),
					new HandlerDescription("server-reload", "", "", "handlerDispatchTests.Lifecycle#reload",
							"lifecycle"),
					new HandlerDescription("message", "join", "", "messageRoutingTests.Typed#join", "event-loop"),
					new HandlerDescription("message", "leave", "", "messageRoutingTests.Typed#leave", "event-loop"),
					new HandlerDescription("message", "login", "", "messageRoutingTests.Typed#login", "event-loop"),
					new HandlerDescription("message", "text", "", "messageRoutingTests.Typed#rest", "event-loop"),
					new HandlerDescription("message", "tree", "", "messageRoutingTests.Typed#tree", "event-loop"),
					new HandlerDescription("server-stop", "", "", "handlerDispatchTests.Lifecycle#stop", "lifecycle"));
		}
	}

}
