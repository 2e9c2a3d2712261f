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
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.Limit;
import io.github.workerman.connection.spi.ManagedConnection.Hold;
import io.github.workerman.transport.limit.Deadlines;
import io.github.workerman.transport.limit.ExcessPolicy;
import io.github.workerman.transport.limit.LimitSettings;
import io.github.workerman.transport.limit.TokenBucket;
import org.jspecify.annotations.Nullable;

/**
 * Sees that the peer of one connection sends neither too much nor too little. Time is
 * watched by looking now and then at what has been counted anyway. On the event loop
 * only.
 */
final class ConnectionLimiter {

	private static final int POLICY_VIOLATION = 1008;

	private static final int IDLE_CHECKS = 4;

	private final NettyConnection connection;

	private final LimitSettings settings;

	private final @Nullable TokenBucket messages;

	private final @Nullable TokenBucket bytes;

	private final @Nullable Watch firstMessage;

	private final @Nullable Watch idle;

	private @Nullable Pause pause;

	private boolean over;

	ConnectionLimiter(NettyConnection connection) {
		this.connection = connection;
		this.settings = connection.endpoint().settings().limits();
		this.messages = bucket(this.settings.messagesPerSecond());
		this.bytes = bucket(this.settings.bytesPerSecond().toBytes());
		this.firstMessage = this.settings.firstMessageTimeout().isZero() ? null : new FirstMessageWatch();
		this.idle = this.settings.idleTimeout().isZero() ? null : new IdleWatch();
	}

	private @Nullable TokenBucket bucket(long perSecond) {
		return (perSecond > 0) ? new TokenBucket(perSecond, this.settings.atOnce(perSecond), System.nanoTime()) : null;
	}

	void start() {
		if (this.firstMessage != null) {
			this.firstMessage.start();
		}
		if (this.idle != null) {
			this.idle.start();
		}
	}

	/**
	 * Decides about a message.
	 * @return whether it is to be delivered
	 */
	boolean admits() {
		if (this.over) {
			return false;
		}
		long now = System.nanoTime();
		TokenBucket bytes = this.bytes;
		if (bytes != null && drops() && bytes.isOverdrawn(now)) {
			exceeded(Limit.BYTES);
			return false;
		}
		TokenBucket messages = this.messages;
		if (messages == null) {
			return true;
		}
		if (messages.take(now)) {
			if (pauses() && messages.nanosUntil(1, now) > 0) {
				pause(Limit.MESSAGES, messages.nanosUntil(1, now));
			}
			return true;
		}
		exceeded(Limit.MESSAGES);
		if (this.settings.reportOnly() || pauses()) {
			return true;
		}
		if (!drops()) {
			close("too many messages");
		}
		return false;
	}

	/**
	 * Takes note of what was read.
	 */
	void received(long count) {
		TokenBucket bytes = this.bytes;
		if (bytes == null || this.over) {
			return;
		}
		long now = System.nanoTime();
		if (bytes.isOverdrawn(now)) {
			// What comes meanwhile is dropped and does not make it worse.
			return;
		}
		bytes.charge(count, now);
		if (!bytes.isOverdrawn(now)) {
			return;
		}
		if (pauses()) {
			pause(Limit.BYTES, bytes.nanosUntil(0, now));
		}
		else if (this.settings.reportOnly()) {
			exceeded(Limit.BYTES);
		}
		else if (!drops()) {
			exceeded(Limit.BYTES);
			close("too many bytes");
		}
	}

	private boolean drops() {
		return this.settings.onExcess() == ExcessPolicy.DROP && !this.settings.reportOnly();
	}

	private boolean pauses() {
		return this.settings.onExcess() == ExcessPolicy.PAUSE && !this.settings.reportOnly();
	}

	private void pause(Limit limit, long nanos) {
		exceeded(limit);
		Pause pause = this.pause;
		if (pause == null) {
			pause = new Pause();
			this.pause = pause;
		}
		pause.extend(nanos);
	}

	private void exceeded(Limit limit) {
		this.connection.endpoint().listener().limitExceeded(limit);
	}

	private void close(String text) {
		this.over = true;
		ConnectionFailures.exceeded(this.connection, new CloseReason(POLICY_VIOLATION, text, Cause.LIMIT));
	}

	/**
	 * The connection has closed.
	 */
	void stop() {
		this.over = true;
		Deadlines deadlines = deadlines();
		if (this.firstMessage != null) {
			deadlines.remove(this.firstMessage);
		}
		if (this.idle != null) {
			deadlines.remove(this.idle);
		}
		if (this.pause != null) {
			deadlines.remove(this.pause);
		}
	}

	private Deadlines deadlines() {
		return this.connection.nettyLoop().deadlines();
	}

	/**
	 * Looks from time to time.
	 */
	private abstract class Watch extends Deadlines.Deadline {

		abstract void start();

		boolean isOver() {
			return ConnectionLimiter.this.over || ConnectionLimiter.this.connection.lifecycle().isClosing();
		}

		void exceeded(Limit limit, String text) {
			ConnectionLimiter.this.exceeded(limit);
			if (!ConnectionLimiter.this.settings.reportOnly()) {
				close(text);
			}
		}

	}

	/**
	 * Waits for the first message, once.
	 */
	private final class FirstMessageWatch extends Watch {

		@Override
		void start() {
			deadlines().add(this, ConnectionLimiter.this.settings.firstMessageTimeout().toNanos());
		}

		@Override
		protected void expired() {
			NettyConnection connection = ConnectionLimiter.this.connection;
			if (isOver() || connection.inbox().traffic().totalMessages() > 0) {
				return;
			}
			if (connection.isHeld()) {
				// It may have been sent, nobody has looked.
				start();
			}
			else {
				exceeded(Limit.FIRST_MESSAGE, "no message in time");
			}
		}

	}

	/**
	 * Compares what has been counted with what had been counted before.
	 */
	private final class IdleWatch extends Watch {

		private long seen;

		private WriteProgress progress = WriteProgress.NOTHING_WAITS;

		private int quiet;

		@Override
		void start() {
			this.seen = count();
			deadlines().add(this, interval());
		}

		private long interval() {
			return Math.max(1, ConnectionLimiter.this.settings.idleTimeout().toNanos() / IDLE_CHECKS);
		}

		private long count() {
			NettyConnection connection = ConnectionLimiter.this.connection;
			return connection.inbox().traffic().totalBytes() + connection.outbox().traffic().totalBytes();
		}

		@Override
		protected void expired() {
			if (isOver()) {
				return;
			}
			long count = count();
			WriteProgress now = WriteProgress.of(ConnectionLimiter.this.connection.channel());
			// Whoever is not read cannot be told from one that does not send.
			boolean active = count != this.seen || !now.equals(this.progress)
					|| ConnectionLimiter.this.connection.isHeld();
			this.seen = count;
			this.progress = now;
			this.quiet = active ? 0 : this.quiet + 1;
			if (this.quiet == IDLE_CHECKS) {
				exceeded(Limit.IDLE, "idle for too long");
			}
			if (!isOver()) {
				deadlines().add(this, interval());
			}
		}

	}

	/**
	 * Time in which nothing is read.
	 */
	private final class Pause extends Deadlines.Deadline {

		private long until;

		private boolean running;

		void extend(long nanos) {
			long end = System.nanoTime() + nanos;
			if (this.running && end - this.until <= 0) {
				return;
			}
			this.until = end;
			deadlines().remove(this);
			deadlines().add(this, nanos);
			this.running = true;
			ConnectionLimiter.this.connection.hold(Hold.LIMIT);
		}

		@Override
		protected void expired() {
			this.running = false;
			ConnectionLimiter.this.connection.release(Hold.LIMIT);
		}

	}

}
