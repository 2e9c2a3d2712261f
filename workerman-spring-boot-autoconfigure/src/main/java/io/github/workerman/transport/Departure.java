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

import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;

/**
 * How a socket is left: the last bytes are flushed; then, where the peer owes a goodbye,
 * it is waited for; then the sending side is shut and what still comes is read and
 * dropped for a moment, because closing a socket with unread data resets it and the peer
 * might never see our last bytes. Every wait has a time limit. On the event loop only.
 */
final class Departure {

	private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final NettyConnection connection;

	private boolean awaitsGoodbye;

	private boolean inputOver;

	private boolean flushed;

	private boolean lingering;

	Departure(NettyConnection connection) {
		this.connection = connection;
	}

	boolean awaitsGoodbye() {
		return this.awaitsGoodbye;
	}

	/**
	 * Tells whether what comes is only read so that the peer sees the end.
	 */
	boolean isLingering() {
		return this.lingering;
	}

	/**
	 * Begins, when everything is in the outbox that the peer is to get.
	 * @param awaitsGoodbye whether the peer is expected to answer
	 */
	void begin(boolean awaitsGoodbye) {
		this.awaitsGoodbye = awaitsGoodbye && !this.inputOver;
		if (!this.awaitsGoodbye) {
			this.connection.inbox().discard();
		}
		this.connection.lifecycle().limit(this.connection.endpoint().settings().closeTimeout().toNanos());
		this.connection.outbox().flushThen(() -> {
			this.flushed = true;
			if (!this.awaitsGoodbye) {
				finish();
			}
		});
	}

	/**
	 * Notes that the peer sends nothing any more.
	 */
	void inputEnded() {
		this.inputOver = true;
		this.awaitsGoodbye = false;
		if (this.flushed) {
			channel().close();
		}
	}

	/**
	 * Notes that the peer has said goodbye: it expects nothing but the end.
	 */
	void goodbyeCame() {
		this.inputOver = true;
		stopWaiting();
	}

	/**
	 * No goodbye is to be expected any more.
	 */
	void stopWaiting() {
		if (this.awaitsGoodbye) {
			this.awaitsGoodbye = false;
			if (this.flushed) {
				finish();
			}
		}
	}

	private void finish() {
		if (this.inputOver || !(channel() instanceof DuplexChannel channel) || !channel.isActive()) {
			channel().close();
			return;
		}
		this.lingering = true;
		this.connection.lifecycle().limit(LINGER_NANOS);
		this.connection.shutdownOutput(channel);
		this.connection.inbox().discard();
		channel.config().setAutoRead(true);
	}

	/**
	 * The time is over.
	 */
	void expired() {
		if (this.lingering) {
			// No reset: the system may still be sending what the peer reads slowly.
			channel().close();
		}
		else {
			abort();
		}
	}

	/**
	 * Nothing that comes is of interest any more.
	 */
	void abandon() {
		this.awaitsGoodbye = false;
		this.connection.inbox().discard();
	}

	/**
	 * Resets the connection.
	 */
	void abort() {
		abandon();
		Channel channel = channel();
		if (channel.isActive()) {
			Resets.prepare(channel);
		}
		this.connection.dropChannel();
	}

	private Channel channel() {
		return this.connection.channel();
	}

}
