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

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Dates of HTTP headers (RFC 9110 section 5.6.7): written in the one format of today,
 * read in the two obsolete ones too.
 */
final class HttpDate {

	private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'",
			Locale.ENGLISH);

	/** Two digits of a year stand for one that is not far in the future. */
	private static final LocalDate CENTURY = LocalDate.of(1980, 1, 1);

	private static final List<DateTimeFormatter> READABLE = List.of(FORMAT,
			new DateTimeFormatterBuilder().appendPattern("EEEE, dd-MMM-")
				.appendValueReduced(ChronoField.YEAR, 2, 2, CENTURY)
				.appendPattern(" HH:mm:ss 'GMT'")
				.toFormatter(Locale.ENGLISH),
			DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH));

	private HttpDate() {
	}

	static String format(Instant time) {
		return FORMAT.format(time.atOffset(ZoneOffset.UTC));
	}

	/**
	 * Reads a date.
	 * @return the time, or {@code null} if it is no date
	 */
	static @Nullable Instant parse(String text) {
		for (DateTimeFormatter format : READABLE) {
			Instant time = parse(text.trim(), format);
			if (time != null) {
				return time;
			}
		}
		return null;
	}

	private static @Nullable Instant parse(String text, DateTimeFormatter format) {
		try {
			return LocalDateTime.parse(text, format).toInstant(ZoneOffset.UTC);
		}
		catch (DateTimeException ex) {
			// Not in this format.
			return null;
		}
	}

}
