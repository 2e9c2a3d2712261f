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

import java.time.Duration;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.github.workerman.connection.spi.LoopWatch;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a handler holds an event loop for too long: once per blockage, as a warning
 * with the handler's name and the stack of the loop's thread, and once when it has ended.
 * Looks at the loops from time to time, on a thread that it is given; the loops
 * themselves do nothing for it.
 */
public final class BlockedLoopDetector implements Runnable {

	private static final Log logger = LogFactory.getLog(BlockedLoopDetector.class);

	private static final long SHORTEST_INTERVAL = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long LONGEST_INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

	private final Supplier<? extends Collection<? extends LoopWatch>> loops;

	private final long threshold;

	private final Consumer<BlockedLoop> callback;

	private final LongSupplier clock;

	private final Map<LoopWatch, Sighting> sightings = new IdentityHashMap<>();

	/**
	 * Creates a detector.
	 * @param loops gives the loops to look at, each time anew
	 * @param threshold how long a loop may be busy with one thing
	 * @param callback is told of each blockage once, on the detector's thread
	 */
	public BlockedLoopDetector(Supplier<? extends Collection<? extends LoopWatch>> loops, Duration threshold,
			Consumer<BlockedLoop> callback) {
		this(loops, threshold, callback, System::nanoTime);
	}

	BlockedLoopDetector(Supplier<? extends Collection<? extends LoopWatch>> loops, Duration threshold,
			Consumer<BlockedLoop> callback, LongSupplier clock) {
		this.loops = loops;
		this.threshold = threshold.toNanos();
		this.callback = callback;
		this.clock = clock;
	}

	/**
	 * Looks at the loops regularly from now on.
	 * @param scheduler runs this, on one thread at a time
	 * @return ends it when cancelled
	 */
	public ScheduledFuture<?> start(ScheduledExecutorService scheduler) {
		long interval = interval().toNanos();
		return scheduler.scheduleWithFixedDelay(this, interval, interval, TimeUnit.NANOSECONDS);
	}

	/**
	 * Returns how often the loops are to be looked at.
	 * @return a quarter of the threshold, within limits
	 */
	public Duration interval() {
		return Duration.ofNanos(Math.max(SHORTEST_INTERVAL, Math.min(LONGEST_INTERVAL, this.threshold / 4)));
	}

	/**
	 * Looks at the loops once.
	 */
	@Override
	public void run() {
		try {
			Collection<? extends LoopWatch> present = this.loops.get();
			this.sightings.keySet().removeIf((loop) -> !present.contains(loop));
			present.forEach(this::look);
		}
		catch (RuntimeException ex) {
			// Thrown on, it would end the schedule.
			logger.error("Event loops cannot be watched", ex);
		}
	}

	private void look(LoopWatch loop) {
		long sequence = loop.sequence();
		Object what = loop.current();
		long now = this.clock.getAsLong();
		Sighting last = this.sightings.get(loop);
		if (last != null && (what == null || last.sequence != sequence)) {
			this.sightings.remove(loop);
			last.ended(now);
			last = null;
		}
		if (last == null && what != null && loop.sequence() == sequence) {
			this.sightings.put(loop, new Sighting(sequence, what, now));
		}
		else if (last != null && !last.reported && now - last.since >= this.threshold) {
			report(loop, last, now);
		}
	}

	private void report(LoopWatch loop, Sighting sighting, long now) {
		Thread thread = loop.thread();
		BlockedLoopTrace trace = new BlockedLoopTrace(thread);
		if (loop.sequence() != sighting.sequence || loop.current() == null) {
			return;
		}
		sighting.reported = true;
		sighting.thread = (thread != null) ? thread.getName() : "unknown";
		Duration duration = Duration.ofNanos(now - sighting.since);
		logger.warn("Event loop thread '" + sighting.thread + "' has been blocked for " + duration.toMillis()
				+ " ms by handler " + sighting.what + "; none of its connections is served meanwhile."
				+ " Annotate the handler with @Blocking, or do not wait in it", trace);
		this.callback.accept(new BlockedLoop(sighting.thread, sighting.what, duration));
	}

	/**
	 * What a loop was seen to be busy with.
	 */
	private static final class Sighting {

		private final long sequence;

		private final Object what;

		private final long since;

		private boolean reported;

		private @Nullable String thread;

		Sighting(long sequence, Object what, long since) {
			this.sequence = sequence;
			this.what = what;
			this.since = since;
		}

		void ended(long now) {
			if (this.reported) {
				logger.info("Event loop thread '" + this.thread + "' goes on: handler " + this.what
						+ " has ended after about " + TimeUnit.NANOSECONDS.toMillis(now - this.since) + " ms");
			}
		}

	}

}
