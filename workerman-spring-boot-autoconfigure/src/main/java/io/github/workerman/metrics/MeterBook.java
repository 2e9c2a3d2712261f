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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Keeps the meters of running servers registered with all registries, also with those
 * that come later, and takes the meters of stopped servers away.
 */
final class MeterBook {

	private final ReentrantLock lock = new ReentrantLock();

	private final List<MeterRegistry> registries = new ArrayList<>();

	private final Map<String, Page> pages = new HashMap<>();

	void addRegistry(MeterRegistry registry) {
		this.lock.lock();
		try {
			this.registries.add(registry);
			this.pages.values().forEach((page) -> page.registerAll(registry));
		}
		finally {
			this.lock.unlock();
		}
	}

	void open(String server) {
		this.lock.lock();
		try {
			this.pages.putIfAbsent(server, new Page());
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Registers a meter, unless its server does not run.
	 */
	void add(String server, Function<MeterRegistry, Meter> meter) {
		this.lock.lock();
		try {
			Page page = this.pages.get(server);
			if (page != null) {
				page.meters.add(meter);
				this.registries.forEach((registry) -> page.register(registry, meter));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	void close(String server) {
		this.lock.lock();
		try {
			Page page = this.pages.remove(server);
			if (page != null) {
				page.registered.forEach((registered) -> registered.registry().remove(registered.meter()));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The meters of one server.
	 */
	private static final class Page {

		private final List<Function<MeterRegistry, Meter>> meters = new ArrayList<>();

		private final List<Registered> registered = new ArrayList<>();

		private void registerAll(MeterRegistry registry) {
			this.meters.forEach((meter) -> register(registry, meter));
		}

		private void register(MeterRegistry registry, Function<MeterRegistry, Meter> meter) {
			this.registered.add(new Registered(registry, meter.apply(registry)));
		}

	}

	private record Registered(MeterRegistry registry, Meter meter) {

	}

}
