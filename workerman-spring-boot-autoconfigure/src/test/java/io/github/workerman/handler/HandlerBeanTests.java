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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workerman.annotation.OnClose;
import io.github.workerman.annotation.OnError;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.WorkermanHandler;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.handler.HandlerDefinitionException.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
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
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import org.springframework.validation.beanvalidation.MethodValidationPostProcessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@ExtendWith(OutputCaptureExtension.class)
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

	// Validation

	record Login(@NotBlank String name, @Valid Profile profile) {
	}

	record Profile(@Max(150) int age) {
	}

	@Test
	void whenAValidatedMessageViolatesConstraintsThenTheReplyNamesTheFields() {
		try (HandlerFixture fixture = HandlerFixture.of(Validation.class, ValidLogin.class).start()) {
			fixture.message("{\"name\":\" \",\"profile\":{\"age\":151}}", "{\"name\":\"joe\",\"profile\":{\"age\":3}}");
			fixture.assertSent(
					violation(Map.of("name", "must not be blank", "profile.age", "must be less than or equal to 150")),
					"welcome joe");
		}
	}

	@Test
	void whenAClassIsValidatedThenItsParametersAre() {
		try (HandlerFixture fixture = HandlerFixture.of(Validation.class, ValidatedClass.class).start()) {
			fixture.message("{\"type\":\"login\",\"name\":\"\",\"profile\":{\"age\":151}}", " ");
			fixture.assertSent(
					violation(Map.of("name", "must not be blank", "profile.age", "must be less than or equal to 150")),
					violation(Map.of("text", "must not be blank")));
		}
	}

	@Test
	void whenMethodValidationAdaptsViolationsThenTheReplyIsTheSame() {
		try (HandlerFixture fixture = HandlerFixture.of(AdaptingValidation.class, ValidatedClass.class).start()) {
			fixture.message("{\"type\":\"login\",\"name\":\"\",\"profile\":{\"age\":151}}", " ");
			fixture.assertSent(
					violation(Map.of("name", "must not be blank", "profile.age", "must be less than or equal to 150")),
					violation(Map.of("text", "must not be blank")));
		}
	}

	@Test
	void whenAnotherBeanIsCalledWithInvalidArgumentsThenThatIsAnErrorOfTheProgram(CapturedOutput output) {
		try (HandlerFixture fixture = HandlerFixture.of(Validation.class, Service.class, CallsService.class).start()) {
			fixture.message("x");
			assertThat(fixture.connection().sent()).isEmpty();
			assertThat(output).contains("Handler handlerBeanTests.CallsService#message (@OnMessage)");
		}
	}

	@Test
	void whenAnErrorHandlerTakesViolationsThenItGetsThem() {
		try (HandlerFixture fixture = HandlerFixture.of(Validation.class, ValidatedClass.class, ViolationCatcher.class)
			.start()) {
			fixture.message(" ");
			fixture.assertSent("caught text.text: must not be blank");
		}
	}

	private static Map<String, Object> violation(Map<String, String> fields) {
		return Map.of("type", "error", "code", "validation_failed", "message", "message is not valid", "fields",
				fields);
	}

	@Configuration(proxyBeanMethods = false)
	static class Validation {

		@Bean
		static LocalValidatorFactoryBean validator() {
			return new LocalValidatorFactoryBean();
		}

		@Bean
		static MethodValidationPostProcessor methodValidation(@Lazy LocalValidatorFactoryBean validator) {
			MethodValidationPostProcessor processor = new MethodValidationPostProcessor();
			processor.setValidator((jakarta.validation.Validator) validator);
			processor.setProxyTargetClass(true);
			return processor;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AdaptingValidation {

		@Bean
		static LocalValidatorFactoryBean validator() {
			return new LocalValidatorFactoryBean();
		}

		@Bean
		static MethodValidationPostProcessor methodValidation(@Lazy LocalValidatorFactoryBean validator) {
			MethodValidationPostProcessor processor = new MethodValidationPostProcessor();
			processor.setValidator((jakarta.validation.Validator) validator);
			processor.setProxyTargetClass(true);
			processor.setAdaptConstraintViolations(true);
			return processor;
		}

	}

	@Component
	static class ValidLogin {

		@OnMessage
		String login(@Valid Login login) {
			return "welcome " + login.name();
		}

	}

	@Component
	@Validated
	static class ValidatedClass {

		@OnMessage("login")
		void login(@Valid Login login) {
		}

		@OnMessage
		void text(@NotBlank String text) {
		}

	}

	@Component
	@Validated
	static class Service {

		void call(@NotBlank String text) {
		}

	}

	@Component
	record CallsService(Service service) {

		@OnMessage
		void message(String text) {
			this.service.call("");
		}

	}

	@Component
	static class ViolationCatcher {

		@OnError
		String error(jakarta.validation.ConstraintViolationException error) {
			return "caught " + error.getMessage();
		}

	}

	// Scopes

	@Test
	void whenABeanIsAPrototypeThenEachCallHasItsOwn() {
		Prototype.CREATED.set(0);
		try (HandlerFixture fixture = HandlerFixture.of(Prototype.class).start()) {
			assertThat(Prototype.CREATED).hasValue(0);
			fixture.message("a", "b");
			fixture.assertSent("1 a", "2 b");
		}
	}

	@Component
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	static class Prototype {

		static final AtomicInteger CREATED = new AtomicInteger();

		private final int number = CREATED.incrementAndGet();

		@OnMessage
		String message(String text) {
			return this.number + " " + text;
		}

	}

	@Test
	void whenABeanIsScopedThenItIsCalledThroughItsProxyAndOnce() {
		for (Class<?> type : List.of(ProxiedScope.class, PlainScope.class)) {
			try (HandlerFixture fixture = HandlerFixture.of(type)
				.context((context) -> context.getBeanFactory().registerScope("thread", new SimpleThreadScope()))
				.start()) {
				assertThat(fixture.handlers().descriptions()).hasSize(1);
				fixture.message("a");
				fixture.message("b");
				fixture.assertSent("1 a", "2 b");
			}
		}
	}

	@Component
	@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class ProxiedScope {

		private int count;

		@OnMessage
		String message(String text) {
			return ++this.count + " " + text;
		}

	}

	@Component
	@Scope(scopeName = "thread")
	static class PlainScope {

		private int count;

		@OnMessage
		String message(String text) {
			return ++this.count + " " + text;
		}

	}

	@Test
	void whenABeanIsLazyThenItIsCreatedForItsServer() {
		try (HandlerFixture fixture = HandlerFixture.of(LazyBean.class).start()) {
			fixture.message("a");
			fixture.assertSent("lazy a");
		}
	}

	@Component
	@Lazy
	static class LazyBean {

		@OnMessage
		String message(String text) {
			return "lazy " + text;
		}

	}

	@Test
	void whenABeanComesFromAFactoryMethodThenItHandlesToo() {
		try (HandlerFixture fixture = HandlerFixture.of(Factory.class).start()) {
			assertThat(fixture.handlers().descriptions()).extracting(HandlerDescription::method)
				.containsExactly("greeter#greet");
			fixture.message("joe");
			fixture.assertSent("hello joe");
		}
	}

	@Configuration
	static class Factory {

		@Bean
		Greeter greeter() {
			return new Greeter("hello");
		}

	}

	record Greeter(String word) {

		@OnMessage
		String greet(String name) {
			return this.word + " " + name;
		}

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

	@Test
	void whenABeanIsNamedThenThatIsItsName() {
		try (HandlerFixture fixture = HandlerFixture.of(Named.class).start()) {
			assertThat(fixture.handlers().descriptions().get(0).method()).isEqualTo("special#message");
		}
	}

	@WorkermanHandler("chat")
	@Component("special")
	static class Named {

		@OnMessage
		void message(String text) {
		}

	}

}
