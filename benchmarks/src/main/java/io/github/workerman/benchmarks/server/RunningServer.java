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
 * A server that listens.
 *
 * @param port its port
 * @param stop what stops it
 */
public record RunningServer(int port, Runnable stop) implements AutoCloseable {

	/**
	 * What a server program writes, followed by the port, when it listens.
	 */
	public static final String READY = "READY ";

	/**
	 * Writes that the server listens, and keeps the program alive until it is ended from
	 * outside.
	 */
	void await() {
		System.out.println(READY + this.port);
		try {
			Thread.currentThread().join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			close();
		}
	}

	@Override
	public void close() {
		this.stop.run();
	}

}
