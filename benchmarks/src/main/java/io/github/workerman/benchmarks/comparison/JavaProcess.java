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

package io.github.workerman.benchmarks.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A child JVM with the class path of this one. It ends with this program at the latest.
 */
final class JavaProcess implements AutoCloseable {

	private static final Path TASKSET = Path.of("/usr/bin/taskset");

	private final Process process;

	private final BufferedReader output;

	private final Thread endWithThisProgram;

	private JavaProcess(Process process) {
		this.process = process;
		this.output = process.inputReader();
		this.endWithThisProgram = new Thread(process::destroyForcibly);
		Runtime.getRuntime().addShutdownHook(this.endWithThisProgram);
	}

	/**
	 * Returns whether processes can be pinned to cores on this machine.
	 * @return {@code true} if there are two cores and {@code taskset}
	 */
	static boolean canPin() {
		return Runtime.getRuntime().availableProcessors() > 1 && Files.isExecutable(TASKSET);
	}

	/**
	 * Starts a program.
	 * @param core the core to run on, if processes can be pinned
	 * @param jvmOptions options of the JVM
	 * @param program the class with the main method
	 * @param arguments its arguments
	 * @return the process
	 * @throws IOException if it cannot be started
	 */
	static JavaProcess start(int core, List<String> jvmOptions, Class<?> program, List<String> arguments)
			throws IOException {
		List<String> command = new ArrayList<>();
		if (canPin()) {
			command.addAll(List.of(TASKSET.toString(), "-c", Integer.toString(core)));
		}
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(jvmOptions);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
		command.addAll(arguments);
		return new JavaProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
	}

	/**
	 * Returns the process id; {@code taskset} replaces itself by the JVM and keeps it.
	 * @return the id
	 */
	long pid() {
		return this.process.pid();
	}

	/**
	 * Waits for a line of output.
	 * @param prefix how it begins
	 * @return the line, or {@code null} if the program has ended without it
	 * @throws IOException if the output cannot be read
	 */
	@Nullable String awaitLine(String prefix) throws IOException {
		String line = this.output.readLine();
		while (line != null && !line.startsWith(prefix)) {
			line = this.output.readLine();
		}
		return line;
	}

	@Override
	public void close() throws InterruptedException {
		Runtime.getRuntime().removeShutdownHook(this.endWithThisProgram);
		this.process.destroy();
		if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
			this.process.destroyForcibly().waitFor();
		}
	}

}
