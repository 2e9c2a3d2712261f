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

import java.io.UncheckedIOException;
import java.net.SocketException;
import java.time.Duration;

import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.transport.limit.LimitSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers with limits, and what their peers see of them.
 */
abstract class LimitFixture extends TransportFixture {

	static final Duration SHORT = Duration.ofMillis(200);

	TestServer text(LimitSettings.Builder limits) {
		return TestServer.text(this.kind).limits(limits).start(echo());
	}

	TestServer websocket(LimitSettings.Builder limits) {
		return TestServer.websocket(this.kind).limits(limits).start(echo());
	}

	static RecordingListener echo() {
		return new RecordingListener().echo();
	}

	/**
	 * Allows some messages at once, and one more in a second.
	 */
	static LimitSettings.Builder atOnce(int messages) {
		return LimitSettings.builder().messagesPerSecond(1).burst(Duration.ofSeconds(messages));
	}

	static void isReset(TestServer server) {
		try (RawSocket client = server.connect()) {
			client.expectReset();
		}
		catch (UncheckedIOException ex) {
			// So early that the socket cannot even be set up.
			assertThat(ex).rootCause().isInstanceOf(SocketException.class).hasMessageContaining("reset");
		}
	}

	static void isServed(RawSocket client) {
		client.write("hello\n");
		assertThat(client.readLine()).isEqualTo("hello");
	}

}
