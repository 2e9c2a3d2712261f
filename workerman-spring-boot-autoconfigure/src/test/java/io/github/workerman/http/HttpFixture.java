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

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.workerman.autoconfigure.WorkermanAutoConfiguration;
import io.github.workerman.server.WorkermanServer;
import io.github.workerman.server.WorkermanServerRegistry;
import io.github.workerman.testsupport.RawSocket;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application with an http server, and clients of it. A test class that does with one
 * server registers it as a static extension.
 */
final class HttpFixture implements BeforeAllCallback, AfterAllCallback, AutoCloseable {

	private final Class<?> handlers;

	private final String[] arguments;

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(20))
		.build();

	private ConfigurableApplicationContext context;

	private HttpFixture(Class<?> handlers, String[] arguments) {
		this.handlers = handlers;
		this.arguments = arguments;
	}

	/**
	 * Describes an application, which JUnit starts before the tests of a class and closes
	 * after them.
	 */
	static HttpFixture of(Class<?> handlers, String... properties) {
		List<String> all = new ArrayList<>(List.of("--workerman.servers.web.protocol=http"));
		for (String property : properties) {
			all.add("--workerman." + property);
		}
		if (all.stream().noneMatch((property) -> property.contains("web.address="))) {
			all.add("--workerman.servers.web.address=127.0.0.1");
		}
		if (all.stream().noneMatch((property) -> property.contains("web.address=unix:"))) {
			all.add("--workerman.servers.web.port=0");
		}
		return new HttpFixture(handlers, all.toArray(String[]::new));
	}

	static HttpFixture start(Class<?> handlers, String... properties) {
		HttpFixture http = of(handlers, properties);
		http.open();
		return http;
	}

	private void open() {
		this.context = new SpringApplicationBuilder(Application.class, this.handlers).web(WebApplicationType.NONE)
			.run(this.arguments);
	}

	@Override
	public void beforeAll(ExtensionContext test) {
		open();
	}

	@Override
	public void afterAll(ExtensionContext test) {
		close();
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	WorkermanServer server() {
		return this.context.getBean(WorkermanServerRegistry.class).find("web").orElseThrow();
	}

	int port() {
		InetSocketAddress address = (InetSocketAddress) Objects.requireNonNull(server().address());
		return address.getPort();
	}

	URI uri(String path) {
		return URI.create("http://127.0.0.1:" + port() + path);
	}

	HttpClient client() {
		return this.client;
	}

	java.net.http.HttpRequest.Builder request(String path) {
		return java.net.http.HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
	}

	java.net.http.HttpResponse<String> send(java.net.http.HttpRequest request) {
		try {
			return this.client.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	java.net.http.HttpResponse<String> get(String path) {
		return send(request(path).build());
	}

	java.net.http.HttpResponse<String> post(String path, String contentType, String body) {
		return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)).build());
	}

	RawSocket connect() {
		return RawSocket.connect(port());
	}

	/**
	 * Sends bytes and returns all that comes back until the server closes.
	 */
	String exchange(String bytes) {
		try (RawSocket socket = connect()) {
			socket.write(bytes);
			return new String(socket.readAll(), java.nio.charset.StandardCharsets.UTF_8);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ WorkermanAutoConfiguration.class, JacksonAutoConfiguration.class,
			ValidationAutoConfiguration.class })
	static class Application {

	}

}
