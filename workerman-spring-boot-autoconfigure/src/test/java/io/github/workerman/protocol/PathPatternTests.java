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

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PathPatternTests {

	@ParameterizedTest
	@CsvSource({ "/chat, /chat", "/{a}, /chat", "/{a}, /{b}", "/a/{b}, /{a}/b", "/a/**, /a", "/a/**, /a/b/c",
			"/a/{*rest}, /a/b/{c}/**", "/**, /", "/a/{x}/c, /a/b/**", "/rooms/{id}, /rooms/7" })
	void whenAPathFitsBothThenTheyOverlap(String one, String other) {
		assertThat(new PathPattern(one).overlaps(new PathPattern(other))).isTrue();
		assertThat(new PathPattern(other).overlaps(new PathPattern(one))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "/chat, /talk", "/chat, /chat/", "/{a}, /a/b", "/{a}, /", "/a/{b}, /a/", "/a/**, /b/**", "/a/b/**, /a",
			"/a/{b}/c, /a/b/d", "/a/b, /{x}/c" })
	void whenNoPathFitsBothThenTheyDoNotOverlap(String one, String other) {
		assertThat(new PathPattern(one).overlaps(new PathPattern(other))).isFalse();
		assertThat(new PathPattern(other).overlaps(new PathPattern(one))).isFalse();
	}

	@Test
	void whenPathFitsThenVariablesAreDecoded() {
		PathPattern pattern = new PathPattern("/rooms/{id}/{*rest}");
		assertThat(pattern.variables()).containsExactly("id", "rest");
		assertThat(pattern.match(PathPattern.segments("/rooms/a%2Fb+c/d/e%20f")))
			.isEqualTo(Map.of("id", "a/b+c", "rest", "d/e f"));
		assertThat(pattern.match(PathPattern.segments("/rooms/1"))).isEqualTo(Map.of("id", "1", "rest", ""));
		assertThat(pattern.match(PathPattern.segments("/rooms//d"))).isNull();
		assertThat(pattern.match(PathPattern.segments("/room/1"))).isNull();
	}

	@Test
	void whenListIsParsedThenTheMoreSpecialComeFirst() {
		assertThat(PathPattern.parse(List.of("/**", "/a/{b}", "/a/b", "/a/b", "/{a}/b"))).map(PathPattern::toString)
			.containsExactly("/a/b", "/a/{b}", "/{a}/b", "/**");
	}

	@ParameterizedTest
	@ValueSource(strings = { "chat", "", "/{a}/{a}", "/a*b", "/{}", "/**/a", "/{*a}/b", "/a{b}", "/{a}/{*a}" })
	void whenTextIsNoPatternThenItIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> new PathPattern(text));
	}

}
