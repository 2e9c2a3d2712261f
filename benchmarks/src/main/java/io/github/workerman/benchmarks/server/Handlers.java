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

package io.github.workerman.benchmarks.server;

/**
 * Where the handlers of {@link WorkermanServer} run.
 */
public enum Handlers {

	/**
	 * On the connection's event loop.
	 */
	EVENT_LOOP,

	/**
	 * On the bounded pool for blocking handlers.
	 */
	POOL,

	/**
	 * On virtual threads; needs Java 21.
	 */
	VIRTUAL;

	void checkAvailable() {
		// Spring Boot would silently take the pool
		if (this == VIRTUAL && Runtime.version().feature() < 21) {
			throw new IllegalStateException("Virtual threads need Java 21, this is %s".formatted(Runtime.version()));
		}
	}

}
