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

package io.github.workerman.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.github.workerman.protocol.Payloads;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How much may still be sent on a connection, and who waits for more of it.
 * <p>
 * Three places hold bytes that count against the limit: {@code reserved} for messages of
 * other threads on their way to the loop, the batch of the {@link Outbox}, and Netty's
 * outbound buffer. Once a message was refused the buffer is "full"; it is "drained" when
 * everything that waited then has been written and at most half the limit waits again.
 */
final class SendRoom {

	private static final AtomicLongFieldUpdater<SendRoom> RESERVED = AtomicLongFieldUpdater.newUpdater(SendRoom.class,
			"reserved");

	private static final AtomicLongFieldUpdater<SendRoom> DROPPED = AtomicLongFieldUpdater.newUpdater(SendRoom.class,
			"dropped");

	private static final AtomicIntegerFieldUpdater<SendRoom> FULL = AtomicIntegerFieldUpdater.newUpdater(SendRoom.class,
			"full");

	private static final int NOT_FULL = 0;

	private static final int SEEN = 1;

	private static final int REPORTED = 2;

	/** What framing may add to a message. */
	private static final int OVERHEAD = 16;

	private final NettyConnection connection;

	private boolean awaitingDrain;

	private @Nullable List<Runnable> waiting;

	private volatile long limit;

	private volatile long reserved;

	private volatile long dropped;

	/**
	 * Changed at once by who is refused, so that the loop is told once and not each time.
	 */
	private volatile int full;

	SendRoom(NettyConnection connection, long limit) {
		this.connection = connection;
		this.limit = limit;
	}

	// ---- any thread

	long limit() {
		return this.limit;
	}

	void limit(long bytes) {
		this.limit = bytes;
	}

	long dropped() {
		return this.dropped;
	}

	long pending() {
		// In the order in which bytes move on: rather counted twice than not at all.
		long before = this.reserved + this.connection.outbox().batchBytes();
		ChannelOutboundBuffer outbound = this.connection.channel().unsafe().outboundBuffer();
		return (outbound != null) ? before + outbound.totalPendingWriteBytes() : before;
	}

	/**
	 * Returns how many bytes may be sent now.
	 */
	long left() {
		return this.limit - pending();
	}

	boolean fits(Object message) {
		long left = left();
		long bound = Payloads.sizeBound(message);
		if (bound < 0) {
			return left > 0;
		}
		return bound <= left || Payloads.size(message) <= left;
	}

	/**
	 * Reserves room for a message of another thread.
	 * @return what was reserved, or -1 if there is no room
	 */
	long reserve(Object message) {
		long size = -1;
		while (true) {
			long before = this.reserved;
			if (!fits(message)) {
				if (before != this.reserved) {
					// Bytes that moved on meanwhile may have been counted twice.
					continue;
				}
				return -1;
			}
			if (size < 0) {
				size = Math.max(0, Payloads.size(message)) + OVERHEAD;
			}
			if (RESERVED.compareAndSet(this, before, before + size)) {
				return size;
			}
		}
	}

	/**
	 * Reserves room for a message that the limit does not apply to.
	 */
	long reserveAlways(Object message) {
		long size = Math.max(0, Payloads.size(message)) + OVERHEAD;
		RESERVED.addAndGet(this, size);
		return size;
	}

	void unreserve(long size) {
		RESERVED.addAndGet(this, -size);
	}

	/**
	 * Notes that messages were refused.
	 */
	void refused(int messages) {
		DROPPED.addAndGet(this, messages);
		this.connection.endpoint().listener().dropped(this.connection, messages);
		if (this.full == NOT_FULL && pending() > 0 && FULL.compareAndSet(this, NOT_FULL, SEEN)) {
			// As a task: handlers are not called while another handler sends.
			this.connection.loop().execute(this::reportFull);
		}
	}

	// ---- on the loop

	void whenRoom(Runnable task) {
		if (!this.connection.takesMessages() || pending() <= this.limit / 2) {
			this.connection.loop().execute(task);
			return;
		}
		List<Runnable> tasks = this.waiting;
		if (tasks == null) {
			tasks = new ArrayList<>(1);
			this.waiting = tasks;
		}
		tasks.add(task);
		awaitDrain();
	}

	void closed() {
		runWaiting();
	}

	private void reportFull() {
		if (this.connection.takesMessages()) {
			this.full = REPORTED;
			this.connection.endpoint().listener().bufferFull(this.connection);
			awaitDrain();
		}
	}

	private void awaitDrain() {
		if (!this.awaitingDrain) {
			this.awaitingDrain = true;
			this.connection.outbox().flushThen(() -> this.connection.loop().execute(this::drained));
		}
	}

	private void drained() {
		this.awaitingDrain = false;
		if (this.connection.takesMessages()) {
			if (pending() > this.limit / 2) {
				awaitDrain();
				return;
			}
			if (this.full == REPORTED) {
				this.full = NOT_FULL;
				this.connection.endpoint().listener().bufferDrained(this.connection);
			}
		}
		runWaiting();
	}

	private void runWaiting() {
		List<Runnable> tasks = this.waiting;
		if (tasks != null) {
			this.waiting = null;
			tasks.forEach(this.connection.loop()::execute);
		}
	}

}
