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

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.workerman.connection.SendResult;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.testsupport.RawWebSocket.Frame;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for broadcasts to members that speak different protocols on one event loop.
 */
@OnEachTransport
class MixedAudienceTests extends TransportFixture {

	@Test
	void whenMessagesAreLargeThenArriveIntactInEveryProtocol() {
		byte[] large = new byte[200_000];
		new Random(1).nextBytes(large);
		String text = "€".repeat(30_000);
		try (MixedServers servers = new MixedServers(this.kind)) {
			Members all = Members.of(servers.peers.toArray(PeerRecord[]::new));
			servers.peers.get(0).onLoop(() -> {
				all.broadcast(large);
				all.broadcast(ByteBuffer.wrap(large, 100, 70_000));
				all.broadcast(text);
			});
			for (RawWebSocket client : servers.webSockets) {
				Frame frame = client.readFrame();
				assertThat(frame.first()).isEqualTo(RawWebSocket.BINARY);
				assertThat(frame.payload()).isEqualTo(large);
				assertThat(client.readFrame().payload()).isEqualTo(Arrays.copyOfRange(large, 100, 70_100));
				assertThat(client.readText()).isEqualTo(text);
			}
			for (RawSocket client : servers.lines) {
				assertThat(client.read(large.length)).isEqualTo(large);
				assertThat(client.read(1)).containsExactly('\n');
				assertThat(client.read(70_000)).isEqualTo(Arrays.copyOfRange(large, 100, 70_100));
				assertThat(client.read(1)).containsExactly('\n');
				assertThat(client.readLine()).isEqualTo(text);
			}
			for (RawSocket client : servers.streams) {
				assertThat(client.read(large.length)).isEqualTo(large);
				assertThat(client.read(70_000)).isEqualTo(Arrays.copyOfRange(large, 100, 70_100));
				assertThat(client.read(text.getBytes().length)).isEqualTo(text.getBytes());
			}
		}
	}

	@Test
	void whenAnythingIsSentInAnyOrderThenEveryMemberGetsExactlyItsPart() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		try (MixedServers servers = new MixedServers(this.kind)) {
			List<PeerRecord> peers = servers.peers;
			List<Members> audiences = new ArrayList<>();
			List<List<PeerRecord>> memberLists = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				List<PeerRecord> chosen = new ArrayList<>(peers);
				while (chosen.size() > 1 + random.nextInt(peers.size())) {
					chosen.remove(random.nextInt(chosen.size()));
				}
				memberLists.add(chosen);
				audiences.add(Members.of(chosen.toArray(PeerRecord[]::new)));
			}
			for (int turn = 0; turn < 25; turn++) {
				Map<PeerRecord, List<String>> expected = new HashMap<>();
				peers.forEach((peer) -> expected.put(peer, new ArrayList<>()));
				int operations = random.nextInt(30);
				peers.get(0).onLoop(() -> {
					for (int i = 0; i < operations; i++) {
						String text = i + ":" + "x".repeat(size(random));
						int what = random.nextInt(100);
						if (what < 60) {
							int audience = (what < 40) ? 0 : random.nextInt(audiences.size());
							audiences.get(audience).broadcast(text);
							memberLists.get(audience).forEach((peer) -> expected.get(peer).add(text));
						}
						else if (what < 95) {
							PeerRecord peer = peers.get(random.nextInt(peers.size()));
							assertThat(peer.connection().send(text)).isEqualTo(SendResult.ACCEPTED);
							expected.get(peer).add(text);
						}
						else {
							peers.get(0).connection().loop().settle();
						}
					}
				});
				for (int i = 0; i < peers.size(); i++) {
					assertThat(servers.read(i, expected.get(peers.get(i))))
						.as("seed " + seed + ", turn " + turn + ", member " + i)
						.isEqualTo(expected.get(peers.get(i)));
				}
			}
		}
	}

	private static int size(Random random) {
		int kind = random.nextInt(100);
		if (kind < 80) {
			return random.nextInt(100);
		}
		return (kind < 97) ? random.nextInt(5000) : random.nextInt(150_000);
	}

	/**
	 * Two connections each of three protocols, on one loop.
	 */
	private static final class MixedServers implements AutoCloseable {

		private final TestServer webSocketServer;

		private final TestServer textServer;

		private final TestServer tcpServer;

		private final RawWebSocket[] webSockets = new RawWebSocket[2];

		private final RawSocket[] lines = new RawSocket[2];

		private final RawSocket[] streams = new RawSocket[2];

		private final List<PeerRecord> peers = new ArrayList<>();

		MixedServers(TransportKind kind) {
			long limit = 64 << 20;
			this.webSocketServer = TestServer.websocket(kind).maxSendBuffer(limit).start();
			this.textServer = TestServer.text(kind)
				.name("text")
				.maxSendBuffer(limit)
				.beside(this.webSocketServer)
				.start();
			this.tcpServer = TestServer.tcp(kind).name("tcp").maxSendBuffer(limit).beside(this.webSocketServer).start();
			Arrays.setAll(this.webSockets, (i) -> this.webSocketServer.openWebSocket());
			Arrays.setAll(this.lines, (i) -> this.textServer.connect());
			Arrays.setAll(this.streams, (i) -> this.tcpServer.connect());
			for (int i = 0; i < 2; i++) {
				this.peers.add(this.webSocketServer.listener().peer(this.webSockets[i]));
				this.peers.add(this.textServer.listener().peer(this.lines[i]));
				this.peers.add(this.tcpServer.listener().peer(this.streams[i]));
			}
		}

		/**
		 * Reads as many messages as are expected.
		 */
		List<String> read(int member, List<String> expected) {
			return switch (member % 3) {
				case 0 -> this.webSockets[member / 3].readTexts(expected.size());
				case 1 -> expected.stream().map((text) -> this.lines[member / 3].readLine()).toList();
				default ->
					expected.stream().map((text) -> new String(this.streams[member / 3].read(text.length()))).toList();
			};
		}

		@Override
		public void close() {
			for (int i = 0; i < 2; i++) {
				this.webSockets[i].close();
				this.lines[i].close();
				this.streams[i].close();
			}
			this.tcpServer.close();
			this.textServer.close();
			this.webSocketServer.close();
		}

	}

}
