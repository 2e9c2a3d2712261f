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

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.MessageConversionException;
import io.github.workerman.connection.spi.ConnectionListener;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LocalGateway}: who is reached and what queries say.
 */
class LocalGatewayTests {

	private final FakeNode node = new FakeNode();

	private final Gateway gateway = this.node.gateway;

	private final FakeLoop first = new FakeLoop();

	private final FakeLoop second = new FakeLoop();

	@Test
	void whenSentToAllThenEveryServerAndLoopIsReached() {
		FakeConnection a = this.node.connect("chat", this.first);
		FakeConnection b = this.node.connect("chat", this.second);
		FakeConnection c = this.node.connect("text", this.second);
		this.gateway.toAll().send("hi");
		runLoops();
		assertThat(List.of(a, b, c)).allSatisfy((each) -> assertThat(each.sent()).containsExactly("hi"));
	}

	@Test
	void whenNarrowedThenOnlyTheRestIsReached() {
		FakeConnection a = this.node.connect("chat", this.first);
		FakeConnection b = this.node.connect("chat", this.second);
		FakeConnection c = this.node.connect("text", this.first);
		List.of(a, b, c).forEach((each) -> this.gateway.join(each, "room"));
		this.gateway.bindUser(b, "bob");
		for (Recipients recipients : List.of(this.gateway.toAll(), this.gateway.toGroup("room"),
				this.gateway.toConnections(List.of(a.id(), b.id(), c.id())))) {
			recipients.except(a).send("1");
			recipients.except("c2", "unknown").send("2");
			recipients.exceptUser("bob").send("3");
			recipients.onServer("chat").send("4");
			recipients.onServer("chat").except(a).send("5");
			recipients.onServer("chat").onServer("text").send("6");
			recipients.except(a).except(b).exceptUser("nobody").send("7");
			runLoops();
			assertThat(a.sent()).containsExactly("2", "3", "4");
			assertThat(b.sent()).containsExactly("1", "4", "5");
			assertThat(c.sent()).containsExactly("1", "2", "3", "7");
		}
	}

	@Test
	void whenRecipientsAreKeptThenEachSendFindsThemAnew() {
		Recipients room = this.gateway.toGroup("room").exceptUser("bob");
		FakeConnection a = this.node.connect(this.first);
		room.send("1");
		this.gateway.join(a, "room");
		room.send("2");
		this.gateway.bindUser(a, "bob");
		room.send("3");
		runLoops();
		assertThat(a.sent()).containsExactly("2");
	}

	@Test
	void whenUserHasSeveralConnectionsThenAllAreReached() {
		FakeConnection phone = this.node.connect(this.first);
		FakeConnection tab = this.node.connect(this.first);
		FakeConnection laptop = this.node.connect(this.second);
		FakeConnection other = this.node.connect(this.first);
		List.of(phone, tab, laptop).forEach((each) -> this.gateway.bindUser(each, "tom"));
		this.gateway.bindUser(other, "ann");
		this.gateway.toUser("tom").send("hi");
		this.gateway.toUsers(List.of("tom", "ann", "nobody")).except(tab).send("all");
		runLoops();
		assertThat(phone.sent()).containsExactly("hi", "all");
		assertThat(tab.sent()).containsExactly("hi");
		assertThat(laptop.sent()).containsExactly("hi", "all");
		assertThat(other.sent()).containsExactly("all");
		assertThat(this.gateway.connectionsOf("tom")).containsExactlyInAnyOrder("c1", "c2", "c3");
		this.node.disconnect(phone);
		this.node.disconnect(tab);
		assertThat(this.gateway.isOnline("tom")).isTrue();
		this.node.disconnect(laptop);
		assertThat(this.gateway.isOnline("tom")).isFalse();
		assertThat(this.gateway.users()).containsExactly("ann");
	}

	@Test
	void whenBoundToAnotherUserThenNoLongerOneOfTheFirst() {
		FakeConnection connection = this.node.connect(this.first);
		this.gateway.bindUser(connection, "tom");
		assertThat(this.gateway.bindUser(connection.id(), "ann")).isTrue();
		assertThat(this.gateway.userOf(connection)).contains("ann");
		assertThat(this.gateway.users()).containsExactly("ann");
		assertThat(this.gateway.unbindUser(connection)).isTrue();
		assertThat(this.gateway.userOf(connection.id())).isEmpty();
		assertThat(this.gateway.countUsers()).isZero();
		assertThat(this.gateway.isOnline("ann")).isFalse();
	}

	@Test
	void whenSentToSeveralGroupsThenEachConnectionGetsItOnce() {
		FakeConnection both = this.node.connect(this.first);
		FakeConnection one = this.node.connect(this.first);
		this.node.connect(this.second);
		this.gateway.join(both, "red");
		this.gateway.join(both, "blue");
		this.gateway.join(one, "blue");
		this.gateway.toGroups(List.of("red", "blue", "none")).send("hi");
		runLoops();
		assertThat(both.sent()).containsExactly("hi");
		assertThat(one.sent()).containsExactly("hi");
	}

	@Test
	void whenMessageIsForGroupThenOtherLoopsAreNotWoken() {
		FakeConnection member = this.node.connect(this.first);
		this.node.connect(this.second);
		this.gateway.join(member, "room");
		this.gateway.toGroup("room").send("hi");
		assertThat(this.first.isIdle()).isFalse();
		assertThat(this.second.isIdle()).isTrue();
	}

	@Test
	void whenLeftThenOnlyThatMembershipEnds() {
		FakeConnection connection = this.node.connect(this.first);
		this.gateway.join(connection, "red");
		this.gateway.join(connection.id(), "blue");
		this.gateway.join(connection, "blue");
		assertThat(this.gateway.groupsOf(connection)).containsExactlyInAnyOrder("red", "blue");
		assertThat(this.gateway.leave(connection, "red")).isTrue();
		assertThat(this.gateway.leave(connection.id(), "green")).isTrue();
		assertThat(this.gateway.groupsOf(connection.id())).containsExactly("blue");
		assertThat(this.gateway.groups()).containsExactly("blue");
		this.gateway.join(connection, "green");
		assertThat(this.gateway.leaveAll(connection)).isTrue();
		assertThat(this.gateway.countGroups()).isZero();
		this.gateway.toGroups(List.of("red", "blue", "green")).send("hi");
		runLoops();
		assertThat(connection.sent()).isEmpty();
	}

	@Test
	void whenDissolvedThenNobodyIsLeft() {
		FakeConnection a = this.node.connect(this.first);
		FakeConnection b = this.node.connect(this.second);
		List.of(a, b).forEach((each) -> this.gateway.join(each, "room"));
		this.gateway.join(a, "other");
		this.gateway.dissolve("room");
		this.gateway.dissolve("none");
		assertThat(this.gateway.members("room")).isEmpty();
		assertThat(this.gateway.groups()).containsExactly("other");
		runLoops();
		this.first.run(() -> this.gateway.toAll().send("on"));
		this.gateway.toGroup("room").send("hi");
		runLoops();
		assertThat(a.sent()).containsExactly("on");
	}

	@Test
	void whenConnectionIsUnknownOrClosedThenNothingHappens() {
		FakeConnection connection = this.node.connect(this.first);
		this.node.disconnect(connection);
		FakeConnection closing = this.node.connect(this.first);
		closing.beginClose();
		for (String id : List.of(connection.id(), closing.id(), "unknown")) {
			assertThat(this.gateway.join(id, "room")).isFalse();
			assertThat(this.gateway.leave(id, "room")).isFalse();
			assertThat(this.gateway.leaveAll(id)).isFalse();
			assertThat(this.gateway.bindUser(id, "tom")).isFalse();
			assertThat(this.gateway.unbindUser(id)).isFalse();
			assertThat(this.gateway.groupsOf(id)).isEmpty();
			assertThat(this.gateway.userOf(id)).isEmpty();
			this.gateway.toConnection(id).send("hi");
		}
		runLoops();
		assertThat(connection.sent()).isEmpty();
		assertThat(this.gateway.countGroups()).isZero();
		assertThat(this.gateway.countUsers()).isZero();
	}

	@Test
	void whenCountedThenByServerGroupAndUser() {
		FakeConnection a = this.node.connect("chat", this.first);
		FakeConnection b = this.node.connect("text", this.second);
		this.node.connect("text", this.second);
		this.gateway.join(a, "room");
		this.gateway.join(b, "room");
		this.gateway.bindUser(a, "tom");
		this.gateway.bindUser(b, "tom");
		assertThat(this.gateway.countConnections()).isEqualTo(3);
		assertThat(this.gateway.countConnections("text")).isEqualTo(2);
		assertThat(this.gateway.countConnections("none")).isZero();
		assertThat(this.gateway.countGroup("room")).isEqualTo(2);
		assertThat(this.gateway.countGroup("none")).isZero();
		assertThat(this.gateway.countGroups()).isEqualTo(1);
		assertThat(this.gateway.countUsers()).isEqualTo(1);
		assertThat(this.gateway.usersIn("room")).containsExactly("tom");
		assertThat(this.gateway.usersIn("none")).isEmpty();
	}

	@Test
	void whenQueriedThenAnswerIsSnapshot() {
		FakeConnection a = this.node.connect(this.first);
		this.gateway.join(a, "room");
		this.gateway.bindUser(a, "tom");
		List<Set<String>> answers = List.of(this.gateway.members("room"), this.gateway.groups(), this.gateway.users(),
				this.gateway.groupsOf(a), this.gateway.connectionsOf("tom"), this.gateway.usersIn("room"));
		this.node.disconnect(a);
		assertThat(answers).allSatisfy((answer) -> {
			assertThat(answer).hasSize(1);
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(answer::clear);
		});
	}

	@Test
	void whenObjectIsSentThenConvertedOnceOnCallersThread() {
		AtomicInteger conversions = new AtomicInteger();
		FakeNode node = new FakeNode((message) -> "json " + conversions.incrementAndGet(), new ConnectionListener() {
		});
		FakeConnection a = node.connect(this.first);
		FakeConnection b = node.connect(this.second);
		node.gateway.toAll().send(new Object());
		assertThat(conversions).hasValue(1);
		runLoops();
		assertThat(a.sent()).containsExactly("json 1");
		assertThat(b.sent()).containsExactly("json 1");
	}

	@Test
	void whenObjectCannotBeConvertedThenCallerLearnsAndNothingIsSent() {
		FakeNode node = new FakeNode((message) -> {
			throw new MessageConversionException("no", new IllegalStateException());
		}, new ConnectionListener() {
		});
		FakeConnection a = node.connect(this.first);
		assertThatExceptionOfType(MessageConversionException.class).isThrownBy(() -> node.gateway.toAll().send(a));
		runLoops();
		assertThat(a.sent()).isEmpty();
	}

	@Test
	void whenClosedThenEachRecipientGetsTheReasonAfterWhatWasSent() {
		FakeConnection a = this.node.connect(this.first);
		FakeConnection b = this.node.connect(this.second);
		FakeConnection c = this.node.connect(this.second);
		CloseReason reason = CloseReason.of(4000, "bye");
		this.gateway.toAll().send("last");
		this.gateway.toAll().except(c).close(reason);
		runLoops();
		assertThat(List.of(a, b)).allSatisfy((each) -> {
			assertThat(each.sent()).containsExactly("last");
			assertThat(each.closeReason).isEqualTo(reason);
		});
		assertThat(c.isOpen()).isTrue();
		this.gateway.toConnection(c.id()).close(reason);
		assertThat(c.isOpen()).isFalse();
	}

	@Test
	void whenLoopHasShutDownThenSendingStillReachesOthers() {
		FakeConnection gone = this.node.connect(this.first);
		FakeConnection there = this.node.connect(this.second);
		this.first.shutDown();
		this.gateway.join(gone, "room");
		this.gateway.toAll().send("hi");
		this.second.run();
		assertThat(there.sent()).containsExactly("hi");
	}

	@Test
	void whenGroupHasManyMembersThenAllAreReachedAndForgotten() {
		int count = 100_000;
		for (int i = 0; i < count; i++) {
			FakeConnection connection = this.node.connect((i % 2 == 0) ? this.first : this.second);
			this.gateway.join(connection, "room");
		}
		runLoops();
		assertThat(this.gateway.countGroup("room")).isEqualTo(count);
		assertThat(this.gateway.members("room")).hasSize(count);
		this.gateway.toGroup("room").send("hi");
		runLoops();
		this.node.all().forEach((each) -> {
			assertThat(((FakeConnection) each).sent()).containsExactly("hi");
			this.node.disconnect((FakeConnection) each);
		});
		assertThat(this.gateway.countGroup("room")).isZero();
		assertThat(this.node.gateway.isEmpty()).isTrue();
	}

	private void runLoops() {
		this.first.run();
		this.second.run();
	}

}
