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

package io.github.workerman.transport.http;

import java.util.function.Consumer;

import io.github.workerman.transport.limit.Deadlines;

/**
 * The time limit of what an HTTP connection is doing, one at a time. On the event loop
 * only.
 */
final class HttpTimeLimit extends Deadlines.Deadline {

	/** How much of a body must come within the time limit. */
	static final int PROGRESS = 1024;

	private final Deadlines deadlines;

	private final Consumer<Phase> whenExpired;

	private Phase phase = Phase.NONE;

	private int progress;

	HttpTimeLimit(Deadlines deadlines, Consumer<Phase> whenExpired) {
		this.deadlines = deadlines;
		this.whenExpired = whenExpired;
	}

	Phase phase() {
		return this.phase;
	}

	void set(long nanos, Phase phase) {
		clear();
		this.phase = phase;
		this.deadlines.add(this, nanos);
	}

	/**
	 * Has time run while a request is incomplete.
	 * @param nanos how long its header may take, and each kilobyte of its body
	 * @param consumed how many bytes of it have come
	 * @param body whether its header is complete
	 * @param begun whether its header has begun
	 */
	void watch(long nanos, int consumed, boolean body, boolean begun) {
		if (body) {
			this.progress += consumed;
			if (this.phase != Phase.REQUEST || this.progress >= PROGRESS) {
				this.progress = 0;
				set(nanos, Phase.REQUEST);
			}
		}
		else if (begun) {
			if (this.phase != Phase.REQUEST) {
				this.progress = 0;
				set(nanos, Phase.REQUEST);
			}
		}
		else {
			clear();
		}
	}

	/**
	 * Limits the time until the next request.
	 * @param nanos the time, zero for no limit
	 */
	void idle(long nanos) {
		if (nanos > 0) {
			set(nanos, Phase.IDLE);
		}
		else {
			clear();
		}
	}

	void clear() {
		if (this.phase != Phase.NONE) {
			this.phase = Phase.NONE;
			this.deadlines.remove(this);
		}
	}

	@Override
	protected void expired() {
		Phase over = this.phase;
		this.phase = Phase.NONE;
		this.whenExpired.accept(over);
	}

	/**
	 * What the time is limited for.
	 */
	enum Phase {

		/** Nothing. */
		NONE,

		/** The first byte and what belongs to it. */
		FIRST,

		/** The rest of a request. */
		REQUEST,

		/** The next request. */
		IDLE,

		/** The response to a peer that sends nothing any more. */
		RESPONSE,

		/** The peer's own end after an error. */
		LINGER

	}

}
