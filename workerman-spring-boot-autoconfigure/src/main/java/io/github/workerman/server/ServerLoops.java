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

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.workerman.transport.EventLoops;
import io.github.workerman.transport.TransportKind;
import org.jspecify.annotations.Nullable;

/**
 * Hands out event loops to servers: own ones where a server asks for threads, else those
 * that all servers share. The shared ones are made for the first server that starts and
 * given back by the last one that stops.
 */
public final class ServerLoops {

	private final TransportKind kind;

	private final Supplier<@Nullable EventLoops> application;

	private final LoopSupervisor supervisor;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable EventLoops shared;

	private int users;

	/**
	 * Creates the loops, none of them started.
	 * @param kind the kind of the loops
	 * @param application asked on every start for event loops that the application has
	 * already; where it has none or those of io_uring, or where a certain kind is asked
	 * for, the servers have their own, as many as there are processors
	 * @param supervisor watches the loops while they are in use
	 */
	public ServerLoops(TransportKind kind, Supplier<@Nullable EventLoops> application, LoopSupervisor supervisor) {
		this.kind = kind;
		this.application = application;
		this.supervisor = supervisor;
	}

	EventLoops acquire(ServerDefinition definition) {
		if (definition.threads() > 0) {
			return watched(EventLoops.create(this.kind, definition.threads(), "workerman-" + definition.name()));
		}
		this.lock.lock();
		try {
			EventLoops loops = this.shared;
			if (loops == null) {
				loops = watched(makeShared());
				this.shared = loops;
			}
			this.users++;
			return loops;
		}
		finally {
			this.lock.unlock();
		}
	}

	private EventLoops watched(EventLoops loops) {
		this.supervisor.add(loops);
		return loops;
	}

	private EventLoops makeShared() {
		EventLoops loops = (this.kind == TransportKind.AUTO) ? this.application.get() : null;
		// The application's io_uring has no buffers to share and misses resets.
		return (loops != null && loops.kind() != TransportKind.IO_URING) ? loops
				: EventLoops.create(this.kind, Runtime.getRuntime().availableProcessors(), "workerman");
	}

	void release(EventLoops loops) {
		this.lock.lock();
		try {
			if (loops == this.shared) {
				if (--this.users > 0) {
					return;
				}
				this.shared = null;
			}
		}
		finally {
			this.lock.unlock();
		}
		this.supervisor.remove(loops);
		loops.close();
	}

}
