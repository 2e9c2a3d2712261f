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

package io.github.workerman.testsupport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.workerman.connection.Attributes;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.ConnectionStatistics;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.WebSocketConnection;
import io.github.workerman.connection.spi.ConnectionLoop;
import io.github.workerman.connection.spi.ManagedConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection without a socket: remembers what is sent and how it is held. Its send
 * buffer counts a message as one byte and is written at once, unless the peer is told to
 * stop reading. As on a real one, what other threads send takes the way over the loop.
 */
public final class RecordingConnection implements ManagedConnection, WebSocketConnection {

	private static final AtomicInteger NUMBERS = new AtomicInteger();

	private final String id = "c" + NUMBERS.incrementAndGet();

	private final RecordingLoop loop;

	private final Attributes attributes;

	private final Handshake handshake = new RecordingHandshake("/", Map.of());

	private final Queue<Object> sent = new ConcurrentLinkedQueue<>();

	private final Queue<CloseReason> closes = new ConcurrentLinkedQueue<>();

	private final List<Runnable> waiting = new ArrayList<>();

	private final Set<Hold> holds = EnumSet.noneOf(Hold.class);

	private final AtomicInteger holdCalls = new AtomicInteger();

	private final AtomicInteger refusals = new AtomicInteger();

	private final AtomicLong pending = new AtomicLong();

	private volatile long maxSendBuffer = 1024;

	private volatile boolean reading = true;

	private volatile boolean open = true;

	private volatile @Nullable Principal principal;

	private @Nullable Object attachment;

	public RecordingConnection(RecordingLoop loop) {
		this.loop = loop;
		this.attributes = this.handshake.attributes();
	}

	/**
	 * Returns what was sent.
	 */
	public List<Object> sent() {
		return List.copyOf(this.sent);
	}

	/**
	 * Returns the reasons of calls that close.
	 */
	public List<CloseReason> closes() {
		return List.copyOf(this.closes);
	}

	/**
	 * Returns why reading is held now.
	 */
	public Set<Hold> holds() {
		synchronized (this.holds) {
			return Set.copyOf(this.holds);
		}
	}

	/**
	 * Returns how often reading has been held.
	 */
	public int holdCalls() {
		return this.holdCalls.get();
	}

	/**
	 * Returns how many messages were refused.
	 */
	public int refusals() {
		return this.refusals.get();
	}

	public void principal(@Nullable Principal principal) {
		this.principal = principal;
	}

	/**
	 * Lets what is sent wait from now on.
	 */
	public void stopReading() {
		this.reading = false;
	}

	/**
	 * Takes everything that waits, and what comes.
	 */
	public void startReading() {
		this.reading = true;
		this.pending.set(0);
		runWaiting();
	}

	/**
	 * Takes some of what waits.
	 */
	public void take(long messages) {
		this.pending.addAndGet(-messages);
		if (this.pending.get() <= this.maxSendBuffer / 2) {
			runWaiting();
		}
	}

	/**
	 * Nothing can be sent any more.
	 */
	public void markClosed() {
		this.open = false;
		runWaiting();
	}

	private void runWaiting() {
		List<Runnable> tasks;
		synchronized (this.waiting) {
			tasks = List.copyOf(this.waiting);
			this.waiting.clear();
		}
		tasks.forEach(this.loop::execute);
	}

	@Override
	public SendResult send(Object message) {
		if (!this.open) {
			return SendResult.CLOSED;
		}
		long size = (message instanceof byte[] bytes) ? bytes.length : 1;
		if (this.pending.get() + size > this.maxSendBuffer) {
			this.refusals.incrementAndGet();
			return SendResult.BUFFER_FULL;
		}
		if (!this.reading) {
			this.pending.addAndGet(size);
		}
		if (this.loop.inLoop()) {
			this.sent.add(message);
		}
		else {
			this.loop.execute(() -> this.sent.add(message));
		}
		return SendResult.ACCEPTED;
	}

	@Override
	public void whenWritable(Runnable task) {
		if (!this.open || this.pending.get() <= this.maxSendBuffer / 2) {
			this.loop.execute(task);
			return;
		}
		synchronized (this.waiting) {
			this.waiting.add(task);
		}
	}

	@Override
	public void close(CloseReason reason) {
		this.open = false;
		this.closes.add(reason);
	}

	@Override
	public void hold(Hold reason) {
		this.holdCalls.incrementAndGet();
		synchronized (this.holds) {
			this.holds.add(reason);
		}
	}

	@Override
	public void release(Hold reason) {
		synchronized (this.holds) {
			this.holds.remove(reason);
		}
	}

	@Override
	public @Nullable Object attachment() {
		return this.attachment;
	}

	@Override
	public void attachment(@Nullable Object attachment) {
		this.loop.checkLoop("attachment");
		this.attachment = attachment;
	}

	/**
	 * Returns the attachment, read where that is allowed.
	 */
	public @Nullable Object attachmentOnLoop() {
		return this.loop.call(this::attachment);
	}

	@Override
	public ConnectionLoop loop() {
		return this.loop;
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public String server() {
		return "chat";
	}

	@Override
	public String protocol() {
		return "websocket";
	}

	@Override
	public SocketAddress remoteAddress() {
		return InetSocketAddress.createUnresolved("peer.test", 1234);
	}

	@Override
	public SocketAddress localAddress() {
		return InetSocketAddress.createUnresolved("server.test", 80);
	}

	@Override
	public @Nullable Principal principal() {
		return this.principal;
	}

	@Override
	public Attributes attributes() {
		return this.attributes;
	}

	@Override
	public CompletionStage<SendResult> sendAsync(Object message) {
		return CompletableFuture.completedFuture(send(message));
	}

	@Override
	public void close() {
		close(CloseReason.NORMAL);
	}

	@Override
	public void close(Object last) {
		send(last);
		close();
	}

	@Override
	public void destroy() {
		close(CloseReason.LOST);
	}

	@Override
	public void pause() {
		hold(Hold.APPLICATION);
	}

	@Override
	public void resume() {
		release(Hold.APPLICATION);
	}

	@Override
	public void pipeTo(Connection target) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean isGivenUp() {
		return !this.closes.isEmpty();
	}

	@Override
	public boolean isOpen() {
		return this.open;
	}

	@Override
	public long pendingBytes() {
		return this.pending.get();
	}

	@Override
	public long maxSendBuffer() {
		return this.maxSendBuffer;
	}

	@Override
	public void maxSendBuffer(long bytes) {
		this.maxSendBuffer = bytes;
	}

	@Override
	public int maxMessageSize() {
		return Integer.MAX_VALUE;
	}

	@Override
	public void maxMessageSize(int bytes) {
		throw new UnsupportedOperationException();
	}

	@Override
	public ConnectionStatistics statistics() {
		return new ConnectionStatistics(Instant.EPOCH, 0, this.sent.size(), 0, 0, this.refusals.get());
	}

	@Override
	public void execute(Runnable task) {
		this.loop.execute(task);
	}

	@Override
	public Handshake handshake() {
		return this.handshake;
	}

	@Override
	public @Nullable String subprotocol() {
		return null;
	}

	@Override
	public SendResult ping(ByteBuffer payload) {
		return this.open ? SendResult.ACCEPTED : SendResult.CLOSED;
	}

	@Override
	public String toString() {
		return this.id;
	}

}
