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

import io.github.workerman.connection.spi.ConnectionLoop;
import io.github.workerman.connection.spi.ManagedConnection;
import org.jspecify.annotations.Nullable;

/**
 * Calls handlers and sends what they return. Usable from any thread.
 */
final class HandlerInvoker {

	private final @Nullable InvocationObserver observer;

	HandlerInvoker(InvocationObserver observer) {
		this.observer = (observer != InvocationObserver.NONE) ? observer : null;
	}

	/**
	 * Calls a handler on the event loop.
	 * @param handler the handler
	 * @param connection the connection
	 * @param event what is handled
	 * @return a {@code Publisher} or {@code CompletionStage} that is still to be sent, or
	 * {@code null}
	 * @throws Throwable what the handler threw
	 */
	@Nullable Object invokeOnLoop(HandlerMethod handler, ManagedConnection connection, @Nullable Object event) throws Throwable {
		ConnectionLoop loop = connection.loop();
		loop.enter(handler);
		try {
			return invoke(handler, connection, event);
		}
		finally {
			loop.exit();
		}
	}

	/**
	 * Calls a handler where it may block; otherwise as {@link #invokeOnLoop}.
	 */
	@Nullable Object invoke(HandlerMethod handler, ManagedConnection connection, @Nullable Object event) throws Throwable {
		if (this.observer != null) {
			return observed(handler, connection, event, this.observer);
		}
		Object result = handler.call(connection, event);
		return (result != null) ? handler.reply(connection, result) : null;
	}

	private static @Nullable Object observed(HandlerMethod handler, ManagedConnection connection,
			@Nullable Object event, InvocationObserver observer) throws Throwable {
		observer.started(handler, connection);
		Throwable error = null;
		try {
			Object result = handler.call(connection, event);
			return (result != null) ? handler.reply(connection, result) : null;
		}
		catch (Throwable ex) {
			error = ex;
			throw ex;
		}
		finally {
			observer.finished(handler, connection, error);
		}
	}

}
