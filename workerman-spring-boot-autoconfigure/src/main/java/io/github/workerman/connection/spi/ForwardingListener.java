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

package io.github.workerman.connection.spi;

import java.util.function.Consumer;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.DatagramDrop;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.Limit;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.connection.StreamReset;

/**
 * A listener in front of another one, which learns everything that is not overridden.
 * <p>
 * What happens with each message has no implementation here: shared by all decorators, a
 * call from here would be one that the JIT compiler cannot bind. Each class makes its
 * own. For each batch, which costs a system call, that does not matter.
 */
public abstract class ForwardingListener implements ConnectionListener {

	/** The listener behind this one. */
	protected final ConnectionListener next;

	/**
	 * Creates a listener.
	 * @param next the listener behind it
	 */
	protected ForwardingListener(ConnectionListener next) {
		this.next = next;
	}

	@Override
	public abstract void message(ManagedConnection connection, Object message);

	@Override
	public void received(ManagedConnection connection, Traffic traffic) {
		this.next.received(connection, traffic);
	}

	@Override
	public void sent(ManagedConnection connection, Traffic traffic) {
		this.next.sent(connection, traffic);
	}

	@Override
	public void handshake(ManagedConnection connection, Handshake handshake, Consumer<HandshakeDecision> decision) {
		this.next.handshake(connection, handshake, decision);
	}

	@Override
	public void connected(ManagedConnection connection) {
		this.next.connected(connection);
	}

	@Override
	public void bufferFull(ManagedConnection connection) {
		this.next.bufferFull(connection);
	}

	@Override
	public void bufferDrained(ManagedConnection connection) {
		this.next.bufferDrained(connection);
	}

	@Override
	public void failed(ManagedConnection connection, Throwable error) {
		this.next.failed(connection, error);
	}

	@Override
	public void ending(ManagedConnection connection, Runnable close) {
		this.next.ending(connection, close);
	}

	@Override
	public void closed(ManagedConnection connection, CloseReason reason) {
		this.next.closed(connection, reason);
	}

	@Override
	public void rejected(RejectReason reason) {
		this.next.rejected(reason);
	}

	@Override
	public void limitExceeded(Limit limit) {
		this.next.limitExceeded(limit);
	}

	@Override
	public void datagramDropped(DatagramDrop reason) {
		this.next.datagramDropped(reason);
	}

	@Override
	public void streamReset(StreamReset reason) {
		this.next.streamReset(reason);
	}

	@Override
	public void dropped(ManagedConnection connection, int messages) {
		this.next.dropped(connection, messages);
	}

}
