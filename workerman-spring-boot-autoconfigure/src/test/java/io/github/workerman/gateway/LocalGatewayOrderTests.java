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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LocalGateway}: what is sent before and after a change, on and off the
 * loop, and late changes.
 */
class LocalGatewayOrderTests {

	private final FakeNode node = new FakeNode();

	private final Gateway gateway = this.node.gateway;

	private final FakeLoop loop = new FakeLoop();

	private final FakeConnection connection = this.node.connect(this.loop);

	@Test
	void whenOffLoopThenMessagesAndMembershipsKeepTheirOrder() {
		joinAndLeaveBetweenMessages();
		this.loop.run();
		assertThat(this.connection.sent()).containsExactly("2", "3");
	}

	@Test
	void whenOnLoopThenMessagesAndMembershipsKeepTheirOrder() {
		this.loop.run(this::joinAndLeaveBetweenMessages);
		assertThat(this.connection.sent()).containsExactly("2", "3");
	}

	@Test
	void whenOnAnotherLoopThenMessagesAndMembershipsKeepTheirOrder() {
		new FakeLoop().run(this::joinAndLeaveBetweenMessages);
		this.loop.run();
		assertThat(this.connection.sent()).containsExactly("2", "3");
	}

	private void joinAndLeaveBetweenMessages() {
		this.gateway.toGroup("room").send("1");
		this.gateway.join(this.connection, "room");
		this.gateway.toGroup("room").send("2");
		this.gateway.join(this.connection, "room");
		this.gateway.toGroup("room").send("3");
		this.gateway.leave(this.connection, "room");
		this.gateway.toGroup("room").send("4");
	}

	@Test
	void whenMemberJoinsBetweenMessagesOnLoopThenItGetsOnlyLaterOnes() {
		FakeConnection other = this.node.connect(this.loop);
		this.gateway.join(other, "room");
		this.loop.run(() -> {
			this.gateway.toGroup("room").send("1");
			this.gateway.join(this.connection, "room");
			this.gateway.toGroup("room").send("2");
		});
		assertThat(other.sent()).containsExactly("1", "2");
		assertThat(this.connection.sent()).containsExactly("2");
	}

	@Test
	void whenConnectionOpensBetweenMessagesOnLoopThenItGetsOnlyLaterOnes() {
		FakeConnection late = new FakeConnection("late", "chat", this.loop);
		this.loop.run(() -> {
			this.gateway.toAll().send("1");
			this.node.open(late);
			this.gateway.toAll().send("2");
			this.node.close(late);
			this.gateway.toAll().send("3");
		});
		assertThat(late.sent()).containsExactly("2");
		assertThat(this.connection.sent()).containsExactly("1", "2", "3");
	}

	@Test
	void whenConnectionOpensWhileEarlierMessageWaitsThenItDoesNotGetThatOne() {
		FakeConnection late = new FakeConnection("late", "chat", this.loop);
		this.gateway.toAll().send("1");
		this.loop.runFirst(() -> this.node.open(late));
		this.gateway.toAll().send("2");
		this.loop.run();
		assertThat(late.sent()).containsExactly("2");
		assertThat(this.connection.sent()).containsExactly("1", "2");
	}

	@Test
	void whenLoopJoinsWhileEarlierMessageWaitsThenItDoesNotGetThatOne() {
		FakeConnection member = this.node.connect(this.loop);
		this.gateway.join(member, "red");
		this.gateway.join(this.connection, "blue");
		this.loop.run();
		this.gateway.toGroup("red").send("1");
		this.gateway.toGroups(List.of("red", "blue")).send("2");
		this.loop.runFirst(() -> {
			this.gateway.join(this.connection, "red");
			this.gateway.toGroup("red").send("3");
		});
		this.gateway.toGroup("red").send("4");
		this.loop.run();
		assertThat(this.connection.sent()).containsExactly("3", "2", "4");
		assertThat(member.sent()).containsExactly("3", "1", "2", "4");
	}

	@Test
	void whenLoopRepeatsJoinOfAnotherThreadThenNothingSentInBetweenIsMissed() {
		this.gateway.join(this.connection, "room");
		this.gateway.toGroup("room").send("1");
		this.loop.runFirst(() -> this.gateway.join(this.connection, "room"));
		this.loop.run();
		assertThat(this.connection.sent()).containsExactly("1");
	}

	@Test
	void whenLatecomersHaveCaughtUpThenMessagesLeaveTogetherAgain() {
		FakeConnection late = new FakeConnection("late", "chat", this.loop);
		this.gateway.toAll().send("1");
		this.loop.runFirst(() -> this.node.open(late));
		this.loop.run();
		int before = this.loop.batches;
		this.gateway.toAll().send("2");
		this.gateway.toAll().send("3");
		this.loop.run();
		assertThat(this.loop.batches).isEqualTo(before + 1);
		assertThat(late.sent()).containsExactly("2", "3");
	}

	@Test
	void whenSeveralMessagesGoToEqualRecipientsInOneTurnThenTheyLeaveTogether() {
		FakeConnection other = this.node.connect(this.loop);
		List.of(this.connection, other).forEach((each) -> {
			this.gateway.join(each, "room");
			this.gateway.bindUser(each, "tom");
		});
		this.loop.run();
		for (Recipients recipients : List.of(this.gateway.toAll(), this.gateway.toGroup("room"),
				this.gateway.toUser("tom"), this.gateway.toAll().except(this.connection),
				this.gateway.toAll().onServer("chat"))) {
			int before = this.loop.batches;
			for (int i = 0; i < 10; i++) {
				recipients.send(i);
			}
			this.loop.run();
			assertThat(this.loop.batches).isEqualTo(before + 1);
			assertThat(other.sent()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
		}
	}

	@Test
	void whenNothingChangesThenLoopIsNotSettled() {
		this.loop.run(() -> {
			this.gateway.join(this.connection, "room");
			int before = this.loop.settled;
			this.gateway.join(this.connection, "room");
			this.gateway.leave(this.connection, "other");
			this.gateway.bindUser(this.connection, "tom");
			assertThat(this.loop.settled).isEqualTo(before);
		});
		int before = this.loop.settled;
		this.gateway.join(this.connection, "room");
		assertThat(this.loop.isIdle()).isTrue();
		this.loop.run();
		assertThat(this.loop.settled).as("once at the end of the turn").isEqualTo(before + 1);
	}

	@Test
	void whenLoopLeavesBeforeLateJoinOfAnotherThreadThenItStaysOut() {
		this.gateway.join(this.connection, "room");
		this.loop.runFirst(() -> this.gateway.leave(this.connection, "room"));
		this.loop.run();
		assertMember(false);
	}

	@Test
	void whenLoopJoinsBeforeLateLeaveOfAnotherThreadThenItStaysIn() {
		this.gateway.join(this.connection, "room");
		this.loop.run();
		this.gateway.leave(this.connection, "room");
		this.loop.runFirst(() -> this.gateway.join(this.connection, "room"));
		this.loop.run();
		assertMember(true);
	}

	@Test
	void whenLoopFindsJoinOfAnotherThreadDoneThenItCanRelyOnIt() {
		this.gateway.join(this.connection, "room");
		this.loop.runFirst(() -> {
			assertThat(this.gateway.join(this.connection, "room")).isTrue();
			this.gateway.toGroup("room").send("1");
		});
		assertThat(this.connection.sent()).containsExactly("1");
	}

	@Test
	void whenTasksOfTwoThreadsComeInOppositeOrderThenTheNewerChangeHolds() {
		this.loop.beforeExecute = () -> this.gateway.leave(this.connection, "room");
		this.gateway.join(this.connection, "room");
		this.loop.run();
		assertMember(false);
		this.gateway.join(this.connection, "room");
		this.loop.run();
		this.loop.beforeExecute = () -> this.gateway.join(this.connection, "room");
		this.gateway.leave(this.connection, "room");
		this.loop.run();
		assertMember(true);
	}

	@Test
	void whenConnectionClosesBeforeLateJoinThenNothingIsLeft() {
		this.gateway.join(this.connection, "room");
		this.loop.runFirst(() -> this.node.close(this.connection));
		this.loop.run();
		assertThat(this.node.gateway.isEmpty()).isTrue();
	}

	@Test
	void whenConnectionClosesBeforeLateLeaveThenNothingIsLeft() {
		this.gateway.join(this.connection, "room");
		this.loop.run();
		this.gateway.leave(this.connection, "room");
		this.loop.runFirst(() -> this.node.close(this.connection));
		this.loop.run();
		assertThat(this.node.gateway.isEmpty()).isTrue();
	}

	@Test
	void whenRecipientChangesGroupWhileLoopSettlesThenChangeHolds() {
		FakeConnection other = this.node.connect(this.loop);
		this.connection.onMessage = () -> {
			this.gateway.leave(this.connection, "room");
			this.gateway.leave(other, "room");
		};
		this.loop.run(() -> {
			this.gateway.join(this.connection, "room");
			this.gateway.join(other, "room");
			this.gateway.toGroup("room").send("1");
			// Settles, whereupon the listener above leaves for both.
			this.gateway.leave(other, "room");
		});
		assertThat(this.connection.sent()).containsExactly("1");
		assertThat(other.sent()).containsExactly("1");
		assertMember(false);
	}

	private void assertMember(boolean expected) {
		this.connection.onMessage = null;
		this.connection.sent();
		FakeConnection witness = this.node.connect(this.loop);
		this.gateway.join(witness, "room");
		this.gateway.toGroup("room").send("news");
		this.loop.run();
		assertThat(witness.sent()).containsExactly("news");
		assertThat(this.connection.sent()).hasSize(expected ? 1 : 0);
		assertThat(this.gateway.groupsOf(this.connection)).hasSize(expected ? 1 : 0);
		this.node.disconnect(witness);
	}

}
