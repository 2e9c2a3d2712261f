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

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The part of a content that a request asks for (RFC 9110 section 14). Several parts at
 * once are answered with the whole, as the RFC allows: they serve attacks more than
 * downloads.
 *
 * @param offset where it begins, in bytes
 * @param length how long it is; 0 if there is no such part
 */
record ByteRange(long offset, long length) {

	private static final Pattern SINGLE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*",
			Pattern.CASE_INSENSITIVE);

	private static final ByteRange NOT_SATISFIABLE = new ByteRange(0, 0);

	/**
	 * Reads the header.
	 * @param header the value of {@code Range}
	 * @param size the size of the whole
	 * @return the part, or {@code null} if the whole is to be sent
	 */
	static @Nullable ByteRange parse(String header, long size) {
		Matcher matcher = SINGLE.matcher(header);
		if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
			return null;
		}
		if (matcher.group(1).isEmpty()) {
			long length = Math.min(Long.parseLong(matcher.group(2)), size);
			return (length > 0) ? new ByteRange(size - length, length) : NOT_SATISFIABLE;
		}
		long first = Long.parseLong(matcher.group(1));
		long last = matcher.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(matcher.group(2));
		if (last < first) {
			return null;
		}
		return (first < size) ? new ByteRange(first, Math.min(last, size - 1) - first + 1) : NOT_SATISFIABLE;
	}

	boolean isSatisfiable() {
		return this.length > 0;
	}

}
