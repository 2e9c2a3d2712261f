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

import java.util.concurrent.Executor;

/**
 * The event loop that a connection lives on. Tasks given to it by one thread run in the
 * order of the calls.
 */
public interface ConnectionLoop extends Executor {

	/**
	 * Tells whether the calling thread is this loop.
	 * @return whether it is
	 */
	boolean inLoop();

	/**
	 * Sends one message to every member of an audience on this loop. The message is
	 * encoded once for each protocol in use, and what goes to an equal audience within
	 * one turn of the loop leaves in one write per connection. To be called on this loop
	 * only; the audience's members must not change before {@link #settle()}.
	 * @param audience who gets the message
	 * @param message a message as for
	 * {@link io.github.workerman.connection.Connection#send(Object)}, conversion to JSON
	 * already done
	 */
	void broadcast(Audience audience, Object message);

	/**
	 * Hands over what {@link #broadcast} has collected in this turn of the loop. To be
	 * called on this loop before the members of any audience change.
	 */
	void settle();

	/**
	 * Notes that the loop's thread runs something of the application's, so that a blocked
	 * loop can be reported by name. On this loop only; calls do not nest.
	 * @param what whose {@code toString()} names it
	 */
	void enter(Object what);

	/**
	 * Notes that what was entered has ended. On this loop only.
	 */
	void exit();

}
