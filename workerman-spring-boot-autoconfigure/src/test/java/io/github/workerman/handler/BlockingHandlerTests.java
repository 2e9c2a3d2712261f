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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.workerman.annotation.Blocking;
import io.github.workerman.annotation.OnClose;
import io.github.workerman.annotation.OnConnect;
import io.github.workerman.annotation.OnError;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.spi.ManagedConnection.Hold;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class BlockingHandlerTests {

	@Test
	void shouldRunEachHandlerOnTheThreadThatItAsksForAndKeepTheOrder() {
		try (HandlerFixture fixture = HandlerFixture.of(Mixed.class).start()) {
			Mixed mixed = fixture.bean(Mixed.class);
			fixture.connect();
			fixture.message("{\"type\":\"block\"}", "{\"type\":\"fast\"}", "{\"type\":\"block\"}",
					"{\"type\":\"fail\"}", "{\"type\":\"block\"}", "{\"type\":\"unknown\"}");
			fixture.close(CloseReason.NORMAL);
			Awaitility.await().until(() -> mixed.log.contains("closed test-blocking"));
			assertThat(mixed.log).containsExactly("connect test-loop", "block test-blocking", "fast test-loop",
					"block test-blocking", "fail test-blocking", "error test-loop", "block test-blocking",
					"invalid test-blocking", "closed test-blocking");
		}
	}

	@Component
	static class Mixed {

		final List<String> log = new CopyOnWriteArrayList<>();

		private void log(String what) {
			this.log.add(what + " " + Thread.currentThread().getName());
		}

		@OnConnect
		void connected() {
			log("connect");
		}

		@OnMessage("block")
		@Blocking
		void block() {
			log("block");
		}

		@OnMessage("fast")
		void fast() {
			log("fast");
		}

		@OnMessage("fail")
		@Blocking
		void fail() {
			log("fail");
			throw new IllegalStateException();
		}

		@OnError
		void error(IllegalStateException error) {
			log("error");
		}

		@OnError
		@Blocking
		void invalid(io.github.workerman.protocol.InvalidMessageException error) {
			log("invalid");
		}

		@OnClose
		@Blocking
		void closed() {
			log("closed");
		}

	}

	@Test
	void whenTheServerBlocksThenAllHandlersMay() {
		try (HandlerFixture fixture = HandlerFixture.of(BlocksForReal.class).blocking().start()) {
			fixture.message("x");
			fixture.assertSent("blocked x");
			assertThat(fixture.handlers().descriptions()).extracting(HandlerDescription::thread)
				.containsExactly("blocking");
		}
	}

	@Component
	static class BlocksForReal {

		@OnMessage
		@Nullable String message(String text) {
			return Mono.just("blocked " + text).delayElement(java.time.Duration.ofMillis(1)).block();
		}

	}

	@Test
	void whenTheClassBlocksThenItsMethodsDo() {
		try (HandlerFixture fixture = HandlerFixture.of(BlockingClass.class).start()) {
			fixture.message("x");
			fixture.assertSent("test-blocking");
		}
	}

	@Component
	@Blocking
	static class BlockingClass {

		@OnMessage
		String message(String text) {
			return Thread.currentThread().getName();
		}

	}

	@Test
	void whenTooManyMessagesWaitThenReadingIsHeldUntilHalfAreDone() throws Exception {
		try (HandlerFixture fixture = HandlerFixture.of(Latched.class).start()) {
			Latched latched = fixture.bean(Latched.class);
			fixture.message("0");
			assertThat(latched.entered.await(20, TimeUnit.SECONDS)).isTrue();
			for (int i = 1; i < 63; i++) {
				fixture.message(Integer.toString(i));
			}
			assertThat(fixture.connection().holds()).isEmpty();
			fixture.message("63");
			assertThat(fixture.connection().holds()).containsExactly(Hold.MAILBOX);
			// What had been decoded already is kept.
			fixture.message("64", "65");
			latched.go.countDown();
			Awaitility.await().until(() -> fixture.connection().sent().size() == 66);
			assertThat(fixture.connection().sent())
				.isEqualTo(IntStream.range(0, 66).mapToObj(Integer::toString).toList());
			Awaitility.await().until(() -> fixture.connection().holds().isEmpty());
			assertThat(fixture.connection().holdCalls()).isEqualTo(1);
		}
	}

	@Component
	static class Latched {

		final CountDownLatch entered = new CountDownLatch(1);

		final CountDownLatch go = new CountDownLatch(1);

		@OnMessage
		@Blocking
		String message(String text) throws InterruptedException {
			this.entered.countDown();
			this.go.await();
			return text;
		}

	}

	@Test
	void whenManyMessagesComeAtOnceThenTheyShareAHop() {
		AtomicInteger tasks = new AtomicInteger();
		try (HandlerFixture fixture = HandlerFixture.of(BlockingEcho.class).executor((task) -> {
			tasks.incrementAndGet();
			new Thread(task, "test-blocking").start();
		}).start()) {
			Object[] messages = IntStream.range(0, 50).mapToObj(Integer::toString).toArray();
			fixture.message(messages);
			fixture.assertSent(messages);
			assertThat(tasks).hasValue(1);
		}
	}

	@Test
	void whenTheExecutorTakesNothingThenNothingIsLostAndNothingMoreIsRead(CapturedOutput output) {
		AtomicBoolean full = new AtomicBoolean(true);
		AtomicInteger refused = new AtomicInteger();
		try (HandlerFixture fixture = HandlerFixture.of(BlockingEcho.class).executor((task) -> {
			if (full.get()) {
				refused.incrementAndGet();
				throw new RejectedExecutionException("pool is full");
			}
			new Thread(task, "test-blocking").start();
		}).start()) {
			fixture.message("a", "b", "c");
			Awaitility.await()
				.until(() -> output.getOut()
					.contains("The executor of blocking handlers has taken nothing for a second"));
			assertThat(refused.get()).isGreaterThan(3);
			assertThat(fixture.connection().holds()).containsExactly(Hold.MAILBOX);
			fixture.message("d");
			full.set(false);
			fixture.assertSent("a", "b", "c", "d");
			Awaitility.await().until(() -> fixture.connection().holds().isEmpty());
			assertThat(output).containsOnlyOnce("The executor of blocking handlers");
		}
	}

	@Component
	@Blocking
	static class BlockingEcho {

		@OnMessage
		String message(String text) {
			return text;
		}

	}

	@Test
	void whenABlockingHandlerReturnsAMonoThenTheNextMessageWaits() {
		try (HandlerFixture fixture = HandlerFixture.of(BlockingMono.class).start()) {
			Object[] messages = IntStream.range(0, 40).mapToObj(Integer::toString).toArray();
			fixture.message(messages);
			fixture.assertSent(messages);
			assertThat(fixture.bean(BlockingMono.class).overlaps).hasValue(0);
		}
	}

	@Component
	@Blocking
	static class BlockingMono {

		final AtomicInteger overlaps = new AtomicInteger();

		private final AtomicInteger running = new AtomicInteger();

		@OnMessage
		Mono<String> message(String text) {
			if (this.running.incrementAndGet() != 1) {
				this.overlaps.incrementAndGet();
			}
			Mono<String> reply = (text.length() == 1) ? Mono.just(text)
					: Mono.just(text).delayElement(java.time.Duration.ofMillis(1));
			return reply.doOnTerminate(this.running::decrementAndGet);
		}

	}

	@Test
	void whenTheConnectionClosesThenReceivedMessagesAreHandledBeforeTheClose() throws Exception {
		try (HandlerFixture fixture = HandlerFixture.of(ClosingLast.class).start()) {
			ClosingLast bean = fixture.bean(ClosingLast.class);
			fixture.message("1", "2", "3");
			assertThat(bean.entered.await(20, TimeUnit.SECONDS)).isTrue();
			fixture.close(CloseReason.LOST);
			assertThat(bean.log).isEmpty();
			bean.go.countDown();
			Awaitility.await().until(() -> bean.log.contains("closed 1006"));
			assertThat(bean.log).containsExactly("1", "2", "3", "closed 1006");
		}
	}

	@Component
	static class ClosingLast {

		final List<String> log = new CopyOnWriteArrayList<>();

		final CountDownLatch entered = new CountDownLatch(1);

		final CountDownLatch go = new CountDownLatch(1);

		@OnMessage
		@Blocking
		void message(String text) throws InterruptedException {
			this.entered.countDown();
			this.go.await();
			this.log.add(text);
		}

		@OnClose
		void closed(CloseReason reason, Connection connection) {
			assertThat(Thread.currentThread().getName()).isEqualTo("test-loop");
			this.log.add("closed " + reason.code());
		}

	}

	@Test
	void whenTheApplicationClosesThenMessagesThatWaitAreNotHandled() {
		try (HandlerFixture fixture = HandlerFixture.of(Bouncer.class).start()) {
			Bouncer bouncer = fixture.bean(Bouncer.class);
			fixture.message("good", "bad", "sneaky");
			Awaitility.await().until(() -> !fixture.connection().closes().isEmpty());
			fixture.close(CloseReason.POLICY_VIOLATION);
			Awaitility.await().until(() -> bouncer.log.contains("closed"));
			assertThat(bouncer.log).containsExactly("good", "bad", "closed");
		}
	}

	@Component
	@Blocking
	static class Bouncer {

		final List<String> log = new CopyOnWriteArrayList<>();

		@OnMessage
		void message(Connection connection, String text) {
			this.log.add(text);
			if (text.equals("bad")) {
				connection.close(CloseReason.POLICY_VIOLATION);
			}
		}

		@OnClose
		void closed() {
			this.log.add("closed");
		}

	}

	@Test
	void whenEveryHandlerIsOnTheLoopThenThereIsNoMailbox() {
		try (HandlerFixture fixture = HandlerFixture.of(OnLoop.class).start()) {
			fixture.connect().message("x");
			List<Object> sent = new ArrayList<>(fixture.connection().sent());
			assertThat(sent).containsExactly("test-loop");
			assertThat(fixture.connection().attachmentOnLoop()).isNull();
		}
	}

	@Component
	static class OnLoop {

		@OnMessage
		String message(String text) {
			return Thread.currentThread().getName();
		}

	}

}
