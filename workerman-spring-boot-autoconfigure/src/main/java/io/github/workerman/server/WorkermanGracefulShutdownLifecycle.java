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

	private final WorkermanServerRegistry registry;

	private volatile boolean running;

	/**
	 * Creates the life cycle.
	 * @param registry the servers
	 */
	public WorkermanGracefulShutdownLifecycle(WorkermanServerRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.registry.drain();
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		this.registry.drain().whenComplete((result, error) -> callback.run());
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

}
