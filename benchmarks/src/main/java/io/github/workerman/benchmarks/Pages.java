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

package io.github.workerman.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the HTTP servers answer, and the load generator expects.
 */
public final class Pages {

	/**
	 * The path of the page that is made by the program.
	 */
	public static final String HELLO_PATH = "/";

	/**
	 * That page.
	 */
	public static final String HELLO = "hello";

	/**
	 * Where the files are served.
	 */
	public static final String FILES_PATH = "/files";

	private static final int[] FILE_SIZES = { 1024, 64 * 1024, 10 * 1024 * 1024 };

	private static final String SUFFIX = ".bin";

	private Pages() {
	}

	/**
	 * Returns what is to come for a path.
	 * @param path the path
	 * @return the bytes
	 * @throws IllegalArgumentException if no server has it
	 */
	public static byte[] expected(String path) {
		if (path.equals(HELLO_PATH)) {
			return HELLO.getBytes(StandardCharsets.US_ASCII);
		}
		return IntStream.of(FILE_SIZES)
			.filter((size) -> path.equals(filePath(size)))
			.mapToObj(Pages::content)
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No server has the path '%s'".formatted(path)));
	}

	/**
	 * Returns the path of a file.
	 * @param size its size in bytes
	 * @return the path
	 */
	public static String filePath(int size) {
		return FILES_PATH + "/" + size + SUFFIX;
	}

	/**
	 * Returns the size of a file.
	 * @param name its name
	 * @return bytes, as it is written in the name
	 */
	public static String sizeOf(String name) {
		return name.substring(0, name.length() - SUFFIX.length());
	}

	private static byte[] content(int size) {
		byte[] content = new byte[size];
		for (int i = 0; i < size; i++) {
			content[i] = (byte) ('0' + (i * 31 + i / 64) % 75);
		}
		return content;
	}

	/**
	 * Writes the files.
	 * @return the temporary directory that they are in
	 */
	public static Path writeFiles() {
		try {
			Path directory = Files.createTempDirectory("benchmark-files");
			for (int size : FILE_SIZES) {
				Files.write(directory.resolve(size + SUFFIX), content(size));
			}
			Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
			return directory;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Deletes a directory and what is in it, if it is still there.
	 * @param directory the directory
	 */
	public static void delete(Path directory) {
		if (!Files.isDirectory(directory)) {
			return;
		}
		try (Stream<Path> all = Files.walk(directory)) {
			for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(each);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
