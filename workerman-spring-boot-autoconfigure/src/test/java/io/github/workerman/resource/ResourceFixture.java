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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.workerman.resource.ResourceContent.FileContent;
import io.github.workerman.resource.ResourceContent.MemoryContent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A directory with a few files, and requests for them.
 */
abstract class ResourceFixture {

	static final Instant CHANGED = Instant.parse("2026-01-02T03:04:05Z");

	static final String CHANGED_DATE = "Fri, 02 Jan 2026 03:04:05 GMT";

	@TempDir
	Path temporary;

	Path root;

	StaticResources resources;

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

	StaticResources create(Duration maxAge, String path) {
		return StaticResources.create(new StaticResourcesSettings(List.of("file:" + this.root), path, "index.html",
				maxAge, Map.of("X-Own", "yes")), getClass().getClassLoader());
	}

	void write(String name, String content) throws IOException {
		Path file = this.root.resolve(name);
		Files.writeString(file, content);
		Files.setLastModifiedTime(file, FileTime.from(CHANGED));
	}

	ResourceAnswer get(String path, String... headers) {
		return request("GET", path, headers);
	}

	ResourceAnswer request(String method, String path, String... headers) {
		Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (int i = 0; i < headers.length; i += 2) {
			all.put(headers[i], headers[i + 1]);
		}
		return this.resources.answer(method, path, all::get);
	}

	static String body(ResourceAnswer answer) throws IOException {
		byte[] bytes = (answer.content() instanceof FileContent file) ? Files.readAllBytes(file.path())
				: ((MemoryContent) answer.content()).bytes();
		return new String(bytes, (int) answer.offset(), (int) answer.length());
	}

}
