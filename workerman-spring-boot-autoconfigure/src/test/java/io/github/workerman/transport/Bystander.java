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

import io.github.workerman.testsupport.RawWebSocket;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A well-behaved websocket connection to an echo server, which must not notice what
 * others do.
 */
public final class Bystander implements AutoCloseable {

	private final RawWebSocket client;

	private int round;

	public Bystander(TestServer server) {
		this.client = server.openWebSocket();
		isServed();
	}

	/**
	 * Checks that the connection works.
	 */
	public void isServed() {
		for (int i = 0; i < 3; i++) {
			String text = "round " + this.round++;
			this.client.sendText(text);
			assertThat(this.client.readText()).isEqualTo(text);
		}
	}

	@Override
	public void close() {
		isServed();
		this.client.sendClose(1000, "");
		assertThat(this.client.readClose().code()).isEqualTo(1000);
		assertThat(this.client.readAll()).isEmpty();
		this.client.close();
	}

}
