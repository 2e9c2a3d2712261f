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

import io.github.workerman.transport.WriteProgress;
import io.github.workerman.transport.limit.Deadlines;

/**
 * Sees that a peer takes what it has asked for. While requests are under way it looks a
 * few times within the time limit whether something waits and whether that has become
 * less, so that neither requests nor writes pay for it. On the event loop only.
 */
final class SendWatch extends Deadlines.Deadline {

	private static final int CHECKS = 4;

	private final Deadlines deadlines;

	private final ConnectionGuard guard;

	private final long nanos;

	private boolean running;

	private WriteProgress seen = WriteProgress.NOTHING_WAITS;

	private long seenBytes;

	private int quiet;

	/**
	 * Creates a watch, which does not run.
	 * @param nanos how long a peer may take nothing, zero for ever
	 */
	SendWatch(Deadlines deadlines, ConnectionGuard guard, long nanos) {
		this.deadlines = deadlines;
		this.guard = guard;
		this.nanos = nanos;
	}

	/**
	 * Runs until nothing is under way, if it does not run already.
	 */
	void start() {
		if (!this.running && this.nanos > 0) {
			this.running = true;
			this.quiet = 0;
			next();
		}
	}

	void stop() {
		this.running = false;
		this.deadlines.remove(this);
	}

	private void next() {
		this.deadlines.add(this, Math.max(1, this.nanos / CHECKS));
	}

	@Override
	protected void expired() {
		if (this.guard.isAnswered()) {
			this.running = false;
			return;
		}
		WriteProgress progress = this.guard.writeProgress();
		long bytes = this.guard.traffic().out().totalBytes();
		boolean waits = progress != WriteProgress.NOTHING_WAITS || this.guard.isBlockedByPeer();
		boolean taken = bytes != this.seenBytes || !progress.equals(this.seen);
		this.quiet = (waits && !taken) ? this.quiet + 1 : 0;
		this.seen = progress;
		this.seenBytes = bytes;
		if (this.quiet == CHECKS) {
			this.running = false;
			this.guard.notTaken();
		}
		else {
			next();
		}
	}

}
