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

import java.time.Instant;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The conditions of a request (RFC 9110 section 13), evaluated in the order of section
 * 13.2.2. A date that cannot be read is no condition.
 */
final class Preconditions {

	private static final String WEAK = "W/";

	private final Function<String, @Nullable String> headers;

	private final String tag;

	private final Instant lastModified;

	/**
	 * Creates the conditions.
	 * @param headers the request's headers
	 * @param tag the entity tag of what would be sent, a strong one in quotes
	 * @param lastModified when that was changed last
	 */
	Preconditions(Function<String, @Nullable String> headers, String tag, Instant lastModified) {
		this.headers = headers;
		this.tag = tag;
		this.lastModified = lastModified;
	}

	/**
	 * Returns what the conditions lead to.
	 * @return 412, 304, or 200 if the request is to be answered as usual
	 */
	int status() {
		String ifMatch = this.headers.apply("If-Match");
		if (ifMatch != null) {
			if (!matches(ifMatch, false)) {
				return 412;
			}
		}
		else if (isModifiedSince("If-Unmodified-Since", false)) {
			return 412;
		}
		String ifNoneMatch = this.headers.apply("If-None-Match");
		if (ifNoneMatch != null) {
			return matches(ifNoneMatch, true) ? 304 : 200;
		}
		return isModifiedSince("If-Modified-Since", true) ? 200 : 304;
	}

	/**
	 * Tells whether a part may be sent: what the client has is of the same version.
	 */
	boolean allowRange() {
		String ifRange = this.headers.apply("If-Range");
		if (ifRange == null || ifRange.trim().equals(this.tag)) {
			return true;
		}
		return this.lastModified.equals(HttpDate.parse(ifRange));
	}

	private boolean isModifiedSince(String header, boolean otherwise) {
		String value = this.headers.apply(header);
		boolean known = this.lastModified.isAfter(Instant.EPOCH);
		Instant date = (known && value != null) ? HttpDate.parse(value) : null;
		return (date != null) ? this.lastModified.isAfter(date) : otherwise;
	}

	private boolean matches(String tags, boolean weakly) {
		if (tags.trim().equals("*")) {
			return true;
		}
		for (String candidate : tags.split(",")) {
			String stripped = candidate.trim();
			if (weakly && stripped.startsWith(WEAK)) {
				stripped = stripped.substring(WEAK.length());
			}
			if (stripped.equals(this.tag)) {
				return true;
			}
		}
		return false;
	}

}
