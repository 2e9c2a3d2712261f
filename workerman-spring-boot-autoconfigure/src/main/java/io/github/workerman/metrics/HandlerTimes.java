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

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;

/**
 * How often a handler was called with one outcome, and how long that took.
 */
final class HandlerTimes {

	private static final double NANOS_PER_SECOND = 1e9;

	private final LongAdder count = new LongAdder();

	private final LongAdder nanos = new LongAdder();

	private final RecentMax longest = new RecentMax();

	private final Key key;

	HandlerTimes(Key key) {
		this.key = key;
	}

	Key key() {
		return this.key;
	}

	void record(int calls, long nanoseconds) {
		this.count.add(calls);
		this.nanos.add(nanoseconds);
		this.longest.record(nanoseconds);
	}

	void register(MeterBook book) {
		book.add(this.key.server(),
				(registry) -> FunctionTimer
					.builder("workerman.message", this, (times) -> times.count.sum(), (times) -> times.nanos.sum(),
							TimeUnit.NANOSECONDS)
					.description("Calls of handlers and the time they took")
					.tags(this.key.tags())
					.register(registry));
		book.add(this.key.server(),
				(registry) -> Gauge
					.builder("workerman.message.seconds.max", this, (times) -> times.longest.get() / NANOS_PER_SECOND)
					.description("Longest time that handlers held a thread lately, in seconds")
					.tags(this.key.tags())
					.register(registry));
	}

	/**
	 * What is counted here.
	 *
	 * @param server the server's name
	 * @param event what was handled
	 * @param handler the handler, as {@code bean#method}
	 * @param error the simple name of the exception, or {@code none}
	 */
	record Key(String server, String event, String handler, String error) {

		static final String NO_ERROR = "none";

		private Tags tags() {
			return Tags.of("server", this.server, "event", this.event, "handler", this.handler, "outcome",
					this.error.equals(NO_ERROR) ? "success" : "error", "error", this.error);
		}

	}

}
