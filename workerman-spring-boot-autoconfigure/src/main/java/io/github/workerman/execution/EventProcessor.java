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

package io.github.workerman.execution;

/**
 * Works on the events of one connection, one at a time, as its {@link ConnectionMailbox}
 * asks.
 */
public interface EventProcessor {

	/**
	 * Works on an event. Called again for the same event until that is done.
	 * @param event the event
	 * @param onLoop whether the calling thread is the connection's event loop, else it
	 * may block
	 * @return how far this got
	 */
	Progress process(Object event, boolean onLoop);

	/**
	 * The connection has closed while the processor waits, having returned
	 * {@link Progress#LATER}. What is waited for only for the connection's sake should
	 * end, by a call of {@link ConnectionMailbox#resume()}. On the event loop.
	 */
	void cancel();

	/**
	 * How far an event has been worked on.
	 */
	enum Progress {

		/** The event is done. */
		DONE,

		/** What comes next must run on the event loop instead, or the other way round. */
		ELSEWHERE,

		/** What comes next must wait for {@link ConnectionMailbox#resume()}. */
		LATER

	}

}
