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

import java.util.ArrayList;
import java.util.List;

import io.github.workerman.annotation.OnRequest;
import io.github.workerman.server.ServerCustomizer;
import io.github.workerman.server.ServerDefinition;
import io.github.workerman.testsupport.RawSocket;
import io.netty.channel.ChannelOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.TcpServer;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Looking into an http server, and changing what is under it.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class HttpWiretapTests {

	@Test
	void whenWiretapIsOnThenRequestsAndResponsesCanBeRead(CapturedOutput output) {
		try (HttpFixture http = HttpFixture.start(Handlers.class, "servers.web.wiretap=true")) {
			http.post("/json?a=b", "application/json", "{\"n\":1}\n");
			http.get("/stream");
			http.exchange("GET / HTTP/1.1\r\nX y: 1\r\n\r\n");
			await().untilAsserted(() -> assertThat(output).contains("io.github.workerman.wiretap.web")
				.contains(" <- POST /json?a=b\n")
				.contains("\n    Content-Type: application/json\n")
				.contains(" <- text (8 chars) {\"n\":1}\\u000a")
				.contains(" -> 200 OK\n")
				.contains("\n    content-length: 7\n")
				.containsPattern(
						" -> 200 OK\n    Content-Type: text/plain;charset=utf-8\n    date: .* GMT\n    content-length: 7\n")
				.contains(" -> text (7 chars) {\"n\":2}")
				.contains(" -> text (3 chars) one")
				.contains(" -> text (3 chars) two")
				.contains(" -- refused a request: the name of a header field is not valid"));
		}
	}

	@Test
	void whenWiretapIsOffThenNothingIsLogged(CapturedOutput output) {
		try (HttpFixture http = HttpFixture.start(Handlers.class)) {
			http.get("/stream");
			assertThat(output).doesNotContain("wiretap");
		}
	}

	@Test
	void whenServerIsCustomizedThenOptionsAreSet() {
		try (HttpFixture http = HttpFixture.start(Customizers.class); RawSocket socket = http.connect()) {
			socket.write("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n");
			assertThat(socket.readLine()).isEqualTo("HTTP/1.1 200 OK");
			assertThat(http.bean(Customizers.class).customized).containsExactly("web");
			assertThat(http.bean(Customizers.class).sendBuffers).isNotEmpty()
				.allSatisfy((size) -> assertThat(size).isLessThan(64 * 1024));
		}
	}

	static class Handlers {

		@OnRequest("/json")
		String json(HttpRequest request) {
			return "{\"n\":2}";
		}

		@OnRequest("/stream")
		Flux<String> stream() {
			return Flux.just("one", "two");
		}

	}

	static class Customizers extends Handlers {

		final List<String> customized = new ArrayList<>();

		final List<Integer> sendBuffers = new ArrayList<>();

		@Bean
		ServerCustomizer serverCustomizer() {
			return new ServerCustomizer() {

				@Override
				public TcpServer customize(ServerDefinition definition, TcpServer server) {
					throw new IllegalStateException("This is no TCP server");
				}

				@Override
				public HttpServer customize(ServerDefinition definition, HttpServer server) {
					Customizers.this.customized.add(definition.name());
					return server.childOption(ChannelOption.SO_SNDBUF, 16 * 1024)
						.doOnChannelInit((observer, channel, remote) -> Customizers.this.sendBuffers
							.add(channel.config().getOption(ChannelOption.SO_SNDBUF)));
				}

			};
		}

	}

}
