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

package io.github.workerman.connection;

/**
 * Why a connection closed: the code and text that went over the wire, in terms of RFC
 * 6455 section 7.4 for every protocol, and who or what caused it.
 *
 * @param code the close code; {@code 1005} where the peer gave none and {@code 1006}
 * where the connection broke without a goodbye
 * @param text the text for people, possibly empty; at most 123 bytes go over the wire
 * @param cause who or what closed
 */
public record CloseReason(int code, String text, Cause cause) {

	/** The purpose of the connection is fulfilled: 1000. */
	public static final CloseReason NORMAL = of(1000, "");

	/** The server goes down: 1001. */
	public static final CloseReason GOING_AWAY = new CloseReason(1001, "server is shutting down", Cause.SHUTDOWN);

	/** The peer violates the application's rules: 1008. */
	public static final CloseReason POLICY_VIOLATION = of(1008, "policy violation");

	/** The server failed while it handled a message: 1011. */
	public static final CloseReason INTERNAL_ERROR = new CloseReason(1011, "internal error", Cause.ERROR);

	/** The peer said goodbye without a code: 1005. */
	public static final CloseReason NO_STATUS = new CloseReason(1005, "", Cause.CLIENT);

	/** The connection broke without a goodbye: 1006. */
	public static final CloseReason LOST = new CloseReason(1006, "connection lost", Cause.LOST);

	/**
	 * Returns a reason of the application's own.
	 * @param code the close code, for applications 3000 to 4999 or one of RFC 6455
	 * @param text the text for people
	 * @return the reason
	 * @throws IllegalArgumentException if the code may not be sent in a close frame
	 */
	public static CloseReason of(int code, String text) {
		if (!isSendable(code)) {
			throw new IllegalArgumentException("Close code " + code
					+ " may not be sent. Use 1000, 1001, 1002, 1003, 1007 to 1014, or 3000 to 4999 (RFC 6455 section 7.4)");
		}
		return new CloseReason(code, text, Cause.SERVER);
	}

	/**
	 * Tells whether a code may appear in a close frame (RFC 6455 section 7.4 and the IANA
	 * registry).
	 * @param code the close code
	 * @return whether it may be sent and received
	 */
	public static boolean isSendable(int code) {
		return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
	}

	/**
	 * Who or what closed a connection. The names, in lower case, are the values of the
	 * {@code reason} tag of the metric {@code workerman.connections.closed}.
	 */
	public enum Cause {

		/** The peer said goodbye, or ended its side of the stream. */
		CLIENT,

		/** The application closed. */
		SERVER,

		/** The connection was reset, or ended where its protocol asks for a goodbye. */
		LOST,

		/** The peer violated its protocol. */
		PROTOCOL,

		/** The peer did not answer in time, or did not take what it had asked for. */
		TIMEOUT,

		/** The peer sent more, or for a longer time nothing, than the server allows. */
		LIMIT,

		/** A handler failed, or the application destroyed the connection. */
		ERROR,

		/** The server shut down. */
		SHUTDOWN

	}

}
