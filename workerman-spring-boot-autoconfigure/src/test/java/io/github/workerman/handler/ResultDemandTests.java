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

import java.util.concurrent.atomic.AtomicLong;

import io.github.workerman.annotation.OnError;
import io.github.workerman.annotation.OnMessage;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.publisher.TestPublisher;

import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much is asked of results, and when.
 */
class ResultDemandTests {

	@Test
	void whenThePeerIsSlowThenDemandFollowsTheSendBufferAndNothingIsLost() {
		try (HandlerFixture fixture = HandlerFixture.of(Endless.class).start()) {
			fixture.connection().maxSendBuffer(10);
			fixture.connection().stopReading();
			Endless endless = fixture.bean(Endless.class);
			fixture.message("x");
			fixture.assertSent(0, 1, 2, 3, 4, 5);
			assertThat(endless.produced).hasValue(7);
			fixture.connection().take(4);
			fixture.assertSent(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
			assertThat(endless.produced).hasValue(11);
			assertThat(fixture.connection().refusals()).isZero();
			fixture.connection().startReading();
			Awaitility.await().until(() -> fixture.connection().sent().size() == 1000);
			assertThat(fixture.connection().sent())
				.isEqualTo(java.util.stream.IntStream.range(0, 1000).boxed().toList());
		}
	}

	@Component
	static class Endless {

		final AtomicLong produced = new AtomicLong();

		@OnMessage
		Flux<Integer> message(String text) {
			return Flux.range(0, 1000).doOnNext((number) -> this.produced.incrementAndGet());
		}

	}

	@Test
	void whenAnElementNeedsMoreThanHalfOfTheBufferThenItWaitsForThat() {
		try (HandlerFixture fixture = HandlerFixture.of(Large.class).start()) {
			fixture.connection().maxSendBuffer(10);
			fixture.connection().stopReading();
			fixture.message("x");
			Awaitility.await().until(() -> fixture.connection().sent().size() == 1);
			assertThat(fixture.connection().refusals()).isEqualTo(1);
			fixture.connection().startReading();
			Awaitility.await().until(() -> fixture.connection().sent().size() == 3);
			assertThat(fixture.connection().sent().get(2)).isEqualTo("end");
		}
	}

	@Component
	static class Large {

		@OnMessage
		Flux<Object> message(String text) {
			return Flux.just(new byte[5], new byte[8], "end");
		}

	}

	@Test
	void whenAnElementIsLargerThanTheBufferThenThatIsAnError() {
		try (HandlerFixture fixture = HandlerFixture.of(TooLarge.class).start()) {
			fixture.connection().maxSendBuffer(10);
			fixture.message("x", "y");
			fixture.assertSent("An element that handler resultDemandTests.TooLarge#message wants to send is larger"
					+ " than the send buffer of 10 bytes (max-send-buffer)", "y");
		}
	}

	@Component
	static class TooLarge {

		@OnMessage
		Flux<Object> message(String text) {
			return text.equals("x") ? Flux.just(new byte[11], "never") : Flux.just("y");
		}

		@OnError
		@Nullable String error(IllegalStateException error) {
			return error.getMessage();
		}

	}

	@Test
	void whenAPublisherBreaksItsRulesThenItIsCancelled() {
		try (HandlerFixture fixture = HandlerFixture.of(OwnPublisher.class).start()) {
			TestPublisher<String> publisher = fixture.bean(OwnPublisher.class).publisher;
			fixture.message("x");
			publisher.assertMinRequested(1);
			publisher.next("a");
			fixture.assertSent("a");
			fixture.connection().markClosed();
			publisher.next("b");
			publisher.assertCancelled();
			fixture.assertSent("a");
		}
	}

	@Component
	static class OwnPublisher {

		final TestPublisher<String> publisher = TestPublisher.create();

		@OnMessage
		Flux<String> message(String text) {
			return this.publisher.flux();
		}

	}

}
