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

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody who takes part in the chat, by the JDK's websocket client.
 */
final class ChatClient implements AutoCloseable {

	private static final JsonMapper MAPPER = new JsonMapper();

	private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();

	private final WebSocket socket;

	private long uid;

	ChatClient(int port) {
		this.socket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.buildAsync(URI.create("ws://localhost:" + port + "/"), new Listener())
			.join();
	}

	/**
	 * Comes and logs in.
	 */
	static ChatClient login(int port, String name) {
		ChatClient client = new ChatClient(port);
		client.send("{\"type\":\"login\",\"name\":\"" + name + "\"}");
		JsonNode users = client.next("user_list").get("user_list");
		client.uid = users.get(users.size() - 1).get("uid").asLong();
		assertThat(client.next("login").get("uid").asLong()).isEqualTo(client.uid);
		return client;
	}

	long uid() {
		return this.uid;
	}

	void send(String text) {
		this.socket.sendText(text, true).join();
	}

	/**
	 * Returns the next message, which must be of that type.
	 */
	JsonNode next(String type) {
		try {
			JsonNode message = this.messages.poll(10, TimeUnit.SECONDS);
			assertThat(message).as("message of type " + type).isNotNull();
			assertThat(message.get("type").asString()).as(message.toString()).isEqualTo(type);
			return message;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Says goodbye.
	 */
	@Override
	public void close() {
		this.socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
	}

	/**
	 * Vanishes without a goodbye.
	 */
	void abort() {
		this.socket.abort();
	}

	private final class Listener implements WebSocket.Listener {

		private final StringBuilder text = new StringBuilder();

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.text.append(data);
			if (last) {
				ChatClient.this.messages.add(MAPPER.readTree(this.text.toString()));
				this.text.setLength(0);
			}
			socket.request(1);
			return null;
		}

	}

}
