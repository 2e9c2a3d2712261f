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

import io.github.workerman.benchmarks.Compression;

/**
 * Opens connections that do nothing, and measures by how much the memory of the server
 * grows. With compression each connection first gets one compressed message echoed, so
 * that it has what it needs for more.
 */
final class IdleScenario extends OpenedScenario {

	private final ProcessMemory memory;

	private final long before;

	private final CompressedText compressed;

	private final boolean compression;

	private int echoed;

	IdleScenario(LoadOptions options, PeerLoop loop, Tally tally) throws IOException {
		super(options, loop, tally);
		if (options.pid() == 0) {
			throw new IllegalArgumentException("The idle mode needs the server's process: '--pid'");
		}
		this.memory = new ProcessMemory(options.pid());
		this.before = this.memory.residentAfterCollection();
		this.compressed = new CompressedText(options.size());
		this.compression = options.compression() != Compression.OFF;
	}

	@Override
	public void opened(Peer peer) throws IOException {
		if (this.compression) {
			this.loop.sendCompressed(peer, this.compressed.compressed());
		}
	}

	@Override
	void runOpened() throws IOException {
		while (this.compression && this.echoed < this.peers.length && !this.loop.isStuck()) {
			this.loop.turn(5);
		}
		this.tally.lost += this.compression ? this.peers.length - this.echoed : 0;
		this.tally.beginMeasuring(this.loop.now());
		waitUntil(this.loop.now() + this.options.hold());
		long after = this.memory.residentAfterCollection();
		this.loop.turn(0);
		this.tally.endMeasuring(this.loop.now());
		this.tally.count = this.peers.length - this.tally.closed;
		this.tally.bytesPerConnection = (double) (after - this.before) / this.peers.length;
	}

	@Override
	public void message(Peer peer, byte[] bytes, int from, int to) {
		if (peer.received == peer.sent) {
			this.tally.unexpected++;
			return;
		}
		if (!this.compressed.matches(bytes, from, to)) {
			this.tally.corrupt++;
		}
		peer.received++;
		this.echoed++;
		this.loop.progress();
	}

}
