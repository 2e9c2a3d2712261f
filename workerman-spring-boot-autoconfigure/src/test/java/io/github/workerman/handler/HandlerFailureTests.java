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

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.workerman.annotation.OnClose;
import io.github.workerman.annotation.OnConnect;
import io.github.workerman.annotation.OnError;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.protocol.InvalidMessageException;
import io.github.workerman.protocol.InvalidMessageException.Code;
import io.github.workerman.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class HandlerFailureTests {

	@Test
	void shouldGiveAnExceptionToTheClosestErrorHandlerOfTheSameBean() {
		try (HandlerFixture fixture = HandlerFixture.of(Thrower.class, Catcher.class).start()) {
			fixture.message("file", "io", "runtime", "error");
			fixture.assertSent("own file", "other io", "own runtime boom", "other throwable");
		}
	}

	@Component
	static class Thrower {

		@OnMessage
		void message(String text) throws Exception {
			switch (text) {
				case "file" -> throw new FileNotFoundException();
				case "io" -> throw new IOException();
				case "runtime" -> throw new IllegalArgumentException("boom");
				default -> throw new NoClassDefFoundError();
			}
		}

		@OnError
		String file(FileNotFoundException error) {
			return "own file";
		}

		@OnError
		String runtime(Connection connection, RuntimeException error) {
			return "own runtime " + error.getMessage();
		}

	}

	@Component
	static class Catcher {

		@OnError(FileNotFoundException.class)
		String exactFile() {
			return "other file";
		}

		@OnError({ IOException.class, IllegalArgumentException.class })
		String io(Exception error) {
			return "other io";
		}

		@OnError
		String all() {
			return "other throwable";
		}

	}

	@Test
	void whenSeveralErrorHandlersAreEquallyCloseThenAllAreCalledInOrder() {
		try (HandlerFixture fixture = HandlerFixture.of(TwoCatchers.class).start()) {
			fixture.message("x");
			fixture.assertSent("one", "two");
		}
	}

	@Component
	static class TwoCatchers {

		@OnMessage
		void message(String text) {
			throw new IllegalStateException();
		}

		@OnError
		@Order(2)
		String two(IllegalStateException error) {
			return "two";
		}

		@OnError
		@Order(1)
		String one(IllegalStateException error) {
			return "one";
		}

	}

	@Test
	void whenNobodyTakesAnErrorThenItIsLoggedOnceAndTheConnectionStays(CapturedOutput output) {
		Observer observer = new Observer();
		try (HandlerFixture fixture = HandlerFixture.of(Unhandled.class).observer(observer).start()) {
			fixture.message("a", "b");
			fixture.assertSent("b");
			assertThat(fixture.connection().closes()).isEmpty();
			assertThat(output)
				.containsOnlyOnce("[" + fixture.connection().id()
						+ "] Handler handlerFailureTests.Unhandled#message (@OnMessage) of server 'chat' failed")
				.containsOnlyOnce("java.lang.IllegalArgumentException: boom");
			assertThat(observer.events).containsExactly("started message", "finished message boom",
					"unhandled message boom", "started message", "finished message null");
		}
	}

	@Test
	void whenThePolicyIsCloseThenTheConnectionIsClosedWithAnInternalError() {
		try (HandlerFixture fixture = HandlerFixture.of(Unhandled.class).closeOnError().start()) {
			fixture.message("a");
			assertThat(fixture.connection().closes()).containsExactly(CloseReason.INTERNAL_ERROR);
		}
	}

	@Component
	static class Unhandled {

		@OnMessage
		String message(String text) {
			if (text.equals("a")) {
				throw new IllegalArgumentException("boom");
			}
			return text;
		}

	}

	static class Observer implements InvocationObserver {

		final List<String> events = new ArrayList<>();

		@Override
		public void started(HandlerMethod handler, ManagedConnection connection) {
			this.events.add("started " + handler.event().id());
		}

		@Override
		public void finished(HandlerMethod handler, ManagedConnection connection, @Nullable Throwable error) {
			this.events.add("finished " + handler.event().id() + " " + ((error != null) ? error.getMessage() : "null"));
		}

		@Override
		public void invalidMessage(String server, Code code) {
			this.events.add("invalid " + server + " " + code);
		}

		@Override
		public void unhandledError(HandlerMethod handler, ManagedConnection connection, Throwable error) {
			this.events.add("unhandled " + handler.event().id() + " " + error.getMessage());
		}

	}

	@Test
	void whenAnErrorHandlerFailsThenItIsLoggedAndNothingLoops(CapturedOutput output) {
		try (HandlerFixture fixture = HandlerFixture.of(FailingCatcher.class).start()) {
			fixture.message("x");
			fixture.assertSent("before");
			assertThat(output).containsOnlyOnce("Handler handlerFailureTests.FailingCatcher#error (@OnError)")
				.containsOnlyOnce("IllegalStateException: second")
				.doesNotContain("IllegalStateException: first");
		}
	}

	@Component
	static class FailingCatcher {

		@OnMessage
		void message(String text) {
			throw new IllegalStateException("first");
		}

		@OnError
		void error(Connection connection, Throwable error) {
			connection.send("before");
			throw new IllegalStateException("second");
		}

	}

	@Test
	void whenOneOfSeveralHandlersFailsThenTheOthersAreCalled() {
		try (HandlerFixture fixture = HandlerFixture.of(SeveralFail.class).start()) {
			fixture.connect().close(CloseReason.LOST);
			assertThat(fixture.bean(SeveralFail.class).log).containsExactly("c1", "error", "c2", "x1", "error", "x2");
		}
	}

	@Component
	static class SeveralFail {

		final List<String> log = new ArrayList<>();

		@OnConnect
		@Order(1)
		void c1() {
			this.log.add("c1");
			throw new IllegalStateException();
		}

		@OnConnect
		@Order(2)
		void c2() {
			this.log.add("c2");
		}

		@OnClose
		@Order(1)
		void x1() {
			this.log.add("x1");
			throw new IllegalStateException();
		}

		@OnClose
		@Order(2)
		void x2() {
			this.log.add("x2");
		}

		@OnError
		void error() {
			this.log.add("error");
		}

	}

	record Say(String content, int room) {
	}

	@Component
	static class Chat {

		@OnMessage("say")
		Say say(Say say) {
			return say;
		}

	}

	@Test
	void whenAMessageIsInvalidThenThePeerIsToldAndTheConnectionStays(CapturedOutput output) {
		Observer observer = new Observer();
		try (HandlerFixture fixture = HandlerFixture.of(Chat.class).observer(observer).start()) {
			fixture.message("{\"type\":\"say\",\"content\":", "hello", "{\"type\":\"sing\"}", "{\"content\":\"x\"}",
					"{\"type\":\"say\",\"content\":[1],\"room\":1}", "{\"type\":\"say\",\"content\":\"x\",\"room\":1}");
			fixture.assertSent(error("invalid_json", "message ends before the end of its JSON", Map.of()),
					error("invalid_json", "message is no valid JSON at line 1, column 1", Map.of()),
					error("unknown_type", "unknown type 'sing'", Map.of("type", "is unknown")),
					error("unknown_type", "message has no type", Map.of("type", "is missing")),
					error("invalid_fields", "field 'content' must be a text", Map.of("content", "must be a text")),
					new Say("x", 1));
			assertThat(observer.events.stream().filter((event) -> event.startsWith("invalid"))).containsExactly(
					"invalid chat INVALID_JSON", "invalid chat INVALID_JSON", "invalid chat UNKNOWN_TYPE",
					"invalid chat UNKNOWN_TYPE", "invalid chat INVALID_FIELDS");
			assertThat(observer.events).noneMatch((event) -> event.startsWith("unhandled"));
			assertThat(output).doesNotContain("ERROR");
		}
	}

	private static Map<String, Object> error(String code, String message, Map<String, String> fields) {
		Map<String, Object> error = new LinkedHashMap<>();
		error.put("type", "error");
		error.put("code", code);
		error.put("message", message);
		error.put("fields", fields);
		return error;
	}

	@Test
	void whenAnErrorHandlerTakesInvalidMessagesThenThereIsNoDefaultReply() {
		try (HandlerFixture fixture = HandlerFixture.of(Chat.class, Invalid.class).start()) {
			fixture.message("{\"type\":\"sing\"}", "{\"type\":\"say\",\"room\":\"x\"}");
			fixture.assertSent("UNKNOWN_TYPE {type=is unknown}", "INVALID_FIELDS {room=must be an integer}");
		}
	}

	@Component
	static class Invalid {

		@OnError
		String invalid(InvalidMessageException error) {
			return error.code() + " " + error.fields();
		}

	}

	@Test
	void whenAMessageIsNullThenTheHandlerIsNotCalledUnlessItTakesNull() {
		try (HandlerFixture fixture = HandlerFixture.of(NotNull.class).start()) {
			fixture.message("null");
			fixture.assertSent(error("invalid_fields", "message is null", Map.of()));
		}
		try (HandlerFixture fixture = HandlerFixture.of(MayBeNull.class).start()) {
			fixture.message("null");
			fixture.assertSent("null");
		}
	}

	@Component
	static class NotNull {

		@OnMessage
		void message(Say say) {
		}

	}

	@Component
	static class MayBeNull {

		@OnMessage
		String message(@Nullable Say say) {
			return String.valueOf(say);
		}

	}

	@Test
	void whenAHandlerBlocksOnTheLoopThenTheErrorPointsToTheAnnotation() {
		try (HandlerFixture fixture = HandlerFixture.of(BlocksOnLoop.class).start()) {
			fixture.message("x");
			fixture.assertSent("Handler handlerFailureTests.BlocksOnLoop#message blocks, which is not possible on an"
					+ " event loop. Annotate it with @Blocking, set workerman.servers.chat.execution to blocking, or"
					+ " return the Mono or Flux");
		}
	}

	@Component
	static class BlocksOnLoop {

		@OnMessage
		@Nullable String message(String text) {
			return Mono.<String>never().block();
		}

		@OnError
		@Nullable String error(IllegalStateException error) {
			return error.getMessage();
		}

	}

	@Test
	void whenThePeerFailsThenErrorHandlersLearnIt() {
		try (HandlerFixture fixture = HandlerFixture.of(PeerCatcher.class).start()) {
			fixture.fail(ProtocolException.malformed("reserved bit")).fail(new IOException("reset"));
			assertThat(fixture.bean(PeerCatcher.class).log).containsExactly("reserved bit");
		}
	}

	@Component
	static class PeerCatcher {

		final List<String> log = new ArrayList<>();

		@OnError
		void error(ProtocolException error) {
			this.log.add(error.getMessage());
		}

	}

}
