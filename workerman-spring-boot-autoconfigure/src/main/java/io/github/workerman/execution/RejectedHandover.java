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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.workerman.connection.spi.ManagedConnection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * How often and for how long an executor has refused one connection's events. On the
 * event loop only.
 */
final class RejectedHandover {

	private static final Log logger = LogFactory.getLog(RejectedHandover.class);

	private static final long SHORTEST_MILLIS = 1;

	private static final long LONGEST_MILLIS = 100;

	/** A pool may be busy for a moment; that is no news. */
	private static final long NEWS_MILLIS = 1000;

	/** After this a closed connection is given up: its application has stopped. */
	private static final long PATIENCE_MILLIS = 30_000;

	private final ManagedConnection connection;

	private long delay;

	private long waited;

	RejectedHandover(ManagedConnection connection) {
		this.connection = connection;
	}

	/**
	 * Tells whether there is no point in trying again, and logs that.
	 * @param closed whether the connection has closed
	 * @param events how many events are lost then
	 * @param refusal what the executor said
	 */
	boolean isHopeless(boolean closed, int events, Throwable refusal) {
		boolean hopeless = closed && this.waited >= PATIENCE_MILLIS;
		if (hopeless) {
			logger.error("[" + this.connection.id() + "] The executor of blocking handlers takes nothing any more, so"
					+ " that " + events + " events of a closed connection are lost", refusal);
		}
		return hopeless;
	}

	/**
	 * Tries again a little later, each time after a longer while.
	 * @param task what to try, on the event loop
	 * @param refusal what the executor said
	 */
	void again(Runnable task, Throwable refusal) {
		this.delay = Math.min(LONGEST_MILLIS, Math.max(SHORTEST_MILLIS, this.delay * 2));
		boolean news = this.waited < NEWS_MILLIS && this.waited + this.delay >= NEWS_MILLIS;
		this.waited += this.delay;
		if (news) {
			logger
				.warn("[" + this.connection.id() + "] The executor of blocking handlers has taken nothing for a second;"
						+ " the connection is not read meanwhile: " + refusal);
		}
		CompletableFuture.delayedExecutor(this.delay, TimeUnit.MILLISECONDS, this.connection.loop()).execute(task);
	}

}
