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

package io.github.workerman.http;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.StreamReset;
import io.github.workerman.http.RawHttp2.Frame;
import io.github.workerman.server.ServerStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that streams which are reset because of their peers, and connections that end
 * because of floods of frames, are counted once each.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class Http2ResetTests {

	private static final String ENABLED = "servers.web.http2.enabled=true";

	private static final int ENHANCE_YOUR_CALM = 11;

	@Test
	void whenFieldsAreNotValidThenStreamIsCountedAsMalformed() {
		counts(StreamReset.MALFORMED, 1, (peer) -> request(peer, "Upper", "case"));
		counts(StreamReset.MALFORMED, 1, (peer) -> request(peer, "connection", "close"));
	}

	@Test
	void whenBodyIsLongerThanItsLengthThenStreamIsCountedAsMalformed() {
		counts(StreamReset.MALFORMED, 1, (peer) -> {
			post(peer, "content-length", "2");
			peer.send(RawHttp2.DATA, RawHttp2.END_STREAM, 1, new byte[3]);
		});
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void whenBodyIsShorterThanItsLengthThenThatIsNoErrorOfTheServer(CapturedOutput output) {
		counts(StreamReset.MALFORMED, 1, (peer) -> {
			post(peer, "content-length", "2");
			peer.send(RawHttp2.DATA, RawHttp2.END_STREAM, 1, new byte[1]);
		});
		counts(StreamReset.MALFORMED, 1, (peer) -> request(peer, "content-length", "2"));
		assertThat(output.getOut()).doesNotContain(" ERROR ").doesNotContain(" WARN ");
	}

	@Test
	void whenThereAreTooManyStreamsThenEachIsCounted() {
		counts(StreamReset.TOO_MANY, 1, (peer) -> {
			peer.get(1, "/never");
			peer.get(3, "/never");
			peer.get(5, "/never");
		});
	}

	@Test
	void whenRequestComesAfterTheGoodbyeThenItIsNotOneOfTooMany() {
		try (HttpFixture http = HttpFixture.start(Handlers.class, ENABLED,
				"servers.web.limits.messages-per-second=1")) {
			try (RawHttp2 peer = RawHttp2.open(http.connect())) {
				peer.get(1, "/never");
				peer.get(3, "/hello");
				peer.await(RawHttp2.GOAWAY);
				peer.get(5, "/hello");
				Frame reset = peer.read();
				while (reset.type() != RawHttp2.RST_STREAM) {
					reset = peer.read();
				}
				assertThat(reset.stream()).isEqualTo(5);
				ServerStatistics statistics = http.server().statistics();
				await().until(() -> statistics.reset(StreamReset.GOING_AWAY) == 1);
				assertThat(resets(statistics)).isOne();
			}
		}
	}

	@Test
	void whenDataFollowsTheEndThenStreamIsCountedAsClosed() {
		counts(StreamReset.CLOSED, 1, (peer) -> {
			peer.get(1, "/never");
			peer.send(RawHttp2.DATA, 0, 1, new byte[1]);
		});
	}

	@Test
	void whenWindowOfStreamOverflowsThenIsCounted() {
		counts(StreamReset.FLOW_CONTROL, 1, (peer) -> {
			peer.get(1, "/never");
			byte[] increment = { 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF };
			peer.send(RawHttp2.WINDOW_UPDATE, 0, 1, increment);
		});
	}

	@Test
	void whenPeerOrHandlerCancelsThenNothingIsCounted() {
		try (HttpFixture http = HttpFixture.start(Handlers.class, ENABLED);
				RawHttp2 peer = RawHttp2.open(http.connect())) {
			peer.get(1, "/never");
			peer.send(RawHttp2.RST_STREAM, 0, 1, new byte[] { 0, 0, 0, 8 });
			peer.get(3, "/hello");
			assertThat(peer.await(RawHttp2.HEADERS).status()).isEqualTo(200);
			assertThat(resets(http.server().statistics())).isZero();
		}
	}

	@Test
	void whenStreamsAreResetInMassesThenConnectionIsCounted() {
		endsByLimit((peer) -> {
			for (int i = 1; i <= 300; i++) {
				peer.get(2 * i + 1, "/never");
				peer.send(RawHttp2.RST_STREAM, 0, 2 * i + 1, new byte[] { 0, 0, 0, 8 });
			}
		});
	}

	@Test
	void whenFramesOfDataAreEmptyThenConnectionIsCounted() {
		endsByLimit((peer) -> {
			post(peer, 3, "x", "y");
			for (int i = 0; i < 10; i++) {
				peer.send(RawHttp2.DATA, 0, 3, new byte[0]);
			}
		});
	}

	private static void counts(StreamReset reason, int times, Consumer<RawHttp2> offence) {
		try (HttpFixture http = HttpFixture.start(Handlers.class, ENABLED,
				"servers.web.http2.max-concurrent-streams=2"); RawHttp2 peer = RawHttp2.open(http.connect())) {
			offence.accept(peer);
			peer.await(RawHttp2.RST_STREAM);
			ServerStatistics statistics = http.server().statistics();
			assertThat(statistics.reset(reason)).isEqualTo(times);
			assertThat(resets(statistics)).isEqualTo(times);
			// The connection stays.
			peer.send(RawHttp2.PING, 0, 0, new byte[8]);
			assertThat(peer.await(RawHttp2.PING).payload()).hasSize(8);
		}
	}

	private static long resets(ServerStatistics statistics) {
		return List.of(StreamReset.values()).stream().mapToLong(statistics::reset).sum();
	}

	private static void endsByLimit(Consumer<RawHttp2> flood) {
		try (HttpFixture http = HttpFixture.start(Handlers.class, ENABLED)) {
			try (RawHttp2 peer = RawHttp2.open(http.connect())) {
				peer.get(1, "/hello");
				assertThat(peer.await(RawHttp2.HEADERS).status()).isEqualTo(200);
				peer.sendTogether(() -> flood.accept(peer));
				Frame goodbye = peer.read();
				while (goodbye.type() != RawHttp2.GOAWAY) {
					goodbye = peer.read();
				}
				assertThat(goodbye.error()).isEqualTo(ENHANCE_YOUR_CALM);
			}
			await().until(() -> http.server().statistics().closed(Cause.LIMIT) == 1);
			assertThat(http.server().connectionCount()).isZero();
		}
	}

	private static void request(RawHttp2 peer, String name, String value) {
		peer.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, 1, RawHttp2.fields(":method", "GET",
				":scheme", "http", ":path", "/hello", ":authority", "a", name, value));
	}

	private static void post(RawHttp2 peer, String name, String value) {
		post(peer, 1, name, value);
	}

	private static void post(RawHttp2 peer, int stream, String name, String value) {
		peer.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, RawHttp2.fields(":method", "POST", ":scheme", "http",
				":path", "/upload", ":authority", "a", name, value));
	}

	static class Handlers {

		@OnRequest("/hello")
		String hello() {
			return "hello";
		}

		@OnRequest("/never")
		Mono<String> never() {
			return Mono.never();
		}

		@OnMessage
		String rest(HttpRequest request) {
			return "rest";
		}

	}

}
