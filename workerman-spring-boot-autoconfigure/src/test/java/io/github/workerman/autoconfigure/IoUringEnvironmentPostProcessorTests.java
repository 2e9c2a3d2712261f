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

import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IoUringEnvironmentPostProcessor}.
 */
class IoUringEnvironmentPostProcessorTests {

	private static final String RECEIVE = "io.netty.iouring.recvMultiShotEnabled";

	private static final String POLL = "io.netty.iouring.pollAddMultishotEnabled";

	private final Map<String, String> before = new TreeMap<>();

	@BeforeEach
	void clear() {
		for (String name : new String[] { RECEIVE, POLL }) {
			this.before.put(name, System.clearProperty(name));
		}
	}

	@AfterEach
	void restore() {
		this.before.forEach((name, value) -> {
			if (value != null) {
				System.setProperty(name, value);
			}
			else {
				System.clearProperty(name);
			}
		});
	}

	@Test
	void whenApplicationStartsThenPropertiesAreSet() {
		run();
		assertThat(System.getProperty(RECEIVE)).isEqualTo("false");
		assertThat(System.getProperty(POLL)).isEqualTo("false");
	}

	@Test
	void whenPropertyHasValueThenItStays() {
		System.setProperty(POLL, "true");
		run();
		assertThat(System.getProperty(RECEIVE)).isEqualTo("false");
		assertThat(System.getProperty(POLL)).isEqualTo("true");
	}

	@Test
	void whenServersAreOffThenNothingIsSet() {
		run("--workerman.enabled=false");
		assertThat(System.getProperty(RECEIVE)).isNull();
		assertThat(System.getProperty(POLL)).isNull();
	}

	private static void run(String... arguments) {
		SpringApplication application = new SpringApplication(Empty.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.run(arguments).close();
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

}
