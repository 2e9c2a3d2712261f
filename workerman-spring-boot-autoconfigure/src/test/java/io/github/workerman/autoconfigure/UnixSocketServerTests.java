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

package io.github.workerman.autoconfigure;

import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import io.github.workerman.server.WorkermanServerRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.client.ReactorResourceFactory;

import static io.github.workerman.testsupport.Programs.output;
import static io.github.workerman.testsupport.Programs.program;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of servers on Unix domain sockets, with socat as a client that others wrote.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnixSocketServerTests {

	@TempDir
	Path directory;

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(TaskExecutionAutoConfiguration.class, WorkermanAutoConfiguration.class))
			.withUserConfiguration(EchoHandlers.class)
			.withPropertyValues("workerman.defaults.port=0", "workerman.servers.echo.protocol=text",
					"workerman.servers.echo.address=unix:" + path(), "workerman.servers.echo.unix.mode=rw-------");
	}

	private Path path() {
		return this.directory.resolve("echo.sock");
	}

	@ParameterizedTest
	@ValueSource(strings = { "auto", "epoll", "nio" })
	void whenSocatTalksThenIsAnswered(String transport, CapturedOutput output) {
		String socat = program("socat");
		runner().withPropertyValues("workerman.transport=" + transport).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).contains("Server 'echo' listens on unix:" + path() + " (text, ");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path()))).isEqualTo("rw-------");
			assertThat(context.getBean(WorkermanServerRegistry.class).find("echo").orElseThrow().address())
				.isEqualTo(UnixDomainSocketAddress.of(path()));
			assertThat(context.getEnvironment().containsProperty("local.workerman.echo.port")).isFalse();
			assertThat(run("one\ntwo\n", socat, "-t10", "-", "UNIX-CONNECT:" + path())).isEqualTo("one\ntwo\n");
		});
		assertThat(path()).doesNotExist();
	}

	@Test
	void whenLoopsAreTheApplicationsThenSocketWorksToo() {
		String socat = program("socat");
		runner().withBean(ReactorResourceFactory.class, () -> {
			ReactorResourceFactory factory = new ReactorResourceFactory();
			factory.setUseGlobalResources(false);
			return factory;
		}).run((context) -> assertThat(run("one\n", socat, "-t10", "-", "UNIX-CONNECT:" + path())).isEqualTo("one\n"));
	}

	@Test
	void whenSocatTalksToAPortThenIsAnswered() {
		String socat = program("socat");
		runner().withPropertyValues("workerman.servers.tcp.protocol=text", "workerman.servers.tcp.address=127.0.0.1")
			.run((context) -> assertThat(
					run("Grüße\n", socat, "-t10", "-", "TCP4:127.0.0.1:" + LineClient.portOf(context, "tcp")))
				.isEqualTo("Grüße\n"));
	}

	private static String run(String input, String... command) {
		return output(input, new ProcessBuilder(command));
	}

}
