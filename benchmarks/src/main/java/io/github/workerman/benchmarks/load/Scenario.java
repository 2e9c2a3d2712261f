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

package io.github.workerman.benchmarks.load;

import java.io.IOException;

/**
 * What the connections of a run do. All methods are called by the one thread of the load
 * generator.
 */
interface Scenario {

	/**
	 * Runs from the first connection to the end.
	 * @throws IOException if the network is not usable
	 */
	void run() throws IOException;

	/**
	 * A connection is open.
	 * @param peer the connection
	 * @throws IOException if it broke
	 */
	default void opened(Peer peer) throws IOException {
	}

	/**
	 * A complete message has come.
	 * @param peer the connection
	 * @param bytes contains the payload
	 * @param from its first byte
	 * @param to behind its last byte
	 * @throws IOException if the connection broke
	 */
	void message(Peer peer, byte[] bytes, int from, int to) throws IOException;

	/**
	 * All messages that were received at one time have been handed over.
	 * @param peer the connection
	 * @throws IOException if the connection broke
	 */
	default void readComplete(Peer peer) throws IOException {
	}

	/**
	 * A connection that was {@linkplain Peer.State#CLOSING closing} is closed.
	 * @param peer the connection
	 */
	default void closed(Peer peer) {
	}

}
