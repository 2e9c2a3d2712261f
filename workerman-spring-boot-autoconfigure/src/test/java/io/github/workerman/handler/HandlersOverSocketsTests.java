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

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.workerman.annotation.Blocking;
import io.github.workerman.annotation.OnClose;
import io.github.workerman.annotation.OnConnect;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.autoconfigure.LineClient;
import io.github.workerman.autoconfigure.WorkermanAutoConfiguration;
import io.github.workerman.connection.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers that block or take their time, behind a real engine and real sockets.
 */
class HandlersOverSocketsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(TaskExecutionAutoConfiguration.class, WorkermanAutoConfiguration.class))
		.withPropertyValues("workerman.servers.chat.protocol=text", "workerman.servers.chat.port=0",
				"workerman.servers.chat.address=127.0.0.1");

	@ParameterizedTest
	@ValueSource(classes = { BlockingEcho.class, MonoEcho.class, MixedEcho.class })
	void whenManyPeersTalkThenEachGetsItsRepliesInOrder(Class<?> handler) {
		this.runner.withUserConfiguration(handler).run((context) -> {
			List<LineClient> clients = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				clients.add(LineClient.connect(context, "chat"));
			}
			String batch = String.join("\n", IntStream.range(0, 500).mapToObj(Integer::toString).toList()) + "\n";
			for (int round = 0; round < 4; round++) {
				clients.forEach((client) -> client.send(batch));
				for (LineClient client : clients) {
					for (int i = 0; i < 500; i++) {
						assertThat(client.receive()).isEqualTo(Integer.toString(i));
					}
				}
			}
			clients.forEach(LineClient::close);
		});
	}

	@Blocking
	static class BlockingEcho {

		@OnMessage
		String echo(String text) {
			return text;
		}

	}

	static class MonoEcho {

		@OnMessage
		Mono<String> echo(String text) {
			return text.endsWith("7") ? Mono.just(text).publishOn(Schedulers.parallel()) : Mono.just(text);
		}

	}

	static class MixedEcho extends BlockingEcho {

		@Override
		@OnMessage
		String echo(String text) {
			return text;
		}

		@OnConnect
		@Blocking
		void connected(Connection connection) {
		}

	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void whenVirtualThreadsAreUsedThenBlockingHandlersRunOnThemInOrder() {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true")
			.withUserConfiguration(ThreadName.class)
			.run((context) -> {
				try (LineClient client = LineClient.connect(context, "chat")) {
					client.send("1\n2\n3\n");
					for (int i = 1; i <= 3; i++) {
						assertThat(client.receive()).matches(i + " VirtualThread.*workerman-blocking-.*");
					}
				}
			});
	}

	@Blocking
	static class ThreadName {

		@OnMessage
		String name(String text) {
			return text + " " + Thread.currentThread();
		}

	}

	@Test
	void whenHandlersDoNotKeepUpThenTheSocketIsNotRead() {
		this.runner.withUserConfiguration(Stuck.class).run((context) -> {
			Stuck stuck = context.getBean(Stuck.class);
			String line = "x".repeat(1000) + "\n";
			try (LineClient client = LineClient.connect(context, "chat")) {
				Thread sender = new Thread(() -> {
					for (int i = 0; i < 20_000; i++) {
						client.send(line);
					}
				});
				sender.start();
				assertThat(stuck.full.await(20, TimeUnit.SECONDS)).isTrue();
				// Twenty megabytes are on their way, so that a loop that read would find
				// some.
				for (int i = 0; i < 50; i++) {
					CountDownLatch turn = new CountDownLatch(1);
					stuck.connection().execute(turn::countDown);
					assertThat(turn.await(20, TimeUnit.SECONDS)).isTrue();
				}
				assertThat(stuck.connection().statistics().messagesIn()).isEqualTo(64);
				assertThat(sender.isAlive()).isTrue();
				stuck.go.countDown();
				Awaitility.await().until(() -> stuck.connection().statistics().messagesIn() == 20_000);
				sender.join(20_000);
			}
		});
	}

	static class Stuck {

		final CountDownLatch full = new CountDownLatch(1);

		final CountDownLatch go = new CountDownLatch(1);

		private final List<Connection> connections = new CopyOnWriteArrayList<>();

		Connection connection() {
			return this.connections.get(0);
		}

		@OnMessage
		@Blocking
		void message(Connection connection, String text) throws InterruptedException {
			if (this.connections.isEmpty()) {
				this.connections.add(connection);
				Awaitility.await().until(() -> connection.statistics().messagesIn() >= 64);
				this.full.countDown();
				this.go.await();
			}
		}

	}

	@Test
	void whenAPeerLeavesThenItsMessagesAreHandledBeforeItsClose() {
		this.runner.withUserConfiguration(Diary.class).run((context) -> {
			Diary diary = context.getBean(Diary.class);
			try (LineClient client = LineClient.connect(context, "chat")) {
				client.send("1\n2\n3\n");
			}
			diary.go.countDown();
			Awaitility.await().until(() -> diary.entries.contains("closed"));
			assertThat(diary.entries).containsExactly("connected", "1", "2", "3", "closed");
		});
	}

	static class Diary {

		final List<String> entries = new CopyOnWriteArrayList<>();

		final CountDownLatch go = new CountDownLatch(1);

		@OnConnect
		void connected() {
			this.entries.add("connected");
		}

		@OnMessage
		@Blocking
		void message(String text) throws InterruptedException {
			this.go.await();
			this.entries.add(text);
		}

		@OnClose
		void closed() {
			this.entries.add("closed");
		}

	}

	@Test
	void whenAPeerLeavesThenItsStreamsEnd() {
		this.runner.withUserConfiguration(Ticker.class).run((context) -> {
			Ticker ticker = context.getBean(Ticker.class);
			try (LineClient client = LineClient.connect(context, "chat")) {
				client.send("start\n");
				assertThat(client.receive()).isEqualTo("0");
				assertThat(client.receive()).isEqualTo("1");
				assertThat(ticker.running).hasSize(1);
			}
			Awaitility.await().until(ticker.running::isEmpty);
		});
	}

	static class Ticker {

		final Set<String> running = ConcurrentHashMap.newKeySet();

		@OnMessage
		Flux<String> start(Connection connection, String text) {
			return Flux.interval(java.time.Duration.ofMillis(1))
				.onBackpressureDrop()
				.map(String::valueOf)
				.doOnSubscribe((subscription) -> this.running.add(connection.id()))
				.doFinally((signal) -> this.running.remove(connection.id()));
		}

	}

	@Test
	void whenAPeerReadsSlowlyThenAStreamWaitsForItAndLosesNothing() {
		this.runner.withPropertyValues("workerman.servers.chat.max-send-buffer=64KB")
			.withUserConfiguration(Large.class)
			.run((context) -> {
				try (LineClient client = LineClient.connect(context, "chat")) {
					client.send("x\n");
					Large large = context.getBean(Large.class);
					Awaitility.await().until(() -> large.waits(client));
					for (int i = 0; i < 4000; i++) {
						assertThat(client.receive()).startsWith(i + " ");
					}
					assertThat(client.receive()).isEqualTo("end");
				}
			});
	}

	static class Large {

		private final List<Integer> produced = new CopyOnWriteArrayList<>();

		private int last = -1;

		boolean waits(LineClient client) {
			int now = this.produced.size();
			boolean waits = now > 0 && now < 4000 && now == this.last;
			this.last = now;
			return waits;
		}

		@OnMessage
		Flux<String> start(String text) {
			return Flux.range(0, 4000)
				.doOnNext(this.produced::add)
				.map((number) -> number + " " + "y".repeat(4000))
				.concatWithValues("end");
		}

	}

}
