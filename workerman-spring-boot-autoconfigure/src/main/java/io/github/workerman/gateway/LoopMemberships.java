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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import io.github.workerman.connection.spi.ConnectionLoop;
import io.github.workerman.connection.spi.ManagedConnection;

/**
 * The connections of one event loop by server and by group: what broadcasts walk through.
 * Touched on that loop only, but for counting broadcasts. Callers
 * {@link ConnectionLoop#settle() settle} the loop before they change anything.
 * <p>
 * A loop reads from its sockets before it turns to what other threads have given to it.
 * So a connection may open, or join a group, while a broadcast waits that was sent
 * before. Such latecomers are remembered until these broadcasts are through, and do not
 * get them.
 */
final class LoopMemberships {

	/** The number of a broadcast that nobody who is there misses. */
	static final long NOW = Long.MAX_VALUE;

	private final ConnectionLoop loop;

	private final Map<String, ConnectionSet> servers = new HashMap<>();

	private final Map<String, ConnectionSet> groups = new HashMap<>();

	/** How many broadcasts other threads have given to the loop. Used by all threads. */
	private final AtomicLong given = new AtomicLong();

	private long delivered;

	private final Deque<Latecomer> latecomers = new ArrayDeque<>();

	LoopMemberships(ConnectionLoop loop) {
		this.loop = loop;
	}

	ConnectionLoop loop() {
		return this.loop;
	}

	/**
	 * Numbers a broadcast that is about to be given to the loop. On any thread.
	 */
	long nextBroadcast() {
		return this.given.incrementAndGet();
	}

	/**
	 * Returns how many broadcasts have been given to the loop. On any thread.
	 */
	long lastBroadcast() {
		return this.given.get();
	}

	/**
	 * Notes that one more broadcast that was given to the loop is through. These come in
	 * the order in which they were given, so their number tells for whom the last one
	 * that was sent before them is through.
	 */
	void broadcastDelivered() {
		this.delivered++;
		Latecomer first = this.latecomers.peek();
		while (first != null && first.after <= this.delivered) {
			this.latecomers.remove();
			first = this.latecomers.peek();
		}
	}

	void add(ManagedConnection connection) {
		add(this.servers, connection.server(), connection, lastBroadcast());
	}

	void remove(ManagedConnection connection, Collection<String> groups) {
		remove(this.servers, connection.server(), connection);
		groups.forEach((group) -> remove(this.groups, group, connection));
	}

	boolean isMember(ManagedConnection connection, String group) {
		ConnectionSet set = this.groups.get(group);
		return set != null && set.contains(connection);
	}

	void carryOut(GroupChange change) {
		if (change.member) {
			add(this.groups, change.group, change.connection, change.after);
		}
		else {
			remove(this.groups, change.group, change.connection);
		}
	}

	boolean isEmpty() {
		return this.servers.isEmpty() && this.groups.isEmpty();
	}

	void deliverToAll(Filter filter, Delivery delivery, long broadcast) {
		Collection<String> names = (filter.servers() != null) ? filter.servers() : this.servers.keySet();
		deliver(sets(this.servers, names), filter.withoutServers(), delivery, broadcast);
	}

	void deliverToGroups(Collection<String> names, Filter filter, Delivery delivery, long broadcast) {
		deliver(sets(this.groups, names), filter, delivery, broadcast);
	}

	private void deliver(List<ConnectionSet> sets, Filter filter, Delivery delivery, long broadcast) {
		if (!sets.isEmpty()) {
			Set<ManagedConnection> late = late(sets, broadcast);
			delivery.to(this.loop, new LoopAudience(sets, filter.without(late)));
		}
	}

	/**
	 * Returns the members of some sets that were in none of them when a broadcast was
	 * sent.
	 */
	private Set<ManagedConnection> late(List<ConnectionSet> sets, long broadcast) {
		Set<ManagedConnection> late = new HashSet<>();
		for (Latecomer latecomer : this.latecomers) {
			if (latecomer.misses(broadcast) && sets.contains(latecomer.set)) {
				late.add(latecomer.connection);
			}
		}
		late.removeIf((connection) -> sets.stream()
			.anyMatch((set) -> set.contains(connection) && !isLate(connection, set, broadcast)));
		return late;
	}

	private boolean isLate(ManagedConnection connection, ConnectionSet set, long broadcast) {
		return this.latecomers.stream()
			.anyMatch((latecomer) -> latecomer.connection == connection && latecomer.set == set
					&& latecomer.misses(broadcast));
	}

	private void add(Map<String, ConnectionSet> sets, String name, ManagedConnection connection, long after) {
		ConnectionSet set = sets.computeIfAbsent(name, (key) -> new ConnectionSet());
		if (set.add(connection) && after > this.delivered) {
			this.latecomers.add(new Latecomer(connection, set, Math.min(after, lastBroadcast())));
		}
	}

	private static void remove(Map<String, ConnectionSet> sets, String name, ManagedConnection connection) {
		ConnectionSet set = sets.get(name);
		if (set != null && set.remove(connection) && set.isEmpty()) {
			sets.remove(name);
		}
	}

	private static List<ConnectionSet> sets(Map<String, ConnectionSet> all, Collection<String> names) {
		List<ConnectionSet> sets = new ArrayList<>(names.size());
		for (String name : names) {
			ConnectionSet set = all.get(name);
			if (set != null) {
				sets.add(set);
			}
		}
		return sets;
	}

	/**
	 * A connection that came into a set while broadcasts waited that were sent before.
	 *
	 * @param connection the connection
	 * @param set the set
	 * @param after the number of the last broadcast that it misses
	 */
	private record Latecomer(ManagedConnection connection, ConnectionSet set, long after) {

		boolean misses(long broadcast) {
			return broadcast <= this.after;
		}

	}

}
