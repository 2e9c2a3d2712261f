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

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.RejectReason;

/**
 * A request that is answered with an error before it reaches anybody, after which the
 * connection ends. Has no stack trace, because it tells of the peer and not of the
 * program.
 */
final class HttpRefusal extends Exception {

	static final int TOO_MANY = 429;

	private static final double NANOS = 1e9;

	private final int status;

	private final int retryAfter;

	private final boolean last;

	HttpRefusal(int status, String message) {
		this(status, message, 0, true);
	}

	private HttpRefusal(int status, String message, int retryAfter, boolean last) {
		super(message, null, false, false);
		this.status = status;
		this.retryAfter = retryAfter;
		this.last = last;
	}

	/**
	 * Returns what is said to a client that sends too much.
	 * @param wait nanoseconds until it may send again
	 * @param last whether the connection ends
	 */
	static HttpRefusal tooMany(String message, long wait, boolean last) {
		return new HttpRefusal(TOO_MANY, message, (int) Math.max(1, Math.ceil(wait / NANOS)), last);
	}

	static HttpRefusal malformed(String message) {
		return new HttpRefusal(400, message);
	}

	/**
	 * A TLS handshake on a port that speaks none. No status, because the peer understands
	 * none.
	 */
	static HttpRefusal tls() {
		return new HttpRefusal(0, "TLS on a port without TLS");
	}

	static HttpRefusal timeout() {
		return new HttpRefusal(408, "the request was not complete in time");
	}

	static HttpRefusal tooLarge(long maxBodySize) {
		return new HttpRefusal(413, "the body is larger than " + maxBodySize + " bytes");
	}

	static HttpRefusal targetTooLong(int maxTargetSize) {
		return new HttpRefusal(414, "the request target is longer than " + maxTargetSize + " bytes");
	}

	boolean isTls() {
		return this.status == 0;
	}

	int status() {
		return this.status;
	}

	/**
	 * Returns after how many seconds the client may ask again.
	 * @return the seconds, 0 if that is not known
	 */
	int retryAfter() {
		return this.retryAfter;
	}

	/**
	 * Tells whether the connection ends.
	 */
	boolean isLast() {
		return this.last;
	}

	String text() {
		return String.valueOf(getMessage());
	}

	/**
	 * Returns why the connection ends.
	 */
	CloseReason end() {
		return (this.status == TOO_MANY) ? new CloseReason(1008, text(), Cause.LIMIT)
				: new CloseReason(1002, text(), Cause.PROTOCOL);
	}

	RejectReason reason() {
		return switch (this.status) {
			case 0 -> RejectReason.TLS;
			case 408 -> RejectReason.TIMEOUT;
			case 414, 431 -> RejectReason.HEADER_TOO_LARGE;
			default -> RejectReason.MALFORMED;
		};
	}

}
