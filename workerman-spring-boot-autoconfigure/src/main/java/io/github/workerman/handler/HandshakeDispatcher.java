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
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.spi.ManagedConnection;

/**
 * Asks the handshake handlers of a server, one after the other.
 */
final class HandshakeDispatcher {

	private final List<HandlerMethod> handlers;

	private final Failures failures;

	private final HandlerInvoker invoker;

	private final Executor blocking;

	HandshakeDispatcher(List<HandlerMethod> handlers, Failures failures, HandlerInvoker invoker, Executor blocking) {
		this.handlers = handlers;
		this.failures = failures;
		this.invoker = invoker;
		this.blocking = blocking;
	}

	void decide(ManagedConnection connection, Handshake handshake, Consumer<HandshakeDecision> decision) {
		if (this.handlers.isEmpty()) {
			decision.accept(HandshakeDecision.accept());
			return;
		}
		new HandshakeRun(this, connection, handshake, decision).proceed(true);
	}

	List<HandlerMethod> handlers() {
		return this.handlers;
	}

	Failures failures() {
		return this.failures;
	}

	HandlerInvoker invoker() {
		return this.invoker;
	}

	Executor blocking() {
		return this.blocking;
	}

}
