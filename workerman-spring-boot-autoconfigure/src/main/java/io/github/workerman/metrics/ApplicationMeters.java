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

package io.github.workerman.metrics;

import java.util.function.DoubleSupplier;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The meters that are about no server in particular.
 */
public final class ApplicationMeters implements MeterBinder {

	private final DoubleSupplier groups;

	private final DoubleSupplier users;

	private final DoubleSupplier blockedLoops;

	/**
	 * Creates the meters.
	 * @param groups the number of groups with members
	 * @param users the number of users with connections
	 * @param blockedLoops how often an event loop was found blocked
	 */
	public ApplicationMeters(DoubleSupplier groups, DoubleSupplier users, DoubleSupplier blockedLoops) {
		this.groups = groups;
		this.users = users;
		this.blockedLoops = blockedLoops;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("workerman.groups", this, (meters) -> meters.groups.getAsDouble())
			.description("Groups that have members")
			.register(registry);
		Gauge.builder("workerman.users", this, (meters) -> meters.users.getAsDouble())
			.description("Users that have connections")
			.register(registry);
		FunctionCounter.builder("workerman.loops.blocked", this, (meters) -> meters.blockedLoops.getAsDouble())
			.description("Times that a handler held up an event loop for too long")
			.register(registry);
	}

}
