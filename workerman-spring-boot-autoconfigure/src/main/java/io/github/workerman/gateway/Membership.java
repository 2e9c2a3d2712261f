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

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What one connection belongs to, and the changes that its loop has not carried out yet.
 * Guarded by {@link MembershipIndex}: used within an atomic operation on the connection's
 * entry only, but for {@link #uid}, which may be read at any time.
 */
final class Membership {

	volatile @Nullable String uid;

	final Set<String> groups = new HashSet<>(4);

	/** By group the change that was recorded last; a chain leads to those before it. */
	private @Nullable Map<String, GroupChange> waiting;

	boolean isEmpty() {
		return this.uid == null && this.groups.isEmpty() && this.waiting == null;
	}

	/**
	 * Records a change. It waits for the loop when it changes something or when one
	 * before it waits, so that a caller who finds what it wants already done can rely on
	 * the loop too.
	 * @return whether the set of groups has changed
	 */
	boolean record(GroupChange change) {
		boolean changed = change.member ? this.groups.add(change.group) : this.groups.remove(change.group);
		GroupChange previous = (this.waiting != null) ? this.waiting.get(change.group) : null;
		if (changed || previous != null) {
			if (this.waiting == null) {
				this.waiting = new HashMap<>(4);
			}
			if (previous != null && previous.member == change.member) {
				// Asked for already; who relies on that must not miss anything.
				change.after = previous.after;
			}
			change.previous = previous;
			change.waiting = true;
			this.waiting.put(change.group, change);
		}
		return changed;
	}

	/**
	 * Takes a change for being carried out. Those recorded before it for the same group
	 * are void from now on: their tasks may be late.
	 * @return whether it was still waiting
	 */
	boolean take(GroupChange change) {
		if (!change.waiting) {
			return false;
		}
		Map<String, GroupChange> waiting = this.waiting;
		if (waiting != null && waiting.remove(change.group, change) && waiting.isEmpty()) {
			this.waiting = null;
		}
		GroupChange current = change;
		while (current != null) {
			GroupChange previous = current.previous;
			current.waiting = false;
			current.previous = null;
			current = previous;
		}
		return true;
	}

	/**
	 * Returns the groups that the loop may have the connection in.
	 */
	Set<String> groupsOnLoop() {
		Set<String> all = new HashSet<>(this.groups);
		if (this.waiting != null) {
			all.addAll(this.waiting.keySet());
		}
		return all;
	}

}
