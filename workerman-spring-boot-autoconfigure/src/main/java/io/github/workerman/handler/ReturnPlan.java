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
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import io.github.workerman.connection.Connection;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.handler.HandlerDefinitionException.Problem;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

/**
 * What becomes of what a handler method returns, decided once.
 *
 * @param sends whether results are sent to the connection
 * @param isAsynchronous whether results may take their time
 * @param handler the application's handler of such results, or {@code null}
 * @param adapter makes a {@code Publisher} of a reactive type of another library, or
 * {@code null}
 * @param decides whether a value is expected, which decides something
 */
record ReturnPlan(boolean sends, boolean isAsynchronous, @Nullable ResultHandler handler,
		@Nullable ReactiveAdapter adapter, boolean decides) {

	private static final Set<HandlerEvent> ANSWERED = Set.of(HandlerEvent.CONNECT, HandlerEvent.MESSAGE,
			HandlerEvent.REQUEST, HandlerEvent.ERROR, HandlerEvent.BUFFER_DRAIN);

	static ReturnPlan of(HandlerCandidate candidate, List<ResultHandler> handlers) {
		ResolvableType type = ResolvableType
			.forMethodParameter(new MethodParameter(candidate.method(), -1).withContainingClass(candidate.beanClass()));
		if (isNothing(type)) {
			return new ReturnPlan(false, false, null, null, false);
		}
		if (candidate.event().isOfServer()) {
			throw illegal(candidate, "nothing");
		}
		if (candidate.event() == HandlerEvent.HANDSHAKE) {
			return ofHandshake(candidate, type);
		}
		for (ResultHandler handler : handlers) {
			if (handler.supports(type)) {
				return new ReturnPlan(ANSWERED.contains(candidate.event()), handler.isAsynchronous(), handler, null,
						false);
			}
		}
		return ofReply(candidate, type);
	}

	private static ReturnPlan ofReply(HandlerCandidate candidate, ResolvableType type) {
		Class<?> declared = type.resolve(Object.class);
		ReactiveAdapter adapter = adapter(declared);
		boolean asynchronous = adapter != null || mayTakeTime(declared);
		if (!asynchronous && Future.class.isAssignableFrom(declared)) {
			throw illegal(candidate, "nothing, a value, a Mono, Flux or Publisher, or a CompletionStage");
		}
		boolean answered = ANSWERED.contains(candidate.event());
		if (!answered && !(adapter != null && (isNothing(type.getGeneric()) || adapter.isNoValue()))) {
			throw illegal(candidate, "nothing, or a Mono, Publisher or CompletionStage of Void");
		}
		return new ReturnPlan(answered, asynchronous, null, adapter, false);
	}

	private static ReturnPlan ofHandshake(HandlerCandidate candidate, ResolvableType type) {
		Class<?> declared = type.resolve(Object.class);
		ReactiveAdapter adapter = adapter(declared);
		ResolvableType value = (adapter != null) ? type.getGeneric() : type;
		boolean nothing = isNothing(value) || (adapter != null && adapter.isNoValue());
		boolean legal = nothing || value.resolve() == boolean.class || value.resolve() == Boolean.class
				|| value.resolve() == HandshakeDecision.class;
		if (!legal || (adapter != null && adapter.isMultiValue() && declared != Publisher.class)) {
			throw illegal(candidate,
					"nothing, a boolean, a HandshakeDecision, or a Mono or CompletionStage of one of these");
		}
		return new ReturnPlan(false, adapter != null, null, adapter, !nothing);
	}

	private static @Nullable ReactiveAdapter adapter(Class<?> type) {
		return (type != Object.class) ? ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) : null;
	}

	private static boolean isNothing(ResolvableType type) {
		Class<?> resolved = type.resolve();
		return resolved == void.class || resolved == Void.class;
	}

	/* A method that declares less than it returns, such as Object. */
	private static boolean mayTakeTime(Class<?> declared) {
		return declared.isAssignableFrom(Publisher.class) || declared.isAssignableFrom(CompletionStage.class);
	}

	private static HandlerDefinitionException illegal(HandlerCandidate candidate, String legal) {
		return candidate.problem(Problem.ILLEGAL_RETURN_TYPE, candidate.where() + " returns "
				+ candidate.method().getGenericReturnType().getTypeName() + ", which means nothing for this event.",
				"Return " + legal + ".");
	}

	/**
	 * Tells whether a result is still to come.
	 */
	static boolean takesTime(Object result) {
		return result instanceof Publisher || result instanceof CompletionStage;
	}

	@Nullable Object convert(Connection connection, Object result) throws Exception {
		if (this.handler != null) {
			return this.handler.handle(connection, result);
		}
		if (this.adapter != null && !takesTime(result)) {
			return this.adapter.toPublisher(result);
		}
		return result;
	}

}
