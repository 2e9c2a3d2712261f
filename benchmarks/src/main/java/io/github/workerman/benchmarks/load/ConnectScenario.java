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
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Connect, handshake, one echo, close: some connections at one time, over and over.
 */
final class ConnectScenario implements Scenario {

	private final LoadOptions options;

	private final PeerLoop loop;

	private final Tally tally;

	private final Queue<Peer> idle = new ArrayDeque<>();

	/** When each connection began its cycle. */
	private final long[] began;

	private Phases phases;

	private long cycles;

	ConnectScenario(LoadOptions options, PeerLoop loop, Tally tally) {
		this.options = options;
		this.loop = loop;
		this.tally = tally;
		this.began = new long[options.connections()];
		this.phases = new Phases(options, tally, loop.now());
		for (int i = 0; i < options.connections(); i++) {
			this.idle.add(new Peer(i));
		}
	}

	@Override
	public void run() throws IOException {
		this.loop.turn(0);
		this.loop.progress();
		this.phases = new Phases(this.options, this.tally, this.loop.now());
		while (!this.phases.isDraining() || this.idle.size() < this.options.connections()) {
			openIdle();
			this.loop.turn(20);
			this.phases.advance(this.loop.now());
			if (!this.phases.isDraining() && this.options.cycles() > 0 && this.cycles >= this.options.cycles()) {
				this.phases.drain(this.loop.now());
			}
			if (this.loop.isStuck()) {
				this.tally.timeouts++;
				break;
			}
			if (this.phases.isOver(this.loop.now()) || this.tally.failed + this.tally.closed > 0) {
				break;
			}
		}
		this.tally.lost += (this.tally.failed + this.tally.closed > 0) ? 0
				: this.options.connections() - this.idle.size();
	}

	private void openIdle() throws IOException {
		while (!this.phases.isDraining() && !this.idle.isEmpty() && this.tally.failed == 0) {
			Peer peer = this.idle.remove();
			this.began[peer.id] = this.loop.now();
			this.loop.open(peer);
		}
	}

	@Override
	public void opened(Peer peer) throws IOException {
		this.loop.send(peer, 1);
	}

	@Override
	public void message(Peer peer, byte[] bytes, int from, int to) throws IOException {
		if (peer.received == peer.sent) {
			this.tally.unexpected++;
			return;
		}
		if (!this.loop.messages().matches(bytes, from, to, peer.received, peer.id)) {
			this.tally.corrupt++;
		}
		peer.received++;
		this.loop.close(peer);
	}

	@Override
	public void closed(Peer peer) {
		this.cycles++;
		this.loop.progress();
		if (this.phases.isMeasuring()) {
			this.tally.count++;
			this.tally.latencies.record(this.loop.now() - this.began[peer.id]);
		}
		this.idle.add(peer);
	}

}
