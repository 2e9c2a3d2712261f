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

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link PortConflicts}.
 */
class PortConflictsTests {

	@Test
	void whenOneIsUdpThenServersMayHaveTheSameNumber() {
		assertThatNoException().isThrownBy(() -> check("udp", "text"));
		assertThatNoException().isThrownBy(() -> check("text", "udp"));
	}

	@Test
	void whenBothAreOfAKindThenServersMustDiffer() {
		assertThatExceptionOfType(ServerConfigurationException.class).isThrownBy(() -> check("udp", "udp"));
		assertThatExceptionOfType(ServerConfigurationException.class).isThrownBy(() -> check("text", "http"));
	}

	private static void check(String one, String other) {
		new PortConflicts(List.of(ServerDefinition.builder("one", one, 7272).build(),
				ServerDefinition.builder("other", other, 7272).build()))
			.check();
	}

}
