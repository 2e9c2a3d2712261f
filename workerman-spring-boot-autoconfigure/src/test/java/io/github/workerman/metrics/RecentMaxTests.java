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

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RecentMax}.
 */
class RecentMaxTests {

	private final AtomicLong clock = new AtomicLong(-5);

	private final RecentMax max = new RecentMax(this.clock::get);

	@Test
	void largestValueIsKept() {
		this.max.record(3);
		this.max.record(7);
		this.max.record(5);
		assertThat(this.max.get()).isEqualTo(7);
	}

	@Test
	void whenWindowIsOverThenItsValueIsKeptForAnother() {
		this.max.record(7);
		pass(1);
		assertThat(this.max.get()).isEqualTo(7);
		this.max.record(2);
		assertThat(this.max.get()).isEqualTo(7);
		pass(1);
		assertThat(this.max.get()).isEqualTo(2);
		pass(1);
		assertThat(this.max.get()).isZero();
	}

	private void pass(long windows) {
		this.clock.addAndGet(windows * RecentMax.WINDOW.toNanos());
	}

}
