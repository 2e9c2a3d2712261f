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

import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.connection.spi.Traffic;

/**
 * What happened to one connection. Written by its event loop, read by the test.
 */
public final class PeerRecord {

	private final ManagedConnection connection;

	private final Queue<Object> messages = new ConcurrentLinkedQueue<>();

	private final Queue<String> events = new ConcurrentLinkedQueue<>();

	private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

	private final AtomicInteger messageCount = new AtomicInteger();

	private final AtomicInteger closes = new AtomicInteger();

	private final AtomicInteger dropped = new AtomicInteger();

	private final AtomicInteger sentBatches = new AtomicInteger();

	private final AtomicInteger receivedBatches = new AtomicInteger();

	private final AtomicLong messagesIn = new AtomicLong();

	private final AtomicLong bytesIn = new AtomicLong();

	private final AtomicLong messagesOut = new AtomicLong();

	private final AtomicLong bytesOut = new AtomicLong();

	private volatile CloseReason closeReason;

	public PeerRecord(ManagedConnection connection) {
		this.connection = connection;
	}

	public ManagedConnection connection() {
		return this.connection;
	}

	/**
	 * Runs something on the connection's loop and waits for it.
	 */
	public void onLoop(Runnable task) {
		AtomicInteger done = new AtomicInteger();
		this.connection.execute(() -> {
			task.run();
			done.set(1);
		});
		Waiting.until("the task has run", () -> done.get() == 1);
	}

	/**
	 * Waits until the connection's loop has done what it has been given so far.
	 */
	public void awaitLoop() {
		onLoop(() -> {
		});
	}

	/**
	 * Waits for the close.
	 */
	public CloseReason awaitClosed() {
		Waiting.until("the connection is closed", () -> this.closeReason != null);
		return this.closeReason;
	}

	public List<Object> awaitMessages(int count) {
		Waiting.until(count + " messages", () -> this.messageCount.get() >= count);
		return messages();
	}

	public List<Object> messages() {
		return List.copyOf(this.messages);
	}

	public int messageCount() {
		return this.messageCount.get();
	}

	public List<String> events() {
		return List.copyOf(this.events);
	}

	public int count(String event) {
		return Collections.frequency(this.events, event);
	}

	public List<Throwable> failures() {
		return List.copyOf(this.failures);
	}

	public CloseReason closeReason() {
		return this.closeReason;
	}

	public int closes() {
		return this.closes.get();
	}

	public int dropped() {
		return this.dropped.get();
	}

	public int sentBatches() {
		return this.sentBatches.get();
	}

	public int receivedBatches() {
		return this.receivedBatches.get();
	}

	public long messagesIn() {
		return this.messagesIn.get();
	}

	public long bytesIn() {
		return this.bytesIn.get();
	}

	public long messagesOut() {
		return this.messagesOut.get();
	}

	public long bytesOut() {
		return this.bytesOut.get();
	}

	// ---- for the listener

	public void event(String event) {
		this.events.add(event);
	}

	public void message(Object message, boolean keep) {
		if (keep) {
			this.messages.add(message);
		}
		this.messageCount.incrementAndGet();
	}

	public void failed(Throwable error) {
		this.failures.add(error);
		event("failed");
	}

	public void closed(CloseReason reason) {
		this.closes.incrementAndGet();
		event("closed");
		this.closeReason = reason;
	}

	public void dropped(int count) {
		this.dropped.addAndGet(count);
	}

	public void received(Traffic traffic) {
		this.receivedBatches.incrementAndGet();
		this.messagesIn.addAndGet(traffic.messages());
		this.bytesIn.addAndGet(traffic.bytes());
	}

	public void sent(Traffic traffic) {
		this.sentBatches.incrementAndGet();
		this.messagesOut.addAndGet(traffic.messages());
		this.bytesOut.addAndGet(traffic.bytes());
	}

}
