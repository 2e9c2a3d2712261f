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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.workerman.connection.Limit;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.transport.limit.LimitSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how many peers servers let in.
 */
@OnEachTransport
class ConnectionLimitTests extends LimitFixture {

	@Test
	void whenServerIsFullThenFurtherPeersAreReset() {
		try (TestServer server = text(LimitSettings.builder().maxConnections(2))) {
			RawSocket one = server.connect();
			RawSocket two = server.connect();
			isServed(one);
			isServed(two);
			for (int i = 0; i < 3; i++) {
				isReset(server);
			}
			assertThat(server.listener().rejected()).containsExactly(RejectReason.CONNECTIONS, RejectReason.CONNECTIONS,
					RejectReason.CONNECTIONS);
			assertThat(server.listener().exceeded()).containsOnly(Limit.CONNECTIONS).hasSize(3);
			isServed(one);
			two.close();
			Waiting.until("there is room", () -> server.endpoint().admission().count() == 1);
			try (RawSocket third = server.connect()) {
				isServed(third);
			}
			one.close();
		}
	}

	@Test
	void whenServerIsFullThenHandshakesUnderWayCount() {
		try (TestServer server = TestServer.websocket(this.kind)
			.limits(LimitSettings.builder().maxConnections(1))
			.start(new RecordingListener().echo()); RawSocket arriving = server.connect()) {
			Waiting.until("peer is seen", () -> server.endpoint().admission().count() == 1);
			isReset(server);
			assertThat(server.listener().rejected()).containsExactly(RejectReason.CONNECTIONS);
			arriving.write(RawWebSocket.request("/"));
			assertThat(arriving.readLine()).isEqualTo("HTTP/1.1 101 Switching Protocols");
		}
	}

	@Test
	void whenAddressHasItsConnectionsThenFurtherOnesAreReset() {
		try (TestServer server = text(LimitSettings.builder().maxConnectionsPerAddress(1))) {
			try (RawSocket one = server.connect()) {
				isServed(one);
				isReset(server);
				isServed(one);
			}
			assertThat(server.listener().rejected()).containsExactly(RejectReason.CONNECTIONS_PER_ADDRESS);
			assertThat(server.listener().exceeded()).containsExactly(Limit.CONNECTIONS_PER_ADDRESS);
			assertThat(this.log.messages("io.github.workerman.connection")).singleElement()
				.asString()
				.matches("Rejected 127\\.0\\.0\\.1:\\d+ at server 'chat': connections_per_address");
			Waiting.until("address is forgotten", () -> server.endpoint().admission().addressCount() == 0);
			try (RawSocket three = server.connect()) {
				isServed(three);
			}
		}
	}

	@Test
	void whenAddressConnectsTooOftenThenIsReset() {
		try (TestServer server = text(
				LimitSettings.builder().connectRatePerAddress(1).burst(Duration.ofSeconds(3)).maxConnections(0))) {
			List<RawSocket> clients = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				clients.add(server.connect());
				isServed(clients.get(i));
			}
			isReset(server);
			assertThat(server.listener().rejected()).containsExactly(RejectReason.CONNECT_RATE);
			assertThat(server.listener().exceeded()).containsExactly(Limit.CONNECT_RATE);
			isServed(clients.get(0));
			clients.forEach(RawSocket::close);
			Waiting.until("address is forgotten", () -> server.endpoint().admission().addressCount() == 0);
			try (RawSocket next = server.connect()) {
				isServed(next);
			}
		}
	}

	@Test
	void whenManyComeAndGoThenNoAddressIsLeft() {
		try (TestServer server = TestServer.text(this.kind)
			.threads(2)
			.limits(LimitSettings.builder().maxConnectionsPerAddress(50).connectRatePerAddress(1_000_000))
			.start(new RecordingListener().echo().forgetMessages())) {
			for (int i = 0; i < 300; i++) {
				try (RawSocket client = server.connect()) {
					if (i % 3 == 0) {
						isServed(client);
					}
					else if (i % 3 == 1) {
						client.reset();
					}
				}
			}
			server.awaitEmpty();
			assertThat(server.endpoint().admission().addressCount()).isZero();
		}
	}

}
