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

package io.github.workerman.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;

import io.github.workerman.connection.spi.Audience;
import io.github.workerman.connection.spi.ConnectionLoop;
import io.github.workerman.connection.spi.ManagedConnection;
import org.jspecify.annotations.Nullable;

/**
 * An event loop that runs what was given to it when it is told to, and that watches
 * whether its rules are kept: what belongs on the loop happens there, and audiences do
 * not change while messages for them wait.
 */
final class FakeLoop implements ConnectionLoop {

	/** How often messages left together. */
	int batches;

	int settled;

	/** Called once, on the caller's thread, before the next task is queued. */
	@Nullable Runnable beforeExecute;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final Map<Audience, Batch> waiting = new LinkedHashMap<>();

	private volatile @Nullable Thread thread;

	private volatile boolean shutDown;

	/**
	 * Runs a task on the loop, and everything that waits before and after it.
	 */
	void run(Runnable task) {
		this.tasks.add(task);
		run();
	}

	/**
	 * Runs a task on the loop as a turn of its own, ahead of everything that waits.
	 */
	void runFirst(Runnable task) {
		Thread outer = this.thread;
		this.thread = Thread.currentThread();
		try {
			task.run();
			settle();
		}
		finally {
			this.thread = outer;
		}
	}

	/**
	 * Runs what waits as one turn of the loop.
	 */
	void run() {
		runFirst(() -> {
			Runnable task = this.tasks.poll();
			while (task != null) {
				task.run();
				task = this.tasks.poll();
			}
		});
	}

	void shutDown() {
		this.shutDown = true;
	}

	boolean isIdle() {
		return this.tasks.isEmpty();
	}

	@Override
	public boolean inLoop() {
		return this.thread == Thread.currentThread();
	}

	@Override
	public void execute(Runnable task) {
		if (this.shutDown) {
			throw new RejectedExecutionException("shut down");
		}
		Runnable action = this.beforeExecute;
		if (action != null) {
			this.beforeExecute = null;
			action.run();
		}
		this.tasks.add(task);
	}

	@Override
	public void broadcast(Audience audience, Object message) {
		checkInLoop();
		if (!this.waiting.containsKey(audience)) {
			settle();
		}
		Batch batch = this.waiting.computeIfAbsent(audience, Batch::new);
		batch.messages.add(message);
	}

	@Override
	public void settle() {
		checkInLoop();
		this.settled++;
		List<Batch> batches = new ArrayList<>(this.waiting.values());
		this.waiting.clear();
		for (Batch batch : batches) {
			this.batches++;
			batch.deliver();
		}
	}

	@Override
	public void enter(Object what) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void exit() {
		throw new UnsupportedOperationException();
	}

	private void checkInLoop() {
		if (!inLoop()) {
			throw new AssertionError("Not on the loop: " + Thread.currentThread());
		}
	}

	private static final class Batch {

		private final Audience audience;

		private final List<ManagedConnection> before;

		private final List<Object> messages = new ArrayList<>();

		Batch(Audience audience) {
			this.audience = audience;
			this.before = members(audience);
		}

		void deliver() {
			if (!this.before.equals(members(this.audience))) {
				throw new AssertionError("The audience has changed before it was settled");
			}
			this.audience.forEach((connection) -> ((FakeConnection) connection).receive(this.messages));
		}

		private static List<ManagedConnection> members(Audience audience) {
			List<ManagedConnection> members = new ArrayList<>();
			audience.forEach((connection) -> {
				if (!audience.includes(connection)) {
					throw new AssertionError("The audience does not include its member " + connection.id());
				}
				members.add(connection);
			});
			return members;
		}

	}

}
