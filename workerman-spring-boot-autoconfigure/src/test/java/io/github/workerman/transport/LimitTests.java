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

import io.github.workerman.connection.Limit;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.transport.limit.LimitSettings;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for all limits together: when they only report, and when there are none.
 */
@OnEachTransport
class LimitTests extends LimitFixture {

	@Test
	void whenOnlyReportingThenNothingIsEnforced() {
		LimitSettings.Builder limits = atOnce(1).maxConnections(1)
			.maxConnectionsPerAddress(1)
			.bytesPerSecond(DataSize.ofBytes(1))
			.firstMessageTimeout(Duration.ofMillis(1))
			.idleTimeout(SHORT)
			.reportOnly(true);
		try (TestServer server = text(limits); RawSocket one = server.connect()) {
			Waiting.until("late", () -> server.listener().exceeded().contains(Limit.FIRST_MESSAGE));
			try (RawSocket two = server.connect()) {
				for (int i = 0; i < 5; i++) {
					isServed(one);
					isServed(two);
				}
				Waiting.until("idle", () -> server.listener().exceeded().contains(Limit.IDLE));
				isServed(one);
				isServed(two);
			}
			assertThat(server.listener().exceeded()).contains(Limit.CONNECTIONS, Limit.CONNECTIONS_PER_ADDRESS,
					Limit.MESSAGES, Limit.BYTES, Limit.FIRST_MESSAGE, Limit.IDLE);
			assertThat(server.listener().rejected()).isEmpty();
		}
		// closing checks that nothing is left
	}

	@Test
	void whenNothingIsLimitedThenNothingIsBetween() {
		RecordingListener listener = new RecordingListener();
		assertThat(LimitedListener.of(LimitSettings.DEFAULT, listener)).isSameAs(listener);
		assertThat(LimitedListener.of(LimitSettings.builder().maxConnectionsPerAddress(1).build(), listener))
			.isSameAs(listener);
	}

}
