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

package io.github.workerman.server;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.RejectReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StatisticsListener}.
 */
class StatisticsListenerTests {

	@Test
	void everythingIsPassedOn() throws Exception {
		ServerStatistics statistics = new ServerStatistics();
		Forwarding.check((next) -> new StatisticsListener(statistics, next));
		assertThat(statistics.opened()).isEqualTo(1);
		assertThat(statistics.closed(CloseReason.NORMAL.cause())).isEqualTo(1);
		assertThat(statistics.rejected(RejectReason.ORIGIN)).isEqualTo(1);
		assertThat(statistics.dropped()).isEqualTo(3);
	}

}
