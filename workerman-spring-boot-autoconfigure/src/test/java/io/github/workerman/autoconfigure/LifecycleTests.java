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

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.workerman.annotation.OnClose;
import io.github.workerman.annotation.OnConnect;
import io.github.workerman.annotation.OnServerStart;
import io.github.workerman.annotation.OnServerStop;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.ConnectionRegistry;
import io.github.workerman.server.ServerState;
import io.github.workerman.server.WorkermanServer;
import io.github.workerman.server.WorkermanServerRegistry;
import io.github.workerman.server.WorkermanServerStartedEvent;
import io.github.workerman.server.WorkermanServerStoppedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static io.github.workerman.autoconfigure.TestApplication.arguments;
import static io.github.workerman.autoconfigure.TestApplication.awaitThreads;
import static io.github.workerman.autoconfigure.TestApplication.run;
import static io.github.workerman.autoconfigure.TestApplication.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * How servers live and die with their application context.
 */
@Timeout(60)
class LifecycleTests {

	private static final String[] ECHO = { "workerman.servers.echo.protocol=text", "workerman.servers.echo.port=0",
			"workerman.servers.echo.address=127.0.0.1" };

	@Test
	void whenInitializationIsLazyThenServersStart() {
		SpringApplication application = TestApplication.of(Application.class);
		application.setLazyInitialization(true);
		try (ConfigurableApplicationContext context = application.run(arguments(ECHO))) {
			assertEchoes(context);
		}
	}

	@Test
	void whenTwoContextsRunThenTheyKnowNothingOfEachOther() {
		ConfigurableApplicationContext first = run(Application.class, ECHO);
		try (ConfigurableApplicationContext second = run(Application.class, ECHO)) {
			try (LineClient client = LineClient.connect(second, "echo")) {
				assertThat(client.ask("hello")).isEqualTo("hello");
				assertThat(first.getBean(ConnectionRegistry.class).count()).isZero();
				assertEchoes(first);
				first.close();
				assertThat(client.ask("still there")).isEqualTo("still there");
			}
		}
		finally {
			first.close();
		}
	}

	@Test
	void whenContextIsStoppedThenPortIsFreeAndServerCanStartAgain() throws IOException {
		try (ConfigurableApplicationContext context = run(Application.class, ECHO)) {
			WorkermanServer server = server(context);
			int port = LineClient.portOf(context, "echo");
			try (LineClient client = LineClient.connect(port)) {
				assertThat(client.ask("hello")).isEqualTo("hello");
				context.stop();
				assertThat(client.receive()).isNull();
			}
			assertThat(server.state()).isEqualTo(ServerState.STOPPED);
			assertThat(server.address()).isNull();
			assertThat(context.getBean(ConnectionRegistry.class).count()).isZero();
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				assertThat(socket.isBound()).isTrue();
			}
			context.start();
			assertThat(server.state()).isEqualTo(ServerState.RUNNING);
			assertThat(server.statistics().in().messages()).isZero();
			assertEchoes(context);
		}
	}

	@Test
	void whenContextIsClosedThenNextOneCanTakeItsPort() {
		int port = 0;
		for (int i = 0; i < 3; i++) {
			try (ConfigurableApplicationContext context = run(Application.class, "workerman.servers.echo.protocol=text",
					"workerman.servers.echo.address=127.0.0.1", "workerman.servers.echo.port=" + port);
					LineClient client = LineClient.connect(context, "echo")) {
				port = LineClient.portOf(context, "echo");
				assertThat(client.ask("hello")).isEqualTo("hello");
				context.close();
				assertThat(client.receive()).isNull();
			}
		}
	}

	@Test
	void whenContextPausesThenServersGoOn() {
		try (ConfigurableApplicationContext context = run(Application.class, ECHO);
				LineClient client = LineClient.connect(context, "echo")) {
			int port = LineClient.portOf(context, "echo");
			context.pause();
			assertThat(client.ask("while paused")).isEqualTo("while paused");
			context.restart();
			assertThat(client.ask("afterwards")).isEqualTo("afterwards");
			assertThat(LineClient.portOf(context, "echo")).isEqualTo(port);
		}
	}

	@Test
	void whenServersRunThenJvmIsKeptAlive() {
		List<Thread> before = awaitThreads();
		try (ConfigurableApplicationContext context = run(Application.class, ECHO)) {
			List<Thread> threads = awaitThreads();
			threads.removeAll(before);
			assertThat(threads).singleElement().satisfies((thread) -> assertThat(thread.isDaemon()).isFalse());
			context.stop();
			await().untilAsserted(() -> assertThat(threads.get(0).isAlive()).isFalse());
		}
	}

	@Test
	void whenNoServerIsConfiguredThenJvmIsNotKeptAlive() {
		List<Thread> before = awaitThreads();
		try (ConfigurableApplicationContext context = run(Application.class)) {
			assertThat(context.isRunning()).isTrue();
			// One of an earlier context may just be ending.
			assertThat(awaitThreads()).isSubsetOf(before);
		}
	}

	@Test
	void eventsComeInOrder() {
		List<String> log;
		try (ConfigurableApplicationContext context = run(Application.class, ECHO)) {
			log = context.getBean(Recorder.class).log;
			assertThat(log).containsExactly("start handler, STARTING", "started event");
			try (LineClient client = LineClient.connect(context, "echo")) {
				assertThat(client.ask("hello")).isEqualTo("hello");
				context.close();
				assertThat(client.receive()).isNull();
			}
		}
		assertThat(log).containsExactly("start handler, STARTING", "started event", "connected", "refusing traffic",
				"stop handler, DRAINING, 1 open", "closed SHUTDOWN", "stopped event");
	}

	@Test
	void whenStartHandlerFailsThenNothingListens() {
		assertThatException().isThrownBy(() -> run(FailingStart.class, ECHO))
			.havingRootCause()
			.withMessage("no at null, STARTING");
	}

	@Test
	void serverCanBeStoppedAndStartedAlone() {
		try (ConfigurableApplicationContext context = run(Application.class, ECHO)) {
			WorkermanServer server = server(context);
			try (LineClient client = LineClient.connect(context, "echo")) {
				assertThat(client.ask("hello")).isEqualTo("hello");
				server.stop();
				server.stop();
				assertThat(client.receive()).isNull();
			}
			assertThat(server.state()).isEqualTo(ServerState.STOPPED);
			server.start();
			server.start();
			assertEchoes(context);
			assertThat(context.getBean(Recorder.class).log).filteredOn((entry) -> entry.equals("started event"))
				.hasSize(2);
		}
	}

	@Test
	void whenPortIsPublishedThenParentsKnowIt() {
		try (ConfigurableApplicationContext parent = TestApplication.of(Empty.class).run()) {
			SpringApplication child = TestApplication.of(Application.class);
			child.addInitializers((context) -> context.setParent(parent));
			try (ConfigurableApplicationContext context = child.run(arguments(ECHO))) {
				assertThat(parent.getEnvironment().getProperty("local.workerman.echo.port"))
					.isEqualTo(String.valueOf(LineClient.portOf(context, "echo")));
			}
		}
	}

	private static void assertEchoes(ConfigurableApplicationContext context) {
		try (LineClient client = LineClient.connect(context, "echo")) {
			assertThat(client.ask("hello")).isEqualTo("hello");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(WorkermanAutoConfiguration.class)
	static class Application {

		@Bean
		EchoHandlers echoHandlers() {
			return new EchoHandlers();
		}

		@Bean
		Recorder recorder(ObjectProvider<WorkermanServerRegistry> registry,
				ObjectProvider<ConnectionRegistry> connections) {
			return new Recorder(registry, connections);
		}

	}

	static class Recorder {

		private final List<String> log = Collections.synchronizedList(new ArrayList<>());

		private final ObjectProvider<WorkermanServerRegistry> registry;

		private final ObjectProvider<ConnectionRegistry> connections;

		Recorder(ObjectProvider<WorkermanServerRegistry> registry, ObjectProvider<ConnectionRegistry> connections) {
			this.registry = registry;
			this.connections = connections;
		}

		@OnServerStart
		void starting() {
			this.log.add("start handler, " + state());
		}

		@OnServerStop
		void stopping() {
			this.log.add("stop handler, " + state() + ", " + this.connections.getObject().count() + " open");
		}

		@OnConnect
		void connected() {
			this.log.add("connected");
		}

		@OnClose
		void closed(CloseReason reason) {
			this.log.add("closed " + reason.cause());
		}

		@EventListener
		void started(WorkermanServerStartedEvent event) {
			this.log.add("started event");
		}

		@EventListener
		void stopped(WorkermanServerStoppedEvent event) {
			this.log.add("stopped event");
		}

		@EventListener
		void availability(AvailabilityChangeEvent<ReadinessState> event) {
			if (event.getState() == ReadinessState.REFUSING_TRAFFIC) {
				this.log.add("refusing traffic");
			}
		}

		private ServerState state() {
			return this.registry.getObject().servers().iterator().next().state();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(WorkermanAutoConfiguration.class)
	static class FailingStart {

		@Bean
		FailingStartHandlers failingStartHandlers(ObjectProvider<WorkermanServerRegistry> registry) {
			return new FailingStartHandlers(registry);
		}

	}

	static class FailingStartHandlers {

		private final ObjectProvider<WorkermanServerRegistry> registry;

		FailingStartHandlers(ObjectProvider<WorkermanServerRegistry> registry) {
			this.registry = registry;
		}

		@OnServerStart
		void start() {
			WorkermanServer server = this.registry.getObject().servers().iterator().next();
			throw new IllegalStateException("no at " + server.address() + ", " + server.state());
		}

	}

}
