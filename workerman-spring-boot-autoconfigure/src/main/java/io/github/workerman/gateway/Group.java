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

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.workerman.connection.spi.ConnectionLoop;
import io.github.workerman.connection.spi.ManagedConnection;

/**
 * The members of a group on this node and how many of them each loop has, so that a
 * message wakes only loops that it concerns. Changed by one thread at a time, read by
 * all.
 */
final class Group {

	private final Set<ManagedConnection> members = ConcurrentHashMap.newKeySet();

	private final Map<ConnectionLoop, Integer> loops = new ConcurrentHashMap<>(2);

	void add(ManagedConnection connection) {
		if (this.members.add(connection)) {
			this.loops.merge(connection.loop(), 1, Integer::sum);
		}
	}

	void remove(ManagedConnection connection) {
		if (this.members.remove(connection)) {
			this.loops.computeIfPresent(connection.loop(), (loop, count) -> (count > 1) ? count - 1 : null);
		}
	}

	boolean isEmpty() {
		return this.members.isEmpty();
	}

	int size() {
		return this.members.size();
	}

	Collection<ManagedConnection> members() {
		return this.members;
	}

	Collection<ConnectionLoop> loops() {
		return this.loops.keySet();
	}

}
