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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.github.workerman.connection.spi.ManagedConnection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionSet}.
 */
class ConnectionSetTests {

	private final ConnectionSet set = new ConnectionSet();

	private final FakeLoop loop = new FakeLoop();

	@Test
	void whenChangedAtRandomThenBehavesLikeJavaUtilSet() {
		Random random = new Random(42);
		List<FakeConnection> all = connections(500);
		Set<ManagedConnection> model = new LinkedHashSet<>();
		for (int i = 0; i < 100_000; i++) {
			FakeConnection connection = all.get(random.nextInt(all.size()));
			// Phases of growing and of shrinking.
			if (random.nextInt(10) < (((i / 10_000) % 2 == 0) ? 7 : 3)) {
				assertThat(this.set.add(connection)).isEqualTo(model.add(connection));
			}
			else {
				assertThat(this.set.remove(connection)).isEqualTo(model.remove(connection));
			}
			if (i % 1000 == 0) {
				assertThat(members()).containsExactlyInAnyOrderElementsOf(model);
				all.forEach((each) -> assertThat(this.set.contains(each)).isEqualTo(model.contains(each)));
			}
		}
		all.forEach(this.set::remove);
		assertThat(this.set.isEmpty()).isTrue();
		assertThat(members()).isEmpty();
	}

	@Test
	void whenChangedDuringWalkThenWalkSeesMembersOfItsBeginning() {
		List<FakeConnection> all = connections(10);
		all.forEach(this.set::add);
		FakeConnection late = new FakeConnection("late", "chat", this.loop);
		List<ManagedConnection> seen = new ArrayList<>();
		this.set.forEach((connection) -> {
			seen.add(connection);
			this.set.remove(connection);
			this.set.add(late);
		});
		assertThat(seen).containsExactlyElementsOf(all);
		assertThat(members()).containsExactly(late);
	}

	@Test
	void whenWalkedWithinWalkAndChangedThenEachWalkSeesMembersOfItsBeginning() {
		List<FakeConnection> all = connections(4);
		all.forEach(this.set::add);
		List<List<ManagedConnection>> inner = new ArrayList<>();
		List<ManagedConnection> outer = new ArrayList<>();
		this.set.forEach((connection) -> {
			outer.add(connection);
			List<ManagedConnection> seen = new ArrayList<>();
			this.set.forEach((other) -> {
				seen.add(other);
				this.set.remove(connection);
			});
			inner.add(seen);
		});
		assertThat(outer).containsExactlyElementsOf(all);
		assertThat(inner).extracting(List::size).containsExactly(4, 3, 2, 1);
		assertThat(this.set.isEmpty()).isTrue();
	}

	private List<ManagedConnection> members() {
		List<ManagedConnection> members = new ArrayList<>();
		this.set.forEach(members::add);
		return members;
	}

	private List<FakeConnection> connections(int count) {
		List<FakeConnection> connections = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			connections.add(new FakeConnection("c" + i, "chat", this.loop));
		}
		return connections;
	}

}
