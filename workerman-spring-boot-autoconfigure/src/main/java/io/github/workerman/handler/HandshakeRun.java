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

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.spi.ManagedConnection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * One handshake on its way through its handlers: each on the thread that it asks for,
 * until one says no or all have said yes. One thread at a time is here.
 */
final class HandshakeRun {

	private static final Log logger = LogFactory.getLog(HandshakeRun.class);

	private final HandshakeDispatcher dispatcher;

	private final ManagedConnection connection;

	private final Handshake handshake;

	private final Consumer<HandshakeDecision> callback;

	private HandshakeDecision decision = HandshakeDecision.accept();

	private int next;

	HandshakeRun(HandshakeDispatcher dispatcher, ManagedConnection connection, Handshake handshake,
			Consumer<HandshakeDecision> callback) {
		this.dispatcher = dispatcher;
		this.connection = connection;
		this.handshake = handshake;
		this.callback = callback;
	}

	void proceed(boolean onLoop) {
		while (this.next < this.dispatcher.handlers().size()) {
			HandlerMethod handler = this.dispatcher.handlers().get(this.next);
			if (handler.isBlocking() == onLoop) {
				goElsewhere(onLoop);
				return;
			}
			this.next++;
			Object result;
			try {
				result = this.dispatcher.invoker().call(handler, this.connection, this.handshake, onLoop);
			}
			catch (Throwable ex) {
				fail(handler, ex);
				return;
			}
			if (result != null && ReturnPlan.takesTime(result)) {
				await(handler, result);
				return;
			}
			if (!take(handler, result)) {
				return;
			}
		}
		this.callback.accept(this.decision);
	}

	private void goElsewhere(boolean onLoop) {
		if (!onLoop) {
			this.connection.loop().execute(() -> proceed(true));
			return;
		}
		try {
			this.dispatcher.blocking().execute(() -> proceed(false));
		}
		catch (RuntimeException ex) {
			logger.warn(
					"[" + this.connection.id() + "] The executor of blocking handlers takes nothing more at the moment;"
							+ " a peer is rejected: " + ex);
			this.callback.accept(HandshakeDecision.reject(503, "the server is busy"));
		}
	}

	private void await(HandlerMethod handler, Object result) {
		Mono<?> mono = (result instanceof Publisher<?> publisher) ? Mono.from(publisher)
				: Mono.fromCompletionStage((CompletionStage<?>) result);
		mono.map((value) -> (Object) value).singleOptional().subscribe((value) -> afterwards(() -> {
			if (take(handler, value.orElse(null))) {
				proceed(true);
			}
		}), (error) -> afterwards(() -> fail(handler, error)));
	}

	private void afterwards(Runnable task) {
		this.connection.loop().execute(task);
	}

	/**
	 * Puts together what handlers say.
	 * @return whether the next one is to be asked
	 */
	private boolean take(HandlerMethod handler, @Nullable Object result) {
		if (result instanceof HandshakeDecision said) {
			if (!said.accepted()) {
				this.callback.accept(said);
				return false;
			}
			merge(said);
		}
		else if (Boolean.FALSE.equals(result) || (result == null && handler.decides())) {
			this.callback.accept(HandshakeDecision.reject(403, "forbidden"));
			return false;
		}
		return true;
	}

	private void merge(HandshakeDecision said) {
		HandshakeDecision merged = this.decision;
		if (said.principal() != null) {
			merged = merged.withPrincipal(said.principal());
		}
		if (said.subprotocol() != null) {
			merged = merged.withSubprotocol(said.subprotocol());
		}
		for (var header : said.headers().entrySet()) {
			merged = merged.withHeader(header.getKey(), header.getValue());
		}
		this.decision = merged;
	}

	private void fail(HandlerMethod handler, Throwable error) {
		this.dispatcher.failures().handshakeFailed(this.connection, handler, error);
		this.callback.accept(HandshakeDecision.reject(500, "internal error"));
	}

}
