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

package io.github.workerman.benchmarks.churn;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

import io.github.workerman.benchmarks.server.WorkermanServer;
import io.github.workerman.connection.ConnectionRegistry;
import io.github.workerman.gateway.Gateway;
import io.github.workerman.server.WorkermanServerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.internal.PlatformDependent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import org.springframework.context.ApplicationContext;

/**
 * Looks at the server of an application in this JVM.
 */
final class ServerProbe {

	private static final Log logger = LogFactory.getLog(ServerProbe.class);

	private static final Duration PATIENCE = Duration.ofSeconds(15);

	/** The heap is settled when another collection frees less than this. */
	private static final long SETTLED = 32 * 1024;

	private final ConnectionRegistry connections;

	private final Gateway gateway;

	private final MeterRegistry meters;

	private final io.github.workerman.server.WorkermanServer server;

	ServerProbe(ApplicationContext context) {
		this.connections = context.getBean(ConnectionRegistry.class);
		this.gateway = context.getBean(Gateway.class);
		this.meters = context.getBean(MeterRegistry.class);
		this.server = context.getBean(WorkermanServerRegistry.class).find(WorkermanServer.NAME).orElseThrow();
	}

	/**
	 * Waits until the server has noticed that all connections have gone, fifteen seconds
	 * at most, and looks at it.
	 * @return what is there
	 */
	Snapshot take() {
		awaitIfPossible(() -> this.connections.count() == 0);
		long heap = heapAfterCollection();
		return new Snapshot(this.server.statistics().opened(), this.connections.count(), gauge(),
				this.gateway.countUsers(), this.gateway.countGroups(), countMeters(),
				ManagementFactory.getThreadMXBean().getThreadCount(), heap, allocatorMemory(),
				PlatformDependent.usedDirectMemory());
	}

	private double gauge() {
		return this.meters.get("workerman.connections").tag("server", this.server.name()).gauge().value();
	}

	private int countMeters() {
		return (int) this.meters.getMeters()
			.stream()
			.filter((meter) -> !meter.getId().getName().startsWith("jvm.gc."))
			.count();
	}

	/*
	 * What is only weakly reachable, or waits for the next tick of a timer, goes later.
	 */
	private static long heapAfterCollection() {
		AtomicLong last = new AtomicLong(Long.MAX_VALUE);
		awaitIfPossible(() -> {
			long used = collect();
			return last.getAndSet(used) - used < SETTLED;
		});
		return last.get();
	}

	/*
	 * What does not come about shows in the snapshot.
	 */
	private static void awaitIfPossible(Callable<Boolean> condition) {
		try {
			Awaitility.await().pollInSameThread().atMost(PATIENCE).until(condition);
		}
		catch (ConditionTimeoutException ex) {
			logger.warn("Not settled within " + PATIENCE);
		}
	}

	private static long collect() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private static long allocatorMemory() {
		Set<ByteBufAllocator> allocators = Collections.newSetFromMap(new IdentityHashMap<>());
		allocators.addAll(List.of(ByteBufAllocator.DEFAULT, PooledByteBufAllocator.DEFAULT));
		return allocators.stream()
			.filter(ByteBufAllocatorMetricProvider.class::isInstance)
			.mapToLong((allocator) -> ((ByteBufAllocatorMetricProvider) allocator).metric().usedDirectMemory())
			.sum();
	}

}
