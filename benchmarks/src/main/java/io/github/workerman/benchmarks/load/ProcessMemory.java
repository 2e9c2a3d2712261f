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

package io.github.workerman.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The resident memory of another process, as Linux tells it.
 */
final class ProcessMemory {

	private final long pid;

	ProcessMemory(long pid) {
		this.pid = pid;
	}

	/**
	 * Lets a JVM collect its garbage, then reads its memory: what is left is what the
	 * connections hold. A process that is not a JVM is only read.
	 * @return resident bytes
	 * @throws IOException if the process cannot be read
	 */
	long residentAfterCollection() throws IOException {
		Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
		for (int i = 0; i < 2 && Files.isExecutable(jcmd); i++) {
			Process process = new ProcessBuilder(jcmd.toString(), Long.toString(this.pid), "GC.run")
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			await(process);
		}
		return resident();
	}

	private static void await(Process process) throws IOException {
		try {
			process.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while the server collected garbage", ex);
		}
	}

	/**
	 * Reads the resident memory.
	 * @return bytes
	 * @throws IOException if the process cannot be read
	 */
	long resident() throws IOException {
		Path rollup = Path.of("/proc", Long.toString(this.pid), "smaps_rollup");
		if (Files.isReadable(rollup)) {
			return kilobytes(Files.readAllLines(rollup), "Rss:");
		}
		return kilobytes(Files.readAllLines(Path.of("/proc", Long.toString(this.pid), "status")), "VmRSS:");
	}

	private static long kilobytes(List<String> lines, String name) throws IOException {
		for (String line : lines) {
			if (line.startsWith(name)) {
				return 1024 * Long.parseLong(line.substring(name.length()).replace("kB", "").trim());
			}
		}
		throw new IOException("No line '%s'".formatted(name));
	}

}
