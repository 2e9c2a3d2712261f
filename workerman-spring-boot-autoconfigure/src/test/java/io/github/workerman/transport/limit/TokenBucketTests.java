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

package io.github.workerman.transport.limit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TokenBucket}, with times of their own.
 */
class TokenBucketTests {

	private static final long SECOND = 1_000_000_000L;

	/** Near the overflow, which the clock may pass. */
	private static final long START = Long.MAX_VALUE - SECOND / 2;

	@Test
	void whenEmptyThenRefillsWithTimeUpToItsCapacity() {
		TokenBucket bucket = new TokenBucket(10, 3, START);
		assertThat(bucket.take(START)).isTrue();
		assertThat(bucket.take(START)).isTrue();
		assertThat(bucket.take(START)).isTrue();
		assertThat(bucket.take(START)).isFalse();
		assertThat(bucket.nanosUntil(1, START)).isEqualTo(SECOND / 10);
		assertThat(bucket.take(START + SECOND / 10)).isTrue();
		assertThat(bucket.take(START + SECOND / 10)).isFalse();
		long later = START + 100 * SECOND;
		assertThat(bucket.nanosUntilFull(later)).isZero();
		for (int i = 0; i < 3; i++) {
			assertThat(bucket.take(later)).isTrue();
		}
		assertThat(bucket.take(later)).isFalse();
	}

	@Test
	void whenOverdrawnThenDebtIsPaidFirst() {
		TokenBucket bucket = new TokenBucket(100, 100, START);
		bucket.charge(300, START);
		assertThat(bucket.isOverdrawn(START)).isTrue();
		assertThat(bucket.nanosUntil(0, START)).isEqualTo(2 * SECOND);
		assertThat(bucket.isOverdrawn(START + SECOND)).isTrue();
		assertThat(bucket.isOverdrawn(START + 2 * SECOND)).isFalse();
	}

	@Test
	void whenTimeGoesBackThenNothingIsGained() {
		TokenBucket bucket = new TokenBucket(1, 1, START);
		assertThat(bucket.take(START)).isTrue();
		assertThat(bucket.take(START - 100 * SECOND)).isFalse();
		assertThat(bucket.take(START + SECOND)).isTrue();
	}

}
