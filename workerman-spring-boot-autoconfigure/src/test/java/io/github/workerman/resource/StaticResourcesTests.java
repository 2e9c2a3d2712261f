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
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import io.github.workerman.resource.ResourceContent.FileContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link StaticResources}: what is found and what is not.
 */
class StaticResourcesTests extends ResourceFixture {

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
	void whenOwnHeaderFieldsAreKnownOnesThenThereIsOneOfEach() throws IOException {
		Files.writeString(this.root.resolve("a.txt.gz"), "zipped");
		this.resources = StaticResources.create(
				new StaticResourcesSettings(List.of("file:" + this.root), "/", "index.html", Duration.ofHours(1),
						Map.of("cache-control", "public", "vary", "Origin", "etag", "\"own\"")),
				getClass().getClassLoader());
		assertThat(get("/a.txt").headers()).containsEntry("Cache-Control", "public")
			.containsEntry("Vary", "Origin, Accept-Encoding")
			.containsEntry("ETag", "\"own\"")
			.doesNotContainKeys("cache-control", "vary", "etag");
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

	@Test
	void whenOptionsAreAskedForThenTheyAreNamed() {
		ResourceAnswer answer = request("OPTIONS", "/a.txt");
		assertThat(answer.status()).isEqualTo(204);
		assertThat(answer.headers()).containsExactly(Map.entry("Allow", "GET, HEAD, OPTIONS"));
		assertThat(request("OPTIONS", "/none")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "DELETE", "TRACE", "get" })
	void whenMethodIsAnotherThenIsNotAllowed(String method) {
		ResourceAnswer answer = request(method, "/a.txt");
		assertThat(answer.status()).isEqualTo(405);
		assertThat(answer.headers()).containsEntry("Allow", "GET, HEAD, OPTIONS");
		assertThat(request(method, "/none")).isNull();
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
