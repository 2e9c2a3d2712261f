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

import java.util.Collection;
import java.util.List;

import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.protocol.InvalidMessageException;
import org.jspecify.annotations.Nullable;

/**
 * Watches handlers at work, for metrics and tracing. Methods are called on the thread
 * that runs the handler and must neither block nor throw. Calls of one thread do not
 * nest. Handlers of a server's start and stop are not observed.
 */
public interface InvocationObserver {

	/** Watches nothing and costs nothing. */
	InvocationObserver NONE = new InvocationObserver() {
	};

	/**
	 * A handler is about to be called.
	 * @param handler the handler
	 * @param connection the connection that it is called for
	 */
	default void started(HandlerMethod handler, ManagedConnection connection) {
	}

	/**
	 * A handler has returned, on the same thread. What it returned has been sent, or
	 * subscribed to if it is asynchronous.
	 * @param handler the handler
	 * @param connection the connection that it was called for
	 * @param error what it has thrown, or {@code null}
	 */
	default void finished(HandlerMethod handler, ManagedConnection connection, @Nullable Throwable error) {
	}

	/**
	 * What a handler returned has ended with an error. May be called on any thread.
	 * @param handler the handler
	 * @param connection the connection that it was called for
	 * @param error the error
	 */
	default void failedLater(HandlerMethod handler, ManagedConnection connection, Throwable error) {
	}

	/**
	 * A message could not be handled, be it told to an error handler or to the peer.
	 * @param server the server's name
	 * @param code what is wrong with it
	 */
	default void invalidMessage(String server, InvalidMessageException.Code code) {
	}

	/**
	 * A handler has failed and no error handler took the exception, or an error handler
	 * itself has failed.
	 * @param handler the handler that failed
	 * @param connection the connection that it was called for
	 * @param error the error
	 */
	default void unhandledError(HandlerMethod handler, ManagedConnection connection, Throwable error) {
	}

	/**
	 * Joins observers.
	 * @param observers the observers, called in this order, for the end in the opposite
	 * one
	 * @return one observer, {@link #NONE} for none
	 */
	static InvocationObserver of(Collection<? extends InvocationObserver> observers) {
		List<InvocationObserver> all = observers.stream()
			.<InvocationObserver>map((observer) -> observer)
			.filter((observer) -> observer != NONE)
			.toList();
		return switch (all.size()) {
			case 0 -> NONE;
			case 1 -> all.get(0);
			default -> new CompositeInvocationObserver(all);
		};
	}

}
