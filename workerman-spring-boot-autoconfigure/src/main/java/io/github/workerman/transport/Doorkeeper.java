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

package io.github.workerman.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Knows whether an endpoint takes channels in, and when the last one has left. Callable
 * from any thread.
 */
public final class Doorkeeper {

	private final Admission admission;

	private volatile boolean open;

	private volatile @Nullable CompletableFuture<Void> drained;

	/**
	 * Creates a doorkeeper whose door is closed.
	 * @param admission counts the channels that are in
	 */
	public Doorkeeper(Admission admission) {
		this.admission = admission;
	}

	/**
	 * Takes channels in from now on.
	 */
	public void open() {
		this.drained = null;
		this.open = true;
	}

	/**
	 * Takes no channels in from now on. Those that are in stay.
	 */
	public void close() {
		this.open = false;
	}

	/**
	 * Tells whether channels are taken in. One that was on its way while the endpoint was
	 * closed or drained is not.
	 * @return whether they are
	 */
	public boolean isOpen() {
		return this.open;
	}

	/**
	 * Notes that a channel has left which was admitted. Once for each.
	 */
	public void left() {
		this.admission.leave();
		completeIfEmpty();
	}

	/**
	 * Has everybody leave.
	 * @param goodbye tells them
	 * @param grace how long they may take
	 * @param drop makes those leave who are still there then
	 * @return completes when all have left
	 */
	public CompletionStage<Void> drain(Runnable goodbye, Duration grace, Runnable drop) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.drained = done;
		this.open = false;
		goodbye.run();
		completeIfEmpty();
		CompletableFuture.delayedExecutor(grace.toNanos(), TimeUnit.NANOSECONDS, Runnable::run).execute(() -> {
			if (!done.isDone()) {
				drop.run();
			}
		});
		return done;
	}

	private void completeIfEmpty() {
		CompletableFuture<Void> done = this.drained;
		if (done != null && this.admission.count() == 0) {
			done.complete(null);
		}
	}

}
