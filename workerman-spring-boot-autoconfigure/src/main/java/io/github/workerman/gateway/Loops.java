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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.ObjLongConsumer;

import io.github.workerman.connection.spi.ConnectionLoop;
import io.github.workerman.connection.spi.ManagedConnection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The event loops that have connections: carries changes and messages to them. Usable
 * from any thread.
 */
final class Loops {

	private static final Log logger = LogFactory.getLog(Loops.class);

	private final MembershipIndex index;

	private final Map<ConnectionLoop, LoopMemberships> loops = new ConcurrentHashMap<>();

	Loops(MembershipIndex index) {
		this.index = index;
	}

	/**
	 * Lets a connection belong to all; on its loop.
	 */
	void connected(ManagedConnection connection) {
		connection.loop().settle();
		on(connection.loop()).add(connection);
	}

	/**
	 * Forgets what a connection belongs to; on its loop.
	 */
	void closed(ManagedConnection connection) {
		connection.loop().settle();
		Collection<String> groups = this.index.remove(connection);
		LoopMemberships memberships = this.loops.get(connection.loop());
		if (memberships != null) {
			memberships.remove(connection, groups);
			if (memberships.isEmpty()) {
				this.loops.remove(connection.loop());
			}
		}
	}

	boolean isEmpty() {
		return this.loops.isEmpty();
	}

	GroupChange newChange(ManagedConnection connection, String group, boolean member) {
		LoopMemberships memberships = this.loops.get(connection.loop());
		return new GroupChange(connection, group, member, (memberships != null) ? memberships.lastBroadcast() : 0);
	}

	/**
	 * Makes changes to connections of one loop.
	 * @return whether all of these are open
	 */
	boolean change(ConnectionLoop loop, List<GroupChange> changes) {
		boolean open = true;
		if (loop.inLoop()) {
			for (GroupChange change : changes) {
				settleBefore(change);
				open &= this.index.record(change, true);
				carryOut(change);
			}
			return open;
		}
		List<GroupChange> due = new ArrayList<>(changes.size());
		for (GroupChange change : changes) {
			open &= this.index.record(change, false);
			if (change.due) {
				due.add(change);
			}
		}
		if (!due.isEmpty()) {
			run(loop, () -> due.forEach((change) -> {
				settleBefore(change);
				this.index.take(change);
				carryOut(change);
			}));
		}
		return open;
	}

	/**
	 * Settles the loop if a change concerns one of its audiences. To be done before the
	 * change is taken: settling may call listeners, which may make changes of their own.
	 */
	private void settleBefore(GroupChange change) {
		LoopMemberships memberships = this.loops.get(change.connection.loop());
		boolean member = memberships != null && memberships.isMember(change.connection, change.group);
		if (member != change.member) {
			change.connection.loop().settle();
		}
	}

	private void carryOut(GroupChange change) {
		if (change.due) {
			on(change.connection.loop()).carryOut(change);
		}
	}

	void deliverToAll(Filter filter, Delivery delivery) {
		onLoops(this.loops.values(), (loop, broadcast) -> loop.deliverToAll(filter, delivery, broadcast));
	}

	void deliverToGroups(Collection<String> names, Filter filter, Delivery delivery) {
		Set<LoopMemberships> concerned = new HashSet<>();
		for (String name : names) {
			Group group = this.index.group(name);
			if (group != null) {
				group.loops().stream().map(this.loops::get).filter(Objects::nonNull).forEach(concerned::add);
			}
		}
		onLoops(concerned, (loop, broadcast) -> loop.deliverToGroups(names, filter, delivery, broadcast));
	}

	void deliverTo(Set<ManagedConnection> connections, Filter filter, Delivery delivery) {
		Map<ConnectionLoop, Set<ManagedConnection>> byLoop = new LinkedHashMap<>();
		for (ManagedConnection connection : connections) {
			if (filter.passes(connection)) {
				byLoop.computeIfAbsent(connection.loop(), (loop) -> new LinkedHashSet<>()).add(connection);
			}
		}
		byLoop.forEach((loop, recipients) -> {
			if (recipients.size() == 1) {
				recipients.forEach(delivery::to);
			}
			else {
				run(loop, () -> delivery.to(loop, new ListedAudience(recipients)));
			}
		});
	}

	private void onLoops(Collection<LoopMemberships> loops, ObjLongConsumer<LoopMemberships> action) {
		for (LoopMemberships memberships : loops) {
			if (memberships.loop().inLoop()) {
				action.accept(memberships, LoopMemberships.NOW);
			}
			else {
				long broadcast = memberships.nextBroadcast();
				run(memberships.loop(), () -> onLoop(memberships, action, broadcast));
			}
		}
	}

	private void onLoop(LoopMemberships memberships, ObjLongConsumer<LoopMemberships> action, long broadcast) {
		// Unless it was given up meanwhile, because its last connection has gone.
		if (this.loops.get(memberships.loop()) == memberships) {
			try {
				action.accept(memberships, broadcast);
			}
			finally {
				memberships.broadcastDelivered();
			}
		}
	}

	private void run(ConnectionLoop loop, Runnable task) {
		if (loop.inLoop()) {
			task.run();
			return;
		}
		try {
			loop.execute(task);
		}
		catch (RejectedExecutionException ex) {
			// Its connections are closed or about to be.
			logger.debug("Event loop has shut down: " + loop);
		}
	}

	/**
	 * Returns the memberships of a loop; on that loop.
	 */
	private LoopMemberships on(ConnectionLoop loop) {
		return this.loops.computeIfAbsent(loop, LoopMemberships::new);
	}

}
