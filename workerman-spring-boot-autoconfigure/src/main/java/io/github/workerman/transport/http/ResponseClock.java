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

package io.github.workerman.transport.http;

import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.concurrent.TimeUnit;

import io.netty.handler.codec.DateFormatter;

/**
 * Tells when a response is made, for its field {@code Date} (RFC 9110 section 6.6.1):
 * written once a second, and not once a response. On any thread.
 */
final class ResponseClock {

	private volatile Moment latest = Moment.of(0);

	Moment now() {
		long second = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
		Moment known = this.latest;
		if (known.second != second) {
			known = Moment.of(second);
			this.latest = known;
		}
		return known;
	}

	/**
	 * A second.
	 *
	 * @param second its number
	 * @param text the time
	 * @param line the field
	 */
	record Moment(long second, String text, byte[] line) {

		private static Moment of(long second) {
			String text = DateFormatter.format(new Date(TimeUnit.SECONDS.toMillis(second)));
			return new Moment(second, text, ("date: " + text + "\r\n").getBytes(StandardCharsets.US_ASCII));
		}

	}

}
