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
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import io.github.workerman.annotation.OnRequest;
import io.github.workerman.annotation.PathParam;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A file that does not fit into any buffer, and what has to arrive of it.
 */
final class LargeFile {

	static final String NAME = "large.bin";

	static final int SIZE = 3_000_000;

	private final byte[] bytes = new byte[SIZE];

	/**
	 * Creates the file.
	 */
	LargeFile(Path directory) {
		new Random(1).nextBytes(this.bytes);
		try {
			Files.write(directory.resolve(NAME), this.bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Fetches it as a whole and in part.
	 */
	void assertArrives(HttpClient client, java.net.http.HttpRequest.Builder request)
			throws IOException, InterruptedException {
		HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
		assertThat(response.version()).isEqualTo(client.version());
		assertThat(response.headers().firstValue("content-length")).contains("" + SIZE);
		assertThat(response.body()).isEqualTo(this.bytes);
		response = client.send(request.header("Range", "bytes=1000-1200999").build(), BodyHandlers.ofByteArray());
		assertThat(response.statusCode()).isEqualTo(206);
		assertThat(response.body()).isEqualTo(Arrays.copyOfRange(this.bytes, 1000, 1_201_000));
	}

	/**
	 * Handlers that send files and take bodies.
	 */
	abstract static class Handlers {

		private final Path directory;

		Handlers(Path directory) {
			this.directory = directory;
		}

		@OnRequest("/path/{name}")
		Path path(@PathParam String name) {
			return this.directory.resolve(name);
		}

		@OnRequest("/short/{length}")
		io.github.workerman.http.HttpResponse shorter(@PathParam int length) throws IOException {
			Path file = Files.write(this.directory.resolve("short"), new byte[length / 2]);
			return io.github.workerman.http.HttpResponse.ok(new FileBody(file, 0, length));
		}

		@OnRequest(path = "/length", method = "POST")
		String length(HttpRequest request) {
			return "" + request.bytes().length;
		}

	}

}
