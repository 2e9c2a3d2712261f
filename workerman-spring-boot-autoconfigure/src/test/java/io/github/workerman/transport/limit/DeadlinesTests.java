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

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workerman.transport.LogRecorder;
import io.github.workerman.transport.Waiting;
import io.github.workerman.transport.limit.Deadlines.Deadline;
import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Deadlines}.
 */
class DeadlinesTests {

	private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

	private final AtomicInteger timers = new AtomicInteger();

	private final DefaultEventLoop loop = new DefaultEventLoop() {

		@Override
		public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
			if (command instanceof Deadlines) {
				DeadlinesTests.this.timers.incrementAndGet();
			}
			return super.schedule(command, delay, unit);
		}

	};

	private final Deadlines deadlines = new Deadlines(this.loop);

	private final Queue<String> expired = new ConcurrentLinkedQueue<>();

	@RegisterExtension
	final LogRecorder log = new LogRecorder();

	@AfterEach
	void stop() {
		this.loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
	}

	private void onLoop(Runnable task) {
		this.loop.submit(task).syncUninterruptibly();
	}

	private Named named(String name) {
		return new Named(name, () -> {
		});
	}

	@Test
	void whenTimeIsOverThenExpiresOnceAndNotBefore() {
		long start = System.nanoTime();
		List<Long> elapsed = new ArrayList<>();
		onLoop(() -> this.deadlines.add(new Named("a", () -> elapsed.add(System.nanoTime() - start)),
				220 * MILLISECOND));
		Waiting.until("expired", () -> !this.expired.isEmpty());
		onLoop(() -> assertThat(this.deadlines.size()).isZero());
		assertThat(elapsed).singleElement().satisfies((nanos) -> assertThat(nanos).isGreaterThan(220 * MILLISECOND));
	}

	@Test
	void whenRemovedThenDoesNotExpire() {
		Named removed = named("removed");
		onLoop(() -> {
			this.deadlines.add(removed, 60 * MILLISECOND);
			this.deadlines.add(named("stays"), 60 * MILLISECOND);
			this.deadlines.remove(removed);
			this.deadlines.remove(removed);
		});
		Waiting.until("expired", () -> !this.expired.isEmpty());
		onLoop(() -> assertThat(this.deadlines.size()).isZero());
		assertThat(this.expired).containsExactly("stays");
	}

	@Test
	void whenLimitIsSetAgainWhileItExpiresThenKeepsTime() {
		AtomicInteger plainTimer = new AtomicInteger();
		Named second = named("second");
		onLoop(() -> this.deadlines.add(new Named("first", () -> {
			this.deadlines.add(second, 100 * MILLISECOND);
			this.loop.schedule(plainTimer::incrementAndGet, 3, TimeUnit.SECONDS);
		}), 600 * MILLISECOND));
		Waiting.until("expired", () -> this.expired.contains("second"));
		assertThat(plainTimer).as("a timer of three seconds that began with the limit of a tenth").hasValue(0);
	}

	@Test
	void whenLimitsComeAndGoThenOneTimerSuffices() {
		onLoop(() -> {
			for (int i = 0; i < 1000; i++) {
				Named deadline = named("never");
				this.deadlines.add(deadline, 1000 * MILLISECOND);
				this.deadlines.remove(deadline);
			}
		});
		assertThat(this.timers).hasValueLessThan(3);
	}

	@Test
	void whenNeighbourIsRemovedByWhatExpiresThenItDoesNotExpire() {
		List<Named> pair = new ArrayList<>();
		pair.add(new Named("one of two", () -> pair.forEach(this.deadlines::remove)));
		pair.add(new Named("one of two", () -> pair.forEach(this.deadlines::remove)));
		onLoop(() -> {
			pair.forEach((deadline) -> this.deadlines.add(deadline, 60 * MILLISECOND));
			this.deadlines.add(named("last"), 60 * MILLISECOND);
		});
		Waiting.until("expired", () -> this.expired.contains("last") && this.expired.size() > 1);
		onLoop(() -> assertThat(this.deadlines.size()).isZero());
		assertThat(this.expired).containsExactlyInAnyOrder("one of two", "last");
	}

	@Test
	void whenOneFailsThenTheOthersExpireAllTheSame() {
		this.log.expect("time limit");
		onLoop(() -> {
			this.deadlines.add(named("before"), 60 * MILLISECOND);
			this.deadlines.add(new Named("fails", () -> {
				throw new IllegalStateException("on purpose");
			}), 60 * MILLISECOND);
			this.deadlines.add(named("after"), 60 * MILLISECOND);
			this.deadlines.add(named("later"), 200 * MILLISECOND);
		});
		Waiting.until("expired", () -> this.expired.size() == 4);
		onLoop(() -> assertThat(this.deadlines.size()).isZero());
	}

	@Test
	void whenManyAreAddedAndRemovedThenTheRightOnesExpire() {
		Random random = new Random(42);
		List<Named> all = new ArrayList<>();
		List<String> kept = new ArrayList<>();
		for (int i = 0; i < 5000; i++) {
			all.add(named("d" + i));
		}
		onLoop(() -> all.forEach((deadline) -> this.deadlines.add(deadline, (1 + random.nextInt(600)) * MILLISECOND)));
		onLoop(() -> {
			for (Named deadline : all) {
				if (random.nextBoolean() && !this.expired.contains(deadline.name)) {
					this.deadlines.remove(deadline);
				}
				else {
					kept.add(deadline.name);
				}
			}
		});
		Waiting.until("expired", () -> this.expired.size() >= kept.size());
		onLoop(() -> assertThat(this.deadlines.size()).isZero());
		assertThat(this.expired).containsExactlyInAnyOrderElementsOf(kept);
	}

	private final class Named extends Deadline {

		private final String name;

		private final Runnable action;

		Named(String name, Runnable action) {
			this.name = name;
			this.action = action;
		}

		@Override
		protected void expired() {
			DeadlinesTests.this.expired.add(this.name);
			this.action.run();
		}

	}

}
