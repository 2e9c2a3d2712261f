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
 * What a run counts. Only one thread touches it.
 */
final class Tally {

	final Latencies latencies = new Latencies();

	long count;

	long opened;

	long lost;

	long corrupt;

	long unexpected;

	long closed;

	long failed;

	long timeouts;

	double bytesPerConnection;

	private long measuredFrom;

	private long measuredTo;

	void beginMeasuring(long now) {
		this.measuredFrom = now;
	}

	void endMeasuring(long now) {
		this.measuredTo = now;
	}

	LoadResult toResult(LoadOptions options) {
		double seconds = (this.measuredTo - this.measuredFrom) / 1e9;
		long errors = this.lost + this.corrupt + this.unexpected + this.closed + this.failed + this.timeouts;
		boolean ok = errors == 0 && this.count > 0;
		return new LoadResult(options.mode().id(), options.protocol().id(), options.connections(), ok,
				(seconds > 0) ? this.count / seconds : 0, this.count, seconds, this.latencies.percentileMicros(0.5),
				this.latencies.percentileMicros(0.99), this.opened, this.bytesPerConnection, this.lost, this.corrupt,
				this.unexpected, this.closed, this.failed, this.timeouts);
	}

}
