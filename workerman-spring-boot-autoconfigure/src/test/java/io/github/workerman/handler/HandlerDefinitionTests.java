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

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Future;

import io.github.workerman.annotation.ConnectionAttribute;
import io.github.workerman.annotation.OnClose;
import io.github.workerman.annotation.OnConnect;
import io.github.workerman.annotation.OnError;
import io.github.workerman.annotation.OnHandshake;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnServerStart;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.MessageKind;
import io.github.workerman.connection.WebSocketConnection;
import io.github.workerman.handler.HandlerDefinitionException.Problem;
import jakarta.validation.Valid;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class HandlerDefinitionTests {

	record Say(String content) {
	}

	@Test
	void whenNothingCanProvideAParameterThenTheChoicesAreListed() {
		HandlerDefinitionException error = failure(HandlerFixture.of(Unresolvable.class));
		assertThat(error.problem()).isEqualTo(Problem.UNRESOLVABLE_PARAMETER);
		assertThat(error).hasMessage("Nothing can provide parameter 'reason' of type " + CloseReason.class.getName()
				+ " of @OnMessage method Unresolvable.message(String, CloseReason) of bean"
				+ " 'handlerDefinitionTests.Unresolvable' for server 'chat' with protocol 'websocket'.");
		assertThat(error.action()).isEqualTo("Declare it as one of these: the message as String, byte[] or ByteBuffer;"
				+ " the message as JsonNode, record or class; Connection; WebSocketConnection; Principal; Handshake;"
				+ " @PathParam(\"name\") of a simple type; @ConnectionAttribute(\"name\"); or provide an ArgumentResolver bean for it.");
		assertThat(error.choices()).contains("Connection", "Handshake");
		assertThat(error.bean()).isEqualTo("handlerDefinitionTests.Unresolvable");
		assertThat(error.method()).isEqualTo(Unresolvable.class.getName() + ".message(String, CloseReason)");
		assertThat(error.parameter()).isEqualTo("reason");
	}

	@Component
	static class Unresolvable {

		@OnMessage
		void message(String text, CloseReason reason) {
		}

	}

	@Test
	void whenAServerHasNoHandshakeThenItsParametersHintAtThat() {
		HandlerDefinitionException error = failure(
				HandlerFixture.of(NeedsWebSocket.class).protocol("tcp", false, false));
		assertThat(error.problem()).isEqualTo(Problem.UNRESOLVABLE_PARAMETER);
		assertThat(error.action()).contains("Narrow the bean to websocket servers with @WorkermanHandler(\"name\")")
			.doesNotContain("Handshake");
	}

	@Component
	static class NeedsWebSocket {

		@OnConnect
		void connected(WebSocketConnection connection) {
		}

	}

	@Test
	void whenThereIsNoJacksonThenObjectsCannotBeRead() {
		HandlerDefinitionException error = failure(HandlerFixture.of(TakesTree.class).withoutCodec());
		assertThat(error.problem()).isEqualTo(Problem.UNRESOLVABLE_PARAMETER);
		assertThat(error.action()).contains("spring-boot-starter-jackson").doesNotContain("record or class");
	}

	@Component
	static class TakesTree {

		@OnMessage
		void message(JsonNode node) {
		}

	}

	@Test
	void whenTwoParametersCouldBeTheMessageThenBothAreNamed() {
		HandlerDefinitionException error = failure(HandlerFixture.of(TwoMessages.class));
		assertThat(error.problem()).isEqualTo(Problem.AMBIGUOUS_PARAMETER);
		assertThat(error).hasMessage("Parameters 'text' of type java.lang.String and 'say' of type "
				+ Say.class.getName() + " of @OnMessage method TwoMessages.message(String, Say) of bean"
				+ " 'handlerDefinitionTests.TwoMessages' could both be the message.");
		assertThat(error.action()).contains("@ConnectionAttribute");
	}

	@Component
	static class TwoMessages {

		@OnMessage
		void message(String text, Say say) {
		}

	}

	@Test
	void whenAParameterIsAnObjectThenItCouldBeAnything() {
		HandlerDefinitionException error = failure(HandlerFixture.of(TakesObject.class));
		assertThat(error.problem()).isEqualTo(Problem.AMBIGUOUS_PARAMETER);
		assertThat(error).hasMessageContaining("Parameter 'anything' of @OnConnect method")
			.hasMessageContaining("which could be several things");
	}

	@Component
	static class TakesObject {

		@OnConnect
		void connected(Object anything) {
		}

	}

	@Test
	void whenTwoHandlersTakeTheSameTypeThenBothAreNamed() {
		HandlerDefinitionException error = failure(HandlerFixture.of(SayOne.class, SayTwo.class));
		assertThat(error.problem()).isEqualTo(Problem.DUPLICATE_HANDLER);
		assertThat(error.getMessage()).startsWith("Two handlers of server 'chat' take messages of type 'say'")
			.contains("SayOne.say(Say) of bean 'handlerDefinitionTests.SayOne'")
			.contains("SayTwo.speak(String) of bean 'handlerDefinitionTests.SayTwo'");
	}

	@Component
	static class SayOne {

		@OnMessage("say")
		void say(Say say) {
		}

	}

	@Component
	static class SayTwo {

		@OnMessage("say")
		void speak(String text) {
		}

	}

	@Test
	void whenTwoUntypedHandlersTakeTextThenTheStartFails() {
		assertThat(failure(HandlerFixture.of(AnyText.class, AnyJson.class)).getMessage())
			.startsWith("Two handlers of server 'chat' take untyped text messages");
		assertThat(failure(HandlerFixture.of(AnyBytes.class, AnyMessage.class)).getMessage())
			.startsWith("Two handlers of server 'chat' take untyped binary messages");
	}

	@Test
	void whenTheProtocolDistinguishesKindsThenTextAndBytesMayHaveOneEach() {
		try (HandlerFixture fixture = HandlerFixture.of(AnyText.class, AnyBytes.class).start()) {
			assertThat(fixture.handlers().kinds()).containsExactlyInAnyOrder(MessageKind.TEXT, MessageKind.BINARY);
		}
	}

	@Test
	void whenTheProtocolDoesNotDistinguishKindsThenTextAndBytesAreTheSame() {
		HandlerDefinitionException error = failure(
				HandlerFixture.of(AnyText.class, AnyBytes.class).protocol("tcp", false, false));
		assertThat(error.problem()).isEqualTo(Problem.DUPLICATE_HANDLER);
		assertThat(error.getMessage()).contains("protocol 'tcp' does not distinguish text from binary");
	}

	@Test
	void whenOneHandlerTakesEitherKindThenAProtocolWithoutKindsMakesText() {
		try (HandlerFixture fixture = HandlerFixture.of(AnyMessage.class).protocol("tcp", false, false).start()) {
			assertThat(fixture.handlers().kinds()).containsExactly(MessageKind.TEXT);
		}
	}

	@Component
	static class AnyText {

		@OnMessage
		void text(String text) {
		}

	}

	@Component
	static class AnyJson {

		@OnMessage
		void json(Say say) {
		}

	}

	@Component
	static class AnyBytes {

		@OnMessage
		void bytes(ByteBuffer bytes) {
		}

	}

	@Component
	static class AnyMessage {

		@OnMessage
		void any(Connection connection) {
		}

	}

	@Test
	void whenTypedMessagesAreTakenAsBytesThenTheStartFails() {
		HandlerDefinitionException error = failure(HandlerFixture.of(TypedBytes.class));
		assertThat(error.problem()).isEqualTo(Problem.ILLEGAL_ANNOTATION);
		assertThat(error.getMessage()).contains("messages of type 'say' and takes bytes");
	}

	@Component
	static class TypedBytes {

		@OnMessage("say")
		void say(byte[] bytes) {
		}

	}

	@Test
	void whenThereIsNoJacksonThenMessagesHaveNoType() {
		HandlerDefinitionException error = failure(HandlerFixture.of(TypedText.class).withoutCodec());
		assertThat(error.problem()).isEqualTo(Problem.ILLEGAL_ANNOTATION);
		assertThat(error.getMessage()).contains("there is nothing to read JSON with");
		assertThat(error.action()).contains("spring-boot-starter-jackson");
	}

	@Component
	static class TypedText {

		@OnMessage("say")
		void say(String text) {
		}

	}

	@Test
	void whenTheReturnTypeMeansNothingThenTheLegalOnesAreListed() {
		assertThat(illegalReturn(ClosingReply.class).action())
			.isEqualTo("Return nothing, or a Mono, Publisher or CompletionStage of Void.");
		assertThat(illegalReturn(TextualHandshake.class).action())
			.isEqualTo("Return nothing, a boolean, a HandshakeDecision, or a Mono or CompletionStage of one of these.");
		assertThat(illegalReturn(ManyHandshakes.class).getMessage()).isEqualTo(
				"@OnHandshake method ManyHandshakes.check(Handshake) of bean 'handlerDefinitionTests.ManyHandshakes'"
						+ " returns reactor.core.publisher.Flux<java.lang.Boolean>, which means nothing for this event.");
		assertThat(illegalReturn(FutureReply.class).action()).contains("CompletionStage");
		assertThat(illegalReturn(StartReply.class).action()).isEqualTo("Return nothing.");
	}

	private HandlerDefinitionException illegalReturn(Class<?> bean) {
		HandlerDefinitionException error = failure(HandlerFixture.of(bean));
		assertThat(error.problem()).isEqualTo(Problem.ILLEGAL_RETURN_TYPE);
		return error;
	}

	@Component
	static class ClosingReply {

		@OnClose
		String closed() {
			return "too late";
		}

	}

	@Component
	static class TextualHandshake {

		@OnHandshake
		Mono<String> check(Handshake handshake) {
			return Mono.just("yes");
		}

	}

	@Component
	static class ManyHandshakes {

		@OnHandshake
		Flux<Boolean> check(Handshake handshake) {
			return Flux.just(true);
		}

	}

	@Component
	static class FutureReply {

		@OnMessage
		Future<String> message(String text) {
			throw new IllegalStateException();
		}

	}

	@Component
	static class StartReply {

		@OnServerStart
		String start() {
			return "ready";
		}

	}

	@Test
	void whenNothingCanValidateThenAValidatedParameterStopsTheStart() {
		HandlerDefinitionException error = failure(HandlerFixture.of(ValidatedSay.class));
		assertThat(error.problem()).isEqualTo(Problem.NO_VALIDATOR);
		assertThat(error).hasMessageContaining("Parameter 'say' of @OnMessage method ValidatedSay.say(Say)")
			.hasMessageContaining("annotated with @Valid");
		assertThat(error.action()).contains("spring-boot-starter-validation");
	}

	@Component
	static class ValidatedSay {

		@OnMessage
		void say(@Valid Say say) {
		}

	}

	@Test
	void whenAnErrorHandlerContradictsItsAnnotationThenTheStartFails() {
		HandlerDefinitionException error = failure(HandlerFixture.of(Contradiction.class));
		assertThat(error.problem()).isEqualTo(Problem.ILLEGAL_ANNOTATION);
		assertThat(error.getMessage()).contains("asks for java.io.IOException")
			.contains("parameter of type java.lang.IllegalStateException");
	}

	@Component
	static class Contradiction {

		@OnError(java.io.IOException.class)
		void error(IllegalStateException error) {
		}

	}

	@Test
	void whenAnAttributeIsAskedForThenItIsNotTheMessage() {
		try (HandlerFixture fixture = HandlerFixture.of(AttributeAndText.class).start()) {
			fixture.connection().attributes().set("names", List.of("joe"));
			fixture.message("hi");
			fixture.assertSent("hi [joe]");
		}
	}

	@Component
	static class AttributeAndText {

		@OnMessage
		String text(@ConnectionAttribute("names") List<String> names, String text) {
			return text + " " + names;
		}

	}

	private static HandlerDefinitionException failure(HandlerFixture fixture) {
		try (fixture) {
			HandlerDefinitionException error = catchThrowableOfType(HandlerDefinitionException.class, fixture::start);
			assertThat(error).isNotNull();
			return error;
		}
	}

}
