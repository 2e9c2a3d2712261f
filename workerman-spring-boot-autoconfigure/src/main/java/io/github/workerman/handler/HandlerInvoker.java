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
 * Calls handlers, watched by the observer and by the loop. Usable from any thread.
 */
final class HandlerInvoker {

	private final @Nullable InvocationObserver observer;

	HandlerInvoker(InvocationObserver observer) {
		this.observer = (observer != InvocationObserver.NONE) ? observer : null;
	}

	/**
	 * Calls a handler and sends what it returns.
	 * @param handler the handler
	 * @param connection the connection
	 * @param event what is handled
	 * @param onLoop whether the calling thread is the event loop
	 * @return a {@code Publisher} or {@code CompletionStage} that is still to be sent, or
	 * {@code null}
	 * @throws Throwable what the handler threw
	 */
	@Nullable Object invoke(HandlerMethod handler, ManagedConnection connection, @Nullable Object event, boolean onLoop)
			throws Throwable {
		if (!onLoop) {
			return run(handler, connection, event, true);
		}
		ConnectionLoop loop = connection.loop();
		loop.enter(handler);
		try {
			return run(handler, connection, event, true);
		}
		finally {
			loop.exit();
		}
	}

	/**
	 * Calls a handler and sends nothing; otherwise as {@link #invoke}.
	 * @return what the handler returned
	 */
	@Nullable Object call(HandlerMethod handler, ManagedConnection connection, @Nullable Object event, boolean onLoop)
			throws Throwable {
		if (!onLoop) {
			return run(handler, connection, event, false);
		}
		ConnectionLoop loop = connection.loop();
		loop.enter(handler);
		try {
			return run(handler, connection, event, false);
		}
		finally {
			loop.exit();
		}
	}

	private @Nullable Object run(HandlerMethod handler, ManagedConnection connection, @Nullable Object event,
			boolean reply) throws Throwable {
		return (this.observer != null) ? observed(handler, connection, event, reply, this.observer)
				: plain(handler, connection, event, reply);
	}

	private static @Nullable Object plain(HandlerMethod handler, ManagedConnection connection, @Nullable Object event,
			boolean reply) throws Throwable {
		Object result = handler.call(connection, event);
		if (result == null) {
			return null;
		}
		return reply ? handler.reply(connection, result) : handler.convert(connection, result);
	}

	private static @Nullable Object observed(HandlerMethod handler, ManagedConnection connection,
			@Nullable Object event, boolean reply, InvocationObserver observer) throws Throwable {
		observer.started(handler, connection);
		Throwable error = null;
		try {
			return plain(handler, connection, event, reply);
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
