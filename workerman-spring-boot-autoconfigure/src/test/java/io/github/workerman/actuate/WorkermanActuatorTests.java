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

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import io.github.workerman.autoconfigure.EchoHandlers;
import io.github.workerman.autoconfigure.LineClient;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.ConnectionRegistry;
import io.github.workerman.gateway.Gateway;
import io.github.workerman.server.WorkermanServerRegistry;
import io.github.workerman.testsupport.RawWebSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
 * What an operator gets over HTTP from an application with everything auto-configured.
 */
@Timeout(60)
class WorkermanActuatorTests {

	private static ConfigurableApplicationContext context;

	private final HttpClient http = HttpClient.newHttpClient();

	private final List<LineClient> clients = new ArrayList<>();

	@BeforeAll
	static void start() {
		context = new SpringApplication(Application.class).run("--server.port=0",
				"--management.endpoints.web.exposure.include=*", "--management.endpoint.health.show-details=always",
				"--management.endpoint.health.show-components=always", "--workerman.servers.chat.protocol=text",
				"--workerman.servers.chat.port=0", "--workerman.servers.chat.address=127.0.0.1",
				"--workerman.servers.chat.threads=1", "--workerman.servers.push.protocol=websocket",
				"--workerman.servers.push.port=0", "--workerman.servers.push.compression.enabled=true");
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@AfterEach
	void disconnect() {
		this.clients.forEach(LineClient::close);
		await().until(() -> context.getBean(ConnectionRegistry.class).count() == 0);
	}

	@Test
	void serversAreShown() throws Exception {
		connect("one").ask("two");
		await().untilAsserted(() -> {
			JsonNode servers = json("/actuator/workerman").get("servers");
			assertThat(servers).hasSize(2);
			assertThat(servers.get(1).get("name").asString()).isEqualTo("push");
			assertThat(servers.get(1).get("address").asString()).isEqualTo("*:" + LineClient.portOf(context, "push"));
			JsonNode chat = servers.get(0);
			assertThat(chat.get("name").asString()).isEqualTo("chat");
			assertThat(chat.get("protocol").asString()).isEqualTo("text");
			assertThat(chat.get("address").asString()).isEqualTo("127.0.0.1:" + LineClient.portOf(context, "chat"));
			assertThat(chat.get("state").asString()).isEqualTo("RUNNING");
			assertThat(chat.get("transport").asString()).isIn("io_uring", "epoll", "nio");
			assertThat(chat.get("threads").asInt()).isEqualTo(1);
			assertThat(chat.get("connections").asInt()).isEqualTo(1);
			assertThat(chat.get("startedAt").asString()).isNotEmpty();
			assertThat(chat.get("uptime").asString()).startsWith("PT");
			assertThat(chat.get("messages").get("in").asInt()).isGreaterThanOrEqualTo(2);
			assertThat(chat.get("bytes").get("out").asInt()).isGreaterThanOrEqualTo(8);
			JsonNode handler = chat.get("handlers").get(0);
			assertThat(handler.get("event").asString()).isEqualTo("message");
			assertThat(handler.get("type").asString()).isEqualTo("text");
			assertThat(handler.get("method").asString()).isEqualTo("echoHandlers#echo");
			assertThat(handler.get("thread").asString()).isEqualTo("event-loop");
		});
	}

	@Test
	void connectionsAreShownInPages() throws Exception {
		for (int i = 0; i < 5; i++) {
			connect("hello");
		}
		Connection first = context.getBean(ConnectionRegistry.class)
			.ofServer("chat")
			.stream()
			.min((one, other) -> one.statistics().openedAt().compareTo(other.statistics().openedAt()))
			.orElseThrow();
		context.getBean(Gateway.class).bindUser(first, "amy");
		await().untilAsserted(() -> {
			JsonNode page = json("/actuator/workerman/chat?limit=2");
			assertThat(page.get("server").asString()).isEqualTo("chat");
			assertThat(page.get("total").asInt()).isEqualTo(5);
			assertThat(page.get("connections")).hasSize(2);
			JsonNode connection = page.get("connections").get(0);
			assertThat(connection.get("id").asString()).isEqualTo(first.id());
			assertThat(connection.get("user").asString()).isEqualTo("amy");
			assertThat(connection.get("remoteAddress").asString()).startsWith("127.0.0.1:");
			assertThat(connection.get("openedAt").asString()).isNotEmpty();
			assertThat(connection.get("messages").get("in").asInt()).isEqualTo(1);
			assertThat(connection.get("bytes").get("in").asInt()).isEqualTo(6);
			assertThat(connection.get("pendingBytes").asInt()).isZero();
		});
		List<String> ids = new ArrayList<>();
		for (int offset = 0; offset < 6; offset += 2) {
			json("/actuator/workerman/chat?limit=2&offset=" + offset).get("connections")
				.forEach((connection) -> ids.add(connection.get("id").asString()));
		}
		assertThat(ids).hasSize(5).doesNotHaveDuplicates().contains(first.id());
		assertThat(json("/actuator/workerman/chat").get("limit").asInt()).isEqualTo(100);
	}

	@Test
	void webSocketsShowWhatWasAgreedOn() throws Exception {
		try (RawWebSocket client = RawWebSocket.connect(LineClient.portOf(context, "push"))) {
			client.write(RawWebSocket.request("/?room=1", "Sec-WebSocket-Extensions: permessage-deflate"));
			await().untilAsserted(() -> {
				JsonNode connections = json("/actuator/workerman/push").get("connections");
				assertThat(connections).hasSize(1);
				JsonNode connection = connections.get(0);
				assertThat(connection.get("path").asString()).isEqualTo("/");
				assertThat(connection.get("extensions").asString()).startsWith("permessage-deflate; ");
			});
		}
	}

	@Test
	void whenServerIsUnknownThenNotFound() throws Exception {
		assertThat(get("/actuator/workerman/none").statusCode()).isEqualTo(404);
	}

	@Test
	void whenPageIsNotValidThenBadRequest() throws Exception {
		assertThat(get("/actuator/workerman/chat?limit=0").statusCode()).isEqualTo(400);
		assertThat(get("/actuator/workerman/chat?limit=1001").statusCode()).isEqualTo(400);
		assertThat(get("/actuator/workerman/chat?offset=-1").statusCode()).isEqualTo(400);
	}

	@Test
	void healthFollowsTheServers() throws Exception {
		JsonNode health = json("/actuator/health/workerman");
		assertThat(health.get("status").asString()).isEqualTo("UP");
		JsonNode chat = health.get("components").get("chat");
		assertThat(chat.get("status").asString()).isEqualTo("UP");
		assertThat(chat.get("details").get("protocol").asString()).isEqualTo("text");
		assertThat(chat.get("details").get("address").asString())
			.isEqualTo("127.0.0.1:" + LineClient.portOf(context, "chat"));
		assertThat(chat.get("details").get("connections").asInt()).isZero();
		context.getBean(WorkermanServerRegistry.class).find("push").orElseThrow().stop();
		try {
			assertThat(get("/actuator/health/workerman").statusCode()).isEqualTo(503);
			assertThat(get("/actuator/health/workerman/push").statusCode()).isEqualTo(503);
			assertThat(get("/actuator/health/workerman/chat").statusCode()).isEqualTo(200);
		}
		finally {
			context.getBean(WorkermanServerRegistry.class).find("push").orElseThrow().start();
		}
	}

	@Test
	void scrapeFollowsConnectsAndDisconnects() throws Exception {
		String gauge = "workerman_connections{protocol=\"text\",server=\"chat\"} ";
		assertThat(get("/actuator/prometheus").body()).contains(gauge + "0.0");
		connect("hello");
		LineClient second = connect("hello");
		assertThat(get("/actuator/prometheus").body()).contains(gauge + "2.0");
		second.close();
		await().untilAsserted(() -> assertThat(get("/actuator/prometheus").body()).contains(gauge + "1.0"));
	}

	private LineClient connect(String message) {
		LineClient client = LineClient.connect(context, "chat");
		this.clients.add(client);
		assertThat(client.ask(message)).isEqualTo(message);
		return client;
	}

	private JsonNode json(String path) throws IOException, InterruptedException {
		HttpResponse<String> response = get(path);
		assertThat(response.statusCode()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		return this.http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		EchoHandlers echoHandlers() {
			return new EchoHandlers();
		}

	}

}
