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

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Scrapes the chat over HTTP as Prometheus does.
 */
@ChatTest
class MetricsScrapeTests {

	@Value("${local.workerman.chat.port}")
	private int port;

	@LocalServerPort
	private int managementPort;

	@Test
	void whenUsersComeAndGoThenConnectionsFollowExactly() {
		Scrape scrape = new Scrape(this.managementPort);
		assertThat(scrape.connections()).isZero();
		List<ChatClient> clients = new ArrayList<>();
		for (int i = 1; i <= 5; i++) {
			clients.add(ChatClient.login(this.port, "user" + i));
			assertThat(scrape.connections()).isEqualTo(i);
		}
		clients.remove(0).close();
		await().untilAsserted(() -> assertThat(scrape.connections()).isEqualTo(4));
		clients.remove(0).abort();
		await().untilAsserted(() -> assertThat(scrape.connections()).isEqualTo(3));
		clients.forEach(ChatClient::close);
		await().untilAsserted(() -> {
			assertThat(scrape.connections()).isZero();
			assertThat(scrape.value("workerman_connections_opened_total")).isEqualTo(5);
			assertThat(scrape.value("workerman_connections_closed_total")).isEqualTo(5);
			assertThat(scrape.value("workerman_users")).isZero();
		});
	}

}
