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

package io.github.workerman.transport;

import io.github.workerman.connection.RejectReason;

/**
 * A request that is answered with an error before it reaches anybody, after which the
 * connection ends. Has no stack trace, because it tells of the peer and not of the
 * program.
 */
final class HttpRefusal extends Exception {

	private final int status;

	HttpRefusal(int status, String message) {
		super(message, null, false, false);
		this.status = status;
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

	boolean isTls() {
		return this.status == 0;
	}

	int status() {
		return this.status;
	}

	String text() {
		return String.valueOf(getMessage());
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
