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

package io.github.workerman.handler;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.WorkermanHandler;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers in beans of each scope, however they come to be.
 */
class HandlerScopeTests {

	@Test
	void whenABeanIsAPrototypeThenEachCallHasItsOwn() {
		Prototype.CREATED.set(0);
		try (HandlerFixture fixture = HandlerFixture.of(Prototype.class).start()) {
			assertThat(Prototype.CREATED).hasValue(0);
			fixture.message("a", "b");
			fixture.assertSent("1 a", "2 b");
		}
	}

	@Component
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	static class Prototype {

		static final AtomicInteger CREATED = new AtomicInteger();

		private final int number = CREATED.incrementAndGet();

		@OnMessage
		String message(String text) {
			return this.number + " " + text;
		}

	}

	@Test
	void whenABeanIsScopedThenItIsCalledThroughItsProxyAndOnce() {
		for (Class<?> type : List.of(ProxiedScope.class, PlainScope.class)) {
			try (HandlerFixture fixture = HandlerFixture.of(type)
				.context((context) -> context.getBeanFactory().registerScope("thread", new SimpleThreadScope()))
				.start()) {
				assertThat(fixture.handlers().descriptions()).hasSize(1);
				fixture.message("a");
				fixture.message("b");
				fixture.assertSent("1 a", "2 b");
			}
		}
	}

	@Component
	@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class ProxiedScope {

		private int count;

		@OnMessage
		String message(String text) {
			return ++this.count + " " + text;
		}

	}

	@Component
	@Scope(scopeName = "thread")
	static class PlainScope {

		private int count;

		@OnMessage
		String message(String text) {
			return ++this.count + " " + text;
		}

	}

	@Test
	void whenABeanIsLazyThenItIsCreatedForItsServer() {
		try (HandlerFixture fixture = HandlerFixture.of(LazyBean.class).start()) {
			fixture.message("a");
			fixture.assertSent("lazy a");
		}
	}

	@Component
	@Lazy
	static class LazyBean {

		@OnMessage
		String message(String text) {
			return "lazy " + text;
		}

	}

	@Test
	void whenABeanComesFromAFactoryMethodThenItHandlesToo() {
		try (HandlerFixture fixture = HandlerFixture.of(Factory.class).start()) {
			assertThat(fixture.handlers().descriptions()).extracting(HandlerDescription::method)
				.containsExactly("greeter#greet");
			fixture.message("joe");
			fixture.assertSent("hello joe");
		}
	}

	@Configuration
	static class Factory {

		@Bean
		Greeter greeter() {
			return new Greeter("hello");
		}

	}

	record Greeter(String word) {

		@OnMessage
		String greet(String name) {
			return this.word + " " + name;
		}

	}

	@Test
	void whenABeanIsNamedThenThatIsItsName() {
		try (HandlerFixture fixture = HandlerFixture.of(Named.class).start()) {
			assertThat(fixture.handlers().descriptions().get(0).method()).isEqualTo("special#message");
		}
	}

	@WorkermanHandler("chat")
	@Component("special")
	static class Named {

		@OnMessage
		void message(String text) {
		}

	}

}
