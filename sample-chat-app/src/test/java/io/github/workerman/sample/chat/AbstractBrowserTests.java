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

import io.github.workerman.connection.ConnectionRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

import static org.awaitility.Awaitility.await;

/**
 * Begins each test with a browser of its own and nobody else in the chat.
 */
abstract class AbstractBrowserTests {

	private final String scheme;

	@Value("${local.workerman.page.port}")
	private int pagePort;

	@Autowired
	ConnectionRegistry connections;

	Browser browser;

	AbstractBrowserTests(String scheme) {
		this.scheme = scheme;
	}

	@BeforeEach
	void startBrowser() {
		await().until(() -> this.connections.count() == 0);
		this.browser = new Browser(this.scheme + "://localhost:" + this.pagePort + "/");
	}

	@AfterEach
	void stopBrowser() {
		if (this.browser != null) {
			this.browser.close();
		}
	}

}
