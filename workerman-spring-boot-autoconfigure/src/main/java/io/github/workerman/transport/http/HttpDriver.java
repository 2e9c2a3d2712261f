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

package io.github.workerman.transport.http;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.transport.WriteProgress;

/**
 * Moves an HTTP connection, whose version it speaks. On the event loop only.
 */
interface HttpDriver {

	/**
	 * Returns what has gone over the connection.
	 */
	HttpTraffic traffic();

	/**
	 * Tells how far the peer lets the channel come with what it has to write.
	 */
	WriteProgress writeProgress();

	/**
	 * Tells whether the peer has become a connection.
	 */
	boolean isOpened();

	/**
	 * Tells whether there is a reason not to read.
	 */
	boolean isHeld();

	/**
	 * Tells whether a part of a request has been let through, but not all.
	 */
	boolean isWithinRequest();

	/**
	 * Answers the next request, or what is under way, with an error, and ends then.
	 * @param lost whether that request has not been let through
	 */
	void refuse(HttpRefusal refusal, boolean lost);

	/**
	 * Stops reading.
	 * @param bit says for what, and is not in use for anything else
	 */
	void hold(int bit);

	/**
	 * Takes a reason not to read away.
	 */
	void release(int bit);

	/**
	 * Closes after the responses to what was asked before.
	 */
	void closeWhenIdle(CloseReason reason);

	/**
	 * Closes after what there is of a response that failed half-way.
	 */
	void breakOff();

	/**
	 * Closes at once.
	 */
	void abort(CloseReason reason);

}
