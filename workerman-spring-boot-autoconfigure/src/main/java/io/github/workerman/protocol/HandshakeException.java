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

import io.github.workerman.connection.RejectReason;

/**
 * A peer is turned away before it became a connection.
 */
public class HandshakeException extends ProtocolException {

	private final RejectReason reason;

	private final byte[] response;

	/**
	 * Creates an exception.
	 * @param reason why, for the metrics
	 * @param message why, for the log
	 * @param response the bytes to send before the socket is closed, possibly none
	 */
	public HandshakeException(RejectReason reason, String message, byte[] response) {
		super(1002, message);
		this.reason = reason;
		this.response = response;
	}

	/**
	 * Returns why the peer is turned away.
	 * @return the reason
	 */
	public RejectReason reason() {
		return this.reason;
	}

	/**
	 * Returns the bytes to send.
	 * @return the response, possibly empty
	 */
	public byte[] response() {
		return this.response;
	}

}
