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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.github.workerman.annotation.OnClose;
import io.github.workerman.annotation.OnError;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.WorkermanHandler;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.handler.HandlerDefinitionException.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class HandlerBeanTests {

	// Transactions

	@Test
	void whenAHandlerIsTransactionalThenItRunsInATransactionThatItsErrorRollsBack() {
		try (HandlerFixture fixture = HandlerFixture.of(Transactions.class, Ledger.class).start()) {
			fixture.message("book", "fail");
			fixture.assertSent("active true", "rolled back because of no money");
			assertThat(fixture.bean(RecordingTransactions.class).log).containsExactly("begin", "commit", "begin",
					"rollback");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement
	static class Transactions {

		@Bean
		RecordingTransactions transactionManager() {
			return new RecordingTransactions();
		}

	}

	static class RecordingTransactions extends AbstractPlatformTransactionManager {

		final List<String> log = new CopyOnWriteArrayList<>();

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			this.log.add("begin");
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			this.log.add("commit");
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
			this.log.add("rollback");
		}

	}

	@WorkermanHandler
	static class Ledger {

		@OnMessage
		@Transactional
		String book(String text) {
			if (text.equals("fail")) {
				throw new IllegalStateException("no money");
			}
			return "active " + TransactionSynchronizationManager.isActualTransactionActive();
		}

		@OnError
		String error(IllegalStateException error) {
			return "rolled back because of " + error.getMessage();
		}

	}

	// Asynchronous methods

	@Test
	void whenAHandlerIsAsyncThenItsFutureIsTheReply() {
		try (HandlerFixture fixture = HandlerFixture.of(Asynchronous.class, AsyncHandler.class).start()) {
			fixture.message("{\"type\":\"future\",\"n\":1}", "{\"type\":\"future\",\"n\":2}");
			fixture.assertSent("async- 1", "async- 2");
		}
	}

	@Test
	void whenAnAsyncHandlerReturnsNothingThenTheNextMessageDoesNotWait() {
		try (HandlerFixture fixture = HandlerFixture.of(Asynchronous.class, AsyncVoidHandler.class).start()) {
			fixture.message("wait", "go");
			fixture.assertSent("gone", "waited on async-");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	static class Asynchronous {

		@Bean
		TaskExecutor taskExecutor() {
			return new SimpleAsyncTaskExecutor("async-");
		}

	}

	@Component
	static class AsyncHandler {

		record Number(int n) {
		}

		@OnMessage("future")
		@Async
		CompletableFuture<String> future(Number number) {
			return CompletableFuture.completedFuture(threadKind() + " " + number.n());
		}

	}

	@Component
	static class AsyncVoidHandler {

		private final CountDownLatch go = new CountDownLatch(1);

		@OnMessage
		@Async
		void message(Connection connection, String text) throws InterruptedException {
			if (text.equals("go")) {
				connection.send("gone");
				this.go.countDown();
			}
			else {
				this.go.await();
				connection.send("waited on " + threadKind());
			}
		}

	}

	private static String threadKind() {
		return Thread.currentThread().getName().replaceAll("\\d", "");
	}

	// Proxies that hide

	interface Closer {

		void closed(CloseReason reason);

	}

	@Test
	void whenAJdkProxyShowsTheMethodThenItIsCalledThroughIt() {
		try (HandlerFixture fixture = HandlerFixture.of(InterfaceTransactions.class, ShownByInterface.class).start()) {
			fixture.close(CloseReason.NORMAL);
			assertThat(ShownByInterface.LOG).containsExactly("true");
			assertThat(fixture.bean(RecordingTransactions.class).log).containsExactly("begin", "commit");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = false)
	static class InterfaceTransactions extends Transactions {

	}

	@Component
	static class ShownByInterface implements Closer {

		static final List<String> LOG = new ArrayList<>();

		@Override
		@OnClose
		@Transactional
		public void closed(CloseReason reason) {
			LOG.clear();
			LOG.add(Boolean.toString(TransactionSynchronizationManager.isActualTransactionActive()));
		}

	}

	@Test
	void whenAJdkProxyHidesTheMethodThenTheStartFails() {
		HandlerDefinitionException error = failure(InterfaceTransactions.class, HiddenByInterface.class);
		assertThat(error.problem()).isEqualTo(Problem.HIDDEN_BY_PROXY);
		assertThat(error).hasMessage("The proxy of bean 'handlerBeanTests.HiddenByInterface' hides @OnMessage method"
				+ " HiddenByInterface.message(String) of bean 'handlerBeanTests.HiddenByInterface': it is a JDK proxy"
				+ " and none of its interfaces has the method.");
		assertThat(error.action()).contains("proxyTargetClass=true");
	}

	@Component
	static class HiddenByInterface implements Closer {

		@Override
		@Transactional
		public void closed(CloseReason reason) {
		}

		@OnMessage
		void message(String text) {
		}

	}

	@Test
	void whenAMethodBehindAProxyIsFinalOrPrivateThenTheStartFails() {
		HandlerDefinitionException ofFinal = failure(Transactions.class, FinalMethod.class);
		assertThat(ofFinal.problem()).isEqualTo(Problem.HIDDEN_BY_PROXY);
		assertThat(ofFinal).hasMessageContaining("the method is final");
		assertThat(ofFinal.action()).isEqualTo("Remove 'final' from the method.");
		HandlerDefinitionException ofPrivate = failure(Transactions.class, PrivateMethod.class);
		assertThat(ofPrivate.problem()).isEqualTo(Problem.HIDDEN_BY_PROXY);
		assertThat(ofPrivate).hasMessageContaining("the method is private");
	}

	@Component
	@Transactional
	static class FinalMethod {

		@OnMessage
		final void message(String text) {
		}

	}

	@Component
	@Transactional
	static class PrivateMethod {

		@OnMessage
		private void message(String text) {
		}

	}

	@Test
	void whenNoProxyIsInTheWayThenPrivateAndFinalMethodsHandle() {
		try (HandlerFixture fixture = HandlerFixture.of(PlainPrivate.class).start()) {
			fixture.message("a");
			fixture.assertSent("private a");
		}
	}

	@Component
	static class PlainPrivate {

		@OnMessage
		private @Nullable String message(String text) {
			return "private " + text;
		}

	}

	private static HandlerDefinitionException failure(Class<?>... beans) {
		try (HandlerFixture fixture = HandlerFixture.of(beans)) {
			HandlerDefinitionException error = catchThrowableOfType(HandlerDefinitionException.class, fixture::start);
			assertThat(error).isNotNull();
			return error;
		}
	}

}
