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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import io.github.workerman.annotation.Blocking;
import io.github.workerman.annotation.ConnectionAttribute;
import io.github.workerman.annotation.OnConnect;
import io.github.workerman.annotation.OnHandshake;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.testsupport.RecordingHandshake;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class HandshakeHandlerTests {

	private static RecordingHandshake path(String path) {
		return new RecordingHandshake(path, Map.of());
	}

	@Test
	void whenNobodyIsAskedThenThePeerIsAccepted() {
		try (HandlerFixture fixture = HandlerFixture.of(OnlyConnect.class).start()) {
			assertThat(fixture.handshake(path("/")).accepted()).isTrue();
		}
	}

	@Component
	static class OnlyConnect {

		@OnConnect
		void connected() {
		}

	}

	@Test
	void shouldTakeEveryKindOfAnswer() {
		try (HandlerFixture fixture = HandlerFixture
			.of(NothingSaid.class, BooleanSaid.class, DecisionSaid.class, StageSaid.class, MonoSaid.class)
			.start()) {
			HandshakeDecision accepted = fixture.handshake(path("/yes"));
			assertThat(accepted.accepted()).isTrue();
			assertThat(accepted.principal()).hasToString("joe");
			assertThat(accepted.subprotocol()).isEqualTo("v2");
			assertThat(accepted.headers()).isEqualTo(Map.of("X-A", "1", "X-B", "2"));
			assertRejected(fixture.handshake(path("/boolean")), 403, "forbidden");
			assertRejected(fixture.handshake(path("/decision")), 401, "who are you");
			assertRejected(fixture.handshake(path("/null")), 403, "forbidden");
			assertRejected(fixture.handshake(path("/stage")), 403, "forbidden");
			assertRejected(fixture.handshake(path("/nostage")), 403, "forbidden");
			assertRejected(fixture.handshake(path("/mono")), 429, "later");
			assertRejected(fixture.handshake(path("/empty")), 403, "forbidden");
		}
	}

	private static void assertRejected(HandshakeDecision decision, int status, String text) {
		assertThat(decision.accepted()).isFalse();
		assertThat(decision.status()).isEqualTo(status);
		assertThat(decision.text()).isEqualTo(text);
	}

	@Component
	@Order(1)
	static class NothingSaid {

		@OnHandshake
		void check(Handshake handshake) {
			handshake.attributes().set("path", handshake.path());
		}

		@OnHandshake
		Mono<Void> later(Handshake handshake) {
			return Mono.empty();
		}

	}

	@Component
	@Order(2)
	static class BooleanSaid {

		@OnHandshake
		boolean check(@ConnectionAttribute("path") String path) {
			return !path.equals("/boolean");
		}

	}

	@Component
	@Order(3)
	static class DecisionSaid {

		@OnHandshake
		@Nullable HandshakeDecision check(Handshake handshake) {
			Principal principal = new Principal() {

				@Override
				public String getName() {
					return "joe";
				}

				@Override
				public String toString() {
					return "joe";
				}

			};
			return switch (handshake.path()) {
				case "/decision" -> HandshakeDecision.reject(401, "who are you");
				case "/null" -> null;
				default ->
					HandshakeDecision.accept().withPrincipal(principal).withSubprotocol("v1").withHeader("X-A", "1");
			};
		}

	}

	@Component
	@Order(4)
	static class StageSaid {

		@OnHandshake
		@Blocking
		CompletableFuture<@Nullable Boolean> check(Handshake handshake) {
			assertThat(Thread.currentThread().getName()).isEqualTo("test-blocking");
			return switch (handshake.path()) {
				case "/stage" -> CompletableFuture.supplyAsync(() -> false);
				case "/nostage" -> CompletableFuture.supplyAsync(() -> null);
				default -> CompletableFuture.completedFuture(true);
			};
		}

	}

	@Component
	@Order(5)
	static class MonoSaid {

		@OnHandshake
		Mono<HandshakeDecision> check(Handshake handshake) {
			assertThat(Thread.currentThread().getName()).isEqualTo("test-loop");
			return switch (handshake.path()) {
				case "/mono" -> Mono.just(HandshakeDecision.reject(429, "later")).publishOn(Schedulers.parallel());
				case "/empty" -> Mono.empty();
				default -> Mono.just(HandshakeDecision.accept().withSubprotocol("v2").withHeader("X-B", "2"));
			};
		}

	}

	@Test
	void whenAHandlerFailsThenThePeerIsRejectedAndTheErrorLogged(CapturedOutput output) {
		try (HandlerFixture fixture = HandlerFixture.of(Failing.class).start()) {
			assertRejected(fixture.handshake(path("/now")), 500, "internal error");
			assertRejected(fixture.handshake(path("/later")), 500, "internal error");
			assertThat(output).contains("Handler handshakeHandlerTests.Failing#check (@OnHandshake) of server 'chat'")
				.contains("IllegalStateException: secret now")
				.contains("IllegalStateException: secret later");
		}
	}

	@Component
	static class Failing {

		@OnHandshake
		Mono<Boolean> check(Handshake handshake) {
			if (handshake.path().equals("/now")) {
				throw new IllegalStateException("secret now");
			}
			return Mono.error(new IllegalStateException("secret later"));
		}

	}

	@Test
	void whenOneRejectsThenTheNextAreNotAsked() {
		try (HandlerFixture fixture = HandlerFixture.of(Strict.class).start()) {
			assertRejected(fixture.handshake(path("/")), 403, "forbidden");
			assertThat(fixture.bean(Strict.class).asked).containsExactly("first");
		}
	}

	@Component
	static class Strict {

		final List<String> asked = new ArrayList<>();

		@OnHandshake
		@Order(1)
		boolean first() {
			this.asked.add("first");
			return false;
		}

		@OnHandshake
		@Order(2)
		boolean second() {
			this.asked.add("second");
			return true;
		}

	}

	@Test
	void whenTheExecutorTakesNothingThenThePeerIsRejected() {
		try (HandlerFixture fixture = HandlerFixture.of(StageSaid.class).executor((task) -> {
			throw new RejectedExecutionException("full");
		}).start()) {
			assertRejected(fixture.handshake(path("/")), 503, "the server is busy");
		}
	}

	@Test
	void whenTheProtocolHasNoHandshakeThenItsHandlersAreLeftOut() {
		try (HandlerFixture fixture = HandlerFixture.of(Strict.class).protocol("tcp", false, false).start()) {
			assertThat(fixture.handlers().isEmpty()).isTrue();
		}
	}

}
