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
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.workerman.connection.spi.ManagedConnection;
import org.jspecify.annotations.Nullable;

/**
 * What every connection of this node belongs to, for all threads.
 * <p>
 * All changes to what one connection belongs to are made within an atomic operation on
 * its entry in {@link #memberships}, which gives them one order; the views by group and
 * by user are updated inside of it, entry by entry (always in this nesting, so that
 * nothing can wait in a circle). Nothing is called from there that could block or come
 * back. An entry exists only for a connection that belongs to something.
 * <p>
 * A connection is not open any more when {@link #remove} is called for it. Therefore a
 * change either comes first and is removed, or finds the connection closed and is
 * refused.
 */
final class MembershipIndex {

	private final ConcurrentMap<ManagedConnection, Membership> memberships = new ConcurrentHashMap<>();

	private final ConcurrentMap<String, Group> groups = new ConcurrentHashMap<>();

	private final ConcurrentMap<String, Set<ManagedConnection>> users = new ConcurrentHashMap<>();

	/**
	 * Records a change of a membership.
	 * @param change the change
	 * @param take whether the caller carries it out right away, being on the loop
	 * @return whether the connection is open
	 */
	boolean record(GroupChange change, boolean take) {
		return update(change.connection, (membership) -> {
			if (membership.record(change)) {
				updateGroup(change.group, change.connection, change.member);
			}
			change.due = take ? membership.take(change) : change.waiting;
		});
	}

	/**
	 * Takes a change that was recorded before; on the connection's loop.
	 * @param change the change
	 */
	void take(GroupChange change) {
		change.due = false;
		this.memberships.computeIfPresent(change.connection, (connection, membership) -> {
			change.due = membership.take(change);
			return membership.isEmpty() ? null : membership;
		});
	}

	/**
	 * Makes a connection a user's.
	 * @param connection the connection
	 * @param uid the user, or {@code null} for nobody
	 * @return whether the connection is open
	 */
	boolean bind(ManagedConnection connection, @Nullable String uid) {
		return update(connection, (membership) -> {
			String former = membership.uid;
			membership.uid = uid;
			if (uid != null) {
				addToUser(uid, connection);
			}
			if (former != null && !former.equals(uid)) {
				removeFromUser(former, connection);
			}
		});
	}

	/**
	 * Forgets a connection; on its loop, when it has closed.
	 * @param connection the connection
	 * @return the groups that the loop may have it in
	 */
	Collection<String> remove(ManagedConnection connection) {
		Membership membership = this.memberships.remove(connection);
		if (membership == null) {
			return List.of();
		}
		String uid = membership.uid;
		if (uid != null) {
			removeFromUser(uid, connection);
		}
		for (String group : membership.groups) {
			updateGroup(group, connection, false);
		}
		return membership.groupsOnLoop();
	}

	@Nullable String userOf(ManagedConnection connection) {
		Membership membership = this.memberships.get(connection);
		return (membership != null) ? membership.uid : null;
	}

	Set<String> groupsOf(ManagedConnection connection) {
		Set<String> copy = ConcurrentHashMap.newKeySet();
		this.memberships.computeIfPresent(connection, (key, membership) -> {
			copy.addAll(membership.groups);
			return membership;
		});
		return copy;
	}

	@Nullable Group group(String name) {
		return this.groups.get(name);
	}

	Collection<ManagedConnection> connectionsOf(String uid) {
		return this.users.getOrDefault(uid, Set.of());
	}

	Collection<String> users() {
		return this.users.keySet();
	}

	Collection<String> groups() {
		return this.groups.keySet();
	}

	/**
	 * Tells whether nobody belongs to anything.
	 */
	boolean isEmpty() {
		return this.memberships.isEmpty() && this.groups.isEmpty() && this.users.isEmpty();
	}

	private boolean update(ManagedConnection connection, Consumer<Membership> action) {
		AtomicBoolean open = new AtomicBoolean();
		this.memberships.compute(connection, (key, existing) -> {
			if (!key.isOpen()) {
				return existing;
			}
			open.set(true);
			Membership membership = (existing != null) ? existing : new Membership();
			action.accept(membership);
			return membership.isEmpty() ? null : membership;
		});
		return open.get();
	}

	private void addToUser(String uid, ManagedConnection connection) {
		this.users.compute(uid, (key, existing) -> {
			Set<ManagedConnection> connections = (existing != null) ? existing : ConcurrentHashMap.newKeySet(1);
			connections.add(connection);
			return connections;
		});
	}

	private void removeFromUser(String uid, ManagedConnection connection) {
		this.users.computeIfPresent(uid, (key, connections) -> {
			connections.remove(connection);
			return connections.isEmpty() ? null : connections;
		});
	}

	private void updateGroup(String name, ManagedConnection connection, boolean member) {
		this.groups.compute(name, (key, existing) -> {
			Group group = (existing != null) ? existing : new Group();
			if (member) {
				group.add(connection);
			}
			else {
				group.remove(connection);
			}
			return group.isEmpty() ? null : group;
		});
	}

}
