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
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.workerman.annotation.OnError;
import io.github.workerman.annotation.OnMessage;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import org.springframework.validation.beanvalidation.MethodValidationPostProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of messages that are not valid.
 */
@ExtendWith(OutputCaptureExtension.class)
class HandlerValidationTests {

	record Login(@NotBlank String name, @Valid Profile profile) {
	}

	record Profile(@Max(150) int age) {
	}

	@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
	record Order(@NotBlank String orderName, List<@Valid Item> orderItems, Map<String, @Valid Item> byName) {
	}

	record Item(@JsonProperty("n") @Max(9) int itemCount) {
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

	@ParameterizedTest
	@ValueSource(classes = { Validation.class, AdaptingValidation.class })
	void whenAClassIsValidatedThenItsParametersAre(Class<?> validation) {
		try (HandlerFixture fixture = HandlerFixture.of(validation, ValidatedClass.class).start()) {
			fixture.message("{\"type\":\"login\",\"name\":\"\",\"profile\":{\"age\":151}}", " ");
			fixture.assertSent(
					violation(Map.of("name", "must not be blank", "profile.age", "must be less than or equal to 150")),
					violation(Map.of("text", "must not be blank")));
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { Validation.class, AdaptingValidation.class })
	void whenPropertiesHaveOtherNamesInJsonThenTheReplyNamesThose(Class<?> validation) {
		try (HandlerFixture fixture = HandlerFixture.of(validation, ValidatedOrders.class).start()) {
			fixture.message("""
					{"type":"order","order_name":"","order_items":[{"n":1},{"n":10}],"by_name":{"a.b":{"n":11}}}""",
					"[{\"n\":12}]");
			String tooMany = "must be less than or equal to 9";
			fixture.assertSent(violation(
					Map.of("order_name", "must not be blank", "order_items[1].n", tooMany, "by_name[a.b].n", tooMany)),
					violation(Map.of("[0].n", tooMany)));
		}
	}

	@Test
	void whenPropertiesOfAValidMessageHaveOtherNamesInJsonThenTheReplyNamesThose() {
		try (HandlerFixture fixture = HandlerFixture.of(Validation.class, ValidOrder.class).start()) {
			fixture.message("{\"order_name\":\" \",\"order_items\":[{\"n\":10}]}");
			fixture.assertSent(violation(
					Map.of("order_name", "must not be blank", "order_items[0].n", "must be less than or equal to 9")));
		}
	}

	@Test
	void whenAnotherBeanIsCalledWithInvalidArgumentsThenThatIsAnErrorOfTheProgram(CapturedOutput output) {
		try (HandlerFixture fixture = HandlerFixture.of(Validation.class, Service.class, CallsService.class).start()) {
			fixture.message("x");
			assertThat(fixture.connection().sent()).isEmpty();
			assertThat(output).contains("Handler handlerValidationTests.CallsService#message (@OnMessage)");
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

	private static MethodValidationPostProcessor methodValidation(Object validator, boolean adapt) {
		MethodValidationPostProcessor processor = new MethodValidationPostProcessor();
		processor.setValidator((Validator) validator);
		processor.setProxyTargetClass(true);
		processor.setAdaptConstraintViolations(adapt);
		return processor;
	}

	@Configuration(proxyBeanMethods = false)
	static class Validators {

		@Bean
		static LocalValidatorFactoryBean validator() {
			return new LocalValidatorFactoryBean();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Validators.class)
	static class Validation {

		@Bean
		static MethodValidationPostProcessor violations(@Lazy LocalValidatorFactoryBean validator) {
			return methodValidation(validator, false);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Validators.class)
	static class AdaptingValidation {

		@Bean
		static MethodValidationPostProcessor adaptedViolations(@Lazy LocalValidatorFactoryBean validator) {
			return methodValidation(validator, true);
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
	static class ValidOrder {

		@OnMessage
		void order(@Valid Order order) {
		}

	}

	@Component
	@Validated
	static class ValidatedOrders {

		@OnMessage("order")
		void order(@Valid Order order) {
		}

		@OnMessage
		void items(List<@Valid Item> items) {
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

}
