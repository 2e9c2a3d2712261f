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

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One session. {@link HttpSessions} changes it under its monitor.
 */
final class StoredSession {

	private final Instant createdAt = Instant.now();

	private final Map<String, Object> values = new ConcurrentHashMap<>(4);

	private volatile String id;

	private volatile boolean ended;

	private long usedAt;

	StoredSession(String id, long now) {
		this.id = id;
		this.usedAt = now;
	}

	String id() {
		return this.id;
	}

	Instant createdAt() {
		return this.createdAt;
	}

	Map<String, Object> values() {
		return this.values;
	}

	boolean isEnded() {
		return this.ended;
	}

	void id(String id) {
		this.id = id;
	}

	boolean isUnusedFor(long nanos, long now) {
		return now - this.usedAt >= nanos;
	}

	void use(long now) {
		this.usedAt = now;
	}

	void end() {
		this.ended = true;
		this.values.clear();
	}

}
