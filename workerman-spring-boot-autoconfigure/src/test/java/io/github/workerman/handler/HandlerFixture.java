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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.execution.ExecutionMode;
import io.github.workerman.protocol.MessageCodec;
import io.github.workerman.protocol.jackson.JacksonMessageCodec;
import io.github.workerman.testsupport.RecordingConnection;
import io.github.workerman.testsupport.RecordingLoop;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.validation.Validator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with handler beans and one server, whose connections are recorded.
 */
final class HandlerFixture implements AutoCloseable {

	private final ExecutorService pool = Executors.newFixedThreadPool(4, (task) -> {
		Thread thread = new Thread(task, "test-blocking");
		thread.setDaemon(true);
		return thread;
	});

	private final RecordingLoop loop = new RecordingLoop();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private HandlerSettings settings = new HandlerSettings("chat", "websocket", true, true, "type",
			ExecutionMode.EVENT_LOOP, UnhandledErrorPolicy.KEEP);

	private Executor executor = this.pool;

	private @Nullable MessageCodec codec = new JacksonMessageCodec(JsonMapper.shared());

	private InvocationObserver observer = InvocationObserver.NONE;

	private @Nullable HandlerRegistry registry;

	private @Nullable ServerHandlers handlers;

	private final RecordingConnection connection = new RecordingConnection(this.loop);

	static HandlerFixture of(Class<?>... beans) {
		HandlerFixture fixture = new HandlerFixture();
		fixture.context.register(beans);
		return fixture;
	}

	HandlerFixture context(Consumer<AnnotationConfigApplicationContext> customizer) {
		customizer.accept(this.context);
		return this;
	}

	HandlerFixture protocol(String protocol, boolean distinguishesKinds, boolean webSocket) {
		this.settings = new HandlerSettings("chat", protocol, distinguishesKinds, webSocket, "type",
				this.settings.execution(), this.settings.onUnhandledError());
		return this;
	}

	HandlerFixture blocking() {
		this.settings = new HandlerSettings("chat", this.settings.protocol(), this.settings.distinguishesKinds(),
				this.settings.webSocket(), "type", ExecutionMode.BLOCKING, this.settings.onUnhandledError());
		return this;
	}

	HandlerFixture closeOnError() {
		this.settings = new HandlerSettings("chat", this.settings.protocol(), this.settings.distinguishesKinds(),
				this.settings.webSocket(), "type", this.settings.execution(), UnhandledErrorPolicy.CLOSE);
		return this;
	}

	HandlerFixture executor(Executor executor) {
		this.executor = executor;
		return this;
	}

	HandlerFixture codec(@Nullable MessageCodec codec) {
		this.codec = codec;
		return this;
	}

	HandlerFixture withoutCodec() {
		return codec(null);
	}

	HandlerFixture observer(InvocationObserver observer) {
		this.observer = observer;
		return this;
	}

	/**
	 * Refreshes the context and binds the handlers of server "chat".
	 */
	HandlerFixture start() {
		this.context.refresh();
		HandlerServices services = new HandlerServices(this.executor, this.codec,
				this.context.getBeanProvider(Validator.class).getIfAvailable(), ordered(ArgumentResolver.class),
				ordered(ResultHandler.class), this.observer);
		this.registry = new HandlerRegistry(this.context.getBeanFactory(), services);
		this.registry.afterSingletonsInstantiated();
		this.handlers = this.registry.handlersOf(this.settings);
		return this;
	}

	private <T> List<T> ordered(Class<T> type) {
		return this.context.getBeansOfType(type)
			.values()
			.stream()
			.sorted(AnnotationAwareOrderComparator.INSTANCE)
			.toList();
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	HandlerRegistry registry() {
		return java.util.Objects.requireNonNull(this.registry);
	}

	ServerHandlers handlers() {
		return java.util.Objects.requireNonNull(this.handlers);
	}

	ConnectionListener listener() {
		return handlers().listener();
	}

	RecordingLoop loop() {
		return this.loop;
	}

	RecordingConnection connection() {
		return this.connection;
	}

	HandlerFixture connect() {
		this.loop.run(() -> listener().connected(this.connection));
		return this;
	}

	HandlerFixture message(Object... messages) {
		this.loop.run(() -> {
			for (Object message : messages) {
				listener().message(this.connection, message);
			}
		});
		return this;
	}

	HandlerFixture close(CloseReason reason) {
		this.connection.markClosed();
		this.loop.run(() -> listener().closed(this.connection, reason));
		return this;
	}

	HandlerFixture fail(Throwable error) {
		this.loop.run(() -> listener().failed(this.connection, error));
		return this;
	}

	HandshakeDecision handshake(Handshake handshake) {
		CompletableFuture<HandshakeDecision> decision = new CompletableFuture<>();
		this.loop.run(() -> listener().handshake(this.connection, handshake, decision::complete));
		return decision.orTimeout(20, TimeUnit.SECONDS).join();
	}

	/**
	 * Waits until all has been sent, in this order.
	 */
	void assertSent(Object... messages) {
		Awaitility.await().untilAsserted(() -> assertThat(this.connection.sent()).containsExactly(messages));
		assertThat(this.loop.violations()).isEmpty();
	}

	@Override
	public void close() {
		assertThat(this.loop.violations()).isEmpty();
		this.context.close();
		this.pool.shutdownNow();
		this.loop.close();
	}

}
