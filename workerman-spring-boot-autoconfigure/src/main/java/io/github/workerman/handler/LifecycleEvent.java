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

import io.github.workerman.connection.CloseReason;

/**
 * What a mailbox holds beside messages, which are held as they are.
 */
sealed interface LifecycleEvent {

	/**
	 * Events that carry nothing.
	 */
	enum Simple implements LifecycleEvent {

		/** The connection is open. */
		CONNECTED,

		/** The send buffer is full. */
		BUFFER_FULL,

		/** The send buffer has drained. */
		BUFFER_DRAINED

	}

	/**
	 * The peer or the network has failed.
	 */
	record Failed(Throwable error) implements LifecycleEvent {

	}

	/**
	 * No message comes any more; the connection can be closed.
	 */
	record Ending(Runnable close) implements LifecycleEvent {

	}

	/**
	 * The connection has closed.
	 */
	record Closed(CloseReason reason) implements LifecycleEvent {

	}

}
