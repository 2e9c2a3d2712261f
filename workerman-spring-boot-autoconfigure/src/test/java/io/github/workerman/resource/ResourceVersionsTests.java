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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Parts, versions and encodings of files.
 */
class ResourceVersionsTests extends ResourceFixture {

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
		ResourceAnswer gzip = get("/s.js", "Accept-Encoding", "br;\tq=0, *");
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

}
