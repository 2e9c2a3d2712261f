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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.Limit;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.protocol.delimiter.DelimiterProtocol;
import io.github.workerman.protocol.lengthfield.LengthFieldProtocol;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.transport.limit.LimitSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for many peers at once that never get to the point.
 */
@OnEachTransport
class SlowPeersTests extends LimitFixture {

	private static final int COUNT = 150;

	private static final long SLACK = 4 * 1024 * 1024;

	private static final LimitSettings.Builder LIMITS = LimitSettings.builder()
		.firstMessageTimeout(Duration.ofMillis(400));

	@Test
	void whenManyLinesNeverEndThenAllAreClosedInBoundedMemory() {
		dribble(TestServer.text(this.kind), "", "an endless line ");
	}

	@Test
	void whenManyFramesNeverEndThenAllAreClosedInBoundedMemory() {
		// Each says that ten megabytes are to come.
		dribble(TestServer.frame(this.kind).maxMessageSize(20_000_000), "\0\u007f\0\0", "x");
	}

	@Test
	void whenManyMessagesOfSaidLengthNeverEndThenAllAreClosedInBoundedMemory() {
		dribble(TestServer.of(this.kind, new LengthFieldProtocol()).maxMessageSize(20_000_000), "\0\u007f\0\0", "x");
	}

	@Test
	void whenManyDelimitersDoNotComeThenAllAreClosedInBoundedMemory() {
		dribble(TestServer.of(this.kind, new DelimiterProtocol()), "", "an endless message ");
	}

	@Test
	void whenManyPeersOfRawBytesSayNothingThenAllAreClosed() {
		dribble(TestServer.tcp(this.kind), "", "");
	}

	@Test
	void whenManyWebSocketMessagesNeverEndThenAllAreClosedInBoundedMemory() {
		String fragment = "\u0001\u0080\0\0\0\0";
		dribble(TestServer.websocket(this.kind), RawWebSocket.request("/") + fragment, "\0\u0080\0\0\0\0");
	}

	private void dribble(TestServer.Builder builder, String beginning, String further) {
		try (TestServer server = builder.limits(LIMITS).start(new RecordingListener().echo());
				TestServer other = TestServer.websocket(this.kind)
					.name("other")
					.beside(server)
					.start(new RecordingListener().echo());
				Bystander bystander = new Bystander(other)) {
			long before = DirectMemory.used();
			List<RawSocket> clients = new ArrayList<>();
			for (int i = 0; i < COUNT; i++) {
				RawSocket client = server.connect();
				client.write(bytes(beginning));
				clients.add(client);
			}
			List<PeerRecord> peers = server.listener().peers(COUNT);
			Waiting.until("all are closing", () -> {
				for (int i = 0; i < COUNT; i++) {
					// Resets are for those that do not stop.
					if (server.listener().find(clients.get(i)).connection().isOpen()) {
						clients.get(i).write(bytes(further));
					}
				}
				return peers.stream().noneMatch((peer) -> peer.connection().isOpen());
			});
			assertThat(DirectMemory.used() - before).isLessThan(SLACK);
			bystander.isServed();
			clients.forEach(RawSocket::close);
			for (PeerRecord peer : peers) {
				assertThat(peer.awaitClosed().cause()).isEqualTo(Cause.LIMIT);
				assertThat(peer.messages()).isEmpty();
			}
			assertThat(server.listener().exceeded()).hasSize(COUNT).containsOnly(Limit.FIRST_MESSAGE);
			assertThat(server.listener().rejected()).isEmpty();
			bystander.isServed();
		}
	}

	@Test
	void whenManyPeersKnockAtAFullServerThenOthersAreServed() {
		try (TestServer server = TestServer.text(this.kind)
			.limits(LimitSettings.builder().maxConnections(1))
			.start(new RecordingListener().echo());
				TestServer other = TestServer.websocket(this.kind)
					.name("other")
					.beside(server)
					.start(new RecordingListener().echo());
				Bystander bystander = new Bystander(other);
				RawSocket guest = server.connect()) {
			isServed(guest);
			long before = DirectMemory.used();
			for (int i = 0; i < COUNT; i++) {
				isReset(server);
			}
			bystander.isServed();
			isServed(guest);
			assertThat(DirectMemory.used() - before).isLessThan(SLACK);
			assertThat(server.listener().rejected()).hasSize(COUNT).containsOnly(RejectReason.CONNECTIONS);
			assertThat(server.listener().opened()).isEqualTo(1);
		}
	}

	private static byte[] bytes(String latin1) {
		return latin1.getBytes(StandardCharsets.ISO_8859_1);
	}

}
