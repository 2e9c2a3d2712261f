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

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.github.workerman.annotation.OnMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts applications whose class path really lacks the jars of optional libraries, with
 * everything auto-configured.
 */
@Timeout(120)
class MissingLibrariesTests {

	@ParameterizedTest
	@ValueSource(strings = { "io_uring", "jackson|validation|validator|micrometer|spring-boot-(actuator|health)",
			"jackson|micrometer|spring-boot-(actuator|health|micrometer|reactor|web|jackson|servlet|tomcat|http|validation)"
					+ "|tomcat|spring-web|validation|validator|epoll|io_uring" })
	void whenJarsAreMissingThenServerAnswers(String jars) throws Exception {
		ClassLoader previous = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader classLoader = without(Pattern.compile(jars))) {
			Thread.currentThread().setContextClassLoader(classLoader);
			assertThat(get(Application.class, classLoader)).isEqualTo("hello");
		}
		finally {
			Thread.currentThread().setContextClassLoader(previous);
		}
	}

	@Test
	void whenTransportIsForcedWithoutItsJarsThenFailureSaysSo() throws Exception {
		ClassLoader previous = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader classLoader = without(Pattern.compile("io_uring"))) {
			Thread.currentThread().setContextClassLoader(classLoader);
			assertThat(get(ForcedApplication.class, classLoader))
				.isEqualTo("The transport 'io_uring' of the property 'workerman.transport' is not available: "
						+ "its library is not on the class path.");
		}
		finally {
			Thread.currentThread().setContextClassLoader(previous);
		}
	}

	@SuppressWarnings("unchecked")
	private static String get(Class<?> application, ClassLoader classLoader) throws ReflectiveOperationException {
		Class<?> type = Class.forName(application.getName(), true, classLoader);
		assertThat(type).isNotSameAs(application);
		return ((Supplier<String>) type.getDeclaredConstructor().newInstance()).get();
	}

	private static URLClassLoader without(Pattern jars) {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		URL[] urls = Arrays.stream(classPath.split(File.pathSeparator))
			.map(Path::of)
			.filter((path) -> !path.toString().endsWith(".jar") || !jars.matcher(path.getFileName().toString()).find())
			.map(MissingLibrariesTests::url)
			.toArray(URL[]::new);
		return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
	}

	private static URL url(Path path) {
		try {
			return path.toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/**
	 * Is loaded without the jars.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Application implements Supplier<String> {

		@Override
		public String get() {
			SpringApplication application = new SpringApplication(Application.class);
			application.setWebApplicationType(WebApplicationType.NONE);
			application.setRegisterShutdownHook(false);
			try (ConfigurableApplicationContext context = application.run("--workerman.servers.echo.protocol=text",
					"--workerman.servers.echo.port=0", "--workerman.servers.echo.address=127.0.0.1");
					LineClient client = LineClient.connect(context, "echo")) {
				return client.ask("hello");
			}
		}

		@Bean
		Handlers handlers() {
			return new Handlers();
		}

	}

	/**
	 * Is loaded without the jars, too.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class ForcedApplication implements Supplier<String> {

		@Override
		public String get() {
			SpringApplication application = new SpringApplication(ForcedApplication.class);
			application.setWebApplicationType(WebApplicationType.NONE);
			try (ConfigurableApplicationContext context = application.run("--workerman.transport=io_uring",
					"--workerman.servers.echo.protocol=text", "--workerman.servers.echo.port=0")) {
				return "started";
			}
			catch (RuntimeException ex) {
				FailureAnalysis analysis = new TransportUnavailableFailureAnalyzer().analyze(ex);
				return (analysis != null) ? analysis.getDescription() : ex.toString();
			}
		}

	}

	static class Handlers {

		@OnMessage
		String echo(String message) {
			return message;
		}

	}

}
