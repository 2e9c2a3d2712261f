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
 * The first connection sends; each message must come to all connections in order. The
 * next one is sent when all have one of those in flight.
 */
final class BroadcastScenario extends OpenedScenario {

	/** Deliveries that are missing, by the number of the message modulo the window. */
	private final int[] missing;

	private final Peer sender;

	private Phases phases;

	/** Messages that all connections have. */
	private int complete;

	BroadcastScenario(LoadOptions options, PeerLoop loop, Tally tally) {
		super(options, loop, tally);
		this.missing = new int[options.window()];
		this.sender = this.peers[0];
		this.sender.sentAt = new long[options.window()];
		this.phases = new Phases(options, tally, loop.now());
	}

	@Override
	void runOpened() throws IOException {
		this.phases = new Phases(this.options, this.tally, this.loop.now());
		while (!this.phases.isDraining() || this.complete < this.sender.sent) {
			if (!this.phases.isDraining()) {
				refill();
			}
			this.loop.turn(20);
			this.phases.advance(this.loop.now());
			if (this.loop.isStuck() || this.tally.closed > 0) {
				this.tally.timeouts += this.loop.isStuck() ? 1 : 0;
				break;
			}
			if (this.phases.isOver(this.loop.now())) {
				break;
			}
		}
		for (int i = this.complete; i < this.sender.sent; i++) {
			this.tally.lost += this.missing[i % this.missing.length];
		}
	}

	private void refill() throws IOException {
		int count = this.missing.length - (this.sender.sent - this.complete);
		if (count == 0) {
			return;
		}
		for (int i = 0; i < count; i++) {
			this.missing[(this.sender.sent + i) % this.missing.length] = this.peers.length;
		}
		this.loop.send(this.sender, count);
	}

	@Override
	public void message(Peer peer, byte[] bytes, int from, int to) {
		if (peer.received == this.sender.sent) {
			this.tally.unexpected++;
			return;
		}
		if (!this.loop.messages().matches(bytes, from, to, peer.received, this.sender.id)) {
			this.tally.corrupt++;
		}
		int slot = peer.received % this.missing.length;
		peer.received++;
		if (this.phases.isMeasuring()) {
			this.tally.count++;
			this.tally.latencies.record(this.loop.now() - this.sender.sentAt[slot]);
		}
		if (--this.missing[slot] == 0) {
			this.complete++;
			this.loop.progress();
		}
	}

}
