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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import io.github.workerman.annotation.Blocking;
import io.github.workerman.annotation.OnRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import static io.github.workerman.testsupport.Programs.output;
import static io.github.workerman.testsupport.Programs.program;
import static io.github.workerman.testsupport.Programs.start;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An http server with curl as its client.
 */
@Timeout(60)
class CurlTests {

	private static final Sinks.Many<String> TICKS = Sinks.many().replay().all();

	@TempDir
	private static Path site;

	private static HttpFixture http;

	private static byte[] large;

	@TempDir
	Path directory;

	private String curl;

	@BeforeAll
	static void startServer() throws IOException {
		large = new byte[3_000_000];
		new Random(1).nextBytes(large);
		Files.write(site.resolve("large.bin"), large);
		String script = "console.log('hello');\n".repeat(1000);
		Files.writeString(site.resolve("app.js"), script);
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
			gzip.write(script.getBytes(StandardCharsets.UTF_8));
		}
		Files.write(site.resolve("app.js.gz"), packed.toByteArray());
		http = HttpFixture.start(Handlers.class, "servers.web.static.location=file:" + site,
				"servers.web.static.path=/files/", "servers.web.max-message-size=8MB",
				"servers.web.http.upload-threshold=64KB");
	}

	@AfterAll
	static void stopServer() {
		http.close();
	}

	@BeforeEach
	void findCurl() {
		this.curl = program("curl");
	}

	@Test
	void whenRangesAreWantedThenTheyCome() throws IOException {
		Path part = this.directory.resolve("part");
		assertThat(curl("-r", "1000-1999", "-o", part, "-w", "%{http_code} %header{content-range}", "/files/large.bin"))
			.isEqualTo("206 bytes 1000-1999/3000000");
		assertThat(Files.readAllBytes(part)).isEqualTo(Arrays.copyOfRange(large, 1000, 2000));
		assertThat(curl("-r", "-500", "-o", part, "-w", "%{http_code}", "/files/large.bin")).isEqualTo("206");
		assertThat(Files.readAllBytes(part)).isEqualTo(Arrays.copyOfRange(large, 2_999_500, 3_000_000));
		assertThat(curl("-r", "3000000-", "-o", part, "-w", "%{http_code} %header{content-range}", "/files/large.bin"))
			.isEqualTo("416 bytes */3000000");
		assertThat(curl("-r", "0-1,5-6", "-o", part, "-w", "%{http_code}", "/files/large.bin")).isEqualTo("200");
		assertThat(Files.readAllBytes(part)).isEqualTo(large);
	}

	@Test
	void whenDownloadBrokeOffThenItIsResumed() throws IOException {
		Path file = this.directory.resolve("large.bin");
		Files.write(file, Arrays.copyOf(large, 1_234_567));
		assertThat(curl("-C", "-", "-o", file, "-w", "%{http_code}", "/files/large.bin")).isEqualTo("206");
		assertThat(Files.readAllBytes(file)).isEqualTo(large);
	}

	@Test
	void whenOnlyTheHeadIsAskedForThenItIsThatOfTheWholeAnswer() {
		assertThat(curl("-I", "/files/large.bin")).startsWith("HTTP/1.1 200 OK\r\n")
			.containsIgnoringCase("content-length: 3000000\r\n")
			.containsIgnoringCase("accept-ranges: bytes\r\n")
			.endsWith("\r\n\r\n");
		assertThat(curl("-I", "/hello?name=x")).startsWith("HTTP/1.1 200 OK\r\n")
			.containsIgnoringCase("content-length: 7\r\n")
			.endsWith("\r\n\r\n");
	}

	@Test
	void whenCopyIsFreshThenNothingIsSentAgain() throws IOException {
		Path file = this.directory.resolve("app.js");
		Path tag = this.directory.resolve("etag");
		assertThat(curl("--etag-save", tag, "--etag-compare", tag, "-R", "-o", file, "-w", "%{http_code}",
				"/files/app.js"))
			.isEqualTo("200");
		assertThat(Files.readString(tag)).startsWith("\"");
		assertThat(curl("--etag-compare", tag, "-w", "%{http_code} %{size_download}", "/files/app.js"))
			.isEqualTo("304 0");
		assertThat(curl("-z", file, "-w", "%{http_code} %{size_download}", "/files/app.js")).isEqualTo("304 0");
		assertThat(curl("-z", "1 Jan 2020", "-o", file, "-w", "%{http_code}", "/files/app.js")).isEqualTo("200");
		Files.writeString(tag, "\"other\"");
		assertThat(curl("--etag-compare", tag, "-o", file, "-w", "%{http_code}", "/files/app.js")).isEqualTo("200");
	}

	@Test
	void whenClientTakesCompressedAnswersThenItGetsOne() throws IOException {
		Path file = this.directory.resolve("app.js");
		assertThat(curl("--compressed", "-o", file, "-w", "%header{content-encoding} %header{vary}", "/files/app.js"))
			.containsIgnoringCase("gzip accept-encoding");
		assertThat(Files.readString(file)).isEqualTo(Files.readString(site.resolve("app.js")));
		assertThat(curl("-o", file, "-w", "[%header{content-encoding}]", "/files/app.js")).isEqualTo("[]");
		assertThat(Files.readString(file)).isEqualTo(Files.readString(site.resolve("app.js")));
	}

	@Test
	void whenFormHasFilesThenTheyAreRead() throws IOException {
		Path small = Files.writeString(this.directory.resolve("small.txt"), "hello");
		Path big = Files.write(this.directory.resolve("big.bin"), Arrays.copyOf(large, 1_000_000));
		assertThat(curl("-F", "user=änn", "-F", "f=@" + small, "-F",
				"g=@" + big + ";filename=../../evil.bin;type=image/png", "/form"))
			.isEqualTo("änn; f small.txt text/plain 5 true; g evil.bin image/png 1000000 false "
					+ Arrays.hashCode(Files.readAllBytes(big)));
		assertThat(curl("--data-urlencode", "user=a&b c", "-d", "user=second", "/form")).isEqualTo("a&b c,second");
	}

	@Test
	void whenFileIsPutThenItIsTheBody() throws IOException {
		Path file = Files.write(this.directory.resolve("large.bin"), large);
		String expected = "PUT 3000000 " + Arrays.hashCode(large);
		assertThat(curl("-T", file, "/put")).isEqualTo(expected + " 3000000 null");
		assertThat(curl("-T", file, "-H", "Transfer-Encoding: chunked", "/put")).isEqualTo(expected + " null chunked");
	}

	@Test
	void whenClientWaitsForPermissionThenItIsToldToGoOn() throws IOException {
		Path file = Files.write(this.directory.resolve("large.bin"), large);
		// Without the answer curl would wait for the time given.
		String output = curl("-v", "-H", "Expect: 100-continue", "--expect100-timeout", "60", "-T", file, "/put");
		assertThat(output).contains("< HTTP/1.1 100 Continue").contains("PUT 3000000 " + Arrays.hashCode(large));
	}

	@Test
	void whenBodyIsTooLargeThenItIsRefusedBeforeItIsSent() throws IOException {
		Path file = Files.write(this.directory.resolve("huge.bin"), new byte[9_000_000]);
		String output = curl("-H", "Expect: 100-continue", "--expect100-timeout", "60", "-T", file, "-o", "/dev/null",
				"-w", "%{http_code} %{size_upload}", "/put");
		assertThat(output).isEqualTo("413 0");
	}

	@Test
	void whenTwoAddressesAreAskedForThenOneConnectionServesBoth() {
		String output = curl("-w", " %{num_connects} %{local_port}\n", "/hello?name=a", "/hello?name=b");
		String[] lines = output.split("\n");
		assertThat(lines).hasSize(2);
		assertThat(lines[0]).startsWith("hello a 1 ");
		assertThat(lines[1]).isEqualTo("hello b 0 " + lines[0].substring("hello a 1 ".length()));
		assertThat(curl("-H", "Connection: close", "-w", " %{num_connects}\n", "/hello?name=a", "/hello?name=b"))
			.isEqualTo("hello a 1\nhello b 1\n");
		assertThat(curl("--http1.0", "-w", " %{num_connects}\n", "/hello?name=a", "/hello?name=b"))
			.isEqualTo("hello a 1\nhello b 1\n");
	}

	@Test
	void whenEventsComeThenTheyAreSeenAtOnce() throws Exception {
		Process process = start(this.curl, "-sS", "-N", "--max-time", "30", http.uri("/events").toString());
		try {
			for (int i = 0; i < 3; i++) {
				TICKS.tryEmitNext("tick " + i).orThrow();
				String expected = "id: " + i + "\ndata: tick " + i + "\n\n";
				byte[] event = process.getInputStream().readNBytes(expected.length());
				assertThat(new String(event, StandardCharsets.UTF_8)).isEqualTo(expected);
			}
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	void whenAnswerIsAStreamThenItsChunksAreJoined() {
		assertThat(curl("/stream")).isEqualTo("0,1,2,3,4,");
		assertThat(curl("--raw", "/stream"))
			.isEqualTo("2\r\n0,\r\n2\r\n1,\r\n2\r\n2,\r\n2\r\n3,\r\n2\r\n4,\r\n0\r\n\r\n");
	}

	@Test
	void whenSomethingIsWrongThenTheStatusSaysSo() {
		String status = "%{http_code}";
		assertThat(curl("-o", "/dev/null", "-w", status, "/files/missing")).isEqualTo("404");
		assertThat(curl("-o", "/dev/null", "-w", status, "--path-as-is", "/files/../../etc/passwd")).isEqualTo("404");
		assertThat(curl("-o", "/dev/null", "-w", status, "-X", "DELETE", "/hello")).isEqualTo("405");
		assertThat(curl("-o", "/dev/null", "-w", status, "/fail")).isEqualTo("500");
		assertThat(curl("-o", "/dev/null", "-w", status, "/teapot")).isEqualTo("418");
		assertThat(curl("-o", "/dev/null", "-w", status, "-H", "Host:", "/hello")).isEqualTo("400");
		assertThat(curl("-o", "/dev/null", "-w", status, "/" + "x".repeat(9000))).isEqualTo("414");
		assertThat(curl("-o", "/dev/null", "-w", status, "-H", "X: " + "x".repeat(20_000), "/hello")).isEqualTo("431");
		assertThat(curl("-o", "/dev/null", "-w", status, "-H", "Content-Length: 5", "-H", "Transfer-Encoding: chunked",
				"-d", "hello", "/put"))
			.isEqualTo("400");
		assertThat(curl("-o", "/dev/null", "-w", status + " %{redirect_url}", "/away"))
			.isEqualTo("302 " + http.uri("/hello"));
		assertThat(curl("-L", "/away")).isEqualTo("hello null");
	}

	/* Arguments that begin with a slash, other than paths of files, are addresses. */
	private String curl(Object... arguments) {
		List<String> command = new ArrayList<>(List.of(this.curl, "-sS", "--http1.1", "--max-time", "30"));
		for (Object argument : arguments) {
			String text = argument.toString();
			boolean address = argument instanceof String && text.startsWith("/") && !text.startsWith("/dev/");
			command.add(address ? "http://127.0.0.1:" + http.port() + text : text);
		}
		return output(command.toArray(String[]::new));
	}

	static class Handlers {

		@OnRequest(path = "/hello", method = "GET")
		String hello(HttpRequest request) {
			return "hello " + request.query("name");
		}

		@Blocking
		@OnRequest(path = "/form", method = "POST")
		String form(HttpRequest request) throws IOException {
			StringBuilder text = new StringBuilder(String.join(",", request.form().all("user")));
			for (UploadedFile file : request.files()) {
				text.append("; ")
					.append(file.name())
					.append(' ')
					.append(file.fileName())
					.append(' ')
					.append(file.contentType())
					.append(' ')
					.append(file.size())
					.append(' ')
					.append(file.isInMemory());
				if (!file.isInMemory()) {
					text.append(' ').append(Arrays.hashCode(file.bytes()));
				}
			}
			return text.toString();
		}

		@OnRequest(path = "/put", method = "PUT")
		String put(HttpRequest request) {
			return request.method() + " " + request.bytes().length + " " + Arrays.hashCode(request.bytes()) + " "
					+ request.header("content-length") + " " + request.header("transfer-encoding");
		}

		@OnRequest("/events")
		Flux<ServerSentEvent> events() {
			return TICKS.asFlux().index().map((tick) -> ServerSentEvent.of(tick.getT2()).withId("" + tick.getT1()));
		}

		@OnRequest("/stream")
		Flux<String> stream() {
			return Flux.interval(Duration.ofMillis(1)).take(5).map((n) -> n + ",");
		}

		@OnRequest("/fail")
		String fail() {
			throw new IllegalStateException("expected");
		}

		@OnRequest("/teapot")
		String teapot() {
			throw new HttpException(418, "teapot");
		}

		@OnRequest("/away")
		HttpResponse away() {
			return HttpResponse.redirect("/hello");
		}

	}

}
