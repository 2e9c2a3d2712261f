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

package io.github.workerman.benchmarks.jmh;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.Principal;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.workerman.connection.Attributes;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.ConnectionStatistics;
import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.spi.Audience;
import io.github.workerman.connection.spi.ConnectionLoop;
import io.github.workerman.connection.spi.ManagedConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection that remembers the last message that was sent, and nothing else, so that
 * what is measured ends there.
 */
final class BenchmarkConnection implements ManagedConnection {

	private static final SocketAddress ADDRESS = InetSocketAddress.createUnresolved("localhost", 1);

	private final Attributes attributes = new BenchmarkAttributes();

	private final Loop loop = new Loop();

	private final String server;

	private @Nullable Object attachment;

	private @Nullable Object sent;

	BenchmarkConnection(String server) {
		this.server = server;
	}

	/**
	 * Returns what was sent last, and forgets it.
	 * @return the message
	 * @throws IllegalStateException if nothing was sent
	 */
	Object takeSent() {
		Object message = this.sent;
		if (message == null) {
			throw new IllegalStateException("Nothing was sent");
		}
		this.sent = null;
		return message;
	}

	@Override
	public SendResult send(Object message) {
		this.sent = message;
		return SendResult.ACCEPTED;
	}

	@Override
	public CompletionStage<SendResult> sendAsync(Object message) {
		return CompletableFuture.completedFuture(send(message));
	}

	@Override
	public ConnectionLoop loop() {
		return this.loop;
	}

	@Override
	public void execute(Runnable task) {
		this.loop.execute(task);
	}

	@Override
	public @Nullable Object attachment() {
		return this.attachment;
	}

	@Override
	public void attachment(@Nullable Object attachment) {
		this.attachment = attachment;
	}

	@Override
	public void hold(Hold reason) {
	}

	@Override
	public void release(Hold reason) {
	}

	@Override
	public void whenWritable(Runnable task) {
		task.run();
	}

	@Override
	public String id() {
		return "1";
	}

	@Override
	public String server() {
		return this.server;
	}

	@Override
	public String protocol() {
		return "text";
	}

	@Override
	public SocketAddress remoteAddress() {
		return ADDRESS;
	}

	@Override
	public SocketAddress localAddress() {
		return ADDRESS;
	}

	@Override
	public @Nullable Principal principal() {
		return null;
	}

	@Override
	public Attributes attributes() {
		return this.attributes;
	}

	@Override
	public void close() {
		throw closing();
	}

	@Override
	public void close(Object last) {
		throw closing();
	}

	@Override
	public void close(CloseReason reason) {
		throw closing();
	}

	@Override
	public void destroy() {
		throw closing();
	}

	private static IllegalStateException closing() {
		return new IllegalStateException("A benchmark does not close its connection");
	}

	@Override
	public void pause() {
	}

	@Override
	public void resume() {
	}

	@Override
	public void pipeTo(Connection target) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean isOpen() {
		return true;
	}

	@Override
	public long pendingBytes() {
		return 0;
	}

	@Override
	public long maxSendBuffer() {
		return Long.MAX_VALUE;
	}

	@Override
	public void maxSendBuffer(long bytes) {
	}

	@Override
	public int maxMessageSize() {
		return Integer.MAX_VALUE;
	}

	@Override
	public void maxMessageSize(int bytes) {
	}

	@Override
	public ConnectionStatistics statistics() {
		return new ConnectionStatistics(Instant.EPOCH, 0, 0, 0, 0, 0);
	}

	/**
	 * The thread of the benchmark, whatever it is.
	 */
	private static final class Loop implements ConnectionLoop {

		/* Written as the real loop writes it, for other threads to see. */
		private volatile @Nullable Object current;

		@Override
		public boolean inLoop() {
			return true;
		}

		@Override
		public void execute(Runnable task) {
			task.run();
		}

		@Override
		public void broadcast(Audience audience, Object message) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void settle() {
		}

		@Override
		public void enter(Object what) {
			this.current = what;
		}

		@Override
		public void exit() {
			this.current = null;
		}

	}

}
