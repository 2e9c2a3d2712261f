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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workerman.connection.spi.ManagedConnection.Hold;
import io.github.workerman.testsupport.RecordingConnection;
import io.github.workerman.testsupport.RecordingLoop;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ConnectionMailboxTests {

	private final RecordingLoop loop = new RecordingLoop();

	private final ExecutorService pool = Executors.newFixedThreadPool(8);

	@AfterEach
	void close() {
		this.pool.shutdownNow();
		this.loop.close();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void whenManyConnectionsAreBusyThenNoEventIsLostReorderedOrOverlapped(long seed) throws Exception {
		int connections = 40;
		int events = 2000;
		CountDownLatch done = new CountDownLatch(connections);
		AtomicInteger rejections = new AtomicInteger();
		Executor moody = (task) -> {
			if (java.util.concurrent.ThreadLocalRandom.current().nextInt(20) == 0) {
				rejections.incrementAndGet();
				throw new RejectedExecutionException("moody");
			}
			this.pool.execute(task);
		};
		List<Peer> peers = new ArrayList<>();
		for (int i = 0; i < connections; i++) {
			peers.add(new Peer(events, seed * 1000 + i, moody, done));
		}
		peers.forEach((peer) -> this.loop.execute(peer::feed));
		assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
		for (Peer peer : peers) {
			assertThat(peer.problems).isEmpty();
			assertThat(peer.seen).isEqualTo(events + 1);
			assertThat(peer.mostWaiting).as("what waits while reading is held")
				.isLessThanOrEqualTo(ConnectionMailbox.HIGH);
		}
		// The last event counts as done a moment before its thread gives up the hold.
		Awaitility.await()
			.until(() -> this.loop.call(() -> peers.stream().allMatch((peer) -> peer.connection.holds().isEmpty())));
		assertThat(rejections.get()).isPositive();
		assertThat(this.loop.violations()).isEmpty();
	}

	/**
	 * Sends numbers as long as it is read, and handles them on changing threads: some at
	 * once, some later.
	 */
	private final class Peer implements EventProcessor {

		private final RecordingConnection connection = new RecordingConnection(ConnectionMailboxTests.this.loop);

		private final List<String> problems = new ArrayList<>();

		private final ConnectionMailbox mailbox;

		private final int events;

		private final CountDownLatch done;

		private final java.util.Random sending;

		private final java.util.Random handling;

		private int sent;

		private volatile int seen;

		private int mostWaiting;

		// Guarded by the mailbox's promise, which is what is tested.
		private int expected;

		private boolean busy;

		private int stage;

		Peer(int events, long seed, Executor executor, CountDownLatch done) {
			this.events = events;
			this.done = done;
			this.sending = new java.util.Random(seed);
			this.handling = new java.util.Random(-seed);
			this.mailbox = new ConnectionMailbox(this.connection, this, executor);
		}

		void feed() {
			int burst = this.sending.nextInt(100);
			while (burst-- > 0 && this.sent < this.events && this.connection.holds().isEmpty()) {
				this.mailbox.put(this.sent++);
				this.mostWaiting = Math.max(this.mostWaiting, this.sent - this.seen);
			}
			if (this.sent < this.events) {
				ConnectionMailboxTests.this.loop.execute(this::feed);
			}
			else {
				this.mailbox.close(this.sent++);
			}
		}

		@Override
		public Progress process(Object event, boolean onLoop) {
			if (ConnectionMailboxTests.this.loop.inLoop() != onLoop) {
				this.problems.add("on the wrong thread");
			}
			if (this.busy) {
				this.problems.add("overlap at " + event);
			}
			this.busy = true;
			try {
				return step((Integer) event, onLoop);
			}
			finally {
				this.busy = false;
			}
		}

		private Progress step(int event, boolean onLoop) {
			if (event != this.expected) {
				this.problems.add("got " + event + " instead of " + this.expected);
			}
			if (this.stage < 3) {
				int choice = this.handling.nextInt(6);
				this.stage++;
				if (choice == 0) {
					return Progress.ELSEWHERE;
				}
				if (choice == 1 && event < this.events) {
					if (onLoop) {
						ConnectionMailboxTests.this.pool.execute(this.mailbox::resume);
					}
					else {
						this.mailbox.resume();
					}
					return Progress.LATER;
				}
			}
			this.stage = 0;
			this.expected++;
			this.seen = this.expected;
			if (this.expected == this.events + 1) {
				this.done.countDown();
			}
			return Progress.DONE;
		}

		@Override
		public void cancel() {
			// everything resumes by itself
		}

	}

	@Test
	void whenReadingHasStoppedThenItGoesOnWhenHalfIsDone() {
		RecordingConnection connection = new RecordingConnection(this.loop);
		AtomicInteger allowed = new AtomicInteger();
		ConnectionMailbox mailbox = new ConnectionMailbox(connection, new EventProcessor() {

			@Override
			public Progress process(Object event, boolean onLoop) {
				if (allowed.get() == 0) {
					return Progress.LATER;
				}
				allowed.decrementAndGet();
				return Progress.DONE;
			}

			@Override
			public void cancel() {
				// nothing waits
			}

		}, this.pool);
		this.loop.run(() -> {
			for (int i = 1; i < ConnectionMailbox.HIGH; i++) {
				mailbox.put(i);
			}
			assertThat(connection.holds()).isEmpty();
			mailbox.put("one too many");
			assertThat(connection.holds()).containsExactly(Hold.MAILBOX);
		});
		allowed.set(ConnectionMailbox.HIGH - ConnectionMailbox.LOW - 1);
		mailbox.resume();
		this.loop.run(() -> assertThat(connection.holds()).containsExactly(Hold.MAILBOX));
		assertThat(allowed).hasValue(0);
		allowed.set(1);
		mailbox.resume();
		this.loop.run(() -> assertThat(connection.holds()).isEmpty());
		assertThat(connection.holdCalls()).isEqualTo(1);
	}

	@Test
	void whenTheConnectionClosesThenWhatIsWaitedForIsCancelled() throws Exception {
		RecordingConnection connection = new RecordingConnection(this.loop);
		CompletableFuture<Object> last = new CompletableFuture<>();
		ConnectionMailbox[] mailbox = new ConnectionMailbox[1];
		AtomicInteger cancelled = new AtomicInteger();
		EventProcessor processor = new EventProcessor() {

			@Override
			public Progress process(Object event, boolean onLoop) {
				if (event.equals("closed")) {
					last.complete(event);
					return Progress.DONE;
				}
				return (cancelled.get() == 0) ? Progress.LATER : Progress.DONE;
			}

			@Override
			public void cancel() {
				cancelled.incrementAndGet();
				mailbox[0].resume();
			}

		};
		mailbox[0] = new ConnectionMailbox(connection, processor, this.pool);
		this.loop.run(() -> {
			mailbox[0].put("endless");
			mailbox[0].put("next");
			mailbox[0].close("closed");
		});
		assertThat(last.get(20, TimeUnit.SECONDS)).isEqualTo("closed");
		assertThat(cancelled).hasValue(1);
	}

	@Test
	void whenTheProcessorThrowsThenTheNextEventIsWorkedOn(CapturedOutput output) {
		RecordingConnection connection = new RecordingConnection(this.loop);
		List<Object> done = new ArrayList<>();
		ConnectionMailbox mailbox = new ConnectionMailbox(connection, new EventProcessor() {

			@Override
			public Progress process(Object event, boolean onLoop) {
				if (event.equals("bad")) {
					throw new IllegalStateException("defect");
				}
				done.add(event);
				return Progress.DONE;
			}

			@Override
			public void cancel() {
				// nothing waits
			}

		}, this.pool);
		this.loop.run(() -> {
			mailbox.put("a");
			mailbox.put("bad");
			mailbox.put("b");
		});
		assertThat(done).containsExactly("a", "b");
		assertThat(output).contains("An event is lost because of an unexpected error").contains("defect");
	}

	@Test
	void whenTheExecutorFailsForAMomentThenNothingIsLost() throws Exception {
		RecordingConnection connection = new RecordingConnection(this.loop);
		CompletableFuture<Object> handled = new CompletableFuture<>();
		AtomicInteger failures = new AtomicInteger();
		Executor exhausted = (task) -> {
			if (failures.incrementAndGet() == 1) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			this.pool.execute(task);
		};
		ConnectionMailbox mailbox = new ConnectionMailbox(connection, new EventProcessor() {

			@Override
			public Progress process(Object event, boolean onLoop) {
				if (onLoop) {
					return Progress.ELSEWHERE;
				}
				handled.complete(event);
				return Progress.DONE;
			}

			@Override
			public void cancel() {
				// nothing waits
			}

		}, exhausted);
		this.loop.run(() -> mailbox.put("event"));
		assertThat(handled.get(20, TimeUnit.SECONDS)).isEqualTo("event");
		Awaitility.await().until(() -> this.loop.call(() -> connection.holds().isEmpty()));
		assertThat(this.loop.violations()).isEmpty();
	}

}
