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

import java.io.File;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.workerman.annotation.OnError;
import io.github.workerman.annotation.OnRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files that handlers return.
 */
@Timeout(60)
class FileResultTests {

	@TempDir
	private static Path directory;

	private static Path report;

	private static HttpFixture http;

	@BeforeAll
	static void start() throws IOException {
		report = Files.writeString(directory.resolve("report.txt"), "0123456789");
		http = HttpFixture.start(Handlers.class);
	}

	@AfterAll
	static void stop() {
		http.close();
	}

	@Test
	void whenRequestIsNoGetThenFileIsTheAnswerAllTheSame() {
		var response = http
			.send(http.request("/report").header("Range", "bytes=0-1").POST(BodyPublishers.noBody()).build());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("0123456789");
		assertThat(response.headers().firstValue("content-type")).contains("text/plain;charset=utf-8");
	}

	@Test
	void whenRequestAsksForAPartThenThatIsTheAnswer() {
		for (String path : new String[] { "/report", "/download", "/later" }) {
			var response = http.send(http.request(path).header("Range", "bytes=2-4").build());
			assertThat(response.statusCode()).as(path).isEqualTo(206);
			assertThat(response.body()).as(path).isEqualTo("234");
			String tag = response.headers().firstValue("etag").orElseThrow();
			assertThat(http.send(http.request(path).header("If-None-Match", tag).build()).statusCode()).as(path)
				.isEqualTo(304);
			var twice = http.request(path).header("If-None-Match", "\"other\"").header("If-None-Match", tag).build();
			assertThat(http.send(twice).statusCode()).as(path).isEqualTo(304);
		}
	}

	@Test
	void whenResponseHasAFileThenItsOwnHeaderFieldsCount() {
		var response = http.get("/download");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("0123456789");
		assertThat(response.headers().allValues("content-disposition")).containsExactly("attachment");
		assertThat(response.headers().allValues("content-type")).containsExactly("text/csv");
		assertThat(response.headers().allValues("cache-control")).containsExactly("max-age=60");
		assertThat(response.headers().allValues("set-cookie")).hasSize(2);
		assertThat(response.headers().firstValue("etag")).isPresent();
		var head = http.send(http.request("/download").method("HEAD", BodyPublishers.noBody()).build());
		assertThat(head.headers().firstValue("content-length")).contains("10");
	}

	@Test
	void whenResponseHasBytesOfANameThenTheyAreTheBody() {
		assertThat(http.get("/resource").body()).isEqualTo("from memory");
	}

	@Test
	void whenStatusIsAnotherThenAllOfTheFileIsSentWithIt() {
		var response = http.send(http.request("/fail").header("Range", "bytes=0-1").build());
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).isEqualTo("0123456789");
		assertThat(http.get("/gone").statusCode()).isEqualTo(410);
		assertThat(http.get("/gone").body()).isEqualTo("0123456789");
	}

	@Test
	void whenStatusAllowsNoBodyThenNoneIsSent() {
		String head = " HTTP/1.1\r\nHost: a\r\n";
		assertThat(http.exchange("GET /no-content" + head + "\r\nGET /no-part" + head + "\r\nGET /report" + head
				+ "Connection: close\r\n\r\n"))
			.startsWith("HTTP/1.1 204")
			.contains("\r\n\r\nHTTP/1.1 304")
			.contains("\r\n\r\nHTTP/1.1 200")
			.endsWith("\r\n\r\n0123456789");
	}

	@Test
	void whenThereIsNoSuchFileThenItIsNotFound() {
		assertThat(http.get("/none").statusCode()).isEqualTo(404);
		assertThat(http.get("/none-within").statusCode()).isEqualTo(404);
	}

	static class Handlers {

		@OnRequest("/report")
		Path report() {
			return report;
		}

		@OnRequest("/download")
		HttpResponse download() {
			return HttpResponse.ok(report.toFile())
				.withHeader("Content-Disposition", "attachment")
				.withHeader("cache-control", "max-age=60")
				.withContentType("text/csv")
				.withCookie(HttpCookie.of("a", "1"))
				.withCookie(HttpCookie.of("b", "2"));
		}

		@OnRequest("/later")
		Mono<HttpResponse> later() {
			return Mono.just(HttpResponse.ok(report));
		}

		@OnRequest("/resource")
		HttpResponse resource() {
			return HttpResponse.ok(new ByteArrayResource("from memory".getBytes()));
		}

		@OnRequest("/gone")
		HttpResponse gone() {
			return HttpResponse.of(410).withBody(report);
		}

		@OnRequest("/no-content")
		HttpResponse noContent() {
			return HttpResponse.of(204).withBody(report);
		}

		@OnRequest("/no-part")
		HttpResponse noPart() {
			return HttpResponse.of(304).withBody(new FileBody(report, 0, 5));
		}

		@OnRequest("/none")
		File none() {
			return directory.resolve("none").toFile();
		}

		@OnRequest("/none-within")
		HttpResponse noneWithin() {
			return HttpResponse.ok(directory.resolve("none"));
		}

		@OnRequest("/fail")
		String fail() {
			throw new IllegalStateException("no report today");
		}

		@OnError
		Path failed(IllegalStateException error) {
			return report;
		}

	}

}
