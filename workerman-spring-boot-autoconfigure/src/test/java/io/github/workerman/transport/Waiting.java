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

import java.time.Duration;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/**
 * Waits for what must happen, and fails when it does not.
 */
public final class Waiting {

	private static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("test.patience", 20));

	private Waiting() {
	}

	public static void until(String what, Callable<Boolean> condition) {
		Awaitility.await(what)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.atMost(PATIENCE)
			.until(condition);
	}

	/**
	 * Lets 50 ms pass, for peers that are slow on purpose.
	 */
	public static void aMoment() {
		long start = System.nanoTime();
		until("a moment has passed", () -> System.nanoTime() - start > 50_000_000);
	}

	public static void untilAsserted(ThrowingRunnable assertion) {
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.atMost(PATIENCE)
			.untilAsserted(assertion);
	}

}
