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

package io.github.workerman.sample.chat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.workerman.connection.Connection;
import io.github.workerman.connection.ConnectionRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ChatHandler}, as its users see it.
 */
@ChatTest
class ChatHandlerTests {

	private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d";

	@Value("${local.workerman.chat.port}")
	private int port;

	@Autowired
	private ConnectionRegistry connections;

	private final List<ChatClient> clients = new ArrayList<>();

	@AfterEach
	void allLeave() {
		Collection<Connection> open = this.connections.all();
		this.clients.forEach(ChatClient::abort);
		waitUntilGone(open);
	}

	@Test
	void whenSomebodyLogsInThenEverybodyLearnsAndNewcomerLearnsWhoIsThere() {
		ChatClient ann = login("ann");
		ChatClient bob = connect();
		bob.send("{\"type\":\"login\",\"name\":\"bob\"}");
		JsonNode users = bob.next("user_list").get("user_list");
		assertThat(users).extracting((user) -> user.get("name").asString()).containsExactly("ann", "bob");
		assertThat(users.get(0).get("uid").asLong()).isEqualTo(ann.uid());
		JsonNode seen = ann.next("login");
		assertThat(seen).isEqualTo(bob.next("login"));
		assertThat(seen.propertyNames()).containsExactly("type", "uid", "name", "time");
		assertThat(seen.get("uid")).isEqualTo(users.get(1).get("uid"));
		assertThat(seen.get("time").asString()).matches(TIME);
	}

	@Test
	void whenSomebodySpeaksToAllThenSpeakerHearsItToo() {
		ChatClient ann = login("ann");
		ChatClient bob = login("bob");
		ann.next("login");
		ann.send("{\"type\":\"say\",\"to_uid\":\"all\",\"content\":\"a/b <b>\\u00fc\"}");
		JsonNode said = ann.next("say");
		assertThat(said.propertyNames()).containsExactly("type", "from_uid", "to_uid", "content", "time");
		assertThat(said.get("from_uid").asLong()).isEqualTo(ann.uid());
		assertThat(said.get("to_uid").asString()).isEqualTo("all");
		assertThat(said.get("content").asString()).isEqualTo("a/b <b>ü");
		assertThat(said.get("time").asString()).matches(TIME);
		assertThat(bob.next("say")).isEqualTo(said);
	}

	@Test
	void whenSomebodySpeaksToOneThenOnlyThatOneHearsIt() {
		ChatClient ann = login("ann");
		ChatClient tom = login("tom");
		ann.next("login");
		ann.send("{\"type\":\"say\",\"to_uid\":" + tom.uid() + ",\"content\":\"as number\"}");
		ann.send("{\"type\":\"say\",\"to_uid\":\"" + tom.uid() + "\",\"content\":\"as text\"}");
		ann.send("{\"type\":\"say\",\"to_uid\":\"1\",\"content\":\"to nobody\"}");
		ann.send("{\"type\":\"say\",\"to_uid\":\"all\",\"content\":\"to all\"}");
		JsonNode first = tom.next("say");
		assertThat(first.get("content").asString()).isEqualTo("as number");
		assertThat(first.get("to_uid").isNumber()).isTrue();
		assertThat(first.get("from_uid").asLong()).isEqualTo(ann.uid());
		JsonNode second = tom.next("say");
		assertThat(second.get("content").asString()).isEqualTo("as text");
		assertThat(second.get("to_uid").isString()).isTrue();
		assertThat(tom.next("say").get("content").asString()).isEqualTo("to all");
		assertThat(ann.next("say").get("content").asString()).isEqualTo("to all");
	}

	@Test
	void whenSomebodyLeavesThenTheOthersLearn() {
		ChatClient ann = login("ann");
		ChatClient bob = login("bob");
		ann.next("login");
		bob.close();
		JsonNode left = ann.next("logout");
		assertThat(left.propertyNames()).containsExactly("type", "uid", "time");
		assertThat(left.get("uid").asLong()).isEqualTo(bob.uid());
		ChatClient tom = login("tom");
		ann.next("login");
		tom.abort();
		assertThat(ann.next("logout").get("uid").asLong()).isEqualTo(tom.uid());
	}

	@Test
	void whenSomebodyWhoNeverLoggedInLeavesThenNobodyLearns() {
		ChatClient silent = connect();
		Collection<Connection> open = this.connections.all();
		assertThat(open).hasSize(1);
		ChatClient ann = login("ann");
		silent.close();
		waitUntilGone(open);
		login("bob");
		ann.next("login");
	}

	@Test
	void whenSomebodyLogsInAgainThenTheNameStays() {
		ChatClient ann = login("ann");
		ann.send("{\"type\":\"login\",\"name\":\"eve\"}");
		assertThat(ann.next("user_list").toString()).contains("\"ann\"").doesNotContain("\"eve\"");
		ann.next("login");
	}

	@Test
	void whenMessageIsNotValidThenSenderLearnsWhyAndStays() {
		ChatClient ann = login("ann");
		ann.send("{\"type\":\"login\",\"name\":\" \"}");
		assertThat(ann.next("error").get("fields").propertyNames()).containsExactly("name");
		ann.send("{\"type\":\"say\",\"content\":\"" + "x".repeat(2001) + "\"}");
		assertThat(ann.next("error").get("fields").size()).isEqualTo(2);
		ann.send("{\"type\":\"dance\"}");
		assertThat(ann.next("error").get("code").asString()).isEqualTo("unknown_type");
		ann.send("hello");
		assertThat(ann.next("error").get("code").asString()).isEqualTo("invalid_json");
		ann.send("{\"type\":\"say\",\"to_uid\":\"all\",\"content\":\"still here\"}");
		ann.next("say");
	}

	private ChatClient connect() {
		ChatClient client = new ChatClient(this.port);
		this.clients.add(client);
		return client;
	}

	private ChatClient login(String name) {
		ChatClient client = ChatClient.login(this.port, name);
		this.clients.add(client);
		return client;
	}

	/**
	 * Waits until connections have closed and their close handlers have run.
	 */
	private void waitUntilGone(Collection<Connection> gone) {
		for (Connection connection : gone) {
			await().until(() -> this.connections.find(connection.id()).isEmpty());
			// Behind what the event loop does at present.
			CompletableFuture.runAsync(() -> {
			}, connection).orTimeout(20, TimeUnit.SECONDS).join();
		}
	}

}
