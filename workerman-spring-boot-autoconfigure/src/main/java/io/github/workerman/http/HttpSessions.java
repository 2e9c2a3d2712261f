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

package io.github.workerman.http;

import java.lang.ref.WeakReference;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The sessions of one server, in memory. Identifiers come from here only: one that a
 * client made up finds nothing. What has expired is gone for whoever asks, and is removed
 * by a task that runs as long as there are sessions, one for all of them. Usable from any
 * thread.
 */
final class HttpSessions {

	/** 160 bits, which nobody guesses. */
	private static final int ID_BYTES = 20;

	private static final long LONGEST_INTERVAL = TimeUnit.MINUTES.toNanos(1);

	private static final long SHORTEST_INTERVAL = TimeUnit.SECONDS.toNanos(1);

	private final SecureRandom random = new SecureRandom();

	private final Map<String, StoredSession> sessions = new ConcurrentHashMap<>();

	private final AtomicInteger count = new AtomicInteger();

	private final AtomicBoolean cleaning = new AtomicBoolean();

	private final AtomicLong cleanedAt;

	private final long timeout;

	private final int max;

	private final LongSupplier clock;

	/**
	 * Creates a store without sessions.
	 * @param timeout how long a session lasts that nobody asks for
	 * @param max how many there may be
	 * @param clock tells the time in nanoseconds
	 */
	HttpSessions(Duration timeout, int max, LongSupplier clock) {
		// Beyond 292 years there is no end.
		this.timeout = TimeUnit.NANOSECONDS.convert(timeout);
		this.max = max;
		this.clock = clock;
		this.cleanedAt = new AtomicLong(clock.getAsLong());
	}

	int count() {
		return this.count.get();
	}

	/**
	 * Finds a session, which is thereby used.
	 * @return the session, or {@code null} if there is none of that identifier or it has
	 * expired
	 */
	@Nullable StoredSession find(String id) {
		StoredSession session = this.sessions.get(id);
		if (session == null) {
			return null;
		}
		long now = this.clock.getAsLong();
		synchronized (session) {
			// It may have got another identifier meanwhile.
			if (!session.id().equals(id) || session.isEnded() || endIfExpired(session, now)) {
				return null;
			}
			session.use(now);
			return session;
		}
	}

	/**
	 * Begins a session.
	 * @throws HttpException if there are too many
	 */
	StoredSession create() {
		if (this.count.incrementAndGet() > this.max) {
			removeExpired(SHORTEST_INTERVAL);
			if (this.count.get() > this.max) {
				this.count.decrementAndGet();
				throw new HttpException(503, "Too many sessions");
			}
		}
		StoredSession session = new StoredSession(newId(), this.clock.getAsLong());
		this.sessions.put(session.id(), session);
		clean();
		return session;
	}

	/**
	 * Changes the identifier of a session, unless it has ended.
	 */
	void changeId(StoredSession session) {
		synchronized (session) {
			if (!session.isEnded()) {
				String before = session.id();
				session.id(newId());
				this.sessions.put(session.id(), session);
				this.sessions.remove(before);
			}
		}
	}

	/**
	 * Ends a session; no effect on one that has ended.
	 */
	void end(StoredSession session) {
		synchronized (session) {
			if (!session.isEnded()) {
				session.end();
				this.sessions.remove(session.id());
				this.count.decrementAndGet();
			}
		}
	}

	private boolean endIfExpired(StoredSession session, long now) {
		if (session.isUnusedFor(this.timeout, now)) {
			end(session);
			return true;
		}
		return false;
	}

	private String newId() {
		byte[] bytes = new byte[ID_BYTES];
		this.random.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/**
	 * Removes what has expired, unless that was done just now.
	 */
	private void removeExpired(long atMostEvery) {
		long now = this.clock.getAsLong();
		long last = this.cleanedAt.get();
		if (now - last >= atMostEvery && this.cleanedAt.compareAndSet(last, now)) {
			for (StoredSession session : this.sessions.values()) {
				synchronized (session) {
					endIfExpired(session, now);
				}
			}
		}
	}

	private void clean() {
		if (this.cleaning.compareAndSet(false, true)) {
			long interval = Math.max(SHORTEST_INTERVAL, Math.min(LONGEST_INTERVAL, this.timeout / 4));
			CompletableFuture.delayedExecutor(interval, TimeUnit.NANOSECONDS)
				.execute(new Cleaning(new WeakReference<>(this)));
		}
	}

	private void cleaned() {
		this.cleaning.set(false);
		removeExpired(0);
		if (!this.sessions.isEmpty()) {
			clean();
		}
	}

	/**
	 * Removes what has expired, from sessions that are still somebody's.
	 */
	private record Cleaning(WeakReference<HttpSessions> sessions) implements Runnable {

		@Override
		public void run() {
			HttpSessions target = this.sessions.get();
			if (target != null) {
				target.cleaned();
			}
		}

	}

}
