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

package io.github.workerman.benchmarks.load;

/**
 * The phases of a run: warm-up, measuring, and waiting for what is still under way.
 */
final class Phases {

	private static final long DRAIN_NANOS = 5_000_000_000L;

	private static final long FIRST_NANOS = 5_000_000_000L;

	private final Tally tally;

	private final long measureAt;

	private final long duration;

	private long drainAt;

	private long giveUpAt;

	private Phase phase = Phase.WARMUP;

	Phases(LoadOptions options, Tally tally, long now) {
		this.tally = tally;
		this.measureAt = now + options.warmup();
		this.duration = options.duration();
	}

	void advance(long now) {
		if (this.phase == Phase.WARMUP && now >= this.measureAt) {
			this.phase = Phase.MEASURE;
			// A machine that stalls must not take the time away
			this.drainAt = now + this.duration;
			this.tally.beginMeasuring(now);
		}
		else if (this.phase == Phase.MEASURE && now >= this.drainAt && !awaitsFirst(now)) {
			drain(now);
		}
	}

	/* A server that has not answered anything in a short time may only be starting up. */
	private boolean awaitsFirst(long now) {
		return this.tally.count == 0 && now < this.drainAt + FIRST_NANOS;
	}

	void drain(long now) {
		this.phase = Phase.DRAIN;
		this.giveUpAt = now + DRAIN_NANOS;
		this.tally.endMeasuring(now);
	}

	boolean isMeasuring() {
		return this.phase == Phase.MEASURE;
	}

	boolean isDraining() {
		return this.phase == Phase.DRAIN;
	}

	boolean isOver(long now) {
		return isDraining() && now >= this.giveUpAt;
	}

	private enum Phase {

		WARMUP, MEASURE, DRAIN

	}

}
