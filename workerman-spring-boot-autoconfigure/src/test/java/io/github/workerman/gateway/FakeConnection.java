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

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.github.workerman.connection.Attributes;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.ConnectionStatistics;
import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.spi.ConnectionLoop;
import io.github.workerman.connection.spi.ManagedConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection that remembers what it was told.
 */
final class FakeConnection implements ManagedConnection {

	final FakeLoop loop;

	/** Called before each message is taken, as a listener may be. */
	@Nullable Runnable onMessage;

	@Nullable CloseReason closeReason;

	private final String id;

	private final String server;

	private final List<Object> messages = new ArrayList<>();

	private volatile boolean open = true;

	FakeConnection(String id, String server, FakeLoop loop) {
		this.id = id;
		this.server = server;
		this.loop = loop;
	}

	/**
	 * Returns what has been sent since the last call.
	 */
	List<Object> sent() {
		synchronized (this.messages) {
			List<Object> copy = List.copyOf(this.messages);
			this.messages.clear();
			return copy;
		}
	}

	void receive(List<Object> batch) {
		Runnable action = this.onMessage;
		if (action != null) {
			action.run();
		}
		synchronized (this.messages) {
			this.messages.addAll(batch);
		}
	}

	void beginClose() {
		this.open = false;
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public String server() {
		return this.server;
	}

	@Override
	public ConnectionLoop loop() {
		return this.loop;
	}

	@Override
	public SendResult send(Object message) {
		if (!this.open) {
			return SendResult.CLOSED;
		}
		if (this.loop.inLoop()) {
			this.loop.settle();
			receive(List.of(message));
		}
		else {
			this.loop.execute(() -> {
				this.loop.settle();
				receive(List.of(message));
			});
		}
		return SendResult.ACCEPTED;
	}

	@Override
	public void close(CloseReason reason) {
		this.open = false;
		this.closeReason = reason;
	}

	@Override
	public boolean isOpen() {
		return this.open;
	}

	@Override
	public String toString() {
		return this.id;
	}

	@Override
	public void execute(Runnable task) {
		this.loop.execute(task);
	}

	@Override
	public String protocol() {
		return "fake";
	}

	@Override
	public SocketAddress remoteAddress() {
		return InetSocketAddress.createUnresolved("peer", 1);
	}

	@Override
	public SocketAddress localAddress() {
		return InetSocketAddress.createUnresolved("local", 1);
	}

	@Override
	public @Nullable Principal principal() {
		return null;
	}

	@Override
	public Attributes attributes() {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletionStage<SendResult> sendAsync(Object message) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void close() {
		close(CloseReason.NORMAL);
	}

	@Override
	public void close(Object last) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void destroy() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void pause() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void resume() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void pipeTo(Connection target) {
		throw new UnsupportedOperationException();
	}

	@Override
	public long pendingBytes() {
		return 0;
	}

	@Override
	public long maxSendBuffer() {
		return 0;
	}

	@Override
	public void maxSendBuffer(long bytes) {
		throw new UnsupportedOperationException();
	}

	@Override
	public int maxMessageSize() {
		return 0;
	}

	@Override
	public void maxMessageSize(int bytes) {
		throw new UnsupportedOperationException();
	}

	@Override
	public ConnectionStatistics statistics() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void hold(Hold reason) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void release(Hold reason) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void whenWritable(Runnable task) {
		throw new UnsupportedOperationException();
	}

	@Override
	public @Nullable Object attachment() {
		return null;
	}

	@Override
	public void attachment(@Nullable Object attachment) {
		throw new UnsupportedOperationException();
	}

}
