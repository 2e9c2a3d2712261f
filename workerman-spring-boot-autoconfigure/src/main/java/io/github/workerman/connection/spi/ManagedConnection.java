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

package io.github.workerman.connection.spi;

import io.github.workerman.connection.Connection;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the infrastructure sees it.
 */
public interface ManagedConnection extends Connection {

	/**
	 * Returns the event loop that owns the connection for life.
	 * @return the loop
	 */
	ConnectionLoop loop();

	/**
	 * Stops reading for one more reason. Callable from any thread.
	 * @param reason the reason
	 */
	void hold(Hold reason);

	/**
	 * Takes a reason to stop reading away; reading goes on when none is left, on the
	 * event loop and never within this call. Callable from any thread.
	 * @param reason the reason
	 */
	void release(Hold reason);

	/**
	 * Runs a task on the event loop as soon as the send buffer has room: soon, when less
	 * than half of it is in use, else when what waits now has been written. Runs the task
	 * also when the connection closes before. Callable from any thread.
	 * @param task the task
	 */
	void whenWritable(Runnable task);

	/**
	 * Tells whether the application itself has closed or destroyed the connection, so
	 * that messages that still wait for their handlers are of no interest any more.
	 * Callable from any thread.
	 * @return whether the end is the application's wish
	 */
	default boolean isGivenUp() {
		return false;
	}

	/**
	 * Tells whether messages can be pushed to the peer. One that asks over HTTP only gets
	 * what its requests are answered with.
	 * @return {@code true} unless overridden
	 */
	default boolean isPushable() {
		return true;
	}

	/**
	 * Notes that everything that was delivered has been handled, where that takes longer
	 * than its delivery. Called on the event loop.
	 */
	default void idle() {
	}

	/**
	 * Returns what the listener keeps for this connection. On the event loop, or on a
	 * thread that the listener has handed an event of the connection to.
	 * @return the attachment
	 */
	@Nullable Object attachment();

	/**
	 * Sets what the listener keeps for this connection. On the event loop only.
	 * @param attachment the attachment
	 */
	void attachment(@Nullable Object attachment);

	/**
	 * Why reading is held.
	 */
	enum Hold {

		/** The application called {@link Connection#pause()}. */
		APPLICATION,

		/** Too many messages wait for their handlers. */
		MAILBOX,

		/** The connection that this one is piped to cannot take more. */
		PIPE,

		/** The peer has sent more than it may. */
		LIMIT,

		/** The server drains. */
		DRAIN

	}

}
