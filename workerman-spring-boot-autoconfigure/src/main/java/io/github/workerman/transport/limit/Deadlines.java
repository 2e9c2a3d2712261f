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

package io.github.workerman.transport.limit;

import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The time limits of all connections of one event loop: a wheel of linked lists that one
 * timer turns while it is not empty. Adding and removing a limit costs neither an
 * allocation beyond the limit itself nor a search. On the event loop only.
 */
public final class Deadlines implements Runnable {

	private static final Log logger = LogFactory.getLog(Deadlines.class);

	private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private static final int SLOTS = 256;

	/** So many ticks between two turns are more than timers are late by. */
	private static final int HELD_UP = 4;

	private final EventLoop eventLoop;

	private final @Nullable Deadline[] slots = new Deadline[SLOTS];

	private final long startNanos = System.nanoTime();

	/** All slots up to that of this tick have been dealt with. */
	private long tick;

	private int size;

	private boolean scheduled;

	private boolean turning;

	private boolean waited;

	/**
	 * Creates the limits of an event loop.
	 * @param eventLoop the loop, on which all methods are called
	 */
	public Deadlines(EventLoop eventLoop) {
		this.eventLoop = eventLoop;
	}

	/**
	 * Adds a limit, which expires not before its time and at most three ticks of 50 ms
	 * after it, or one more when the loop was held up meanwhile: then what has come in
	 * that time is read first.
	 * @param deadline the limit, which is not running
	 * @param nanos how long it runs, in nanoseconds
	 */
	public void add(Deadline deadline, long nanos) {
		long now = now();
		if (this.size++ == 0) {
			this.tick = now;
		}
		deadline.tick = now + 2 + Math.max(0, nanos - 1) / TICK_NANOS;
		int slot = (int) (deadline.tick & (SLOTS - 1));
		Deadline head = this.slots[slot];
		deadline.next = head;
		if (head != null) {
			head.previous = deadline;
		}
		this.slots[slot] = deadline;
		deadline.linked = true;
		schedule();
	}

	/**
	 * Removes a limit; no effect on one that has expired or was removed.
	 * @param deadline the limit
	 */
	public void remove(Deadline deadline) {
		if (!deadline.linked) {
			return;
		}
		deadline.linked = false;
		Deadline previous = deadline.previous;
		Deadline next = deadline.next;
		if (previous != null) {
			previous.next = next;
		}
		else {
			this.slots[(int) (deadline.tick & (SLOTS - 1))] = next;
		}
		if (next != null) {
			next.previous = previous;
		}
		deadline.previous = null;
		deadline.next = null;
		this.size--;
	}

	/**
	 * Returns how many limits are running.
	 * @return the number
	 */
	public int size() {
		return this.size;
	}

	@Override
	public void run() {
		this.scheduled = false;
		long now = now();
		if (now - this.tick > HELD_UP && !this.waited) {
			// What peers have sent in time while the loop was held up comes first.
			this.waited = true;
			schedule();
			return;
		}
		this.waited = false;
		this.turning = true;
		long last = Math.min(now, this.tick + SLOTS);
		for (long current = this.tick + 1; current <= last; current++) {
			expire((int) (current & (SLOTS - 1)), now);
		}
		this.tick = now;
		this.turning = false;
		schedule();
	}

	private void expire(int slot, long now) {
		Deadline deadline = this.slots[slot];
		while (deadline != null) {
			if (deadline.tick > now) {
				deadline = deadline.next;
			}
			else {
				remove(deadline);
				expire(deadline);
				// What expires may add limits and remove others: begin again.
				deadline = this.slots[slot];
			}
		}
	}

	private void expire(Deadline deadline) {
		try {
			deadline.expired();
		}
		catch (Throwable ex) {
			logger.error("Unexpected error at the end of a time limit", ex);
		}
	}

	private void schedule() {
		if (this.size > 0 && !this.scheduled && !this.turning) {
			this.scheduled = true;
			this.eventLoop.schedule(this, TICK_NANOS, TimeUnit.NANOSECONDS);
		}
	}

	private long now() {
		return (System.nanoTime() - this.startNanos) / TICK_NANOS;
	}

	/**
	 * One limit. An object is used for one limit at a time.
	 */
	public abstract static class Deadline {

		private @Nullable Deadline previous;

		private @Nullable Deadline next;

		private long tick;

		private boolean linked;

		/**
		 * Called on the event loop when the time is over. What it throws is logged.
		 */
		protected abstract void expired();

	}

}
