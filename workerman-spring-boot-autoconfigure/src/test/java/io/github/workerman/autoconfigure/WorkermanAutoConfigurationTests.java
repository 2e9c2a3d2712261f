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

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.connection.ConnectionRegistry;
import io.github.workerman.connection.MessageConversionException;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.gateway.Gateway;
import io.github.workerman.handler.ArgumentResolver;
import io.github.workerman.protocol.CodecFactory;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.protocol.text.TextProtocol;
import io.github.workerman.server.ListenerDecorator;
import io.github.workerman.server.LoopSupervisor;
import io.github.workerman.server.ServerCustomizer;
import io.github.workerman.server.ServerDefinition;
import io.github.workerman.server.ServerEnvironment;
import io.github.workerman.server.ServerFactory;
import io.github.workerman.server.ServerState;
import io.github.workerman.server.SocketSettings;
import io.github.workerman.server.WorkermanServer;
import io.github.workerman.server.WorkermanServerRegistry;
import io.github.workerman.server.WorkermanServerStartedEvent;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import reactor.netty.tcp.TcpServer;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link WorkermanAutoConfiguration}.
 */
class WorkermanAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(TaskExecutionAutoConfiguration.class, WorkermanAutoConfiguration.class));

	private final ApplicationContextRunner echo = this.runner.withUserConfiguration(EchoHandlers.class)
		.withPropertyValues("workerman.servers.echo.protocol=text", "workerman.servers.echo.port=0",
				"workerman.servers.echo.address=127.0.0.1");

	@Test
	void whenServerIsConfiguredThenItAnswers() {
		this.echo.run((context) -> {
			try (LineClient client = LineClient.connect(context, "echo")) {
				assertThat(client.ask("hello")).isEqualTo("hello");
			}
			WorkermanServer server = context.getBean(WorkermanServerRegistry.class).find("echo").orElseThrow();
			assertThat(server.state()).isEqualTo(ServerState.RUNNING);
			assertThat(server.address())
				.isEqualTo(new InetSocketAddress("127.0.0.1", LineClient.portOf(context, "echo")));
			assertThat(server.startedAt()).isNotNull();
			assertThat(server.handlers()).singleElement()
				.satisfies((handler) -> assertThat(handler.method()).isEqualTo("echoHandlers#echo"));
		});
	}

	@Test
	void whenNoServerIsConfiguredThenContextStarts() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(WorkermanServerRegistry.class);
			assertThat(context.getBean(WorkermanServerRegistry.class).servers()).isEmpty();
			assertThat(context.getBean(WorkermanServerRegistry.class).isRunning()).isTrue();
		});
	}

	@Test
	void whenDisabledThenNothingIsThere() {
		this.echo.withPropertyValues("workerman.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(WorkermanServerRegistry.class)
				.doesNotHaveBean(Gateway.class)
				.doesNotHaveBean(WorkermanProperties.class);
			assertThat(context.getEnvironment().containsProperty("local.workerman.echo.port")).isFalse();
		});
	}

	@Test
	void whenReactorNettyIsMissingThenNothingIsThere() {
		this.runner.withClassLoader(new FilteredClassLoader(TcpServer.class))
			.run((context) -> assertThat(context).doesNotHaveBean(WorkermanAutoConfiguration.class));
	}

	@Test
	void whenOptionalLibrariesAreMissingThenServerAnswers() {
		this.echo
			.withClassLoader(new FilteredClassLoader("tools.jackson", "com.fasterxml.jackson", "io.micrometer",
					"jakarta.validation", "org.springframework.boot.actuate", "org.springframework.boot.health",
					"org.springframework.boot.reactor.netty", "org.springframework.http"))
			.run((context) -> {
				try (LineClient client = LineClient.connect(context, "echo")) {
					assertThat(client.ask("hello")).isEqualTo("hello");
				}
			});
	}

	@Test
	void whenJacksonIsThereThenObjectsAreMessages() {
		this.runner.withUserConfiguration(JsonHandlers.class)
			.withPropertyValues("workerman.servers.json.protocol=text", "workerman.servers.json.port=0",
					"workerman.servers.json.message-type-field=kind")
			.run((context) -> {
				try (LineClient client = LineClient.connect(context, "json")) {
					assertThat(client.ask("{\"kind\":\"greet\",\"name\":\"amy\"}"))
						.isEqualTo("{\"text\":\"hello amy\"}");
					context.getBean(Gateway.class).toAll().send(new Greeting("all"));
					assertThat(client.receive()).isEqualTo("{\"text\":\"all\"}");
				}
			});
	}

	@Test
	void whenJacksonIsMissingThenObjectsAreRefusedWithAnExplanation() {
		this.echo.withClassLoader(new FilteredClassLoader("tools.jackson"))
			.run((context) -> assertThatExceptionOfType(MessageConversionException.class)
				.isThrownBy(() -> context.getBean(Gateway.class).toAll().send(new Greeting("all")))
				.withMessageContaining("Greeting")
				.withMessageContaining("spring-boot-starter-jackson"));
	}

	@Test
	void whenHandlerBlocksAnEventLoopThenItIsReported() {
		CountDownLatch latch = new CountDownLatch(1);
		this.runner.withBean("waiting", WaitingHandlers.class, () -> new WaitingHandlers(latch))
			.withPropertyValues("workerman.servers.slow.protocol=text", "workerman.servers.slow.port=0",
					"workerman.blocked-loop.threshold=50ms")
			.run((context) -> {
				try (LineClient client = LineClient.connect(context, "slow")) {
					client.send("wait\n");
					await().until(() -> context.getBean(LoopSupervisor.class).blockages() == 1);
					latch.countDown();
					assertThat(client.receive()).isEqualTo("done");
				}
			});
	}

	@Test
	void whenEventIsPublishedThenPortIsInEnvironmentAlready() {
		this.echo.withUserConfiguration(StartedListener.class).run((context) -> {
			StartedListener listener = context.getBean(StartedListener.class);
			assertThat(listener.ports).containsExactly(LineClient.portOf(context, "echo"));
			assertThat(listener.ports).doesNotContain(0);
		});
	}

	@Test
	void whenUserDefinesProtocolThenItsNameIsKnown() {
		this.runner.withUserConfiguration(EchoHandlers.class, CustomProtocolConfiguration.class)
			.withPropertyValues("workerman.servers.echo.protocol=lines", "workerman.servers.echo.port=0")
			.run((context) -> {
				try (LineClient client = LineClient.connect(context, "echo")) {
					assertThat(client.ask("hello")).isEqualTo("hello");
				}
			});
	}

	@Test
	void whenUserDefinesServerAsBeanThenItStartsAfterThoseOfProperties() {
		this.echo.withBean(ServerDefinition.class, () -> ServerDefinition.builder("second", "text", 0).build())
			.run((context) -> {
				assertThat(context.getBean(WorkermanServerRegistry.class).servers()).extracting(WorkermanServer::name)
					.containsExactly("echo", "second");
				try (LineClient client = LineClient.connect(context, "second")) {
					assertThat(client.ask("hello")).isEqualTo("hello");
				}
			});
	}

	@Test
	void whenUserDefinesCustomizersThenTheyAreCalledInOrder() {
		List<String> calls = new ArrayList<>();
		this.echo.withBean("second", ServerCustomizer.class, () -> new RecordingCustomizer(calls, 2))
			.withBean("first", ServerCustomizer.class, () -> new RecordingCustomizer(calls, 1))
			.run((context) -> assertThat(calls).containsExactly("1 echo", "2 echo"));
	}

	@Test
	void whenUserDecoratesListenersThenFirstIsOutermost() {
		List<String> calls = new ArrayList<>();
		this.echo.withBean("inner", ListenerDecorator.class, () -> new RecordingDecorator(calls, 2))
			.withBean("outer", ListenerDecorator.class, () -> new RecordingDecorator(calls, 1))
			.run((context) -> assertThat(calls).containsExactly("2", "1"));
	}

	@Test
	void whenUserDefinesGatewayThenOursBacksOff() {
		Gateway gateway = Mockito.mock(Gateway.class);
		this.echo.withBean(Gateway.class, () -> gateway).run((context) -> {
			assertThat(context).getBean(Gateway.class).isSameAs(gateway);
			try (LineClient client = LineClient.connect(context, "echo")) {
				assertThat(client.ask("hello")).isEqualTo("hello");
			}
		});
	}

	@Test
	void whenGatewaySendsThenConnectionsOfAllServersGetIt() {
		this.echo.withPropertyValues("workerman.servers.other.protocol=text", "workerman.servers.other.port=0")
			.run((context) -> {
				try (LineClient one = LineClient.connect(context, "echo");
						LineClient other = LineClient.connect(context, "other")) {
					assertThat(one.ask("hello")).isEqualTo("hello");
					assertThat(other.ask("hello")).isEqualTo("hello");
					assertThat(context.getBean(ConnectionRegistry.class).count()).isEqualTo(2);
					context.getBean(Gateway.class).toAll().send("news");
					assertThat(one.receive()).isEqualTo("news");
					assertThat(other.receive()).isEqualTo("news");
				}
			});
	}

	@Test
	void whenUserDefinesServerFactoryThenItCanChangeDefinitions() {
		this.echo.withUserConfiguration(FactoryConfiguration.class).run((context) -> {
			WorkermanServer server = context.getBean(WorkermanServerRegistry.class).find("echo").orElseThrow();
			assertThat(server.definition().socket()).isEqualTo(new SocketSettings(5, false, true, true));
			try (LineClient client = LineClient.connect(context, "echo")) {
				assertThat(client.ask("hello")).isEqualTo("hello");
			}
		});
	}

	@Test
	void whenValidatorIsThereThenMessagesAreValidated() {
		this.runner.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
			.withUserConfiguration(ValidatingHandlers.class)
			.withPropertyValues("workerman.servers.json.protocol=text", "workerman.servers.json.port=0")
			.run((context) -> {
				try (LineClient client = LineClient.connect(context, "json")) {
					assertThat(client.ask("{\"name\":\"amy\"}")).isEqualTo("hello amy");
					assertThat(client.ask("{\"name\":\"\"}")).contains("validation_failed").contains("\"name\"");
				}
			});
	}

	@Test
	void whenUserDefinesResolversAndResultHandlersThenTheyAreUsed() {
		this.runner.withUserConfiguration(CustomArgumentHandlers.class)
			.withBean(ArgumentResolver.class,
					() -> (parameter) -> (parameter.type() == Thread.class)
							? (connection, event) -> Thread.currentThread() : null)
			.withPropertyValues("workerman.servers.custom.protocol=text", "workerman.servers.custom.port=0")
			.run((context) -> {
				try (LineClient client = LineClient.connect(context, "custom")) {
					assertThat(client.ask("?")).startsWith("workerman-");
				}
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class FactoryConfiguration {

		@Bean
		ServerFactory serverFactory(ServerEnvironment environment) {
			return (definition) -> ServerFactory.standard(environment)
				.create(ServerDefinition.builder(definition.name(), definition.protocol(), definition.port())
					.socket(new SocketSettings(5, false, true, true))
					.build());
		}

	}

	static class ValidatingHandlers {

		@OnMessage
		String greet(@Valid Named named) {
			return "hello " + named.name();
		}

	}

	record Named(@NotEmpty String name) {

	}

	static class CustomArgumentHandlers {

		@OnMessage
		String thread(String message, Thread thread) {
			return thread.getName();
		}

	}

	static class JsonHandlers {

		@OnMessage("greet")
		Greeting greet(Person person) {
			return new Greeting("hello " + person.name());
		}

	}

	record Person(String name) {

	}

	record Greeting(String text) {

	}

	record WaitingHandlers(CountDownLatch latch) {

		@OnMessage
		String message(String message) throws InterruptedException {
			this.latch.await();
			return "done";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class StartedListener implements ApplicationListener<WorkermanServerStartedEvent> {

		private final List<Integer> ports = new ArrayList<>();

		private final Environment environment;

		StartedListener(Environment environment) {
			this.environment = environment;
		}

		@Override
		public void onApplicationEvent(WorkermanServerStartedEvent event) {
			int port = this.environment.getRequiredProperty("local.workerman." + event.server().name() + ".port",
					Integer.class);
			assertThat(port).isEqualTo(event.port());
			this.ports.add(port);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomProtocolConfiguration {

		@Bean
		Protocol linesProtocol() {
			return new Protocol() {

				@Override
				public String name() {
					return "lines";
				}

				@Override
				public CodecFactory codecs(ProtocolSettings settings) {
					return new TextProtocol().codecs(settings);
				}

			};
		}

	}

	private record RecordingCustomizer(List<String> calls, int order) implements ServerCustomizer, Ordered {

		@Override
		public TcpServer customize(ServerDefinition definition, TcpServer server) {
			this.calls.add(this.order + " " + definition.name());
			return server;
		}

		@Override
		public int getOrder() {
			return this.order;
		}

	}

	private record RecordingDecorator(List<String> calls, int order) implements ListenerDecorator, Ordered {

		@Override
		public ConnectionListener decorate(WorkermanServer server, ConnectionListener listener) {
			this.calls.add(Integer.toString(this.order));
			return listener;
		}

		@Override
		public int getOrder() {
			return this.order;
		}

	}

}
