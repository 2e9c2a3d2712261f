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

import io.github.workerman.protocol.MessageCodec;
import io.github.workerman.protocol.jackson.JacksonMessageCodec;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JacksonConfiguration}.
 */
class JacksonConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WorkermanAutoConfiguration.class));

	@Test
	void whenApplicationHasMapperThenMessagesAreWrittenByIt() {
		this.runner.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
			.withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE")
			.run((context) -> assertThat(context.getBean(MessageCodec.class).write(new Message(1)))
				.isEqualTo("{\"to_uid\":1}"));
	}

	@Test
	void whenApplicationHasNoMapperThenMessagesAreJsonNevertheless() {
		this.runner.run((context) -> assertThat(context.getBean(MessageCodec.class).write(new Message(1)))
			.isEqualTo("{\"toUid\":1}"));
	}

	@Test
	void whenApplicationHasTwoMappersThenItStarts() {
		this.runner.withBean("one", JsonMapper.class, JsonMapper::new)
			.withBean("two", JsonMapper.class, JsonMapper::new)
			.run((context) -> assertThat(context.getBean(MessageCodec.class).write(new Message(1)))
				.isEqualTo("{\"toUid\":1}"));
	}

	@Test
	void whenApplicationHasCodecThenItIsTaken() {
		this.runner.withBean(MessageCodec.class, () -> Mockito.mock(MessageCodec.class))
			.run((context) -> assertThat(context).hasSingleBean(MessageCodec.class)
				.doesNotHaveBean(JacksonMessageCodec.class));
	}

	@Test
	void whenJacksonIsMissingThenThereIsNoCodec() {
		this.runner.withClassLoader(new FilteredClassLoader("tools.jackson"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MessageCodec.class));
	}

	record Message(int toUid) {

	}

}
