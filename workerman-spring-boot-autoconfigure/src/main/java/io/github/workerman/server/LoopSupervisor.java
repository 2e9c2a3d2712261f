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

package io.github.workerman.server;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

import io.github.workerman.connection.spi.LoopWatch;
import io.github.workerman.execution.BlockedLoopDetector;
import io.github.workerman.transport.EventLoops;
import org.jspecify.annotations.Nullable;

/**
 * Watches the event loops of running servers for handlers that hold them up, on a thread
 * of its own that lives as long as there are any.
 */
public final class LoopSupervisor {

	private final List<EventLoops> watched = new CopyOnWriteArrayList<>();

	private final LongAdder blockages = new LongAdder();

	private final ReentrantLock lock = new ReentrantLock();

	private final Duration threshold;

	private @Nullable ScheduledExecutorService scheduler;

	/**
	 * Creates a supervisor.
	 * @param threshold how long a handler may hold up an event loop, zero for any time
	 */
	public LoopSupervisor(Duration threshold) {
		this.threshold = threshold;
	}

	/**
	 * Returns how often a handler has held up an event loop for too long.
	 * @return the number
	 */
	public long blockages() {
		return this.blockages.sum();
	}

	void add(EventLoops loops) {
		this.lock.lock();
		try {
			this.watched.add(loops);
			if (this.scheduler == null && !this.threshold.isZero()) {
				this.scheduler = start();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	void remove(EventLoops loops) {
		this.lock.lock();
		try {
			this.watched.remove(loops);
			if (this.scheduler != null && this.watched.isEmpty()) {
				this.scheduler.shutdownNow();
				this.scheduler = null;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private ScheduledExecutorService start() {
		ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "workerman-watch");
			thread.setDaemon(true);
			return thread;
		});
		new BlockedLoopDetector(this::loops, this.threshold, (blocked) -> this.blockages.increment()).start(scheduler);
		return scheduler;
	}

	private Collection<? extends LoopWatch> loops() {
		return this.watched.stream().flatMap((loops) -> loops.watches().stream()).toList();
	}

}
