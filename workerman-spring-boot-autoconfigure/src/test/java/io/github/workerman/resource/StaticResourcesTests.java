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

package io.github.workerman.resource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import io.github.workerman.resource.ResourceContent.FileContent;
import io.github.workerman.resource.ResourceContent.MemoryContent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link StaticResources}.
 */
class StaticResourcesTests {

	private static final Instant CHANGED = Instant.parse("2026-01-02T03:04:05Z");

	private static final String CHANGED_DATE = "Fri, 02 Jan 2026 03:04:05 GMT";

	@TempDir
	Path temporary;

	private Path root;

	private StaticResources resources;

	@BeforeEach
	void createFiles() throws IOException {
		this.root = Files.createDirectory(this.temporary.resolve("www"));
		write("index.html", "<h1>welcome</h1>");
		write("a.txt", "0123456789");
		Files.createDirectory(this.root.resolve("dir"));
		write("dir/index.html", "in dir");
		Files.createDirectory(this.root.resolve("bare"));
		write("bare/b.txt", "b");
		Files.writeString(this.temporary.resolve("secret.txt"), "secret");
		this.resources = create(null, "/");
	}

	private StaticResources create(Duration maxAge, String path) {
		return StaticResources.create(new StaticResourcesSettings(List.of("file:" + this.root), path, "index.html",
				maxAge, Map.of("X-Own", "yes")), getClass().getClassLoader());
	}

	private void write(String name, String content) throws IOException {
		Path file = this.root.resolve(name);
		Files.writeString(file, content);
		Files.setLastModifiedTime(file, FileTime.from(CHANGED));
	}

	private ResourceAnswer get(String path, String... headers) {
		return request("GET", path, headers);
	}

	private ResourceAnswer request(String method, String path, String... headers) {
		Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (int i = 0; i < headers.length; i += 2) {
			all.put(headers[i], headers[i + 1]);
		}
		return this.resources.answer(method, path, all::get);
	}

	private static String body(ResourceAnswer answer) throws IOException {
		byte[] bytes = (answer.content() instanceof FileContent file) ? Files.readAllBytes(file.path())
				: ((MemoryContent) answer.content()).bytes();
		return new String(bytes, (int) answer.offset(), (int) answer.length());
	}

	@Test
	void whenFileIsThereThenIsAnsweredWithTypeSizeAndVersion() throws IOException {
		ResourceAnswer answer = get("/a.txt");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(body(answer)).isEqualTo("0123456789");
		assertThat(answer.headers()).containsEntry("Content-Type", "text/plain;charset=utf-8")
			.containsEntry("Content-Length", "10")
			.containsEntry("Last-Modified", CHANGED_DATE)
			.containsEntry("Accept-Ranges", "bytes")
			.containsEntry("Cache-Control", "no-cache")
			.containsEntry("X-Own", "yes")
			.containsEntry("X-Content-Type-Options", "nosniff")
			.doesNotContainKeys("Vary", "Content-Encoding", "Content-Range");
		assertThat(answer.headers().get("ETag")).matches("\"[0-9a-f]+-a\"");
	}

	@Test
	void whenMaxAgeIsSetThenCopiesMayBeUsedForThatLong() {
		this.resources = create(Duration.ofHours(1), "/");
		assertThat(get("/a.txt").headers()).containsEntry("Cache-Control", "max-age=3600");
	}

	@Test
	void whenDirectoryHasAWelcomePageThenItIsTheAnswer() throws IOException {
		assertThat(body(get("/"))).isEqualTo("<h1>welcome</h1>");
		assertThat(body(get("/dir/"))).isEqualTo("in dir");
		ResourceAnswer redirect = get("/dir");
		assertThat(redirect.status()).isEqualTo(308);
		assertThat(redirect.headers()).containsEntry("Location", "/dir/");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/bare", "/bare/", "/none.txt", "/a.txt/", "/a.txt/b", "/dir/none/", "/../secret.txt",
			"/%2e%2e/secret.txt", "/dir/../../secret.txt", "/..%5csecret.txt" })
	void whenNothingIsThereThenThereIsNoAnswer(String path) {
		assertThat(get(path)).isNull();
	}

	@Test
	void whenPathHasAPrefixThenOnlyWhatIsBelowIsServed() throws IOException {
		this.resources = create(null, "/files/");
		assertThat(body(get("/files/a.txt"))).isEqualTo("0123456789");
		assertThat(get("/files").headers()).containsEntry("Location", "/files/");
		assertThat(get("/a.txt")).isNull();
		assertThat(get("/filesa.txt")).isNull();
		assertThat(get("/files/../files/a.txt")).isNull();
	}

	@Test
	void whenSymbolicLinkLeavesTheLocationThenThereIsNoAnswer() throws IOException {
		Files.createSymbolicLink(this.root.resolve("out.txt"), this.temporary.resolve("secret.txt"));
		Files.createSymbolicLink(this.root.resolve("outdir"), this.temporary);
		assertThat(get("/out.txt")).isNull();
		assertThat(get("/outdir/secret.txt")).isNull();
	}

	@Test
	void whenSymbolicLinkStaysInTheLocationThenIsFollowedToWhatIsVisible() throws IOException {
		write(".hidden", "hidden");
		Files.createSymbolicLink(this.root.resolve("link.txt"), this.root.resolve("a.txt"));
		Files.createSymbolicLink(this.root.resolve("seen.txt"), this.root.resolve(".hidden"));
		assertThat(body(get("/link.txt"))).isEqualTo("0123456789");
		assertThat(get("/seen.txt")).isNull();
		assertThat(get("/.hidden")).isNull();
	}

	@Test
	void whenLocationItselfIsALinkThenIsServed() throws IOException {
		Path link = Files.createSymbolicLink(this.temporary.resolve("current"), this.root);
		this.resources = StaticResources.create(
				new StaticResourcesSettings(List.of("file:" + link), "/", "index.html", null, Map.of()),
				getClass().getClassLoader());
		assertThat(body(get("/a.txt"))).isEqualTo("0123456789");
	}

	@Test
	void whenFileIsNoRegularFileThenThereIsNoAnswer() throws Exception {
		Path fifo = this.root.resolve("fifo");
		assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
		assertThat(get("/fifo")).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "bytes=0-3,0,4,bytes 0-3/10", "bytes=5-,5,5,bytes 5-9/10", "bytes=-3,7,3,bytes 7-9/10",
			"bytes=9-100,9,1,bytes 9-9/10", "bytes=-100,0,10,bytes 0-9/10", "BYTES=1-1,1,1,bytes 1-1/10" })
	void whenPartIsAskedForThenIsSent(String range, long offset, long length, String contentRange) {
		ResourceAnswer answer = get("/a.txt", "Range", range);
		assertThat(answer.status()).isEqualTo(206);
		assertThat(answer.offset()).isEqualTo(offset);
		assertThat(answer.length()).isEqualTo(length);
		assertThat(answer.headers()).containsEntry("Content-Range", contentRange)
			.containsEntry("Content-Length", String.valueOf(length));
	}

	@ParameterizedTest
	@ValueSource(strings = { "bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999-" })
	void whenPartIsNotThereThenSaysSo(String range) {
		ResourceAnswer answer = get("/a.txt", "Range", range);
		assertThat(answer.status()).isEqualTo(416);
		assertThat(answer.content()).isNull();
		assertThat(answer.headers()).containsEntry("Content-Range", "bytes */10").containsEntry("Content-Length", "0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "bytes=0-1,3-4", "bytes=3-1", "bytes=-", "bytes=a-b", "lines=0-1", "bytes 0-1", "",
			"bytes=0-99999999999999999999999" })
	void whenRangeIsNotUnderstoodThenAllIsSent(String range) {
		ResourceAnswer answer = get("/a.txt", "Range", range);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.length()).isEqualTo(10);
	}

	@Test
	void whenFileIsEmptyThenNoPartIsThere() throws IOException {
		write("empty.txt", "");
		assertThat(get("/empty.txt").length()).isZero();
		assertThat(get("/empty.txt", "Range", "bytes=0-").status()).isEqualTo(416);
	}

	@Test
	void whenClientHasAnotherVersionThenAllIsSentInsteadOfAPart() {
		String tag = get("/a.txt").headers().get("ETag");
		assertThat(get("/a.txt", "Range", "bytes=0-0", "If-Range", tag).status()).isEqualTo(206);
		assertThat(get("/a.txt", "Range", "bytes=0-0", "If-Range", CHANGED_DATE).status()).isEqualTo(206);
		assertThat(get("/a.txt", "Range", "bytes=0-0", "If-Range", "\"other\"").status()).isEqualTo(200);
		assertThat(get("/a.txt", "Range", "bytes=0-0", "If-Range", "W/" + tag).status()).isEqualTo(200);
		assertThat(get("/a.txt", "Range", "bytes=0-0", "If-Range", "Fri, 02 Jan 2026 03:04:04 GMT").status())
			.isEqualTo(200);
	}

	@Test
	void whenClientHasThisVersionThenNothingIsSent() {
		String tag = get("/a.txt").headers().get("ETag");
		for (String tags : List.of(tag, "\"x\", " + tag, "W/" + tag, "*")) {
			ResourceAnswer answer = get("/a.txt", "If-None-Match", tags);
			assertThat(answer.status()).as(tags).isEqualTo(304);
			assertThat(answer.content()).isNull();
			assertThat(answer.headers()).containsEntry("ETag", tag).containsKey("Cache-Control");
		}
		assertThat(get("/a.txt", "If-Modified-Since", CHANGED_DATE).status()).isEqualTo(304);
		assertThat(get("/a.txt", "If-Modified-Since", "Friday, 02-Jan-26 03:04:05 GMT").status()).isEqualTo(304);
		assertThat(get("/a.txt", "If-Modified-Since", "Fri Jan  2 03:04:05 2026").status()).isEqualTo(304);
	}

	@Test
	void whenClientHasAnotherVersionThenItIsSent() {
		assertThat(get("/a.txt", "If-None-Match", "\"other\"").status()).isEqualTo(200);
		assertThat(get("/a.txt", "If-None-Match", "\"other\"", "If-Modified-Since", CHANGED_DATE).status())
			.isEqualTo(200);
		assertThat(get("/a.txt", "If-Modified-Since", "Fri, 02 Jan 2026 03:04:04 GMT").status()).isEqualTo(200);
		assertThat(get("/a.txt", "If-Modified-Since", "Sunday, 06-Nov-94 08:49:37 GMT").status()).isEqualTo(200);
		assertThat(get("/a.txt", "If-Modified-Since", "yesterday").status()).isEqualTo(200);
	}

	@Test
	void whenConditionDoesNotHoldThenSaysSo() {
		String tag = get("/a.txt").headers().get("ETag");
		assertThat(get("/a.txt", "If-Match", "\"other\"").status()).isEqualTo(412);
		assertThat(get("/a.txt", "If-Match", "W/" + tag).status()).isEqualTo(412);
		assertThat(get("/a.txt", "If-Match", tag).status()).isEqualTo(200);
		assertThat(get("/a.txt", "If-Unmodified-Since", "Fri, 02 Jan 2026 03:04:04 GMT").status()).isEqualTo(412);
		assertThat(get("/a.txt", "If-Unmodified-Since", CHANGED_DATE).status()).isEqualTo(200);
	}

	@Test
	void whenFileChangesThenVersionDoes() throws IOException {
		String before = get("/a.txt").headers().get("ETag");
		Files.writeString(this.root.resolve("a.txt"), "9876543210");
		assertThat(get("/a.txt").headers().get("ETag")).isNotEqualTo(before);
	}

	@Test
	void whenOnlyTheHeadIsAskedForThenItIsThatOfTheWhole() {
		ResourceAnswer answer = request("HEAD", "/a.txt", "Range", "bytes=0-1");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.length()).isEqualTo(10);
		assertThat(answer.headers()).containsEntry("Content-Length", "10").doesNotContainKey("Content-Range");
	}

	@Test
	void whenACertainFileIsTheAnswerThenItMayBeAnywhere() throws IOException {
		Path hidden = Files.writeString(this.temporary.resolve(".report.csv"), "1,2");
		ResourceAnswer answer = StaticResources.answer(hidden, "GET", Map.of("Range", "bytes=2-")::get);
		assertThat(answer.status()).isEqualTo(206);
		assertThat(answer.headers()).containsEntry("Content-Type", "text/csv;charset=utf-8");
		assertThat(StaticResources.answer(this.temporary.resolve("none"), "GET", Map.<String, String>of()::get))
			.isNull();
		assertThat(StaticResources.answer(this.temporary, "GET", Map.<String, String>of()::get)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "DELETE", "TRACE", "get" })
	void whenMethodIsAnotherThenIsNotAllowed(String method) {
		ResourceAnswer answer = request(method, "/a.txt");
		assertThat(answer.status()).isEqualTo(405);
		assertThat(answer.headers()).containsEntry("Allow", "GET, HEAD");
		assertThat(request(method, "/none")).isNull();
	}

	@Test
	void whenEncodingsLieBesideTheFileThenTheBestAcceptedIsSent() throws IOException {
		write("s.js", "script");
		write("s.js.gz", "gzipped");
		write("s.js.br", "brotli!!");
		assertThat(body(get("/s.js"))).isEqualTo("script");
		assertThat(get("/s.js").headers()).containsEntry("Vary", "Accept-Encoding")
			.doesNotContainKey("Content-Encoding");
		ResourceAnswer brotli = get("/s.js", "Accept-Encoding", "gzip, deflate, br;q=0.5");
		assertThat(body(brotli)).isEqualTo("brotli!!");
		assertThat(brotli.headers()).containsEntry("Content-Encoding", "br")
			.containsEntry("Content-Type", "text/javascript;charset=utf-8")
			.containsEntry("Content-Length", "8");
		ResourceAnswer gzip = get("/s.js", "Accept-Encoding", "br;q=0, *");
		assertThat(body(gzip)).isEqualTo("gzipped");
		assertThat(gzip.headers().get("ETag")).isNotEqualTo(brotli.headers().get("ETag"));
		assertThat(get("/s.js", "Accept-Encoding", "br", "If-None-Match", gzip.headers().get("ETag")).status())
			.isEqualTo(200);
	}

	@Test
	void whenEncodingIsOlderThanTheFileThenIsNotSent() throws IOException {
		write("s.js", "script");
		write("s.js.gz", "gzipped");
		Files.setLastModifiedTime(this.root.resolve("s.js.gz"), FileTime.from(CHANGED.minusSeconds(2)));
		assertThat(body(get("/s.js", "Accept-Encoding", "gzip"))).isEqualTo("script");
	}

	@ParameterizedTest
	@CsvSource({ "x.html,text/html;charset=utf-8", "x.CSS,text/css;charset=utf-8",
			"x.mjs,text/javascript;charset=utf-8", "x.svg,image/svg+xml;charset=utf-8", "x.png,image/png",
			"x.json,application/json", "x.wasm,application/wasm", "x.tar.gz,application/gzip",
			"x.unknown,application/octet-stream", "html,application/octet-stream",
			"x.webmanifest,application/manifest+json;charset=utf-8" })
	void whenFileHasAnExtensionThenTypeIsKnown(String name, String type) throws IOException {
		write(name, "");
		assertThat(get("/" + name).headers()).containsEntry("Content-Type", type);
	}

	@Test
	void whenFirstLocationHasTheFileThenItWins() throws IOException {
		Path other = Files.createDirectory(this.temporary.resolve("other"));
		Files.writeString(other.resolve("a.txt"), "other");
		Files.writeString(other.resolve("only.txt"), "only");
		this.resources = StaticResources
			.create(new StaticResourcesSettings(List.of("file:" + this.root, "file:" + other), "/", "index.html", null,
					Map.of()), getClass().getClassLoader());
		assertThat(body(get("/a.txt"))).isEqualTo("0123456789");
		assertThat(body(get("/only.txt"))).isEqualTo("only");
	}

	@Test
	void whenResourceIsInAnArchiveThenIsAnswered() throws IOException {
		Path jar = this.temporary.resolve("pages.jar");
		try (OutputStream out = Files.newOutputStream(jar); JarOutputStream archive = new JarOutputStream(out)) {
			for (String name : List.of("pages/", "pages/index.html", "pages/sub/", "pages/sub/index.html", "top.txt")) {
				JarEntry entry = new JarEntry(name);
				entry.setLastModifiedTime(FileTime.from(CHANGED));
				archive.putNextEntry(entry);
				archive.write(name.endsWith("/") ? new byte[0] : name.getBytes());
				archive.closeEntry();
			}
		}
		try (URLClassLoader loader = new URLClassLoader(new URL[] { jar.toUri().toURL() }, null)) {
			this.resources = StaticResources.create(
					new StaticResourcesSettings(List.of("classpath:/pages/"), "/", "index.html", null, Map.of()),
					loader);
			ResourceAnswer answer = get("/");
			assertThat(body(answer)).isEqualTo("pages/index.html");
			assertThat(answer.headers()).containsKeys("ETag", "Last-Modified");
			assertThat(get("/index.html", "If-None-Match", answer.headers().get("ETag")).status()).isEqualTo(304);
			assertThat(get("/sub").headers()).containsEntry("Location", "/sub/");
			assertThat(body(get("/sub/", "Range", "bytes=6-8"))).isEqualTo("sub");
			assertThat(get("/none")).isNull();
			assertThat(get("/../top.txt")).isNull();
			assertThat(get("/%2e%2e/top.txt")).isNull();
		}
	}

	@Test
	void whenClassPathDirectoryLiesOnTheDiskThenFilesAreServed() throws IOException {
		try (URLClassLoader loader = new URLClassLoader(new URL[] { this.temporary.toUri().toURL() }, null)) {
			this.resources = StaticResources.create(
					new StaticResourcesSettings(List.of("classpath:www"), "/", "index.html", null, Map.of()), loader);
			assertThat(get("/a.txt").content()).isInstanceOf(FileContent.class);
		}
	}

	@ParameterizedTest
	@CsvSource({ "classpath:/, whole class path", "classpath:/none/, does not exist",
			"file:/does/not/exist, is not a directory", "/srv/www, neither on the class path nor a directory",
			"http://example.com/, neither on the class path" })
	void whenLocationCannotBeUsedThenSaysWhatToDo(String location, String message) {
		assertThatExceptionOfType(ResourceLocationException.class)
			.isThrownBy(() -> StaticResources.create(
					new StaticResourcesSettings(List.of(location), "/", "index.html", null, Map.of()),
					getClass().getClassLoader()))
			.withMessageContaining(location)
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.action()).isNotEmpty());
	}

	@Test
	void whenFileMayNotBeReadThenThereIsNoAnswer() throws IOException {
		Files.setPosixFilePermissions(this.root.resolve("a.txt"), PosixFilePermissions.fromString("---------"));
		// The superuser may read it all the same.
		assertThat(get("/a.txt") != null).isEqualTo(Files.isReadable(this.root.resolve("a.txt")));
	}

	@Test
	void whenFileChangesThenNextAnswerIsOfTheNewOne() throws IOException {
		String tag = get("/a.txt").headers().get("ETag");
		assertThat(get("/a.txt").headers()).containsEntry("ETag", tag);
		Files.writeString(this.root.resolve("a.txt"), "other");
		assertThat(body(get("/a.txt"))).isEqualTo("other");
		assertThat(get("/a.txt").headers().get("ETag")).isNotEqualTo(tag);
		Files.delete(this.root.resolve("a.txt"));
		assertThat(get("/a.txt")).isNull();
		write("a.txt", "again");
		assertThat(body(get("/a.txt"))).isEqualTo("again");
	}

	@Test
	void whenEncodingComesOrGoesThenThatIsNoticed() throws IOException {
		assertThat(get("/a.txt", "Accept-Encoding", "gzip").headers()).doesNotContainKey("Content-Encoding");
		write("a.txt.gz", "gzip");
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(get("/a.txt", "Accept-Encoding", "gzip").headers())
				.containsEntry("Content-Encoding", "gzip"));
		Files.delete(this.root.resolve("a.txt.gz"));
		assertThat(body(get("/a.txt", "Accept-Encoding", "gzip"))).isEqualTo("0123456789");
	}

	@Test
	void whenFileOrDirectoryBecomesLinkToTheOutsideThenItIsNotFollowed() throws IOException {
		assertThat(get("/a.txt")).isNotNull();
		Files.delete(this.root.resolve("a.txt"));
		Files.createSymbolicLink(this.root.resolve("a.txt"), this.temporary.resolve("secret.txt"));
		assertThat(get("/a.txt")).isNull();
		Path outside = Files.createDirectory(this.temporary.resolve("outside"));
		assertThat(get("/bare/b.txt")).isNotNull();
		Files.move(this.root.resolve("bare/b.txt"), outside.resolve("b.txt"));
		Files.delete(this.root.resolve("bare"));
		Files.createSymbolicLink(this.root.resolve("bare"), outside);
		await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(get("/bare/b.txt")).isNull());
	}

}
