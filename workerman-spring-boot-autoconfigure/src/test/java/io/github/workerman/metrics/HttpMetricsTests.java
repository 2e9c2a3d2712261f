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

package io.github.workerman.metrics;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.autoconfigure.LineClient;
import io.github.workerman.http.HttpSession;
import io.github.workerman.http.RawHttp2;
import io.github.workerman.testsupport.RawSocket;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static io.github.workerman.metrics.MetricsApplication.counter;
import static io.github.workerman.metrics.MetricsApplication.gauge;
import static io.github.workerman.metrics.MetricsApplication.registry;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the meters that only servers of http have.
 */
class HttpMetricsTests {

	private static final String RESETS = "workerman.http.streams.reset";

	private static final String HTTP2 = "workerman.servers.chat.http2.enabled=true";

	private final ApplicationContextRunner runner = MetricsApplication.runner("http")
		.withBean("pages", Pages.class)
		.withPropertyValues("workerman.servers.chat.http.session.enabled=true");

	@Test
	void sessionsAreShown() {
		this.runner.run((context) -> {
			assertThat(gauge(context, "workerman.http.sessions")).isZero();
			for (int i = 0; i < 3; i++) {
				assertThat(get(context)).isEqualTo("begun");
			}
			assertThat(gauge(context, "workerman.http.sessions")).isEqualTo(3);
		});
		MetricsApplication.runner("text")
			.withBean("messages", Messages.class)
			.run((context) -> assertThat(registry(context).find("workerman.http.sessions").gauge()).isNull());
	}

	@Test
	void whenStreamIsMalformedThenItsResetIsCountedByReason() {
		this.runner.withPropertyValues(HTTP2).run((context) -> {
			try (RawHttp2 peer = RawHttp2.open(RawSocket.connect(LineClient.portOf(context, "chat")))) {
				assertThat(counter(context, RESETS)).isZero();
				for (int stream = 1; stream <= 3; stream += 2) {
					peer.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, stream,
							RawHttp2.fields(":method", "GET", ":scheme", "http", ":path", "/begin", ":authority", "a",
									"Upper", "case"));
					peer.await(RawHttp2.RST_STREAM);
				}
				assertThat(counter(context, RESETS, "reason", "malformed")).isEqualTo(2);
				assertThat(counter(context, RESETS)).as("for all reasons").isEqualTo(2);
				assertThat(context.getBean(PrometheusMeterRegistry.class).scrape())
					.contains("workerman_http_streams_reset_total{reason=\"malformed\",server=\"chat\"} 2.0")
					.contains("workerman_http_streams_reset_total{reason=\"closed\",server=\"chat\"} 0.0");
			}
		});
	}

	@Test
	void whenHttp2IsOffThenThereAreNoResetsToCount() {
		this.runner.run((context) -> assertThat(registry(context).find(RESETS).meters()).isEmpty());
	}

	private static String get(ApplicationContext context) throws Exception {
		URI uri = URI.create("http://localhost:" + LineClient.portOf(context, "chat") + "/begin");
		return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
	}

	static class Messages {

		@OnMessage
		String message(String message) {
			return message;
		}

	}

	static class Pages {

		@OnRequest("/begin")
		String begin(HttpSession session) {
			session.set("a", "b");
			return "begun";
		}

	}

}
