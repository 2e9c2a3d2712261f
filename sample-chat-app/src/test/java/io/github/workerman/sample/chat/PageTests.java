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

package io.github.workerman.sample.chat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks at what the chat serves over HTTP: its page, and what operators see.
 */
@ChatTest
class PageTests {

	@Value("${local.workerman.page.port}")
	private int pagePort;

	@LocalServerPort
	private int managementPort;

	@Value("${local.workerman.chat.port}")
	private int port;

	@Test
	void whenPageIsAskedForThenItComesWithSecurityHeaders() throws Exception {
		HttpResponse<String> page = get(this.pagePort, "/");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("<title>Workerman Chat</title>");
		assertThat(page.headers().firstValue("Content-Security-Policy"))
			.hasValueSatisfying((policy) -> assertThat(policy).contains(
					"connect-src 'self' ws://*:" + this.port + " wss://*:" + this.port + ";",
					"frame-ancestors 'none'"));
		assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
	}

	@Test
	void whenConfigurationIsAskedForThenItTellsTheBoundPort() throws Exception {
		HttpResponse<String> config = get(this.pagePort, "/config.json");
		assertThat(config.statusCode()).isEqualTo(200);
		assertThat(config.body()).isEqualTo("{\"websocketPort\":" + this.port + "}");
		assertThat(config.headers().firstValue("Cache-Control")).contains("no-store");
	}

	@Test
	void whenActuatorIsAskedForThenItKnowsTheChat() throws Exception {
		assertThat(get(this.managementPort, "/actuator/health").body()).contains("\"status\":\"UP\"", "\"workerman\"");
		assertThat(get(this.managementPort, "/actuator/info").statusCode()).isEqualTo(200);
		assertThat(get(this.managementPort, "/actuator/workerman").body()).contains("\"chat\"", "" + this.port);
		assertThat(get(this.managementPort, "/actuator/env").statusCode()).isEqualTo(404);
		assertThat(get(this.pagePort, "/actuator/health").statusCode()).isEqualTo(404);
	}

	private HttpResponse<String> get(int port, String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
	}

}
