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

package io.github.workerman.server;

import java.util.concurrent.CountDownLatch;

/**
 * Keeps the JVM alive while servers run: event loops are daemon threads, and an
 * application without a web server has no other.
 */
final class AwaitThread {

	private final CountDownLatch latch = new CountDownLatch(1);

	private AwaitThread() {
	}

	static AwaitThread begin() {
		AwaitThread await = new AwaitThread();
		Thread thread = new Thread(await::await, "workerman-await");
		thread.setContextClassLoader(AwaitThread.class.getClassLoader());
		thread.setDaemon(false);
		thread.start();
		return await;
	}

	private void await() {
		try {
			this.latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	void end() {
		this.latch.countDown();
	}

}
