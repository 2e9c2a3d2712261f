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

import java.util.Arrays;
import java.util.function.Consumer;

import io.github.workerman.connection.spi.ManagedConnection;
import org.jspecify.annotations.Nullable;

/**
 * A set of connections on one event loop, compared by identity. Members lie side by side
 * in an array, which a hash table of positions makes searchable: an entry costs about 20
 * bytes and a broadcast walks straight through memory. A walk sees the members of its
 * beginning even when the set changes meanwhile, as a listener called by it may do.
 */
final class ConnectionSet {

	private static final int MINIMUM = 4;

	private @Nullable ManagedConnection[] members = new ManagedConnection[MINIMUM];

	private int size;

	/** Open addressing: position + 1, or 0 for a free slot; at most half full. */
	private int[] slots = new int[2 * MINIMUM];

	/** The array that the innermost walk goes through; copied before it is changed. */
	private @Nullable ManagedConnection @Nullable [] walked;

	boolean isEmpty() {
		return this.size == 0;
	}

	boolean contains(ManagedConnection connection) {
		return this.slots[slotOf(connection)] != 0;
	}

	boolean add(ManagedConnection connection) {
		int slot = slotOf(connection);
		if (this.slots[slot] != 0) {
			return false;
		}
		if (this.size == this.members.length) {
			resize(2 * this.size);
			slot = slotOf(connection);
		}
		makeChangeable();
		this.members[this.size++] = connection;
		this.slots[slot] = this.size;
		return true;
	}

	boolean remove(ManagedConnection connection) {
		int slot = slotOf(connection);
		if (this.slots[slot] == 0) {
			return false;
		}
		makeChangeable();
		int position = this.slots[slot] - 1;
		int last = this.size - 1;
		ManagedConnection moved = member(last);
		this.slots[slotOf(moved)] = position + 1;
		this.members[position] = moved;
		this.members[last] = null;
		this.size = last;
		free(slot);
		if (this.members.length > MINIMUM && this.size <= this.members.length / 4) {
			resize(this.members.length / 2);
		}
		return true;
	}

	void forEach(Consumer<? super ManagedConnection> action) {
		@Nullable ManagedConnection @Nullable [] outer = this.walked;
		@Nullable ManagedConnection[] current = this.members;
		int count = this.size;
		this.walked = current;
		try {
			for (int i = 0; i < count; i++) {
				ManagedConnection member = current[i];
				if (member != null) {
					action.accept(member);
				}
			}
		}
		finally {
			this.walked = outer;
		}
	}

	private void makeChangeable() {
		if (this.members == this.walked) {
			this.members = Arrays.copyOf(this.members, this.members.length);
		}
	}

	private void resize(int capacity) {
		this.members = Arrays.copyOf(this.members, capacity);
		this.slots = new int[2 * capacity];
		for (int i = 0; i < this.size; i++) {
			this.slots[slotOf(member(i))] = i + 1;
		}
	}

	/**
	 * Empties a slot and moves up those that were put behind it because it was taken.
	 */
	private void free(int slot) {
		int mask = this.slots.length - 1;
		int hole = slot;
		int next = slot;
		while (true) {
			next = (next + 1) & mask;
			int value = this.slots[next];
			if (value == 0) {
				this.slots[hole] = 0;
				return;
			}
			int home = home(member(value - 1));
			if (((next - home) & mask) >= ((next - hole) & mask)) {
				this.slots[hole] = value;
				hole = next;
			}
		}
	}

	private int slotOf(ManagedConnection connection) {
		int mask = this.slots.length - 1;
		int slot = home(connection);
		while (this.slots[slot] != 0 && this.members[this.slots[slot] - 1] != connection) {
			slot = (slot + 1) & mask;
		}
		return slot;
	}

	private int home(ManagedConnection connection) {
		int hash = System.identityHashCode(connection) * 0x9E3779B9;
		return (hash ^ (hash >>> 16)) & (this.slots.length - 1);
	}

	private ManagedConnection member(int position) {
		ManagedConnection member = this.members[position];
		if (member == null) {
			throw new IllegalStateException("No member at " + position + " of " + this.size);
		}
		return member;
	}

}
