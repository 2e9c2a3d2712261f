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

package io.github.workerman.sample.chat;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes numbers from the time, as Workerman's first chat did: hundredths of a second, of
 * which nine digits are kept. Where the clock gives no new number, one is added to the
 * last.
 */
class ClockUidGenerator implements UidGenerator {

	private static final long DIGITS = 1_000_000_000;

	private final Clock clock;

	private final AtomicLong last = new AtomicLong();

	ClockUidGenerator(Clock clock) {
		this.clock = clock;
	}

	@Override
	public long next() {
		long now = this.clock.millis() / 10 % DIGITS;
		return this.last.updateAndGet((before) -> Math.max(before + 1, now));
	}

}
