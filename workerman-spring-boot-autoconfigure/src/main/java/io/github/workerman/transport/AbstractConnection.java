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

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.workerman.connection.Addresses;
import io.github.workerman.connection.Attributes;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.spi.ConnectionLoop;
import io.github.workerman.connection.spi.ManagedConnection;
import org.jspecify.annotations.Nullable;

/**
 * What does not depend on how a peer is talked to: its identity, its event loop and what
 * others keep for it. The limits are the server's unless a subclass has its own.
 * <p>
 * {@link #send(Object)} is not here: from each class for itself it is a call that is
 * bound.
 */
public abstract class AbstractConnection implements ManagedConnection {

	private static final AtomicReferenceFieldUpdater<AbstractConnection, @Nullable ConnectionAttributes> ATTRIBUTES = AtomicReferenceFieldUpdater
		.newUpdater(AbstractConnection.class, ConnectionAttributes.class, "attributes");

	private final NettyLoop loop;

	private final long number;

	private volatile @Nullable ConnectionAttributes attributes;

	private @Nullable Object attachment;

	/**
	 * Creates the peer.
	 * @param loop the event loop that it lives on
	 * @param number its number, unique in the application
	 */
	protected AbstractConnection(NettyLoop loop, long number) {
		this.loop = loop;
		this.number = number;
	}

	/**
	 * Returns what all peers of the endpoint share.
	 * @return always the same
	 */
	protected abstract PeerContext endpoint();

	/**
	 * Sends a message. Callable from any thread, also after close.
	 * @param message what to send
	 * @param written is completed when the message was accepted and has been written or
	 * lost, or {@code null}
	 * @return whether it was accepted
	 */
	protected abstract SendResult send(Object message, @Nullable CompletableFuture<SendResult> written);

	// ---- Connection: any thread

	@Override
	public final String id() {
		return endpoint().connections().id(this.number);
	}

	final long number() {
		return this.number;
	}

	@Override
	public final String server() {
		return endpoint().settings().server();
	}

	@Override
	public final Attributes attributes() {
		ConnectionAttributes existing = this.attributes;
		if (existing != null) {
			return existing;
		}
		ConnectionAttributes created = new ConnectionAttributes();
		return ATTRIBUTES.compareAndSet(this, null, created) ? created : Objects.requireNonNull(this.attributes);
	}

	@Override
	public final CompletionStage<SendResult> sendAsync(Object message) {
		CompletableFuture<SendResult> written = new CompletableFuture<>();
		SendResult result = send(message, written);
		if (result != SendResult.ACCEPTED) {
			written.complete(result);
		}
		return written;
	}

	@Override
	public final void close() {
		close(CloseReason.NORMAL);
	}

	@Override
	public final void close(Object last) {
		if (last instanceof CloseReason reason) {
			close(reason);
		}
		else {
			send(last);
			close();
		}
	}

	@Override
	public final void pause() {
		hold(Hold.APPLICATION);
	}

	@Override
	public final void resume() {
		release(Hold.APPLICATION);
	}

	@Override
	public void pipeTo(Connection target) {
		throw new UnsupportedOperationException("Connections of server '" + server() + "' cannot be piped");
	}

	@Override
	public long maxSendBuffer() {
		return endpoint().settings().maxSendBuffer();
	}

	@Override
	public void maxSendBuffer(long bytes) {
		throw new UnsupportedOperationException("The send buffer is that of server '" + server() + "'");
	}

	@Override
	public int maxMessageSize() {
		return endpoint().settings().maxMessageSize();
	}

	@Override
	public void maxMessageSize(int bytes) {
		throw new UnsupportedOperationException("The maximum message size is that of server '" + server() + "'");
	}

	@Override
	public final void execute(Runnable task) {
		this.loop.execute(task);
	}

	// ---- ManagedConnection

	@Override
	public final ConnectionLoop loop() {
		return this.loop;
	}

	/**
	 * Returns the event loop that the peer lives on.
	 * @return always the same
	 */
	public final NettyLoop nettyLoop() {
		return this.loop;
	}

	@Override
	public void whenWritable(Runnable task) {
		this.loop.execute(task);
	}

	@Override
	public final @Nullable Object attachment() {
		return this.attachment;
	}

	@Override
	public final void attachment(@Nullable Object attachment) {
		this.attachment = attachment;
	}

	/**
	 * Runs a task on the event loop: at once when called there, else later.
	 * @param task what to do
	 */
	public final void onLoop(Runnable task) {
		if (this.loop.inLoop()) {
			task.run();
		}
		else {
			this.loop.execute(task);
		}
	}

	@Override
	public final String toString() {
		return server() + " " + id() + " " + Addresses.format(remoteAddress());
	}

}
