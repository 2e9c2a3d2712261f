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

/**
 * The transport that the configuration forces is not available on this machine.
 */
public class TransportUnavailableException extends RuntimeException {

	private final TransportKind kind;

	private final String reason;

	/**
	 * Creates an exception.
	 * @param kind the transport
	 * @param reason why it is not available
	 */
	public TransportUnavailableException(TransportKind kind, String reason) {
		super("The transport '" + kind + "' is not available: " + reason);
		this.kind = kind;
		this.reason = reason;
	}

	/**
	 * Returns the transport.
	 * @return the transport that was asked for
	 */
	public TransportKind kind() {
		return this.kind;
	}

	/**
	 * Returns why it is not available.
	 * @return the reason
	 */
	public String reason() {
		return this.reason;
	}

}
