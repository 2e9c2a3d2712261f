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

package io.github.workerman.http;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HttpCookie}.
 */
class HttpCookieTests {

	@ParameterizedTest
	@CsvSource({ "PT0S, 0", "PT0.001S, 1", "PT1S, 1", "PT1.5S, 2", "PT1H, 3600" })
	void whenCookieIsKeptForATimeThenBrowserHasItForNoLess(Duration maxAge, long seconds) {
		assertThat(HttpCookie.of("a", "b").withMaxAge(maxAge).toString()).contains("; Max-Age=" + seconds + ";");
	}

}
