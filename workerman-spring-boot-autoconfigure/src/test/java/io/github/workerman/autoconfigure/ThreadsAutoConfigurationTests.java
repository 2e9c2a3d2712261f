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

import java.time.Duration;
import java.util.concurrent.Executor;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.WorkermanHandler;
import io.github.workerman.server.WorkermanServerRegistry;
import io.github.workerman.transport.TransportKind;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for the threads that servers and handlers get.
 */
class ThreadsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(TaskExecutionAutoConfiguration.class, WorkermanAutoConfiguration.class));

	@Test
	void whenHandlersBlockThenTheyRunOnTheBlockingExecutor() {
		this.runner.withUserConfiguration(LoopThreadHandlers.class)
			.withPropertyValues("workerman.servers.blocking.protocol=text", "workerman.servers.blocking.port=0",
					"workerman.servers.blocking.execution=blocking")
			.run((context) -> {
				try (LineClient client = LineClient.connect(context, "blocking")) {
					assertThat(client.ask("?")).startsWith("workerman-blocking-");
				}
			});
	}

	@Test
	void blockingExecutorLeavesApplicationTaskExecutorAlone() {
		this.runner.run((context) -> {
			assertThat(context).hasBean(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME);
			assertThat(context.getBean(Executor.class))
				.isSameAs(context.getBean(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME));
		});
	}

	@Test
	void blockingExecutorIsBoundedPool() {
		this.runner
			.withPropertyValues("workerman.blocking.max-threads=3", "spring.task.execution.pool.queue-capacity=1")
			.run((context) -> {
				ThreadPoolTaskExecutor executor = context.getBean(BlockingExecutorConfiguration.BEAN_NAME,
						ThreadPoolTaskExecutor.class);
				assertThat(executor.getMaxPoolSize()).isEqualTo(3);
				assertThat(executor.getQueueCapacity()).isEqualTo(Integer.MAX_VALUE);
				assertThat(executor.getThreadNamePrefix()).isEqualTo("workerman-blocking-");
			});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void whenVirtualThreadsAreEnabledThenBlockingExecutorUsesThem() {
		this.runner
			.withPropertyValues("spring.threads.virtual.enabled=true",
					"spring.task.execution.simple.concurrency-limit=1")
			.run((context) -> {
				SimpleAsyncTaskExecutor executor = context.getBean(BlockingExecutorConfiguration.BEAN_NAME,
						SimpleAsyncTaskExecutor.class);
				assertThat(executor.getConcurrencyLimit()).isEqualTo(SimpleAsyncTaskExecutor.UNBOUNDED_CONCURRENCY);
				assertThat(executor.submit(() -> Thread.currentThread().toString()).get()).contains("VirtualThread");
			});
	}

	@Test
	void whenUserDefinesBlockingExecutorThenOursBacksOff() {
		Executor executor = Runnable::run;
		this.runner.withBean(BlockingExecutorConfiguration.BEAN_NAME, Executor.class, () -> executor)
			.run((context) -> assertThat(context.getBean(BlockingExecutorConfiguration.BEAN_NAME)).isSameAs(executor));
	}

	@Test
	void whenApplicationHasEventLoopsThenServersShareThem() {
		ReactorResourceFactory factory = new ReactorResourceFactory();
		factory.setUseGlobalResources(false);
		factory.setLoopResourcesSupplier(() -> new NioLoops(LoopResources.create("webflux-http")));
		this.runner.withUserConfiguration(LoopThreadHandlers.class)
			.withPropertyValues("workerman.servers.loop.protocol=text", "workerman.servers.loop.port=0",
					"workerman.servers.own.protocol=text", "workerman.servers.own.port=0",
					"workerman.servers.own.threads=2")
			.withBean(ReactorResourceFactory.class, () -> factory)
			.run((context) -> {
				try (LineClient client = LineClient.connect(context, "loop")) {
					assertThat(client.ask("?")).startsWith("webflux-http-");
				}
				try (LineClient client = LineClient.connect(context, "own")) {
					assertThat(client.ask("?")).startsWith("workerman-own-");
				}
				WorkermanServerRegistry registry = context.getBean(WorkermanServerRegistry.class);
				assertThat(registry.find("own").orElseThrow().threads()).isEqualTo(2);
			});
	}

	@Test
	void whenEventLoopsOfTheApplicationAreOfIoUringThenServersHaveTheirOwn() {
		assumeTrue(TransportKind.AUTO.resolve() == TransportKind.IO_URING, "io_uring is not available");
		ReactorResourceFactory factory = new ReactorResourceFactory();
		factory.setUseGlobalResources(false);
		this.runner.withUserConfiguration(LoopThreadHandlers.class)
			.withPropertyValues("workerman.servers.loop.protocol=text", "workerman.servers.loop.port=0")
			.withBean(ReactorResourceFactory.class, () -> factory)
			.run((context) -> {
				try (LineClient client = LineClient.connect(context, "loop")) {
					assertThat(client.ask("?")).startsWith("workerman-");
				}
				assertThat(context.getBean(WorkermanServerRegistry.class).find("loop").orElseThrow().transport())
					.isEqualTo("io_uring");
			});
	}

	@Test
	void whenTransportIsForcedThenServersHaveLoopsOfTheirOwn() {
		this.runner.withUserConfiguration(LoopThreadHandlers.class)
			.withPropertyValues("workerman.transport=nio", "workerman.servers.loop.protocol=text",
					"workerman.servers.loop.port=0")
			.withBean(ReactorResourceFactory.class)
			.run((context) -> {
				try (LineClient client = LineClient.connect(context, "loop")) {
					assertThat(client.ask("?")).startsWith("workerman-");
				}
				assertThat(context.getBean(WorkermanServerRegistry.class).find("loop").orElseThrow().transport())
					.isEqualTo("nio");
			});
	}

	/**
	 * Loops that use no native transport.
	 */
	private record NioLoops(LoopResources delegate) implements LoopResources {

		@Override
		public EventLoopGroup onServer(boolean useNative) {
			return this.delegate.onServer(false);
		}

		@Override
		public EventLoopGroup onClient(boolean useNative) {
			return this.delegate.onClient(false);
		}

		@Override
		public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup group) {
			return this.delegate.onChannel(type, group);
		}

		@Override
		public <C extends Channel> Class<? extends C> onChannelClass(Class<C> type, EventLoopGroup group) {
			return this.delegate.onChannelClass(type, group);
		}

		@Override
		public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
			return this.delegate.disposeLater(quietPeriod, timeout);
		}

	}

	@WorkermanHandler
	static class LoopThreadHandlers {

		@OnMessage
		String thread(String message) {
			return Thread.currentThread().getName();
		}

	}

}
