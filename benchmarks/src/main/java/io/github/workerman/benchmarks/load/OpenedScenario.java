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
 * A scenario that begins when all connections are open.
 */
abstract class OpenedScenario implements Scenario {

	/** Connections under way at one time. */
	private static final int OPENING_LIMIT = 64;

	/** So long the server may need to know its last connections. */
	private static final long SETTLE_NANOS = 300_000_000L;

	final LoadOptions options;

	final PeerLoop loop;

	final Tally tally;

	final Peer[] peers;

	OpenedScenario(LoadOptions options, PeerLoop loop, Tally tally) {
		this.options = options;
		this.loop = loop;
		this.tally = tally;
		this.peers = new Peer[options.connections()];
		for (int i = 0; i < this.peers.length; i++) {
			this.peers[i] = new Peer(i);
		}
	}

	@Override
	public final void run() throws IOException {
		if (openAll()) {
			waitUntil(this.loop.now() + SETTLE_NANOS);
			runOpened();
		}
	}

	private boolean openAll() throws IOException {
		int next = 0;
		this.loop.progress();
		while (next < this.peers.length || this.loop.opening() > 0) {
			while (next < this.peers.length && this.loop.opening() < OPENING_LIMIT) {
				this.loop.open(this.peers[next++]);
			}
			this.loop.turn(1);
			if (this.tally.failed > 0 || this.loop.isStuck()) {
				this.tally.failed += this.loop.opening();
				return false;
			}
		}
		return true;
	}

	final void waitUntil(long time) throws IOException {
		do {
			this.loop.turn(5);
		}
		while (this.loop.now() < time);
	}

	abstract void runOpened() throws IOException;

}
