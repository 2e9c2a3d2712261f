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

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.concurrent.Callable;

import io.github.workerman.annotation.OnMessage;
import org.junit.jupiter.api.Test;

import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WithoutValidationTests {

	@Test
	void whenJakartaValidationIsMissingThenErrorsOfHandlersAreStillRouted() throws Exception {
		URL[] urls = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("validation") && !entry.contains("validator"))
			.map(WithoutValidationTests::url)
			.toArray(URL[]::new);
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
			thread.setContextClassLoader(loader);
			assertThatExceptionOfType(ClassNotFoundException.class)
				.isThrownBy(() -> loader.loadClass("jakarta.validation.ConstraintViolationException"));
			Callable<?> probe = (Callable<?>) loader.loadClass(Probe.class.getName())
				.getDeclaredConstructor()
				.newInstance();
			assertThat(probe.call()).isEqualTo("after");
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static URL url(String entry) {
		try {
			return new File(entry).toURI().toURL();
		}
		catch (java.net.MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	public static class Probe implements Callable<Object> {

		@Override
		public Object call() {
			try (HandlerFixture fixture = HandlerFixture.of(Fragile.class).start()) {
				fixture.message("fail", "after");
				return fixture.connection().sent().get(0);
			}
		}

	}

	@Component
	static class Fragile {

		@OnMessage
		String message(String text) {
			if (text.equals("fail")) {
				throw new IllegalStateException("expected");
			}
			return text;
		}

	}

}
