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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Chats through an independent implementation of websocket, the npm package {@code ws}.
 * The environment variable {@code WORKERMAN_TEST_NODE_MODULES} names the directory that
 * it is installed in.
 */
@ChatTest
class NodeClientTests {

	@Value("${local.workerman.chat.port}")
	private int port;

	@Test
	void whenNodeClientsChatThenTheyUnderstandEachOther() throws Exception {
		assertThat(run("chat.cjs")).contains("ann user_list", "ann login ann", "bob user_list", "bob login bob",
				"ann login bob", "ann say Grüße 👋", "bob say Grüße 👋", "bob pong are you there?",
				"bob say " + "x".repeat(2000), "ann closed 1000", "bob logout", "bob closed 1000");
	}

	private List<String> run(String script) throws IOException, InterruptedException {
		Path node = Requirement.program("node", "nodejs");
		Path modules = Requirement.directory("WORKERMAN_TEST_NODE_MODULES");
		Path file = new ClassPathResource("node/" + script).getFile().toPath();
		ProcessBuilder builder = new ProcessBuilder(node.toString(), file.toString(),
				"ws://localhost:" + this.port + "/");
		builder.environment().put("NODE_PATH", modules.toString());
		Process process = builder.redirectErrorStream(true).start();
		try {
			List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
				.map(String::trim)
				.toList();
			assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
			return lines;
		}
		finally {
			process.destroyForcibly();
		}
	}

}
