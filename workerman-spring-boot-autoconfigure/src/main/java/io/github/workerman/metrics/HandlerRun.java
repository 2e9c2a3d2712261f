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

package io.github.workerman.metrics;

import org.jspecify.annotations.Nullable;

/**
 * Consecutive calls of the same handler on one thread, timed together: reading the clock
 * for each of two million messages a second would cost more than everything else here. A
 * run ends when another handler is called, a call fails, the batch that is being read
 * ends, or it gets too long. Used by its own thread only.
 */
final class HandlerRun {

	/* Bounds how far the longest run may be above the longest call. */
	private static final int MAX_CALLS = 16;

	private @Nullable HandlerTimes times;

	private @Nullable Object handler;

	private long begin;

	private int calls;

	/**
	 * Adds a call to the run.
	 * @param handler the handler that is about to be called
	 * @return {@code false} if that needs a new run
	 */
	boolean goOn(Object handler) {
		if (this.handler == handler && this.calls < MAX_CALLS) {
			this.calls++;
			return true;
		}
		return false;
	}

	void begin(Object handler, HandlerTimes times) {
		long now = System.nanoTime();
		close(now);
		this.handler = handler;
		this.times = times;
		this.begin = now;
		this.calls = 1;
	}

	void end() {
		if (this.times != null) {
			close(System.nanoTime());
		}
	}

	private void close(long now) {
		HandlerTimes times = this.times;
		if (times != null) {
			times.record(this.calls, now - this.begin);
			clear();
		}
	}

	/**
	 * Ends the run whose last call has failed; that call gets an equal share of the time.
	 */
	void fail(HandlerTimes failure) {
		HandlerTimes times = this.times;
		if (times != null) {
			long nanos = System.nanoTime() - this.begin;
			long share = nanos / this.calls;
			failure.record(1, share);
			if (this.calls > 1) {
				times.record(this.calls - 1, nanos - share);
			}
			clear();
		}
	}

	private void clear() {
		this.times = null;
		this.handler = null;
	}

}
