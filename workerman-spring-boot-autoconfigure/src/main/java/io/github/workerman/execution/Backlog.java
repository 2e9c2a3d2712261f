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

package io.github.workerman.execution;

import java.util.ArrayDeque;

import org.jspecify.annotations.Nullable;

/**
 * The events that wait, in two parts: those that have come, which belong to the event
 * loop, and those that have been taken, which belong to whoever works on them. Most
 * connections never have any.
 */
final class Backlog {

	private @Nullable ArrayDeque<Object> come;

	private @Nullable ArrayDeque<Object> taken;

	/**
	 * Adds an event. On the loop.
	 */
	void add(Object event) {
		ArrayDeque<Object> existing = this.come;
		if (existing == null) {
			existing = new ArrayDeque<>();
			this.come = existing;
		}
		existing.add(event);
	}

	/**
	 * Takes what has come. On the loop, while that is who works.
	 * @return whether there was anything
	 */
	boolean take() {
		ArrayDeque<Object> arrived = this.come;
		if (arrived == null || arrived.isEmpty()) {
			return false;
		}
		ArrayDeque<Object> left = this.taken;
		if (left == null || left.isEmpty()) {
			this.come = left;
			this.taken = arrived;
		}
		else {
			left.addAll(arrived);
			arrived.clear();
		}
		return true;
	}

	/**
	 * Returns the next event that has been taken. By the one who works.
	 * @return the event, or {@code null} if none is left
	 */
	@Nullable Object poll() {
		return (this.taken != null) ? this.taken.poll() : null;
	}

}
