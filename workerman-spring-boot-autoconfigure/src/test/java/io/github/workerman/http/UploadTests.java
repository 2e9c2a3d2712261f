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
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.workerman.annotation.Blocking;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.testsupport.RawSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Forms with files.
 */
@Timeout(60)
class UploadTests {

	@TempDir
	private static Path directory;

	private HttpFixture http;

	@BeforeEach
	void start() {
		this.http = HttpFixture.start(Handlers.class, "servers.web.http.upload-threshold=1KB",
				"servers.web.max-message-size=1MB");
	}

	@AfterEach
	void stop() {
		this.http.close();
	}

	@Test
	void whenFileIsSmallThenItStaysInMemory() {
		assertThat(upload("../a/small.txt", "hello").body()).isEqualTo("[ann] f small.txt text/plain 5 true hello");
	}

	@Test
	void whenFileIsLargeThenItIsStoredOnDisk() throws IOException {
		String content = "x".repeat(100_000);
		assertThat(upload("large.txt", content).body())
			.isEqualTo("[ann] f large.txt text/plain 100000 false " + content);
		assertThat(Files.readString(directory.resolve("large.txt"))).isEqualTo(content);
	}

	@Test
	void whenRequestHasBeenAnsweredThenTemporaryFileIsGone() {
		String path = this.http
			.send(this.http.request("/keep")
				.header("Content-Type", "multipart/form-data; boundary=b")
				.POST(BodyPublishers.ofString(form("k.txt", "y".repeat(5000))))
				.build())
			.body();
		assertThat(path).isEqualTo("5000");
		await().untilAsserted(() -> assertThat(this.http.bean(Handlers.class).last.isInMemory()).isFalse());
		await().untilAsserted(() -> assertThat(readable(this.http.bean(Handlers.class).last)).isFalse());
	}

	@ParameterizedTest
	@CsvSource({ "multipart/form-data, a boundary", "multipart/form-data; boundary=, a boundary",
			"multipart/form-data; boundary, a boundary", "multipart/form-data; charset=utf-8, a boundary",
			"multipart/form-data; boundary=b; charset=no, malformed", "multipart/form-data; boundary=b, malformed" })
	void whenFormIsBrokenThenItIsSaidWhatIsMissing(String type, String problem) {
		var response = this.http.send(this.http.request("/upload")
			.header("Content-Type", type)
			.POST(BodyPublishers.ofString("--b\r\nContent-Disposition: form-data\r\n\r\nno name\r\n--b--\r\n"))
			.build());
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains(problem);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 7, 20, 60, 100 })
	void whenFormEndsTooEarlyThenRequestIsBad(int missing) {
		String form = form("cut.txt", "hello").stripTrailing();
		var response = uploadForm(form.substring(0, form.length() - missing));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).isEqualTo("the form ends before its last boundary\n");
	}

	@Test
	void whenFormHasTooManyPartsThenRequestIsBad() {
		String part = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n";
		var response = uploadForm(part.repeat(10_001) + "--b--\r\n");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).isEqualTo("the form has too many fields\n");
		assertThat(uploadForm(part.repeat(10_000) + "--b--\r\n").body()).isEqualTo("no file");
	}

	@Test
	void whenPartIsLargerThanItSaysThenRequestIsBad() {
		String form = form("a.txt", "x".repeat(5000)).replace("Content-Type: text",
				"Content-Length: 10\r\nContent-Type: text");
		assertThat(uploadForm(form).statusCode()).isEqualTo(400);
	}

	@Test
	void whenTypeIsWrittenInCapitalsThenFormIsRead() {
		var response = this.http.send(this.http.request("/upload")
			.header("Content-Type", "Multipart/Form-Data; boundary=b")
			.POST(BodyPublishers.ofString(form("capitals.txt", "hello")))
			.build());
		assertThat(response.body()).isEqualTo("[ann] f capitals.txt text/plain 5 true hello");
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void whenFileCannotBeStoredThenServerIsToBlame(CapturedOutput output) {
		try (HttpFixture http = startWith(directory.resolve("missing"))) {
			var response = upload(http, "/upload", "large.txt", "x".repeat(500_000));
			assertThat(response.statusCode()).isEqualTo(500);
			assertThat(response.body()).isEqualTo("the form could not be stored\n");
			assertThat(upload(http, "/upload", "after.txt", "hello").statusCode()).isEqualTo(200);
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains(" ERROR "))).singleElement()
			.asString()
			.contains("POST /upload")
			.contains("was not stored");
	}

	@Test
	void whenFilesAreStoredThenNothingIsLeftBesideThem(@TempDir Path uploads) throws IOException {
		try (HttpFixture http = startWith(uploads)) {
			http.bean(Handlers.class).uploads = uploads;
			assertThat(upload(http, "/stored", "large.txt", "x".repeat(5000)).body()).isEqualTo("1");
			assertThat(upload(http, "/stored", "small.txt", "hello").body()).isEqualTo("0");
			await().untilAsserted(() -> assertThat(uploads).isEmptyDirectory());
		}
	}

	@Test
	void whenUploadedFileIsPrintedThenItTellsWhatItIs() {
		upload("printed.txt", "hello");
		assertThat(this.http.bean(Handlers.class).printed).isEqualTo("f: printed.txt, 5 bytes, text/plain");
	}

	@Test
	void whenClientLeavesHalfWayThenNothingStays() {
		try (RawSocket socket = this.http.connect()) {
			socket.write("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n"
					+ "Content-Length: 500000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n"
					+ "z".repeat(50_000));
		}
		await().until(() -> this.http.server().connectionCount() == 0);
		assertThat(upload("next.txt", "hello").statusCode()).isEqualTo(200);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void whenClientsResetHalfWayThenNothingIsSaidAndNothingStays(CapturedOutput output, @TempDir Path uploads)
			throws IOException {
		try (HttpFixture http = startWith(uploads)) {
			String half = "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n"
					+ "Content-Length: 900000\r\n\r\n--b\r\n"
					+ "Content-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n" + "z".repeat(100_000);
			for (int client = 0; client < 300; client++) {
				try (RawSocket socket = http.connect()) {
					socket.socket().setSoLinger(true, 0);
					socket.write(half.substring(0, half.length() - client * 300));
				}
			}
			await().until(() -> http.server().connectionCount() == 0);
			await().untilAsserted(() -> assertThat(uploads).isEmptyDirectory());
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains(" ERROR ") || line.contains(" WARN ")))
			.isEmpty();
	}

	private static boolean readable(UploadedFile file) {
		try {
			return file.bytes().length != 0;
		}
		catch (IOException | RuntimeException ex) {
			return false;
		}
	}

	/* The directory of temporary files is looked up when a server starts. */
	private static HttpFixture startWith(Path uploads) {
		String before = System.setProperty("java.io.tmpdir", uploads.toString());
		try {
			return HttpFixture.start(Handlers.class, "servers.web.http.upload-threshold=1KB",
					"servers.web.max-message-size=1MB");
		}
		finally {
			System.setProperty("java.io.tmpdir", before);
		}
	}

	private static java.net.http.HttpResponse<String> upload(HttpFixture http, String path, String fileName,
			String content) {
		return http.send(http.request(path)
			.header("Content-Type", "multipart/form-data; boundary=b")
			.POST(BodyPublishers.ofString(form(fileName, content)))
			.build());
	}

	private java.net.http.HttpResponse<String> upload(String fileName, String content) {
		return upload(this.http, "/upload", fileName, content);
	}

	private java.net.http.HttpResponse<String> uploadForm(String form) {
		return this.http.send(this.http.request("/upload")
			.header("Content-Type", "multipart/form-data; boundary=b")
			.POST(BodyPublishers.ofString(form))
			.build());
	}

	private static String form(String fileName, String content) {
		return "--b\r\nContent-Disposition: form-data; name=\"user\"\r\n\r\nann\r\n"
				+ "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" + fileName
				+ "\"\r\nContent-Type: text/plain\r\n\r\n" + content + "\r\n--b--\r\n";
	}

	static class Handlers {

		volatile UploadedFile last;

		volatile String printed;

		volatile Path uploads;

		@Blocking
		@OnRequest(path = "/upload", method = "POST")
		String upload(HttpRequest request) throws IOException {
			List<String> users = request.form().all("user");
			UploadedFile file = request.file("f");
			if (file == null) {
				throw new HttpException(400, "no file");
			}
			String text = users + " " + file.name() + " " + file.fileName() + " " + file.contentType() + " "
					+ file.size() + " " + file.isInMemory() + " " + new String(file.bytes());
			this.printed = file.toString();
			file.transferTo(directory.resolve(file.fileName()));
			return text;
		}

		@Blocking
		@OnRequest(path = "/stored", method = "POST")
		String stored() throws IOException {
			try (Stream<Path> files = Files.list(this.uploads)) {
				return String.valueOf(files.count());
			}
		}

		@Blocking
		@OnRequest("/keep")
		String keep(HttpRequest request) {
			this.last = request.files().get(0);
			return String.valueOf(this.last.size());
		}

	}

}
