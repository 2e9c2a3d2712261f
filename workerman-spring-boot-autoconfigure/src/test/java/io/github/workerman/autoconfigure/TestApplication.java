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
import java.util.Arrays;
import java.util.List;

import io.github.workerman.server.WorkermanServer;
import io.github.workerman.server.WorkermanServerRegistry;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Applications without a web server.
 */
final class TestApplication {

	private TestApplication() {
	}

	/**
	 * Starts an application without a web server.
	 * @param type its configuration
	 * @param properties its properties, as {@code key=value}
	 */
	static ConfigurableApplicationContext run(Class<?> type, String... properties) {
		return of(type).run(arguments(properties));
	}

	/**
	 * Starts an application and expects that it cannot.
	 * @param type its configuration
	 * @param properties its properties, as {@code key=value}
	 */
	static void fails(Class<?> type, String... properties) {
		assertThatException().isThrownBy(() -> run(type, properties).close());
	}

	static SpringApplication of(Class<?> type) {
		SpringApplication application = new SpringApplication(type);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setRegisterShutdownHook(false);
		return application;
	}

	static String[] arguments(String... properties) {
		return Arrays.stream(properties).map((property) -> "--" + property).toArray(String[]::new);
	}

	static WorkermanServer server(ConfigurableApplicationContext context) {
		return context.getBean(WorkermanServerRegistry.class).servers().iterator().next();
	}

	/**
	 * Returns the threads that keep the JVM alive for servers, perhaps some of earlier
	 * applications that are just ending.
	 */
	static List<Thread> awaitThreads() {
		List<Thread> threads = new ArrayList<>(Thread.getAllStackTraces().keySet());
		threads.removeIf((thread) -> !thread.getName().equals("workerman-await"));
		return threads;
	}

	/**
	 * Has servers, and no handlers of its own.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(WorkermanAutoConfiguration.class)
	static class Application {

	}

}
