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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workerman.annotation.OnClose;
import io.github.workerman.annotation.OnConnect;
import io.github.workerman.annotation.OnError;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.spi.ManagedConnection;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class AsynchronousHandlerTests {

	@Test
	void shouldSendElementsAsTheyComeAndLetTheNextMessageWait() {
		try (HandlerFixture fixture = HandlerFixture.of(Streams.class).start()) {
			Streams streams = fixture.bean(Streams.class);
			fixture.message("first", "second");
			streams.sink("first").tryEmitNext("1").orThrow();
			fixture.assertSent("1");
			streams.sink("first").tryEmitNext("2").orThrow();
			fixture.assertSent("1", "2");
			assertThat(streams.called).containsExactly("first");
			streams.sink("first").tryEmitComplete().orThrow();
			Awaitility.await().until(() -> streams.called.contains("second"));
			streams.sink("second").tryEmitNext("3").orThrow();
			fixture.assertSent("1", "2", "3");
		}
	}

	@Component
	static class Streams {

		final List<String> called = new CopyOnWriteArrayList<>();

		private final Map<String, Sinks.Many<String>> sinks = new ConcurrentHashMap<>();

		Sinks.Many<String> sink(String name) {
			return this.sinks.computeIfAbsent(name, (key) -> Sinks.many().unicast().onBackpressureBuffer());
		}

		@OnMessage
		Flux<String> message(String text) {
			this.called.add(text);
			return sink(text).asFlux();
		}

		@OnClose
		void closed() {
			this.called.add("closed");
		}

	}

	@Test
	void whenTheConnectionClosesThenTheSubscriptionEndsAndWhatWaitsIsHandledBeforeTheClose() {
		try (HandlerFixture fixture = HandlerFixture.of(Streams.class).start()) {
			Streams streams = fixture.bean(Streams.class);
			fixture.message("endless", "next");
			Awaitility.await().until(() -> streams.sink("endless").currentSubscriberCount() == 1);
			fixture.close(CloseReason.LOST);
			Awaitility.await().untilAsserted(() -> {
				assertThat(streams.sink("endless").currentSubscriberCount()).isZero();
				assertThat(streams.called).containsExactly("endless", "next", "closed");
			});
			assertThat(streams.sink("next").currentSubscriberCount()).isZero();
			assertThat(fixture.connection().sent()).isEmpty();
		}
	}

	@Test
	void whenResultsAreThereAtOnceThenManyMessagesAreHandledInOneTurn() {
		try (HandlerFixture fixture = HandlerFixture.of(Immediate.class).start()) {
			Object[] messages = new Object[5000];
			java.util.Arrays.setAll(messages, Integer::toString);
			fixture.message(messages);
			assertThat(fixture.connection().sent()).containsExactly(messages);
			assertThat(fixture.connection().holdCalls()).isZero();
		}
	}

	@Component
	static class Immediate {

		@OnMessage
		Mono<String> message(String text) {
			return Mono.just(text);
		}

	}

	@Test
	void whenAResultEndsOnAnotherThreadBeforeTheHandlerReturnsThenItsElementsAreNotOvertaken() {
		try (HandlerFixture fixture = HandlerFixture.of(Overtaking.class).start()) {
			fixture.message("elsewhere", "here");
			fixture.assertSent("elsewhere", "here");
		}
	}

	@Component
	static class Overtaking {

		@OnMessage
		Flux<String> message(String text) {
			return text.equals("here") ? Flux.just(text) : Flux.from((subscriber) -> {
				// Done before subscribe returns, and all of it by another thread.
				Thread thread = new Thread(() -> Flux.just(text).subscribe(subscriber));
				thread.start();
				try {
					thread.join();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			});
		}

	}

	@Test
	void shouldTakeStagesFlowsAndEmptyResults() {
		try (HandlerFixture fixture = HandlerFixture.of(Kinds.class).start()) {
			Kinds kinds = fixture.bean(Kinds.class);
			fixture.message("stage", "empty", "null", "void", "plain", "flow", "object");
			assertThat(fixture.connection().sent()).isEmpty();
			kinds.stage.complete("staged");
			fixture.assertSent("staged", "plain", 1, 2, "object");
		}
	}

	@Component
	static class Kinds {

		final CompletableFuture<String> stage = new CompletableFuture<>();

		@OnMessage
		@Nullable Object message(Connection connection, String text) {
			return switch (text) {
				case "stage" -> this.stage;
				case "empty" -> Mono.empty();
				case "null" -> null;
				case "void" -> connection.sendAsync("plain");
				case "flow" -> Flux.just(1, 2);
				case "object" -> Mono.just("object").subscribeOn(Schedulers.boundedElastic());
				default -> Mono.empty();
			};
		}

	}

	@Test
	void whenAStreamFailsThenItsErrorGoesToTheErrorHandlerOfTheBean() {
		AtomicInteger failedLater = new AtomicInteger();
		InvocationObserver observer = new InvocationObserver() {

			@Override
			public void failedLater(HandlerMethod handler, ManagedConnection connection, Throwable error) {
				failedLater.incrementAndGet();
			}

		};
		try (HandlerFixture fixture = HandlerFixture.of(Failing.class).observer(observer).start()) {
			fixture.message("now", "later", "thrown", "stage");
			fixture.assertSent("1", "error now", "error later", "error thrown", "error stage");
			assertThat(failedLater).hasValue(3);
		}
	}

	@Component
	static class Failing {

		@OnMessage
		Object message(String text) {
			IllegalStateException error = new IllegalStateException(text);
			return switch (text) {
				case "now" -> Flux.concat(Mono.just("1"), Mono.error(error));
				case "later" -> Mono.error(error).publishOn(Schedulers.parallel());
				case "stage" -> CompletableFuture.supplyAsync(() -> {
					throw error;
				});
				default -> throw error;
			};
		}

		@OnError
		Mono<String> error(IllegalStateException error) {
			return Mono.just("error " + error.getMessage()).publishOn(Schedulers.parallel());
		}

	}

	@Test
	void whenAStreamBlocksOnTheLoopThenTheErrorPointsToTheAnnotation(CapturedOutput output) {
		try (HandlerFixture fixture = HandlerFixture.of(BlockingStream.class).start()) {
			fixture.message("x");
			Awaitility.await()
				.untilAsserted(() -> assertThat(output)
					.contains("Handler asynchronousHandlerTests.BlockingStream#message blocks")
					.contains("@Blocking"));
		}
	}

	@Component
	static class BlockingStream {

		@OnMessage
		Mono<String> message(String text) {
			return Mono.fromCallable(() -> Mono.<String>never().block());
		}

	}

	@Test
	void shouldWaitForConnectHandlersBeforeTheFirstMessageAndBetweenEachOther() {
		try (HandlerFixture fixture = HandlerFixture.of(SlowConnect.class).start()) {
			SlowConnect slow = fixture.bean(SlowConnect.class);
			fixture.connect().message("x");
			assertThat(slow.log).containsExactly("first");
			slow.first.tryEmitValue("hello").orThrow();
			fixture.assertSent("hello", "x");
			assertThat(slow.log).containsExactly("first", "second", "message");
			fixture.close(CloseReason.NORMAL);
			Awaitility.await()
				.untilAsserted(
						() -> assertThat(slow.log).endsWith("message", "close started", "close ended", "closed"));
		}
	}

	@Component
	static class SlowConnect {

		final List<String> log = new CopyOnWriteArrayList<>();

		final Sinks.One<String> first = Sinks.one();

		@OnConnect
		@Order(1)
		Mono<String> first() {
			this.log.add("first");
			return this.first.asMono();
		}

		@OnConnect
		@Order(2)
		void second() {
			this.log.add("second");
		}

		@OnMessage
		String message(String text) {
			this.log.add("message");
			return text;
		}

		@OnClose
		@Order(1)
		Mono<Void> closed() {
			return Mono.<Void>fromRunnable(() -> this.log.add("close started"))
				.publishOn(Schedulers.parallel())
				.doOnSuccess((done) -> this.log.add("close ended"));
		}

		@OnClose
		@Order(2)
		void last() {
			this.log.add("closed");
		}

	}

	@Test
	void whenOnlyTheHandshakeTakesTimeThenMessagesGoStraight() {
		try (HandlerFixture fixture = HandlerFixture.of(AsyncHandshake.class).start()) {
			fixture.connect().message("x").close(CloseReason.NORMAL);
			assertThat(fixture.connection().attachmentOnLoop()).isNull();
		}
	}

	@Component
	static class AsyncHandshake {

		@io.github.workerman.annotation.OnHandshake
		Mono<Boolean> check() {
			return Mono.just(true);
		}

		@OnMessage
		void message(String text) {
		}

	}

	@Test
	void shouldAskResultHandlersOfTheApplication() {
		try (HandlerFixture fixture = HandlerFixture.of(Wrapping.class, Unwrap.class).start()) {
			fixture.message("a", "b");
			fixture.assertSent("a", "unwrapped a", "b", "unwrapped b");
		}
	}

	record Wrapped(String value) {
	}

	@Component
	static class Wrapping {

		@OnMessage
		Wrapped message(String text) {
			return new Wrapped(text);
		}

	}

	@Component
	static class Unwrap implements ResultHandler {

		@Override
		public boolean supports(ResolvableType returnType) {
			return returnType.resolve() == Wrapped.class;
		}

		@Override
		public boolean isAsynchronous() {
			return true;
		}

		@Override
		public Object handle(Connection connection, Object result) {
			connection.send(((Wrapped) result).value());
			return Mono.just("unwrapped " + ((Wrapped) result).value()).publishOn(Schedulers.parallel());
		}

	}

	@Test
	void shouldAdaptReactiveTypesOfOthers() {
		try (HandlerFixture fixture = HandlerFixture.of(FlowHandler.class).start()) {
			fixture.message("x");
			fixture.assertSent("1", "2");
		}
	}

	@Component
	static class FlowHandler {

		@OnMessage
		Flow.Publisher<String> message(String text) {
			List<String> elements = new ArrayList<>(List.of("1", "2"));
			return (subscriber) -> {
				SubmissionPublisher<String> publisher = new SubmissionPublisher<>();
				publisher.subscribe(subscriber);
				elements.forEach(publisher::submit);
				publisher.close();
			};
		}

	}

	@Test
	void whenTheServerEndsTheConversationThenWhatWasDeliveredIsHandledFirst() {
		try (HandlerFixture fixture = HandlerFixture.of(Streams.class).start()) {
			Streams streams = fixture.bean(Streams.class);
			List<String> log = new CopyOnWriteArrayList<>();
			fixture.message("first");
			fixture.loop().run(() -> fixture.listener().ending(fixture.connection(), () -> log.add("close")));
			assertThat(log).isEmpty();
			streams.sink("first").tryEmitNext("1").orThrow();
			streams.sink("first").tryEmitComplete().orThrow();
			Awaitility.await().untilAsserted(() -> assertThat(log).containsExactly("close"));
			fixture.assertSent("1");
		}
	}

}
