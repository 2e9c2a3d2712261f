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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.workerman.connection.spi.ConnectionLoop;
import io.github.workerman.connection.spi.ManagedConnection;

/**
 * The connections of one event loop by server and by group: what broadcasts walk through.
 * Touched on that loop only. Callers {@link ConnectionLoop#settle() settle} the loop
 * before they change anything.
 */
final class LoopMemberships {

	private final ConnectionLoop loop;

	private final Map<String, ConnectionSet> servers = new HashMap<>();

	private final Map<String, ConnectionSet> groups = new HashMap<>();

	LoopMemberships(ConnectionLoop loop) {
		this.loop = loop;
	}

	void add(ManagedConnection connection) {
		this.servers.computeIfAbsent(connection.server(), (server) -> new ConnectionSet()).add(connection);
	}

	void remove(ManagedConnection connection, Collection<String> groups) {
		remove(this.servers, connection.server(), connection);
		groups.forEach((group) -> remove(this.groups, group, connection));
	}

	boolean isMember(ManagedConnection connection, String group) {
		ConnectionSet set = this.groups.get(group);
		return set != null && set.contains(connection);
	}

	void setMember(ManagedConnection connection, String group, boolean member) {
		if (member) {
			this.groups.computeIfAbsent(group, (name) -> new ConnectionSet()).add(connection);
		}
		else {
			remove(this.groups, group, connection);
		}
	}

	boolean isEmpty() {
		return this.servers.isEmpty() && this.groups.isEmpty();
	}

	void deliverToAll(Filter filter, Delivery delivery) {
		Collection<String> names = (filter.servers() != null) ? filter.servers() : this.servers.keySet();
		deliver(this.servers, names, filter.withoutServers(), delivery);
	}

	void deliverToGroups(Collection<String> names, Filter filter, Delivery delivery) {
		deliver(this.groups, names, filter, delivery);
	}

	private void deliver(Map<String, ConnectionSet> all, Collection<String> names, Filter filter, Delivery delivery) {
		List<ConnectionSet> sets = new ArrayList<>(names.size());
		for (String name : names) {
			ConnectionSet set = all.get(name);
			if (set != null) {
				sets.add(set);
			}
		}
		if (!sets.isEmpty()) {
			delivery.to(this.loop, new LoopAudience(sets, filter));
		}
	}

	private static void remove(Map<String, ConnectionSet> sets, String name, ManagedConnection connection) {
		ConnectionSet set = sets.get(name);
		if (set != null && set.remove(connection) && set.isEmpty()) {
			sets.remove(name);
		}
	}

}
