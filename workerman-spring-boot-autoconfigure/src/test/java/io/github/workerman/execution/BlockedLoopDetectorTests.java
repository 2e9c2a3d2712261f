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

package io.github.workerman.execution;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.workerman.testsupport.RecordingLoop;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class BlockedLoopDetectorTests {

	private final RecordingLoop loop = new RecordingLoop();

	private final AtomicLong clock = new AtomicLong();

	private final List<BlockedLoop> reported = new CopyOnWriteArrayList<>();

	private final BlockedLoopDetector detector = new BlockedLoopDetector(() -> List.of(this.loop),
			Duration.ofSeconds(2), this.reported::add, this.clock::get);

	@AfterEach
	void close() {
		this.loop.close();
	}

	@Test
	void whenAHandlerBlocksThenItIsReportedOnceWithItsStackAndItsEnd(CapturedOutput output) throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		occupy("chat#slow", release);
		look(0);
		look(1900);
		assertThat(this.reported).isEmpty();
		look(2100);
		look(5000);
		assertThat(this.reported).containsExactly(new BlockedLoop("test-loop", "chat#slow", Duration.ofMillis(2100)));
		assertThat(output)
			.containsOnlyOnce("Event loop thread 'test-loop' has been blocked for 2100 ms by handler chat#slow")
			.contains("BlockedLoopDetectorTests.waitInHandler");
		assertThat(output).doesNotContain("goes on");
		release.countDown();
		this.loop.run(() -> {
		});
		look(7000);
		look(8000);
		assertThat(output).containsOnlyOnce("goes on: handler chat#slow has ended after about 7000 ms");
	}

	@Test
	void whenManyShortCallsFollowEachOtherThenNothingIsReported(CapturedOutput output) throws Exception {
		for (int i = 0; i < 5; i++) {
			CountDownLatch release = new CountDownLatch(1);
			occupy("chat#quick", release);
			look(i * 3000L);
			release.countDown();
			this.loop.run(() -> {
			});
		}
		look(60_000);
		assertThat(this.reported).isEmpty();
		assertThat(output).doesNotContain("blocked").doesNotContain("goes on");
	}

	@Test
	void whenALoopBlocksTwiceThenBothAreReported() throws Exception {
		for (int i = 0; i < 2; i++) {
			CountDownLatch release = new CountDownLatch(1);
			occupy("chat#slow", release);
			look(i * 10_000L);
			look(i * 10_000L + 3000);
			release.countDown();
			this.loop.run(() -> {
			});
		}
		assertThat(this.reported).hasSize(2);
	}

	@Test
	void shouldWatchByItselfOnTheSchedulerItIsGiven() throws Exception {
		ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
		CountDownLatch release = new CountDownLatch(1);
		try {
			BlockedLoopDetector real = new BlockedLoopDetector(() -> List.of(this.loop), Duration.ofMillis(50),
					this.reported::add);
			assertThat(real.interval()).isEqualTo(Duration.ofNanos(12_500_000));
			real.start(scheduler);
			occupy("chat#slow", release);
			Awaitility.await().until(() -> !this.reported.isEmpty());
			assertThat(this.reported.get(0).what()).isEqualTo("chat#slow");
		}
		finally {
			release.countDown();
			scheduler.shutdownNow();
		}
	}

	private void look(long millis) {
		this.clock.set(TimeUnit.MILLISECONDS.toNanos(millis));
		this.detector.run();
	}

	private void occupy(String what, CountDownLatch release) throws InterruptedException {
		CountDownLatch entered = new CountDownLatch(1);
		this.loop.execute(() -> {
			this.loop.enter(what);
			waitInHandler(entered, release);
			this.loop.exit();
		});
		assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
	}

	/* Tells from within that it is there: whoever looks then sees it on the stack. */
	private static void waitInHandler(CountDownLatch entered, CountDownLatch release) {
		entered.countDown();
		try {
			release.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
