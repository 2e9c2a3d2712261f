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

package io.github.workerman.testsupport;

import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.github.workerman.connection.spi.Audience;
import io.github.workerman.connection.spi.ConnectionLoop;
import io.github.workerman.connection.spi.LoopWatch;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.NonBlocking;

/**
 * An event loop of one thread, on which Reactor refuses to block as on a real one.
 * Remembers violations of its own rules.
 */
public final class RecordingLoop implements ConnectionLoop, LoopWatch, AutoCloseable {

	private final ExecutorService executor;

	private final Queue<String> violations = new ConcurrentLinkedQueue<>();

	private volatile @Nullable Thread thread;

	private volatile @Nullable Object current;

	private volatile long sequence;

	public RecordingLoop() {
		this.executor = Executors.newSingleThreadExecutor((task) -> {
			Thread created = new LoopThread(task);
			this.thread = created;
			return created;
		});
		call(() -> null);
	}

	@Override
	public boolean inLoop() {
		return Thread.currentThread() == this.thread;
	}

	@Override
	public void execute(Runnable task) {
		this.executor.execute(() -> {
			try {
				task.run();
			}
			catch (Throwable ex) {
				this.violations.add("task threw " + ex);
				throw ex;
			}
		});
	}

	/**
	 * Runs something on the loop and waits for its end.
	 */
	public <T> T call(Callable<T> task) {
		CompletableFuture<T> result = new CompletableFuture<>();
		this.executor.execute(() -> {
			try {
				result.complete(task.call());
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		});
		try {
			return result.orTimeout(20, TimeUnit.SECONDS).join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	public void run(Runnable task) {
		call(() -> {
			task.run();
			return null;
		});
	}

	/**
	 * Returns what was done against the rules.
	 */
	public Queue<String> violations() {
		return this.violations;
	}

	@Override
	public void broadcast(Audience audience, Object message) {
		audience.forEach((connection) -> connection.send(message));
	}

	@Override
	public void settle() {
		// nothing is collected
	}

	@Override
	public void enter(Object what) {
		checkLoop("enter");
		if (this.current != null) {
			this.violations.add("enter " + what + " within " + this.current);
		}
		this.sequence = this.sequence + 1;
		this.current = what;
	}

	@Override
	public void exit() {
		checkLoop("exit");
		if (this.current == null) {
			this.violations.add("exit without enter");
		}
		this.current = null;
	}

	void checkLoop(String what) {
		if (!inLoop()) {
			this.violations.add(what + " on " + Thread.currentThread().getName());
		}
	}

	@Override
	public @Nullable Object current() {
		return this.current;
	}

	@Override
	public long sequence() {
		return this.sequence;
	}

	@Override
	public @Nullable Thread thread() {
		return this.thread;
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

	private static final class LoopThread extends Thread implements NonBlocking {

		LoopThread(Runnable task) {
			super(task, "test-loop");
			setDaemon(true);
		}

	}

}
