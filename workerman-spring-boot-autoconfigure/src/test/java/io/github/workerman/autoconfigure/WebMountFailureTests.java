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

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.server.ServerState;
import io.github.workerman.server.WorkermanServerRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What an application is told whose server cannot be mounted.
 */
@ExtendWith(OutputCaptureExtension.class)
class WebMountFailureTests {

	@ParameterizedTest
	@EnumSource(names = { "NONE", "SERVLET" })
	void whenThereIsNoWebServerOnReactorNettyThenItIsSaid(WebApplicationType type, CapturedOutput output) {
		fails(type);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Server 'chat' is mounted on the application's web server, but there is none on Reactor Netty.")
			.contains("Property: workerman.servers.chat.mount")
			.contains("Use spring-boot-starter-webflux with its Reactor Netty")
			.contains("'workerman.servers.chat.port'");
	}

	@Test
	void whenReactorNettySupportOfBootIsMissingThenItIsSaid() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(WorkermanAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(NettyReactiveWebServerFactory.class))
			.withPropertyValues("workerman.servers.chat.protocol=websocket", "workerman.servers.chat.mount=web")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("there is none on Reactor Netty"));
	}

	@ParameterizedTest
	@CsvSource({ "port, 7272", "port, 0", "address, 127.0.0.1", "address, unix:/tmp/chat.sock", "threads, 2",
			"ssl.bundle, own", "proxy-protocol, optional", "backlog, 5", "keep-alive, false" })
	void whenSomethingIsUpToTheWebServerThenItIsSaid(String key, String value, CapturedOutput output) {
		fails(WebApplicationType.REACTIVE, key + "=" + value, "trusted-proxies=127.0.0.1");
		assertThat(output).contains("Server 'chat' ")
			.contains("mounted on the web server")
			.contains("Property: workerman.servers.chat." + key)
			.containsIgnoringCase("Value:    " + value);
	}

	@Test
	void whenProtocolIsNotWebsocketThenItIsSaid(CapturedOutput output) {
		fails(WebApplicationType.REACTIVE, "protocol=text");
		assertThat(output).contains("Server 'chat' is mounted on the web server with protocol 'text'.")
			.contains("Property: workerman.servers.chat.mount")
			.contains("Use protocol websocket");
	}

	@Test
	void whenTwoServersAreMountedAtTheSamePathThenItIsSaid(CapturedOutput output) {
		fails(WebApplicationType.REACTIVE, "path=/a/{b}", "../other.protocol=websocket", "../other.mount=web",
				"../other.path=/a/c");
		// Which one is the first is up to the properties.
		assertThat(output)
			.containsPattern("Server '(chat|other)' is mounted on the web server at '/a/(\\{b}|c)',"
					+ " where paths of server '(chat|other)' fit too\\.")
			.containsPattern("Property: workerman\\.servers\\.(chat|other)\\.path");
	}

	@Test
	void whenDefaultsAreForServersWithAPortThenMountedOnesDoNotMind() {
		try (ConfigurableApplicationContext context = run(WebApplicationType.REACTIVE,
				"../../defaults.address=127.0.0.1", "../../defaults.port=0", "../../defaults.threads=1",
				"../lines.protocol=text")) {
			assertThat(context.getBean(WorkermanServerRegistry.class).servers()).hasSize(2)
				.allMatch((server) -> server.state() == ServerState.RUNNING);
		}
	}

	private static void fails(WebApplicationType type, String... properties) {
		assertThatException().isThrownBy(() -> run(type, properties).close());
	}

	private static ConfigurableApplicationContext run(WebApplicationType type, String... properties) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--workerman.servers.chat.mount=web"));
		if (!List.of(properties).toString().contains("[protocol=")) {
			arguments.add("--workerman.servers.chat.protocol=websocket");
		}
		for (String property : properties) {
			arguments.add("--"
					+ (property.startsWith("../../") ? "workerman." + property.substring(6) : property.startsWith("../")
							? "workerman.servers." + property.substring(3) : "workerman.servers.chat." + property));
		}
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(type);
		return application.run(arguments.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = TomcatReactiveWebServerAutoConfiguration.class)
	static class Application {

		@Bean
		Handlers handlers() {
			return new Handlers();
		}

	}

	static class Handlers {

		@OnMessage
		void message(String text) {
		}

	}

}
