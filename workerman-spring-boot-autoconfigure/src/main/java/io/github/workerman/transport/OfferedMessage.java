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

import java.util.concurrent.CompletableFuture;

import io.github.workerman.connection.SendResult;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A message of another thread on its way to the loop.
 *
 * @param connection the connection that it is sent on
 * @param message the message
 * @param size how much room was reserved for it
 * @param written completed when it has been written, or {@code null}
 */
record OfferedMessage(NettyConnection connection, Object message, long size,
		@Nullable CompletableFuture<SendResult> written) implements Runnable {

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	@Override
	public void run() {
		Outbox outbox = this.connection.outbox();
		if (this.connection.takesMessages()) {
			append(outbox);
			return;
		}
		outbox.room().unreserve(this.size);
		if (this.written != null) {
			this.written.complete(SendResult.CLOSED);
		}
	}

	private void append(Outbox outbox) {
		try {
			outbox.appendReserved(this.message, this.size, this.written);
		}
		catch (Throwable ex) {
			logger.error("Message cannot be sent to " + this.connection, ex);
			if (this.written != null) {
				this.written.completeExceptionally(ex);
			}
		}
	}

}
