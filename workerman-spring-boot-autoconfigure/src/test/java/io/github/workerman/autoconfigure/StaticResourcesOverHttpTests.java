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

package io.github.workerman.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.http.HttpRequest;
import io.github.workerman.resource.ResourceLocationException;
import io.github.workerman.server.ServerConfigurationException;
import io.github.workerman.testsupport.RawSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for static resources of http servers, over real sockets.
 */
class StaticResourcesOverHttpTests {

	@TempDir
	static Path directory;

	private final HttpClient client = HttpClient.newHttpClient();

	private byte[] large;

	private ApplicationContextRunner runner;

	@BeforeEach
	void createFiles() throws IOException {
		this.large = new byte[3_000_000];
		new Random(1).nextBytes(this.large);
		Files.write(directory.resolve("large.bin"), this.large);
		Files.writeString(directory.resolve("index.html"), "<h1>hello</h1>");
		Files.writeString(directory.resolve("empty.txt"), "");
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(WorkermanAutoConfiguration.class))
			.withPropertyValues("workerman.servers.web.protocol=http", "workerman.servers.web.port=0",
					"workerman.servers.web.address=127.0.0.1",
					"workerman.servers.web.static.location=file:" + directory);
	}

	private static int port(ApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.workerman.web.port", Integer.class);
	}

	private HttpResponse<byte[]> send(ApplicationContext context, String method, String path, String... headers)
			throws Exception {
		java.net.http.HttpRequest.Builder request = java.net.http.HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:" + port(context) + path))
			.method(method, BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.client.send(request.build(), BodyHandlers.ofByteArray());
	}

	@Test
	void whenSlashIsMissingThenClientIsSentToTheDirectoryWithItsQuery() throws IOException {
		Files.createDirectories(directory.resolve("dir"));
		Files.writeString(directory.resolve("dir/index.html"), "in dir");
		this.runner.run((context) -> {
			HttpResponse<byte[]> response = send(context, "GET", "/dir?a=1&b=%20");
			assertThat(response.statusCode()).isEqualTo(308);
			assertThat(response.headers().firstValue("Location")).hasValue("/dir/?a=1&b=%20");
			assertThat(send(context, "GET", "/dir").headers().firstValue("Location")).hasValue("/dir/");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "io_uring", "epoll", "nio" })
	void whenFileIsLargeThenAllOfItIsSentOnEachTransport(String transport) {
		this.runner.withPropertyValues("workerman.transport=" + transport).run((context) -> {
			for (int i = 0; i < 3; i++) {
				assertThat(send(context, "GET", "/large.bin").body()).isEqualTo(this.large);
			}
			HttpResponse<byte[]> part = send(context, "GET", "/large.bin", "Range", "bytes=1000000-1999999");
			assertThat(part.statusCode()).isEqualTo(206);
			assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 1000000-1999999/3000000");
			assertThat(part.body()).isEqualTo(Arrays.copyOfRange(this.large, 1_000_000, 2_000_000));
		});
	}

	@Test
	void whenRequestHasConditionsThenTheyHold() {
		this.runner.run((context) -> {
			HttpResponse<byte[]> page = send(context, "GET", "/");
			assertThat(page.body()).asString().isEqualTo("<h1>hello</h1>");
			assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
			String tag = page.headers().firstValue("ETag").orElseThrow();
			HttpResponse<byte[]> again = send(context, "GET", "/", "If-None-Match", tag);
			assertThat(again.statusCode()).isEqualTo(304);
			assertThat(again.body()).isEmpty();
			HttpResponse<byte[]> head = send(context, "HEAD", "/", "If-None-Match", tag);
			assertThat(head.statusCode()).isEqualTo(304);
			assertThat(head.headers().firstValue("Transfer-Encoding")).isEmpty();
			assertThat(send(context, "GET", "/", "Range", "bytes=99-").statusCode()).isEqualTo(416);
			assertThat(send(context, "GET", "/", "If-None-Match", "\"other\"", "If-None-Match", tag).statusCode())
				.isEqualTo(304);
			assertThat(send(context, "GET", "/", "If-Match", "\"other\"", "If-Match", tag).statusCode()).isEqualTo(200);
			assertThat(send(context, "GET", "/", "Range", "bytes=0-1", "Range", "bytes=3-4").statusCode())
				.isEqualTo(200);
			assertThat(send(context, "GET", "/empty.txt").body()).isEmpty();
			assertThat(send(context, "POST", "/index.html").headers().firstValue("Allow"))
				.hasValue("GET, HEAD, OPTIONS");
			assertThat(send(context, "GET", "/none").statusCode()).isEqualTo(404);
		});
	}

	@Test
	void whenOnlyTheHeadIsAskedForThenNothingFollowsIt() {
		this.runner.run((context) -> {
			try (RawSocket socket = RawSocket.connect(port(context))) {
				socket.write(
						"HEAD /large.bin HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
				String all = new String(socket.readAll(), StandardCharsets.ISO_8859_1);
				assertThat(all).contains("content-length: 3000000\r\n").endsWith("\r\n\r\n<h1>hello</h1>");
				assertThat(all.length()).isLessThan(2000);
			}
		});
	}

	@ParameterizedTest
	@CsvSource({ "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "/..%5c..%5cetc%5cpasswd",
			"/.hidden", "/index.html%00.txt", "//etc/passwd", "/./index.html", "/C:/index.html" })
	void whenPathLeadsSomewhereElseThenThereIsNothing(String path) throws IOException {
		Files.writeString(directory.resolve(".hidden"), "secret");
		this.runner.run((context) -> {
			try (RawSocket socket = RawSocket.connect(port(context))) {
				socket.write("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
				assertThat(new String(socket.readAll(), StandardCharsets.ISO_8859_1)).matches("(?s)HTTP/1.1 40[04] .*")
					.doesNotContain("root:", "secret", "hello");
			}
		});
	}

	@Test
	void whenHandlersHaveRoutesThenTheyGoFirstAndTheRestLast() {
		this.runner.withUserConfiguration(Handlers.class).run((context) -> {
			assertThat(send(context, "GET", "/index.html").body()).asString().isEqualTo("routed");
			assertThat(send(context, "GET", "/").body()).asString().isEqualTo("<h1>hello</h1>");
			assertThat(send(context, "GET", "/else").body()).asString().isEqualTo("rest /else");
		});
	}

	@Test
	void whenHandlerReturnsAFileThenItIsSentWithRanges() {
		this.runner.withUserConfiguration(Handlers.class).run((context) -> {
			assertThat(send(context, "GET", "/download").body()).isEqualTo(this.large);
			HttpResponse<byte[]> part = send(context, "GET", "/download", "Range", "bytes=-5");
			assertThat(part.statusCode()).isEqualTo(206);
			assertThat(part.body()).isEqualTo(Arrays.copyOfRange(this.large, 2_999_995, 3_000_000));
			assertThat(send(context, "GET", "/gone").statusCode()).isEqualTo(404);
			HttpResponse<byte[]> resource = send(context, "GET", "/resource", "If-Modified-Since",
					"Fri, 02 Jan 2026 03:04:05 GMT");
			assertThat(resource.statusCode()).isEqualTo(200);
			assertThat(resource.body()).asString().isEqualTo("in memory");
		});
	}

	@Test
	void whenLocationDoesNotExistThenStartFailsAndSaysWhatToDo() {
		this.runner.withPropertyValues("workerman.servers.web.static.location=classpath:/nowhere/")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("classpath:/nowhere/")
				.hasMessageContaining("does not exist"));
	}

	@Test
	void whenHeadersAreConfiguredThenAnswersHaveThem() {
		this.runner
			.withPropertyValues("workerman.servers.web.static.headers.Referrer-Policy=no-referrer",
					"workerman.servers.web.static.max-age=1h")
			.run((context) -> assertThat(send(context, "GET", "/").headers().map())
				.containsEntry("referrer-policy", List.of("no-referrer"))
				.containsEntry("cache-control", List.of("max-age=3600")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "static.path=files", "static.welcome-page=../index.html", "static.max-age=-1s",
			"static.headers.[X Y]=z", "static.location=/srv/www", "static.welcome-page=", "static.welcome-page=a:b" })
	void whenValueIsNotValidThenStartFails(String property) {
		this.runner.withPropertyValues("workerman.servers.web." + property)
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOfAny(ServerConfigurationException.class, ResourceLocationException.class));
	}

	static class Handlers {

		@OnRequest(method = "GET", path = "/index.html")
		String page() {
			return "routed";
		}

		@OnRequest(method = "GET", path = "/download")
		Path download() {
			return directory.resolve("large.bin");
		}

		@OnRequest(method = "GET", path = "/gone")
		Path gone() {
			return directory.resolve("gone");
		}

		@OnRequest(method = "GET", path = "/resource")
		Resource resource() {
			return new ByteArrayResource("in memory".getBytes());
		}

		@OnMessage
		String rest(HttpRequest request) {
			return "rest " + request.path();
		}

	}

}
