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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads what the chat shows to Prometheus.
 */
final class Scrape {

	private final HttpClient client = HttpClient.newHttpClient();

	private final URI uri;

	Scrape(int managementPort) {
		this.uri = URI.create("http://localhost:" + managementPort + "/actuator/prometheus");
	}

	/**
	 * Returns the number of connections to the chat.
	 */
	int connections() {
		return value("workerman_connections");
	}

	/**
	 * Returns the sum of a meter's samples, as far as they are about the chat.
	 */
	int value(String meter) {
		String[] samples = text().lines()
			.filter((line) -> line.matches(meter + "(\\{.*})? .*"))
			.filter((line) -> !line.contains("server=") || line.contains("server=\"chat\""))
			.toArray(String[]::new);
		assertThat(samples).as(meter).isNotEmpty();
		double sum = 0;
		for (String sample : samples) {
			sum += Double.parseDouble(sample.substring(sample.lastIndexOf(' ') + 1));
		}
		return (int) sum;
	}

	private String text() {
		try {
			HttpResponse<String> response = this.client.send(HttpRequest.newBuilder(this.uri).build(),
					BodyHandlers.ofString());
			assertThat(response.statusCode()).isEqualTo(200);
			return response.body();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
