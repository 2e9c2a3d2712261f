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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.server.WorkermanServerStartedEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An application without a web server in a JVM of its own.
 */
@Timeout(60)
class ForkedJvmTests {

	@Test
	void whenMainReturnsThenJvmLivesUntilContextCloses() throws Exception {
		Process process = fork();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			int port = Integer.parseInt(after("port ", output));
			after("main returns", output);
			try (LineClient client = LineClient.connect(port)) {
				await().until(() -> client.ask("hello").equals("hello after main"));
				client.send("stop\n");
				assertThat(client.receive()).isNull();
			}
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isZero();
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static Process fork() throws IOException {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		return new ProcessBuilder(java, "-cp", classPath, Main.class.getName()).redirectErrorStream(true).start();
	}

	private static String after(String prefix, BufferedReader output) throws IOException {
		String line = output.readLine();
		while (line != null && !line.contains(prefix)) {
			line = output.readLine();
		}
		assertThat(line).as("line with '" + prefix + "'").isNotNull();
		return line.substring(line.indexOf(prefix) + prefix.length());
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(WorkermanAutoConfiguration.class)
	static class Main {

		private static final Log logger = LogFactory.getLog(Main.class);

		private final ApplicationContext context;

		Main(ApplicationContext context) {
			this.context = context;
		}

		public static void main(String[] args) {
			SpringApplication application = new SpringApplication(Main.class);
			application.setWebApplicationType(WebApplicationType.NONE);
			application.run("--workerman.servers.echo.protocol=text", "--workerman.servers.echo.port=0",
					"--workerman.servers.echo.address=127.0.0.1", "--logging.level.root=warn");
			logger.warn("main returns");
		}

		@Bean
		Handlers handlers() {
			return new Handlers(this.context);
		}

		@EventListener
		void started(WorkermanServerStartedEvent event) {
			logger.warn("port " + event.port());
		}

	}

	static class Handlers {

		private final ApplicationContext context;

		Handlers(ApplicationContext context) {
			this.context = context;
		}

		@OnMessage
		String message(String message) {
			if (message.equals("stop")) {
				new Thread(() -> SpringApplication.exit(this.context)).start();
				return null;
			}
			boolean mainIsOver = Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.getName().equals("main"));
			return message + (mainIsOver ? " after main" : " during main");
		}

	}

}
