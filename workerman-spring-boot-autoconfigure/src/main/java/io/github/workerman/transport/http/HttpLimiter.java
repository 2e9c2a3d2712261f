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

package io.github.workerman.transport.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.Limit;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.transport.WriteProgress;
import io.github.workerman.transport.limit.Deadlines;
import io.github.workerman.transport.limit.ExcessPolicy;
import io.github.workerman.transport.limit.LimitSettings;
import io.github.workerman.transport.limit.TokenBucket;
import org.jspecify.annotations.Nullable;

/**
 * Sees that the peer of an HTTP connection asks neither too much nor too little. What
 * trusted proxies send is counted for the clients that they name, and never ends or holds
 * up their connections, which others use too. On the event loop only.
 */
final class HttpLimiter {

	private static final int IDLE_CHECKS = 4;

	private final HttpContext server;

	private final LimitSettings settings;

	private final HttpConnection connection;

	private final Deadlines deadlines;

	private final boolean shared;

	private final @Nullable TokenBucket requests;

	private final @Nullable TokenBucket bytes;

	private final Pause pause = new Pause();

	private final FirstRequestWatch firstRequest = new FirstRequestWatch();

	private final IdleWatch idle = new IdleWatch();

	private HttpLimiter(HttpContext server, HttpConnection connection) {
		this.server = server;
		this.settings = server.endpoint().settings().limits();
		this.connection = connection;
		this.deadlines = connection.nettyLoop().deadlines();
		this.shared = connection.isForwarded();
		this.requests = bucket(this.settings.messagesPerSecond());
		this.bytes = this.shared ? null : bucket(this.settings.bytesPerSecond().toBytes());
	}

	/**
	 * Begins to limit a connection.
	 * @return the limiter, or {@code null} if nothing is limited
	 */
	static @Nullable HttpLimiter start(HttpContext server, HttpConnection connection) {
		LimitSettings settings = server.endpoint().settings().limits();
		if (!settings.limitsTraffic()) {
			return null;
		}
		HttpLimiter limiter = new HttpLimiter(server, connection);
		if (!settings.firstMessageTimeout().isZero()) {
			limiter.firstRequest.start();
		}
		if (!settings.idleTimeout().isZero()) {
			limiter.idle.start();
		}
		return limiter;
	}

	private @Nullable TokenBucket bucket(long perSecond) {
		return (perSecond > 0) ? new TokenBucket(perSecond, this.settings.atOnce(perSecond), System.nanoTime()) : null;
	}

	/**
	 * Decides about a request.
	 * @param client where it comes from
	 * @return what it is refused for, or {@code null} if it is to be handled
	 */
	@Nullable HttpRefusal admit(SocketAddress client) {
		long now = System.nanoTime();
		TokenBucket bytes = this.bytes;
		if (bytes != null && !pauses() && !this.settings.reportOnly() && bytes.isOverdrawn(now)) {
			exceeded(Limit.BYTES);
			return refusal("too many bytes", bytes.nanosUntil(0, now));
		}
		TokenBucket requests = this.requests;
		if (requests == null) {
			return null;
		}
		if (this.shared && client instanceof InetSocketAddress address && address.getAddress() != null) {
			long wait = this.server.clientRates().take(address.getAddress(), this.deadlines);
			return (wait > 0) ? excess(wait) : null;
		}
		if (!requests.take(now)) {
			return excess(requests.nanosUntil(1, now));
		}
		long wait = requests.nanosUntil(1, now);
		if (pauses() && wait > 0) {
			this.pause.extend(Limit.MESSAGES, wait);
		}
		return null;
	}

	private @Nullable HttpRefusal excess(long wait) {
		exceeded(Limit.MESSAGES);
		boolean passes = this.settings.reportOnly() || (pauses() && !this.shared);
		return passes ? null : refusal("too many requests", wait);
	}

	private HttpRefusal refusal(String text, long wait) {
		return HttpRefusal.tooMany(text, wait, this.settings.onExcess() == ExcessPolicy.CLOSE && !this.shared);
	}

	/**
	 * Takes note of what was read.
	 */
	void received(long count) {
		TokenBucket bytes = this.bytes;
		if (bytes == null || count == 0) {
			return;
		}
		long now = System.nanoTime();
		boolean before = bytes.isOverdrawn(now);
		bytes.charge(count, now);
		if (before || !bytes.isOverdrawn(now)) {
			return;
		}
		if (this.settings.reportOnly()) {
			exceeded(Limit.BYTES);
		}
		else if (pauses()) {
			this.pause.extend(Limit.BYTES, bytes.nanosUntil(0, now));
		}
		else if (this.settings.onExcess() == ExcessPolicy.CLOSE && this.connection.driver().isWithinRequest()) {
			exceeded(Limit.BYTES);
			this.connection.driver().refuse(refusal("too many bytes", bytes.nanosUntil(0, now)), false);
		}
	}

	private boolean pauses() {
		return this.settings.onExcess() == ExcessPolicy.PAUSE && !this.settings.reportOnly();
	}

	private void end(String text) {
		if (!this.connection.driver().isOpened()) {
			this.server.listener().rejected(RejectReason.TIMEOUT);
		}
		this.connection.driver().abort(new CloseReason(1008, text, Cause.LIMIT));
	}

	private void exceeded(Limit limit) {
		this.server.listener().limitExceeded(limit);
	}

	/**
	 * The connection has closed, or become a websocket.
	 */
	void stop() {
		this.deadlines.remove(this.firstRequest);
		this.deadlines.remove(this.idle);
		this.deadlines.remove(this.pause);
	}

	/**
	 * Waits for the first request, once.
	 */
	private final class FirstRequestWatch extends Deadlines.Deadline {

		void start() {
			HttpLimiter.this.deadlines.add(this, HttpLimiter.this.settings.firstMessageTimeout().toNanos());
		}

		@Override
		protected void expired() {
			if (HttpLimiter.this.connection.driver().traffic().in().totalMessages() > 0) {
				return;
			}
			if (HttpLimiter.this.connection.driver().isHeld()) {
				// It may have been sent, nobody has looked.
				start();
				return;
			}
			exceeded(Limit.FIRST_MESSAGE);
			if (!HttpLimiter.this.settings.reportOnly()) {
				end("no request in time");
			}
		}

	}

	/**
	 * Compares what has been counted with what had been counted before.
	 */
	private final class IdleWatch extends Deadlines.Deadline {

		private long seen;

		private WriteProgress progress = WriteProgress.NOTHING_WAITS;

		private int quiet;

		void start() {
			HttpLimiter.this.deadlines.add(this,
					Math.max(1, HttpLimiter.this.settings.idleTimeout().toNanos() / IDLE_CHECKS));
		}

		@Override
		protected void expired() {
			HttpTraffic traffic = HttpLimiter.this.connection.driver().traffic();
			long count = traffic.in().totalBytes() + traffic.out().totalBytes();
			WriteProgress now = HttpLimiter.this.connection.driver().writeProgress();
			// Whoever is not read cannot be told from one that does not send.
			boolean active = count != this.seen || !now.equals(this.progress)
					|| HttpLimiter.this.connection.driver().isHeld();
			this.seen = count;
			this.progress = now;
			this.quiet = active ? 0 : this.quiet + 1;
			if (this.quiet == IDLE_CHECKS) {
				exceeded(Limit.IDLE);
				if (!HttpLimiter.this.settings.reportOnly()) {
					end("idle for too long");
					return;
				}
			}
			start();
		}

	}

	/**
	 * Time in which nothing is read.
	 */
	private final class Pause extends Deadlines.Deadline {

		private long until;

		private boolean running;

		void extend(Limit limit, long nanos) {
			exceeded(limit);
			long end = System.nanoTime() + nanos;
			if (this.running && end - this.until <= 0) {
				return;
			}
			this.until = end;
			HttpLimiter.this.deadlines.remove(this);
			HttpLimiter.this.deadlines.add(this, nanos);
			this.running = true;
			HttpLimiter.this.connection.driver().hold(ConnectionGuard.LIMIT);
		}

		@Override
		protected void expired() {
			this.running = false;
			HttpLimiter.this.connection.driver().release(ConnectionGuard.LIMIT);
		}

	}

}
