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

import java.util.function.Consumer;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.protocol.InvalidMessageException;
import org.jspecify.annotations.Nullable;

/**
 * Calls handlers where they stand: on the event loop, within the listener's call. For
 * servers all of whose handlers are done when they return.
 */
final class DirectDispatcher implements ConnectionListener {

	private final HandlerMethod[] connect;

	private final HandlerMethod[] bufferFull;

	private final HandlerMethod[] bufferDrain;

	private final HandlerMethod[] close;

	private final MessageRouter router;

	private final Failures failures;

	private final HandlerInvoker invoker;

	private final HandshakeDispatcher handshakes;

	DirectDispatcher(HandlerTable table, MessageRouter router, Failures failures, HandlerInvoker invoker,
			HandshakeDispatcher handshakes) {
		this.connect = table.connect().toArray(HandlerMethod[]::new);
		this.bufferFull = table.bufferFull().toArray(HandlerMethod[]::new);
		this.bufferDrain = table.bufferDrain().toArray(HandlerMethod[]::new);
		this.close = table.close().toArray(HandlerMethod[]::new);
		this.router = router;
		this.failures = failures;
		this.invoker = invoker;
		this.handshakes = handshakes;
	}

	@Override
	public void handshake(ManagedConnection connection, Handshake handshake, Consumer<HandshakeDecision> decision) {
		this.handshakes.decide(connection, handshake, decision);
	}

	@Override
	public void message(ManagedConnection connection, Object message) {
		HandlerMethod handler;
		try {
			handler = this.router.route(message);
		}
		catch (InvalidMessageException ex) {
			fail(connection, null, ex);
			return;
		}
		if (handler != null) {
			invoke(handler, connection, message);
		}
		else {
			this.failures.unhandledMessage(connection, message);
		}
	}

	@Override
	public void connected(ManagedConnection connection) {
		invokeAll(this.connect, connection, null);
	}

	@Override
	public void bufferFull(ManagedConnection connection) {
		invokeAll(this.bufferFull, connection, null);
	}

	@Override
	public void bufferDrained(ManagedConnection connection) {
		invokeAll(this.bufferDrain, connection, null);
	}

	@Override
	public void failed(ManagedConnection connection, Throwable error) {
		for (HandlerMethod taker : this.failures.ofPeer(connection, error)) {
			invokeErrorHandler(taker, connection, error);
		}
	}

	@Override
	public void closed(ManagedConnection connection, CloseReason reason) {
		invokeAll(this.close, connection, reason);
	}

	private void invokeAll(HandlerMethod[] handlers, ManagedConnection connection, @Nullable Object event) {
		for (HandlerMethod handler : handlers) {
			invoke(handler, connection, event);
		}
	}

	private void invoke(HandlerMethod handler, ManagedConnection connection, @Nullable Object event) {
		try {
			this.invoker.invoke(handler, connection, event, true);
		}
		catch (Throwable ex) {
			fail(connection, handler, this.failures.refine(handler, ex));
		}
	}

	private void fail(ManagedConnection connection, @Nullable HandlerMethod handler, Throwable error) {
		for (HandlerMethod taker : this.failures.handle(connection, handler, error)) {
			invokeErrorHandler(taker, connection, this.failures.errorFor(taker, handler, error));
		}
	}

	private void invokeErrorHandler(HandlerMethod taker, ManagedConnection connection, Throwable error) {
		try {
			this.invoker.invoke(taker, connection, error, true);
		}
		catch (Throwable ex) {
			this.failures.errorHandlerFailed(connection, taker, ex);
		}
	}

}
