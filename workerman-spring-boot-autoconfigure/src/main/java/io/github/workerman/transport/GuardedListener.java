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

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.DatagramDrop;
import io.github.workerman.connection.Limit;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.connection.StreamReset;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.connection.spi.ForwardingListener;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.connection.spi.Traffic;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Keeps what a listener throws away from the engine, whose own work must go on: the
 * connection is closed instead. What is thrown for a message, or before a connection is
 * open, the callers handle themselves.
 */
final class GuardedListener extends ForwardingListener {

	private static final Log logger = LogFactory.getLog("io.github.workerman.connection");

	GuardedListener(ConnectionListener next) {
		super(next);
	}

	@Override
	public void message(ManagedConnection connection, Object message) {
		this.next.message(connection, message);
	}

	@Override
	public void bufferFull(ManagedConnection connection) {
		guard(connection, () -> this.next.bufferFull(connection));
	}

	@Override
	public void bufferDrained(ManagedConnection connection) {
		guard(connection, () -> this.next.bufferDrained(connection));
	}

	@Override
	public void failed(ManagedConnection connection, Throwable error) {
		guard(connection, () -> this.next.failed(connection, error));
	}

	@Override
	public void ending(ManagedConnection connection, Runnable close) {
		guard(connection, () -> this.next.ending(connection, close));
	}

	@Override
	public void closed(ManagedConnection connection, CloseReason reason) {
		guard(connection, () -> this.next.closed(connection, reason));
	}

	@Override
	public void rejected(RejectReason reason) {
		guard("a peer was rejected", reason, () -> this.next.rejected(reason));
	}

	@Override
	public void limitExceeded(Limit limit) {
		guard("a limit was exceeded", limit, () -> this.next.limitExceeded(limit));
	}

	@Override
	public void datagramDropped(DatagramDrop reason) {
		guard("a datagram was dropped", reason, () -> this.next.datagramDropped(reason));
	}

	@Override
	public void streamReset(StreamReset reason) {
		guard("a stream was reset", reason, () -> this.next.streamReset(reason));
	}

	@Override
	public void received(ManagedConnection connection, Traffic traffic) {
		try {
			this.next.received(connection, traffic);
		}
		catch (Throwable ex) {
			broken(connection, ex);
		}
	}

	@Override
	public void sent(ManagedConnection connection, Traffic traffic) {
		try {
			this.next.sent(connection, traffic);
		}
		catch (Throwable ex) {
			broken(connection, ex);
		}
	}

	@Override
	public void dropped(ManagedConnection connection, int messages) {
		guard(connection, () -> this.next.dropped(connection, messages));
	}

	private static void guard(ManagedConnection connection, Runnable call) {
		try {
			call.run();
		}
		catch (Throwable ex) {
			broken(connection, ex);
		}
	}

	private static void guard(String event, Object reason, Runnable call) {
		try {
			call.run();
		}
		catch (Throwable ex) {
			logger.error("Unexpected error after " + event + ": " + reason, ex);
		}
	}

	/**
	 * As a task: the engine is in the middle of something.
	 */
	private static void broken(ManagedConnection connection, Throwable error) {
		if (connection instanceof NettyConnection netty) {
			netty.loop().execute(() -> ConnectionFailures.broken(netty, error));
		}
		else {
			logger.error(connection + " is dropped because of an unexpected error", error);
			connection.loop().execute(connection::destroy);
		}
	}

}
