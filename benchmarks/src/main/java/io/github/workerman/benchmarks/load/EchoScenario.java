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
 * Every connection keeps as many messages in flight as the depth says.
 */
final class EchoScenario extends OpenedScenario {

	private Phases phases;

	EchoScenario(LoadOptions options, PeerLoop loop, Tally tally) {
		super(options, loop, tally);
		this.phases = new Phases(options, tally, loop.now());
		for (Peer peer : this.peers) {
			peer.sentAt = new long[options.depth()];
		}
	}

	@Override
	void runOpened() throws IOException {
		this.phases = new Phases(this.options, this.tally, this.loop.now());
		for (Peer peer : this.peers) {
			this.loop.send(peer, this.options.depth());
		}
		while (!this.phases.isDraining() || inFlight() > 0) {
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
		this.tally.lost += inFlight();
	}

	private long inFlight() {
		long inFlight = 0;
		for (Peer peer : this.peers) {
			inFlight += peer.sent - peer.received;
		}
		return inFlight;
	}

	@Override
	public void message(Peer peer, byte[] bytes, int from, int to) {
		if (peer.received == peer.sent) {
			this.tally.unexpected++;
			return;
		}
		if (!this.loop.messages().matches(bytes, from, to, peer.received, peer.id)) {
			this.tally.corrupt++;
		}
		long sentAt = peer.sentAt[peer.received % peer.sentAt.length];
		peer.received++;
		if (this.phases.isMeasuring()) {
			this.tally.count++;
			this.tally.latencies.record(this.loop.now() - sentAt);
		}
		peer.owed++;
	}

	@Override
	public void readComplete(Peer peer) throws IOException {
		if (peer.owed > 0 && !this.phases.isDraining()) {
			this.loop.progress();
			this.loop.send(peer, peer.owed);
		}
		peer.owed = 0;
	}

}
