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

package io.github.workerman.gateway;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.spi.Audience;
import io.github.workerman.connection.spi.ConnectionLoop;
import io.github.workerman.connection.spi.ManagedConnection;

/**
 * What is done to recipients.
 */
interface Delivery {

	/**
	 * Does it to one connection, on any thread.
	 */
	void to(ManagedConnection connection);

	/**
	 * Does it to those connections of a loop, on that loop.
	 */
	void to(ConnectionLoop loop, Audience audience);

	/**
	 * Sends a message that needs no conversion any more.
	 */
	record Message(Object message) implements Delivery {

		@Override
		public void to(ManagedConnection connection) {
			connection.send(this.message);
		}

		@Override
		public void to(ConnectionLoop loop, Audience audience) {
			loop.broadcast(audience, this.message);
		}

	}

	/**
	 * Closes.
	 */
	record Close(CloseReason reason) implements Delivery {

		@Override
		public void to(ManagedConnection connection) {
			connection.close(this.reason);
		}

		@Override
		public void to(ConnectionLoop loop, Audience audience) {
			loop.settle();
			audience.forEach(this::to);
		}

	}

}
