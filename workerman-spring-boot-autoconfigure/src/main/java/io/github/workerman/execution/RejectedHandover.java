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
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * How often and for how long an executor has refused one connection's events. On the
 * event loop only.
 */
final class RejectedHandover {

	private static final long SHORTEST_MILLIS = 1;

	private static final long LONGEST_MILLIS = 100;

	/** After this a closed connection is given up: its application has stopped. */
	private static final long PATIENCE_MILLIS = 30_000;

	private long delay;

	private long waited;

	boolean isFirst() {
		return this.delay == 0;
	}

	boolean isHopeless(boolean closed) {
		return closed && this.waited >= PATIENCE_MILLIS;
	}

	void again(Executor loop, Runnable task) {
		this.delay = Math.min(LONGEST_MILLIS, Math.max(SHORTEST_MILLIS, this.delay * 2));
		this.waited += this.delay;
		CompletableFuture.delayedExecutor(this.delay, TimeUnit.MILLISECONDS, loop).execute(task);
	}

}
