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

package io.github.workerman.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.server.Forwarding;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GatewayListener}.
 */
class GatewayListenerTests {

	private final FakeLoop loop = new FakeLoop();

	private final List<Object> seen = new ArrayList<>();

	private final FakeNode node = new FakeNode((message) -> message, new Delegate());

	private final Gateway gateway = this.node.gateway;

	@Test
	void everythingIsPassedOn() throws Exception {
		Forwarding.check((next) -> new GatewayListener(this.node.gateway, next));
	}

	@Test
	void whenConnectedThenReachableBeforeDelegateKnows() {
		FakeConnection connection = this.node.connect(this.loop);
		assertThat(connection.sent()).containsExactly("welcome", "hello");
	}

	@Test
	void whenClosedThenNothingIsLeftBeforeDelegateKnows() {
		FakeConnection connection = this.node.connect(this.loop);
		this.gateway.bindUser(connection, "tom");
		this.node.disconnect(connection);
		assertThat(this.seen).containsExactly(false, Set.of(), Set.of(), Optional.empty(), false, false,
				CloseReason.NO_STATUS);
		assertThat(this.node.gateway.isEmpty()).isTrue();
	}

	private final class Delegate implements ConnectionListener {

		@Override
		public void connected(ManagedConnection connection) {
			Gateway gateway = GatewayListenerTests.this.gateway;
			gateway.toAll().send("welcome");
			gateway.join(connection, "room");
			gateway.toGroup("room").send("hello");
		}

		@Override
		public void closed(ManagedConnection connection, CloseReason reason) {
			Gateway gateway = GatewayListenerTests.this.gateway;
			GatewayListenerTests.this.seen.addAll(List.of(gateway.isOnline("tom"), gateway.members("room"),
					gateway.groupsOf(connection), gateway.userOf(connection), gateway.join(connection, "room"),
					gateway.bindUser(connection, "tom"), reason));
		}

	}

}
