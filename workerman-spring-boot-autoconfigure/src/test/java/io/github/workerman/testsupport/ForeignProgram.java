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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A proxy that others wrote, run by a test. Where it is missing the test is skipped as
 * {@link Programs} says.
 */
public final class ForeignProgram implements AutoCloseable {

	private final Process process;

	private final Path log;

	private ForeignProgram(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	/**
	 * Starts a program.
	 * @param directory where it runs and its output goes
	 * @param name the name of the program
	 * @param arguments its arguments
	 * @return the program
	 */
	public static ForeignProgram start(Path directory, String name, String... arguments) {
		String[] command = Stream.concat(Stream.of(Programs.program(name)), Stream.of(arguments))
			.toArray(String[]::new);
		try {
			Path log = Files.createTempFile(directory, name, ".log");
			return new ForeignProgram(
					Programs
						.start(new ProcessBuilder(command).directory(directory.toFile()).redirectOutput(log.toFile())),
					log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Starts nginx in the foreground, with all directories that it writes to in that of
	 * the test.
	 * @param directory the directory
	 * @param configuration a configuration with a block {@code http}
	 * @return nginx
	 */
	public static ForeignProgram nginx(Path directory, String configuration) {
		StringBuilder http = new StringBuilder("http {\naccess_log off;\n");
		for (String name : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
			http.append("%s_temp_path %s;%n".formatted(name, directory.resolve(name)));
		}
		Path file = write(directory, "nginx.conf", configuration.replace("http {\n", http));
		return start(directory, "nginx", "-p", directory.toString(), "-c", file.toString(), "-g",
				"daemon off; error_log stderr; pid " + directory.resolve("nginx.pid") + ";");
	}

	/**
	 * Starts HAProxy in the foreground.
	 * @param directory where its configuration is written
	 * @param configuration the configuration
	 * @return HAProxy
	 */
	public static ForeignProgram haproxy(Path directory, String configuration) {
		return start(directory, "haproxy", "-db", "-f", write(directory, "haproxy.cfg", configuration).toString());
	}

	private static Path write(Path directory, String name, String text) {
		try {
			return Files.writeString(directory.resolve(name), text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns a port that nobody listens on.
	 * @return the port
	 */
	public static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits until the program listens.
	 * @param address where
	 * @param port on which port
	 * @return this
	 */
	public ForeignProgram awaitPort(String address, int port) {
		await().until(() -> {
			assertRunning();
			try (Socket socket = new Socket(InetAddress.getByName(address), port)) {
				return socket.isConnected();
			}
			catch (IOException ex) {
				return false;
			}
		});
		return this;
	}

	/**
	 * Checks that the program has not ended; what it has said is in the failure.
	 */
	public void assertRunning() {
		assertThat(this.process.isAlive()).as(this::output).isTrue();
	}

	private String output() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.process.destroyForcibly();
		}
	}

}
