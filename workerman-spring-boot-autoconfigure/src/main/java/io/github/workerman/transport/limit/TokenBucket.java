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

/**
 * An allowance that grows with time up to a bound. May be overdrawn. For one thread at a
 * time; times are those of {@link System#nanoTime()}.
 */
public final class TokenBucket {

	private static final double NANOS = 1e9;

	private final double perNano;

	private final double capacity;

	private double tokens;

	private long at;

	/**
	 * Creates a full bucket.
	 * @param perSecond how much it grows by in a second
	 * @param capacity the bound
	 * @param now the time
	 */
	public TokenBucket(double perSecond, double capacity, long now) {
		this.perNano = perSecond / NANOS;
		this.capacity = capacity;
		this.tokens = capacity;
		this.at = now;
	}

	/**
	 * Takes one if there is one.
	 * @param now the time
	 * @return whether there was one
	 */
	public boolean take(long now) {
		refill(now);
		if (this.tokens < 1) {
			return false;
		}
		this.tokens--;
		return true;
	}

	/**
	 * Takes an amount in any case.
	 * @param amount how much
	 * @param now the time
	 */
	public void charge(double amount, long now) {
		refill(now);
		this.tokens -= amount;
	}

	/**
	 * Tells whether more has been taken than there was.
	 * @param now the time
	 * @return whether it is so
	 */
	public boolean isOverdrawn(long now) {
		refill(now);
		return this.tokens < 0;
	}

	/**
	 * Returns how long it takes until there is that much.
	 * @param amount how much
	 * @param now the time
	 * @return nanoseconds, zero if there is already
	 */
	public long nanosUntil(double amount, long now) {
		refill(now);
		double missing = Math.min(amount, this.capacity) - this.tokens;
		return (missing <= 0) ? 0 : (long) Math.ceil(missing / this.perNano);
	}

	long nanosUntilFull(long now) {
		return nanosUntil(this.capacity, now);
	}

	private void refill(long now) {
		long passed = now - this.at;
		if (passed > 0) {
			this.tokens = Math.min(this.capacity, this.tokens + passed * this.perNano);
			this.at = now;
		}
	}

}
