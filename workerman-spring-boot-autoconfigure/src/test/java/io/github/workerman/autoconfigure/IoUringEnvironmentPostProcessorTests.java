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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IoUringEnvironmentPostProcessor}.
 */
class IoUringEnvironmentPostProcessorTests {

	private static final String RECEIVE = "io.netty.iouring.recvMultiShotEnabled";

	private String before;

	@BeforeEach
	void clear() {
		this.before = System.clearProperty(RECEIVE);
	}

	@AfterEach
	void restore() {
		if (this.before != null) {
			System.setProperty(RECEIVE, this.before);
		}
		else {
			System.clearProperty(RECEIVE);
		}
	}

	@Test
	void whenApplicationStartsThenPropertyIsSet() {
		run();
		assertThat(System.getProperty(RECEIVE)).isEqualTo("false");
	}

	@Test
	void whenPropertyHasValueThenItStays() {
		System.setProperty(RECEIVE, "true");
		run();
		assertThat(System.getProperty(RECEIVE)).isEqualTo("true");
	}

	@ParameterizedTest
	@ValueSource(strings = { "false", "no", "" })
	void whenServersAreOffThenNothingIsSet(String enabled) {
		run("--workerman.enabled=" + enabled);
		assertThat(System.getProperty(RECEIVE)).isNull();
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
