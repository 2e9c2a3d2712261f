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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.workerman.autoconfigure.TestApplication.Application;
import io.github.workerman.server.ServerState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link UnknownKeys} and what a user reads.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnknownKeysTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					servers.chat.prot           | servers.chat                | address, allowed-origins, backlog, close-timeout
					servers.chat.port.number    | servers.chat                | address, allowed-origins, backlog, close-timeout
					servers.chat.sslBundle      | servers.chat                | shutdown, ssl, static
					servers.chat.limits.max     | servers.chat.limits         | burst, bytes-per-second, connect-rate-per-address
					servers.chat.ssl.sni[a.b]   | servers.chat.ssl            | bundle, client-auth, enabled, optional, server-names
					servers.chat.http.session.x | servers.chat.http.session   | cookie, enabled, max-sessions, timeout.
					defaults.max-mesage-size    | defaults                    | max-header-size, max-message-size, max-send-buffer
					""")
	void whenKeyIsUnknownThenThoseThatThereAreAreListed(String key, String group, String known, CapturedOutput output) {
		TestApplication.fails(Application.class, with("workerman." + key + "=7"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("There is no property 'workerman." + key.toLowerCase(Locale.ROOT) + "'.")
			.contains("Value:    7")
			.contains("from property source \"commandLineArgs\"")
			.contains("Correct or remove it. In 'workerman." + group + "' there are: ")
			.contains(known);
	}

	@ParameterizedTest
	@ValueSource(strings = { "servers.chat.maxMessageSize", "servers.chat.MAX_MESSAGE_SIZE", "servers.chat",
			"servers.chat.ssl.server-names.[a.example.com]", "servers.chat.protocol-options.any.thing",
			"servers.chat.trusted-proxies[0]", "servers.[my.chat].limits", "servers.chat.limits.max-connections",
			"defaults.static.max-age", "defaults", "else.that.somebody.has" })
	void whenKeyIsKnownThenNothingIsSaid(String key) {
		ConfigurableEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addLast(new MapPropertySource("test", Map.of("workerman." + key, "7")));
		assertThatNoException().isThrownBy(() -> new UnknownKeys(environment).check());
	}

	@Test
	void whenKeyIsOfTheSystemThenItIsNotLookedAt() {
		String key = "workerman.servers.chat.whatever";
		System.setProperty(key, "x");
		try (ConfigurableApplicationContext context = TestApplication.run(Application.class, with())) {
			assertThat(TestApplication.server(context).state()).isEqualTo(ServerState.RUNNING);
		}
		finally {
			System.clearProperty(key);
		}
	}

	private static String[] with(String... properties) {
		List<String> all = new ArrayList<>(
				List.of("workerman.servers.chat.protocol=text", "workerman.servers.chat.port=0"));
		all.addAll(List.of(properties));
		return all.toArray(String[]::new);
	}

}
