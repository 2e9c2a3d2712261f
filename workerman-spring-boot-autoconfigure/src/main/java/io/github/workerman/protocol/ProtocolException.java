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

package io.github.workerman.protocol;

import io.github.workerman.connection.CloseReason;

/**
 * A peer has violated its protocol. Ends the connection with the code; has no stack
 * trace, because it tells of the peer and not of the program.
 */
public class ProtocolException extends Exception {

	private final int code;

	/**
	 * Creates an exception.
	 * @param code the close code (RFC 6455 section 7.4)
	 * @param message what is wrong, at most 123 bytes of it are told to the peer
	 */
	public ProtocolException(int code, String message) {
		super(message, null, false, false);
		this.code = code;
	}

	/**
	 * Bytes that no peer may send: 1002.
	 * @param message what is wrong
	 * @return the exception
	 */
	public static ProtocolException malformed(String message) {
		return new ProtocolException(1002, message);
	}

	/**
	 * A kind of message that nobody handles: 1003.
	 * @param message what is wrong
	 * @return the exception
	 */
	public static ProtocolException unsupported(String message) {
		return new ProtocolException(1003, message);
	}

	/**
	 * Text that is not valid UTF-8: 1007.
	 * @return the exception
	 */
	public static ProtocolException invalidText() {
		return new ProtocolException(1007, "text is not valid UTF-8");
	}

	/**
	 * A message that is too large: 1009.
	 * @param limit the limit in bytes
	 * @return the exception
	 */
	public static ProtocolException tooBig(int limit) {
		return new ProtocolException(1009, "message is larger than " + limit + " bytes");
	}

	/**
	 * Returns the close code.
	 * @return the code
	 */
	public int code() {
		return this.code;
	}

	/**
	 * Returns the reason to close with.
	 * @return the reason
	 */
	public CloseReason closeReason() {
		String message = getMessage();
		return new CloseReason(this.code, (message != null) ? message : "", CloseReason.Cause.PROTOCOL);
	}

}
