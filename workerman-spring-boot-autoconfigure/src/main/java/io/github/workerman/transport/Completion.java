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

package io.github.workerman.transport;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.spi.ManagedConnection.Hold;

/**
 * Has everything handled that was received before a connection closes: because the peer's
 * stream has ended, or because the server stops.
 */
final class Completion {

	private final NettyConnection connection;

	private final ConnectionLifecycle lifecycle;

	private final Departure departure;

	/**
	 * The end of the peer's stream was seen before all that it had sent was delivered.
	 */
	private boolean postponed;

	/** The listener has been asked to finish, for one reason or another. */
	private boolean ending;

	/** The peer's stream has ended without TLS saying so: somebody may have cut it. */
	private boolean truncated;

	Completion(NettyConnection connection, ConnectionLifecycle lifecycle, Departure departure) {
		this.connection = connection;
		this.lifecycle = lifecycle;
		this.departure = departure;
	}

	/**
	 * The peer sends nothing any more.
	 * @param truncated whether it should have said so and has not
	 */
	void inputEnded(boolean truncated) {
		this.truncated = truncated;
		// TLS may tell of the end before the batch of reads is complete.
		this.connection.inbox().decodePostponed();
		this.departure.inputEnded();
		if (this.lifecycle.isEstablished()) {
			if (this.connection.isHeld()) {
				this.postponed = true;
			}
			else {
				endOfInput();
			}
		}
		else if (!this.lifecycle.isClosing()) {
			this.connection.dropChannel();
		}
	}

	/**
	 * What was held back has been delivered, as far as it was complete.
	 */
	void caughtUp() {
		if (this.postponed && this.lifecycle.isEstablished()) {
			this.postponed = false;
			endOfInput();
		}
	}

	private void endOfInput() {
		CloseReason end = this.truncated ? CloseReason.LOST : this.connection.codec().endOfStream();
		if (end.cause() == Cause.CLIENT) {
			ending(() -> this.lifecycle.beginClose(end, false));
		}
		else {
			this.lifecycle.drop(end);
		}
	}

	/**
	 * The server stops.
	 */
	void drain(CloseReason reason) {
		if (this.lifecycle.isEstablished()) {
			this.connection.hold(Hold.DRAIN);
			ending(() -> this.lifecycle.beginClose(reason, true));
		}
		else if (!this.lifecycle.isClosing()) {
			this.connection.dropChannel();
		}
	}

	private void ending(Runnable close) {
		if (!this.ending) {
			this.ending = true;
			this.connection.endpoint().listener().ending(this.connection, close);
		}
	}

}
