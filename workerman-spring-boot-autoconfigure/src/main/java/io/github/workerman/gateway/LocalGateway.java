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
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.github.workerman.connection.Connection;
import io.github.workerman.connection.ConnectionRegistry;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.connection.spi.ConnectionLoop;
import io.github.workerman.connection.spi.ManagedConnection;
import org.jspecify.annotations.Nullable;

/**
 * The gateway of a single node. Queries are answered at once from memory; counting is
 * cheap, lists are copies.
 * <p>
 * Who belongs to what is kept twice. The {@link MembershipIndex} is for all threads,
 * always up to date, and answers queries. {@link LoopMemberships}, one per event loop and
 * touched on it only, is what broadcasts walk through. A change goes to the index first
 * and then to the connection's loop, at once when the caller is on it, else as a task; so
 * does a broadcast, to every loop concerned. Tasks of one thread run in their order,
 * hence the order that {@link Gateway} promises; that a connection which opens or joins
 * after a message was sent does not get it, holds between threads too. Tasks of several
 * threads about the same membership may be late; then the newer change has made them void
 * (see {@link Membership}), so that a loop ends with what the index says.
 * <p>
 * Users have few connections: these are looked up by the sender.
 */
public final class LocalGateway implements Gateway {

	private final ConnectionRegistry connections;

	private final UnaryOperator<Object> converter;

	private final MembershipIndex index = new MembershipIndex();

	private final Loops loops = new Loops(this.index);

	/**
	 * Creates a gateway.
	 * @param connections the open connections of this node
	 * @param converter turns an object that is sent into what protocols can encode, see
	 * {@link Connection#send(Object)}; called on the sender's thread
	 */
	public LocalGateway(ConnectionRegistry connections, UnaryOperator<Object> converter) {
		this.connections = connections;
		this.converter = converter;
	}

	/**
	 * Lets this gateway know the connections of a server. The memberships of a connection
	 * are gone before the delegate learns that it has closed.
	 * @param delegate what else listens
	 * @return the listener for the server
	 */
	public ConnectionListener decorate(ConnectionListener delegate) {
		return new GatewayListener(this, delegate);
	}

	@Override
	public Recipients toAll() {
		return new LocalRecipients(this, this.loops::deliverToAll);
	}

	@Override
	public Recipients toConnection(String id) {
		return toConnections(List.of(id));
	}

	@Override
	public Recipients toConnections(Collection<String> ids) {
		Set<String> copy = new LinkedHashSet<>(ids);
		return new LocalRecipients(this, (filter, delivery) -> this.loops.deliverTo(find(copy), filter, delivery));
	}

	@Override
	public Recipients toUser(String uid) {
		return toUsers(List.of(uid));
	}

	@Override
	public Recipients toUsers(Collection<String> uids) {
		Set<String> copy = new LinkedHashSet<>(uids);
		return new LocalRecipients(this, (filter, delivery) -> {
			Set<ManagedConnection> found = new LinkedHashSet<>();
			copy.forEach((uid) -> found.addAll(this.index.connectionsOf(uid)));
			this.loops.deliverTo(found, filter, delivery);
		});
	}

	@Override
	public Recipients toGroup(String group) {
		return toGroups(List.of(group));
	}

	@Override
	public Recipients toGroups(Collection<String> groups) {
		Set<String> copy = new LinkedHashSet<>(groups);
		return new LocalRecipients(this, (filter, delivery) -> this.loops.deliverToGroups(copy, filter, delivery));
	}

	@Override
	public boolean bindUser(Connection connection, String uid) {
		return bindUser(connection.id(), uid);
	}

	@Override
	public boolean bindUser(String connectionId, String uid) {
		ManagedConnection connection = find(connectionId);
		return connection != null && this.index.bind(connection, uid);
	}

	@Override
	public boolean unbindUser(Connection connection) {
		return unbindUser(connection.id());
	}

	@Override
	public boolean unbindUser(String connectionId) {
		ManagedConnection connection = find(connectionId);
		return connection != null && this.index.bind(connection, null);
	}

	@Override
	public boolean join(Connection connection, String group) {
		return join(connection.id(), group);
	}

	@Override
	public boolean join(String connectionId, String group) {
		return change(connectionId, group, true);
	}

	@Override
	public boolean leave(Connection connection, String group) {
		return leave(connection.id(), group);
	}

	@Override
	public boolean leave(String connectionId, String group) {
		return change(connectionId, group, false);
	}

	@Override
	public boolean leaveAll(Connection connection) {
		return leaveAll(connection.id());
	}

	@Override
	public boolean leaveAll(String connectionId) {
		ManagedConnection connection = find(connectionId);
		if (connection == null || !connection.isOpen()) {
			return false;
		}
		List<GroupChange> changes = new ArrayList<>();
		this.index.groupsOf(connection).forEach((group) -> changes.add(this.loops.newChange(connection, group, false)));
		this.loops.change(connection.loop(), changes);
		return true;
	}

	@Override
	public void dissolve(String group) {
		Group existing = this.index.group(group);
		if (existing != null) {
			Map<ConnectionLoop, List<GroupChange>> changes = new HashMap<>();
			existing.members()
				.forEach((connection) -> changes.computeIfAbsent(connection.loop(), (loop) -> new ArrayList<>())
					.add(this.loops.newChange(connection, group, false)));
			changes.forEach(this.loops::change);
		}
	}

	@Override
	public boolean isOnline(String uid) {
		return !this.index.connectionsOf(uid).isEmpty();
	}

	@Override
	public Optional<String> userOf(Connection connection) {
		return userOf(connection.id());
	}

	@Override
	public Optional<String> userOf(String connectionId) {
		return Optional.ofNullable(find(connectionId)).map(this.index::userOf);
	}

	@Override
	public Set<String> groupsOf(Connection connection) {
		return groupsOf(connection.id());
	}

	@Override
	public Set<String> groupsOf(String connectionId) {
		ManagedConnection connection = find(connectionId);
		return (connection != null) ? Set.copyOf(this.index.groupsOf(connection)) : Set.of();
	}

	@Override
	public Set<String> connectionsOf(String uid) {
		return ids(this.index.connectionsOf(uid));
	}

	@Override
	public Set<String> members(String group) {
		Group existing = this.index.group(group);
		return (existing != null) ? ids(existing.members()) : Set.of();
	}

	@Override
	public Set<String> usersIn(String group) {
		Group existing = this.index.group(group);
		if (existing == null) {
			return Set.of();
		}
		Set<String> users = new LinkedHashSet<>();
		existing.members().forEach((connection) -> {
			String uid = this.index.userOf(connection);
			if (uid != null) {
				users.add(uid);
			}
		});
		return Collections.unmodifiableSet(users);
	}

	@Override
	public Set<String> users() {
		return Set.copyOf(this.index.users());
	}

	@Override
	public Set<String> groups() {
		return Set.copyOf(this.index.groups());
	}

	@Override
	public int countConnections() {
		return this.connections.count();
	}

	@Override
	public int countConnections(String server) {
		return this.connections.count(server);
	}

	@Override
	public int countUsers() {
		return this.index.users().size();
	}

	@Override
	public int countGroups() {
		return this.index.groups().size();
	}

	@Override
	public int countGroup(String group) {
		Group existing = this.index.group(group);
		return (existing != null) ? existing.size() : 0;
	}

	void connected(ManagedConnection connection) {
		this.loops.connected(connection);
	}

	void closed(ManagedConnection connection) {
		this.loops.closed(connection);
	}

	Object convert(Object message) {
		return this.converter.apply(message);
	}

	/**
	 * Finds connections that are to be left out.
	 */
	Set<ManagedConnection> open(Set<String> ids, Set<String> uids) {
		if (ids.isEmpty() && uids.isEmpty()) {
			return Set.of();
		}
		Set<ManagedConnection> found = find(ids);
		uids.forEach((uid) -> found.addAll(this.index.connectionsOf(uid)));
		return found;
	}

	/**
	 * Tells whether nothing is kept for any connection.
	 */
	boolean isEmpty() {
		return this.index.isEmpty() && this.loops.isEmpty();
	}

	private boolean change(String connectionId, String group, boolean member) {
		ManagedConnection connection = find(connectionId);
		return connection != null
				&& this.loops.change(connection.loop(), List.of(this.loops.newChange(connection, group, member)));
	}

	private @Nullable ManagedConnection find(String id) {
		return (this.connections.find(id).orElse(null) instanceof ManagedConnection connection) ? connection : null;
	}

	private Set<ManagedConnection> find(Collection<String> ids) {
		Set<ManagedConnection> found = new LinkedHashSet<>();
		for (String id : ids) {
			ManagedConnection connection = find(id);
			if (connection != null) {
				found.add(connection);
			}
		}
		return found;
	}

	private static Set<String> ids(Collection<ManagedConnection> connections) {
		Set<String> ids = new LinkedHashSet<>();
		connections.forEach((connection) -> ids.add(connection.id()));
		return Collections.unmodifiableSet(ids);
	}

}
