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

package io.github.workerman.handler;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.convert.ConversionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PathConversion}.
 */
class PathConversionTests {

	@Test
	void shouldConvertToSimpleTypes() {
		assertThat(PathConversion.convert("7", int.class)).isEqualTo(7);
		assertThat(PathConversion.convert("MONDAY", DayOfWeek.class)).isEqualTo(DayOfWeek.MONDAY);
		assertThat(PathConversion.convert("00000000-0000-0001-0000-000000000002", UUID.class))
			.isEqualTo(new UUID(1, 2));
	}

	@Test
	void shouldReadDatesAsIsoHasThemInEachLanguage() {
		LocaleContextHolder.setLocale(Locale.GERMANY);
		try {
			assertThat(PathConversion.convert("2026-02-28", LocalDate.class)).isEqualTo(LocalDate.of(2026, 2, 28));
			assertThat(PathConversion.convert("2026-02-28T01:02:03Z", Instant.class))
				.isEqualTo(Instant.parse("2026-02-28T01:02:03Z"));
			assertThat(PathConversion.convert("PT5S", Duration.class)).isEqualTo(Duration.ofSeconds(5));
			assertThatExceptionOfType(ConversionException.class)
				.isThrownBy(() -> PathConversion.convert("28.02.2026", LocalDate.class));
		}
		finally {
			LocaleContextHolder.resetLocaleContext();
		}
	}

	@Test
	void shouldNotPromiseOtherTypes() {
		assertThat(PathConversion.isPossible(LocalDate.class)).isTrue();
		assertThat(PathConversion.isPossible(Runnable.class)).isFalse();
	}

}
