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
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link LocalGateway} under the hands of many threads.
 */
class LocalGatewayStressTests {

	private static final List<String> GROUPS = List.of("red", "green", "blue");

	private final FakeNode node = new FakeNode();

	private final Gateway gateway = this.node.gateway;

	private final List<FakeLoop> loops = List.of(new FakeLoop(), new FakeLoop());

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicBoolean stopped = new AtomicBoolean();

	@AfterEach
	void stop() throws Exception {
		this.stopped.set(true);
		this.threads.shutdown();
		assertThat(this.threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void whenManyThreadsChangeSameConnectionsThenLoopsAgreeWithIndex() throws Exception {
		List<FakeConnection> connections = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			connections.add(this.node.connect(this.loops.get(i % 2)));
		}
		List<Future<?>> running = startLoops(connections);
		List<Future<?>> changing = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			int seed = i;
			changing.add(this.threads.submit(() -> changeAtRandom(connections, new Random(seed), 20_000)));
		}
		for (Future<?> future : changing) {
			future.get(60, TimeUnit.SECONDS);
		}
		stopLoops(running);
		for (String group : GROUPS) {
			connections.forEach(FakeConnection::sent);
			this.gateway.toGroup(group).send("news");
			this.loops.forEach(FakeLoop::run);
			Set<String> reached = connections.stream()
				.filter((connection) -> !connection.sent().isEmpty())
				.map(FakeConnection::id)
				.collect(Collectors.toSet());
			assertThat(reached).isEqualTo(this.gateway.members(group));
		}
		connections.forEach(this.node::disconnect);
		assertThat(this.node.gateway.isEmpty()).isTrue();
	}

	@Test
	void whenConnectionsCloseWhileOthersLetThemJoinThenNothingIsLeft() throws Exception {
		List<FakeConnection> connections = new ArrayList<>();
		for (int i = 0; i < 5_000; i++) {
			connections.add(this.node.connect(this.loops.get(i % 2)));
		}
		List<Future<?>> running = startLoops(List.of());
		List<Future<?>> changing = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			changing.add(this.threads.submit(() -> connections.forEach((connection) -> {
				this.gateway.join(connection, "room");
				this.gateway.bindUser(connection, "tom");
				this.gateway.leave(connection, "room");
				this.gateway.join(connection, connection.id());
			})));
		}
		for (FakeConnection connection : connections) {
			connection.execute(() -> this.node.close(connection));
		}
		for (Future<?> future : changing) {
			future.get(60, TimeUnit.SECONDS);
		}
		stopLoops(running);
		assertThat(this.gateway.countConnections()).isZero();
		assertThat(this.node.gateway.isEmpty()).isTrue();
	}

	@Test
	void whenConnectionsOpenWhileMessagesAreSentThenTheyGetNoneThatWasSentBefore() throws Exception {
		AtomicInteger sent = new AtomicInteger();
		Map<FakeConnection, Integer> opened = new ConcurrentHashMap<>();
		this.loops.forEach(this.node::connect);
		List<Future<?>> running = new ArrayList<>();
		for (FakeLoop loop : this.loops) {
			running.add(this.threads.submit(() -> {
				while (!this.stopped.get()) {
					loop.runFirst(() -> {
						FakeConnection connection = new FakeConnection("c" + opened.size() + loop, "chat", loop);
						int before = sent.get();
						this.node.open(connection);
						this.gateway.join(connection, "room");
						opened.put(connection, before);
					});
					loop.run();
				}
			}));
		}
		await().until(() -> !opened.isEmpty());
		for (int i = 1; i <= 2000; i++) {
			((i % 2 == 0) ? this.gateway.toAll() : this.gateway.toGroup("room")).send(i);
			sent.set(i);
		}
		stopLoops(running);
		// Messages to all and to the group count apart: one may be sent between opening
		// and
		// joining.
		assertThat(opened).isNotEmpty().allSatisfy((connection, before) -> {
			List<Integer> got = connection.sent().stream().map(Integer.class::cast).toList();
			assertThat(got).isSorted().allSatisfy((message) -> assertThat(message).isGreaterThan(before));
			assertThat(got.stream().filter(LocalGatewayStressTests::isToAll)).isEqualTo(allFromFirst(got, 0));
			assertThat(got.stream().filter((message) -> !isToAll(message))).isEqualTo(allFromFirst(got, 1));
		});
	}

	private static boolean isToAll(int message) {
		return message % 2 == 0;
	}

	/**
	 * What there is to get from the first message of a kind to the last, none left out.
	 */
	private static List<Integer> allFromFirst(List<Integer> got, int remainder) {
		int first = got.stream().filter((message) -> message % 2 == remainder).findFirst().orElse(2001);
		return IntStream.rangeClosed(first, 2000).filter((message) -> message % 2 == remainder).boxed().toList();
	}

	private void changeAtRandom(List<FakeConnection> connections, Random random, int times) {
		for (int i = 0; i < times; i++) {
			FakeConnection connection = connections.get(random.nextInt(connections.size()));
			String group = GROUPS.get(random.nextInt(GROUPS.size()));
			switch (random.nextInt(8)) {
				case 0, 1, 2 -> this.gateway.join(connection, group);
				case 3, 4 -> this.gateway.leave(connection, group);
				case 5 -> this.gateway.bindUser(connection, group);
				case 6 -> this.gateway.unbindUser(connection);
				default -> this.gateway.toGroup(group).exceptUser("red").send(i);
			}
			if (i % 1000 == 0) {
				this.gateway.dissolve(group);
				this.gateway.leaveAll(connection);
			}
		}
	}

	/**
	 * Lets each loop run on a thread of its own, which makes changes too.
	 */
	private List<Future<?>> startLoops(List<FakeConnection> connections) {
		List<Future<?>> running = new ArrayList<>();
		for (FakeLoop loop : this.loops) {
			Random random = new Random(loop.hashCode());
			running.add(this.threads.submit(() -> {
				while (!this.stopped.get()) {
					loop.run();
					if (!connections.isEmpty()) {
						loop.runFirst(() -> changeAtRandom(connections, random, 10));
					}
				}
			}));
		}
		return running;
	}

	private void stopLoops(List<Future<?>> running) throws Exception {
		this.stopped.set(true);
		for (Future<?> future : running) {
			future.get(30, TimeUnit.SECONDS);
		}
		this.loops.forEach(FakeLoop::run);
	}

}
