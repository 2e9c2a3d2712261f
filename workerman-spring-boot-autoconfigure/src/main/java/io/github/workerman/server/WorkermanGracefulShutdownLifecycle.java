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

package io.github.workerman.server;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.springframework.context.SmartLifecycle;

/**
 * Begins to stop the servers before anything that handlers work with stops: no more
 * connections, goodbye to the peers, the grace period. Drains at the same time as Spring
 * Boot's web servers do.
 */
public final class WorkermanGracefulShutdownLifecycle implements SmartLifecycle {

	/**
	 * The phase in which servers drain, that of Spring Boot's web servers.
	 */
	public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1024;

	private final Supplier<CompletionStage<Void>> drain;

	private final int phase;

	private volatile boolean running;

	/**
	 * Creates the life cycle.
	 * @param registry the servers
	 */
	public WorkermanGracefulShutdownLifecycle(WorkermanServerRegistry registry) {
		this(registry::drain, PHASE);
	}

	private WorkermanGracefulShutdownLifecycle(Supplier<CompletionStage<Void>> drain, int phase) {
		this.drain = drain;
		this.phase = phase;
	}

	/**
	 * Creates the life cycle of servers that are mounted on a web server: they drain
	 * before that does, which would drop their connections.
	 * @param registry the servers
	 * @return the life cycle
	 */
	public static WorkermanGracefulShutdownLifecycle ofMounted(WorkermanServerRegistry registry) {
		return new WorkermanGracefulShutdownLifecycle(registry::drainMounted, PHASE + 1);
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		stop(() -> {
			// nobody waits
		});
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		this.drain.get().whenComplete((result, error) -> callback.run());
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

}
