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

package io.github.workerman.testsupport;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * Runs programs that others wrote. Where one is missing the test is skipped and says so;
 * in CI ({@code CI=true}) it fails.
 */
public final class Programs {

	private Programs() {
	}

	/**
	 * Finds a program.
	 * @param name its name
	 * @return its path
	 */
	public static String program(String name) {
		Optional<Path> found = Stream
			.concat(Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
					Stream.of("/usr/sbin"))
			.map((directory) -> Path.of(directory, name))
			.filter(Files::isExecutable)
			.findFirst();
		return found.map(Path::toString).orElseGet(() -> missing(name + " is not installed"));
	}

	/**
	 * Finds the directory with the packages of npm.
	 * @param name the name of a package that is needed
	 * @return the directory's path
	 */
	public static String nodeModules(String name) {
		String modules = System.getenv("WORKERMAN_TEST_NODE_MODULES");
		if (modules == null || !Files.isDirectory(Path.of(modules, name))) {
			return missing("WORKERMAN_TEST_NODE_MODULES names no directory with the npm package " + name);
		}
		return modules;
	}

	private static String missing(String what) {
		return "true".equals(System.getenv("CI")) ? fail("In CI every test must run, but " + what) : abort(what);
	}

	/**
	 * Runs a program to its end.
	 * @param command the program and its arguments
	 * @return what it has written, errors included
	 */
	public static String output(String... command) {
		return output(new ProcessBuilder(command));
	}

	/**
	 * Runs a program to its end.
	 * @param builder the program, its arguments and its environment
	 * @return what it has written, errors included
	 */
	public static String output(ProcessBuilder builder) {
		return output("", builder);
	}

	/**
	 * Runs a program to its end.
	 * @param input what it reads, short
	 * @param builder the program, its arguments and its environment
	 * @return what it has written, errors included
	 */
	public static String output(String input, ProcessBuilder builder) {
		Process process = start(builder);
		try (OutputStream in = process.getOutputStream()) {
			in.write(input.getBytes(StandardCharsets.UTF_8));
			in.close();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
			return output;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * Starts a program, its errors mixed with its output.
	 * @param command the program and its arguments
	 * @return the process, to be destroyed
	 */
	public static Process start(String... command) {
		return start(new ProcessBuilder(command));
	}

	/**
	 * Starts a program, its errors mixed with its output.
	 * @param builder the program, its arguments and its environment
	 * @return the process, to be destroyed
	 */
	public static Process start(ProcessBuilder builder) {
		try {
			return builder.redirectErrorStream(true).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
