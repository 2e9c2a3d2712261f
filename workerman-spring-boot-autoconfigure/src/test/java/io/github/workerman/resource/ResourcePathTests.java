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

package io.github.workerman.resource;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResourcePath}.
 */
class ResourcePathTests {

	@ParameterizedTest
	@CsvSource({ "/a.txt,a.txt", "/a/b/c.html,a|b|c.html", "/h%C3%A9llo%20w%25.txt,héllo w%.txt",
			"/.well-known/acme,.well-known|acme", "/a..b,a..b", "/a.b..c,a.b..c", "/%61,a", "/a%2Bb+c,a+b+c" })
	void whenPathNamesAFileThenNamesAreDecoded(String path, String names) {
		assertThat(ResourcePath.parse(path)).isEqualTo(new ResourcePath(List.of(names.split("\\|")), false));
	}

	@Test
	void whenPathEndsWithASlashThenIsADirectory() {
		assertThat(ResourcePath.parse("/")).isEqualTo(new ResourcePath(List.of(), true));
		assertThat(ResourcePath.parse("/a/b/")).isEqualTo(new ResourcePath(List.of("a", "b"), true));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "/..", "/../a", "/a/../b", "/a/..", "/./a", "/a/.", "//a", "/a//b", "//",
			"/%2e%2e/a", "/%2E./a", "/.%2e/a", "/a%2fb", "/a%2Fb", "/..%2fa", "/%5c..%5ca", "/a\\b", "/a%5Cb", "/C:/a",
			"/C%3A/a", "/a.txt::$DATA", "/a.txt.", "/a.txt%20", "/a.txt%00.png", "/%00", "/a%0d%0ab", "/a%7F",
			"/.git/config", "/a/.env", "/%2egit/config", "/a/.well-known/b", "/%", "/%4", "/%zz", "/%c3", "/%c0%af..",
			"/%c0%ae%c0%ae/a", "/%e0%80%af", "/%ed%a0%80", "/h\u00e9", "/a*", "/a%3Fb", "/a%7Cb", "/...",
			"/%u002e%u002e/" })
	void whenPathIsNoNameOfAVisibleFileThenThereIsNone(String path) {
		assertThat(ResourcePath.parse(path)).isNull();
	}

}
