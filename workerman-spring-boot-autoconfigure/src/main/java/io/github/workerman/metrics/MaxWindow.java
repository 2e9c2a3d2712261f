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

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.distribution.TimeWindowMax;

/**
 * Makes maxima that forget, as those of Micrometer's own timers and summaries do by
 * default: after two minutes, in three steps.
 */
final class MaxWindow {

	private static final Duration STEP = Duration.ofSeconds(40);

	private static final int STEPS = 3;

	private MaxWindow() {
	}

	static TimeWindowMax create() {
		return new TimeWindowMax(Clock.SYSTEM, STEP.toMillis(), STEPS);
	}

}
