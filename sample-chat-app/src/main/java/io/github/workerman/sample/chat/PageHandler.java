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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.github.workerman.annotation.OnRequest;
import io.github.workerman.annotation.WorkermanHandler;
import io.github.workerman.http.HttpResponse;

import org.springframework.core.io.ClassPathResource;

/**
 * Serves the chat's page and tells it what it cannot know. Scripts and styles are static
 * files.
 */
@WorkermanHandler("page")
class PageHandler {

	private final WebSocketPort port;

	private final String page = new ClassPathResource("index.html").getContentAsString(StandardCharsets.UTF_8);

	PageHandler(WebSocketPort port) throws IOException {
		this.port = port;
	}

	/**
	 * Forbids the page everything that it does not need: scripts and styles of others,
	 * being framed, connections other than to the chat.
	 */
	@OnRequest(method = "GET", path = "/")
	HttpResponse page() {
		return HttpResponse.html(this.page)
			.withHeader("Content-Security-Policy",
					"default-src 'self'; connect-src 'self'" + chat()
							+ "; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
			.withHeader("Referrer-Policy", "no-referrer")
			.withHeader("X-Content-Type-Options", "nosniff")
			.withHeader("Cache-Control", "no-cache");
	}

	@OnRequest(method = "GET", path = "/config.json")
	HttpResponse config() {
		Integer port = this.port.get();
		return (port != null) ? HttpResponse.ok(Map.of("websocketPort", port)).withHeader("Cache-Control", "no-store")
				: HttpResponse.of(503);
	}

	private String chat() {
		Integer port = this.port.get();
		return (port != null) ? " ws://*:%1$d wss://*:%1$d".formatted(port) : "";
	}

}
