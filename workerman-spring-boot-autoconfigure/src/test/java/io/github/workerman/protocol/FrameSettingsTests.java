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

package io.github.workerman.protocol;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link FrameSettings}.
 */
class FrameSettingsTests {

	@Test
	void delimiterMayBeWrittenWithEscapes() {
		assertThat(FrameSettings.delimitedBy("\\r\\n").delimiterBytes()).containsExactly('\r', '\n');
		assertThat(FrameSettings.delimitedBy("\r\n").delimiterBytes()).containsExactly('\r', '\n');
		assertThat(FrameSettings.delimitedBy("\\0\\t\\\\n\\x7f\\xE4x").delimiterBytes()).containsExactly(0, '\t', '\\',
				'n', 0x7F, 0xE4, 'x');
		assertThat(FrameSettings.delimitedBy("€\uD83D\uDC4B;").delimiterBytes())
			.isEqualTo("€\uD83D\uDC4B;".getBytes(StandardCharsets.UTF_8));
		assertThat(FrameSettings.DEFAULT.delimiterBytes()).containsExactly('\n');
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\", "a\\", "\\x", "\\x4", "\\xg0", "\\x0g", "\\q", "\\u0041" })
	void unknownEscapesAreRefused(String delimiter) {
		assertThatIllegalArgumentException().isThrownBy(FrameSettings.delimitedBy(delimiter)::delimiterBytes)
			.withMessageContaining("escape");
	}

}
