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

package io.github.workerman.annotation;

import java.util.Arrays;
import java.util.List;

import io.github.workerman.connection.Connection;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

class HandlerReflectiveProcessorTests {

	private final RuntimeHints hints = new RuntimeHints();

	record Login(String name, Profile profile) {
	}

	record Profile(int age) {
	}

	record Said(String text) {
	}

	static class Handler {

		@OnMessage("login")
		Flux<Said> login(Connection connection, List<Login> logins) {
			return Flux.empty();
		}

		@OnClose
		void closed() {
		}

		void other() {
		}

	}

	@Test
	void shouldLetHandlersBeCalledAndTheirMessagesBeReadInANativeImage() throws Exception {
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(this.hints, Handler.class);
		for (String name : List.of("login", "closed")) {
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method(name))).as(name)
				.accepts(this.hints);
		}
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method("other"))).rejects(this.hints);
		for (Class<?> type : List.of(Login.class, Profile.class, Said.class)) {
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(type)
				.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).as(type.getName())
				.accepts(this.hints);
		}
		assertThat(RuntimeHintsPredicates.reflection().onType(Connection.class)).rejects(this.hints);
	}

	private static java.lang.reflect.Method method(String name) {
		return Arrays.stream(ReflectionUtils.getDeclaredMethods(Handler.class))
			.filter((method) -> method.getName().equals(name))
			.findFirst()
			.orElseThrow();
	}

}
