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

package io.github.workerman.actuate;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.github.workerman.annotation.OnRequest;
import io.github.workerman.server.WorkermanServer;
import io.github.workerman.server.WorkermanServerRegistry;
import io.github.workerman.testsupport.RawSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What operators see of an http server.
 */
class HttpActuatorTests {

	private static ConfigurableApplicationContext context;

	private final HttpClient http = HttpClient.newHttpClient();

	@BeforeAll
	static void start() {
		context = new SpringApplication(Application.class).run("--server.port=0",
				"--management.endpoints.web.exposure.include=*", "--workerman.servers.web.protocol=http",
				"--workerman.servers.web.port=0", "--workerman.servers.web.address=127.0.0.1",
				"--workerman.servers.web.trusted-proxies=127.0.0.1",
				"--workerman.servers.web.limits.messages-per-second=1", "--workerman.servers.web.limits.burst=2s",
				"--workerman.servers.web.limits.on-excess=drop");
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@Test
	void whenRequestsComeThenScrapeAndConnectionsShowThem() throws Exception {
		WorkermanServer server = context.getBean(WorkermanServerRegistry.class).find("web").orElseThrow();
		try (RawSocket proxy = RawSocket.connect(((InetSocketAddress) server.address()).getPort())) {
			String request = "GET /hello HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 2001:db8::7\r\n\r\n";
			proxy.write(request.repeat(20));
			await().untilAsserted(() -> {
				String scrape = get("/actuator/prometheus");
				assertThat(scrape).contains("workerman_connections{protocol=\"http\",server=\"web\"} 1.0")
					.contains("workerman_connections_opened_total{server=\"web\"} 1.0")
					.contains("workerman_messages_total{direction=\"in\",server=\"web\"} 20.0")
					.contains("workerman_messages_total{direction=\"out\",server=\"web\"} 20.0")
					.contains("workerman_bytes_total{direction=\"in\",server=\"web\"} " + 20.0 * request.length())
					.contains("workerman_message_size_bytes_count{direction=\"in\",server=\"web\"} 20")
					.containsPattern("workerman_limits_exceeded_total\\{limit=\"messages\",server=\"web\"} [1-9]")
					.containsPattern(
							"workerman_message_seconds_count\\{[^}]*event=\"request\"[^}]*server=\"web\"[^}]*} [1-9]");
			});
			JsonNode connection = JsonMapper.shared()
				.readTree(get("/actuator/workerman/web"))
				.get("connections")
				.get(0);
			assertThat(connection.get("remoteAddress").asString()).isEqualTo("[2001:db8::7]:0");
			assertThat(connection.get("peerAddress").asString())
				.isEqualTo("127.0.0.1:" + proxy.socket().getLocalPort());
			assertThat(connection.get("messages").get("in").asInt()).isEqualTo(20);
		}
		await().untilAsserted(() -> assertThat(get("/actuator/prometheus"))
			.contains("workerman_connections{protocol=\"http\",server=\"web\"} 0.0")
			.contains("workerman_connections_closed_total{reason=\"client\",server=\"web\"} 1.0"));
	}

	private String get(String path) throws Exception {
		int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		HttpResponse<String> response = this.http.send(
				HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Handlers handlers() {
			return new Handlers();
		}

	}

	static class Handlers {

		@OnRequest("/hello")
		String hello() {
			return "hello";
		}

	}

}
