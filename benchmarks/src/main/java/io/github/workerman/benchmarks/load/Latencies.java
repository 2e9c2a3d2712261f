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
 * A histogram of times in nanoseconds with an error below four percent.
 */
final class Latencies {

	/** Each power of two is cut into so many buckets (as a power of two). */
	private static final int PRECISION = 5;

	private static final int STEPS = 1 << PRECISION;

	private final long[] counts = new long[(64 - PRECISION) * STEPS];

	private long total;

	void record(long nanos) {
		this.counts[indexOf(Math.max(nanos, 0))]++;
		this.total++;
	}

	private static int indexOf(long nanos) {
		if (nanos < STEPS) {
			return (int) nanos;
		}
		int shift = 63 - Long.numberOfLeadingZeros(nanos) - PRECISION;
		return shift * STEPS + (int) (nanos >>> shift);
	}

	/**
	 * Returns the time below which a share of all times is.
	 * @param share between 0 and 1
	 * @return microseconds; 0 if nothing was recorded
	 */
	double percentileMicros(double share) {
		long rank = (long) Math.ceil(share * this.total);
		long seen = 0;
		for (int i = 0; i < this.counts.length && this.total > 0; i++) {
			seen += this.counts[i];
			if (seen >= rank) {
				return lowerBoundOf(i) / 1000.0;
			}
		}
		return 0;
	}

	private static double lowerBoundOf(int index) {
		int shift = Math.max(index / STEPS - 1, 0);
		return (double) (index - shift * STEPS) * (1L << shift);
	}

}
