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

package io.github.workerman.sample.chat;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What an end-to-end test needs of the machine. Where it is missing the test is skipped
 * and says so; in CI ({@code CI=true}) it fails.
 */
final class Requirement {

	private static final Set<String> ANNOUNCED = ConcurrentHashMap.newKeySet();

	private Requirement() {
	}

	/**
	 * Returns the first program of these names that is on the path.
	 */
	static Path program(String... names) {
		Optional<Path> found = Arrays.stream(names)
			.flatMap((name) -> Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
				.map((directory) -> Path.of(directory, name)))
			.filter(Files::isExecutable)
			.findFirst();
		require(found, "none of the programs " + Arrays.toString(names) + " is installed");
		return found.orElseThrow();
	}

	/**
	 * Returns the directory that an environment variable names.
	 */
	static Path directory(String variable) {
		Optional<Path> found = Optional.ofNullable(System.getenv(variable)).map(Path::of).filter(Files::isDirectory);
		require(found, "the environment variable " + variable + " names no directory");
		return found.orElseThrow();
	}

	private static void require(Optional<Path> found, String problem) {
		if ("true".equals(System.getenv("CI"))) {
			assertThat(found).as("In CI every test must run, but " + problem).isPresent();
		}
		else {
			if (found.isEmpty() && ANNOUNCED.add(problem)) {
				announce("Tests are skipped, because " + problem);
			}
			assumeThat(found).as("Skipped, because " + problem).isPresent();
		}
	}

	/**
	 * Says something on the console of the build, which does not show what tests print.
	 */
	private static void announce(String text) {
		PrintStream console = new PrintStream(new FileOutputStream(FileDescriptor.err), true);
		console.println(text);
	}

}
