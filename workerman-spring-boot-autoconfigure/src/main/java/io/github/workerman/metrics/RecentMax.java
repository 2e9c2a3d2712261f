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

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A maximum that forgets: the largest value of the last one to two minutes before it is
 * asked for. As opposed to Micrometer's own the clock is read when it is asked for and
 * not for every value.
 */
final class RecentMax {

	static final Duration WINDOW = Duration.ofMinutes(1);

	private final AtomicLong current = new AtomicLong();

	private final ReentrantLock lock = new ReentrantLock();

	private final LongSupplier clock;

	private long previous;

	private long begin;

	RecentMax() {
		this(System::nanoTime);
	}

	RecentMax(LongSupplier clock) {
		this.clock = clock;
		this.begin = clock.getAsLong();
	}

	void record(long value) {
		long largest = this.current.get();
		while (value > largest && !this.current.compareAndSet(largest, value)) {
			largest = this.current.get();
		}
	}

	long get() {
		this.lock.lock();
		try {
			long now = this.clock.getAsLong();
			long windows = (now - this.begin) / WINDOW.toNanos();
			if (windows > 0) {
				this.previous = this.current.getAndSet(0);
				this.begin = now;
			}
			return Math.max(this.previous, this.current.get());
		}
		finally {
			this.lock.unlock();
		}
	}

}
