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

package io.github.workerman.handler;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.execution.ConnectionMailbox;
import io.github.workerman.handler.LifecycleEvent.Closed;
import io.github.workerman.handler.LifecycleEvent.Ending;
import io.github.workerman.handler.LifecycleEvent.Failed;
import io.github.workerman.handler.LifecycleEvent.Simple;
import org.jspecify.annotations.Nullable;

/**
 * Puts what happens to a connection into its mailbox. For servers with handlers that
 * block or take their time.
 */
final class MailboxDispatcher implements ConnectionListener {

	private final EventPlan plan;

	private final HandshakeDispatcher handshakes;

	private final Executor blocking;

	MailboxDispatcher(EventPlan plan, HandshakeDispatcher handshakes, Executor blocking) {
		this.plan = plan;
		this.handshakes = handshakes;
		this.blocking = blocking;
	}

	@Override
	public void handshake(ManagedConnection connection, Handshake handshake, Consumer<HandshakeDecision> decision) {
		this.handshakes.decide(connection, handshake, decision);
	}

	@Override
	public void connected(ManagedConnection connection) {
		put(connection, Simple.CONNECTED);
	}

	@Override
	public void message(ManagedConnection connection, Object message) {
		mailbox(connection).put(message);
	}

	@Override
	public void bufferFull(ManagedConnection connection) {
		put(connection, Simple.BUFFER_FULL);
	}

	@Override
	public void bufferDrained(ManagedConnection connection) {
		put(connection, Simple.BUFFER_DRAINED);
	}

	@Override
	public void failed(ManagedConnection connection, Throwable error) {
		mailbox(connection).put(new Failed(error));
	}

	@Override
	public void ending(ManagedConnection connection, Runnable close) {
		ConnectionMailbox mailbox = existing(connection);
		if (mailbox == null) {
			close.run();
		}
		else {
			mailbox.put(new Ending(close));
		}
	}

	@Override
	public void closed(ManagedConnection connection, CloseReason reason) {
		ConnectionMailbox mailbox = existing(connection);
		if (mailbox != null || !this.plan.table().close().isEmpty()) {
			mailbox(connection).close(new Closed(reason));
		}
	}

	private void put(ManagedConnection connection, Simple event) {
		if (!this.plan.handlersOf(event).isEmpty()) {
			mailbox(connection).put(event);
		}
	}

	private ConnectionMailbox mailbox(ManagedConnection connection) {
		ConnectionMailbox existing = existing(connection);
		return (existing != null) ? existing : create(connection);
	}

	private @Nullable ConnectionMailbox existing(ManagedConnection connection) {
		return ConnectionPath.mailbox(connection);
	}

	private ConnectionMailbox create(ManagedConnection connection) {
		ConnectionEvents events = new ConnectionEvents(this.plan, connection);
		ConnectionMailbox mailbox = new ConnectionMailbox(connection, events, this.blocking);
		events.resumeWith(mailbox::resume);
		ConnectionPath.mailbox(connection, mailbox);
		return mailbox;
	}

}
