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

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link HttpSessions}.
 */
class HttpSessionsTests {

	private static final Duration TIMEOUT = Duration.ofMinutes(30);

	private final AtomicLong now = new AtomicLong(-5);

	private final HttpSessions sessions = new HttpSessions(TIMEOUT, 3, this.now::get);

	@Test
	void whenSessionIsUsedThenItLasts() {
		StoredSession session = this.sessions.create();
		for (int i = 0; i < 5; i++) {
			pass(TIMEOUT.minusNanos(1));
			assertThat(this.sessions.find(session.id())).isSameAs(session);
		}
		pass(TIMEOUT);
		assertThat(this.sessions.find(session.id())).isNull();
		assertThat(session.isEnded()).isTrue();
		assertThat(this.sessions.count()).isZero();
	}

	@Test
	void whenIdentifierIsMadeUpThenNothingIsFoundOrBegun() {
		assertThat(this.sessions.find("AAAAAAAAAAAAAAAAAAAAAAAAAAA")).isNull();
		assertThat(this.sessions.find("")).isNull();
		assertThat(this.sessions.count()).isZero();
	}

	@Test
	void whenThereAreAsManyAsAllowedThenNoneBeginsUntilOneHasExpired() {
		StoredSession first = this.sessions.create();
		pass(TIMEOUT.minusSeconds(10));
		this.sessions.create();
		this.sessions.create();
		assertThatExceptionOfType(HttpException.class).isThrownBy(this.sessions::create)
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(503));
		assertThat(this.sessions.count()).isEqualTo(3);
		pass(Duration.ofSeconds(10));
		assertThat(this.sessions.create()).isNotNull();
		assertThat(first.isEnded()).isTrue();
		assertThat(this.sessions.count()).isEqualTo(3);
	}

	@Test
	void whenSessionEndsThenThereIsRoomOnce() {
		StoredSession session = this.sessions.create();
		session.values().put("secret", "x");
		this.sessions.end(session);
		this.sessions.end(session);
		assertThat(this.sessions.count()).isZero();
		assertThat(session.values()).isEmpty();
		assertThat(this.sessions.find(session.id())).isNull();
	}

	@Test
	void whenIdentifierChangesThenTheOldOneIsWorthNothing() {
		StoredSession session = this.sessions.create();
		String before = session.id();
		this.sessions.changeId(session);
		assertThat(session.id()).isNotEqualTo(before);
		assertThat(this.sessions.find(before)).isNull();
		assertThat(this.sessions.find(session.id())).isSameAs(session);
		assertThat(this.sessions).extracting("sessions", MAP).containsOnlyKeys(session.id());
		this.sessions.end(session);
		assertThat(this.sessions).extracting("sessions", MAP).isEmpty();
		String last = session.id();
		this.sessions.changeId(session);
		assertThat(this.sessions.find(session.id())).isNull();
		assertThat(session.id()).isEqualTo(last);
	}

	@Test
	void identifiersAreLongAndDiffer() {
		HttpSessions many = new HttpSessions(TIMEOUT, 10_000, this.now::get);
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < 10_000; i++) {
			ids.add(many.create().id());
		}
		assertThat(ids).hasSize(10_000).allMatch((id) -> id.matches("[A-Za-z0-9_-]{27}"));
	}

	@Test
	void whenNobodyAsksThenExpiredSessionsAreRemovedNevertheless() {
		HttpSessions real = new HttpSessions(Duration.ofMillis(1), 10, System::nanoTime);
		StoredSession session = Objects.requireNonNull(real.create());
		await().until(() -> real.count() == 0);
		assertThat(session.isEnded()).isTrue();
	}

	@Test
	void whenManyThreadsWorkThenTheCountIsRight() throws Exception {
		HttpSessions busy = new HttpSessions(TIMEOUT, 100, this.now::get);
		ExecutorService executor = Executors.newFixedThreadPool(4);
		try {
			CountDownLatch start = new CountDownLatch(1);
			List<Future<Integer>> work = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				work.add(executor.submit(() -> {
					start.await();
					return createChangeAndEnd(busy);
				}));
			}
			start.countDown();
			int refused = 0;
			for (Future<Integer> each : work) {
				refused += each.get();
			}
			assertThat(refused).isPositive();
			assertThat(busy.count()).isZero();
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static int createChangeAndEnd(HttpSessions sessions) {
		int refused = 0;
		List<StoredSession> mine = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			try {
				mine.add(sessions.create());
			}
			catch (HttpException ex) {
				refused++;
				mine.forEach(sessions::changeId);
				mine.forEach(sessions::end);
				mine.clear();
			}
			assertThat(sessions.count()).isLessThanOrEqualTo(104);
		}
		mine.forEach(sessions::end);
		return refused;
	}

	@Test
	void whenTimeoutIsBeyondWhatTheClockCountsThenSessionsLast() {
		HttpSessions endless = new HttpSessions(Duration.ofDays(500_000), 1, this.now::get);
		StoredSession session = endless.create();
		pass(Duration.ofDays(1000));
		assertThat(endless.find(session.id())).isSameAs(session);
	}

	private void pass(Duration time) {
		this.now.addAndGet(time.toNanos());
	}

}
