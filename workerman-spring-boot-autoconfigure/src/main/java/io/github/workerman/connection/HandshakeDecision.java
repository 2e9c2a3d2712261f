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

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a handshake handler decides: accept the peer, perhaps with a sub-protocol, a
 * principal and further response headers, or reject it with an HTTP status and a text.
 * Immutable.
 */
public final class HandshakeDecision {

	private static final HandshakeDecision ACCEPT = new HandshakeDecision(101, "", null, null, Map.of());

	private final int status;

	private final String text;

	private final @Nullable String subprotocol;

	private final @Nullable Principal principal;

	private final Map<String, String> headers;

	private HandshakeDecision(int status, String text, @Nullable String subprotocol, @Nullable Principal principal,
			Map<String, String> headers) {
		this.status = status;
		this.text = text;
		this.subprotocol = subprotocol;
		this.principal = principal;
		this.headers = headers;
	}

	/**
	 * Accepts the peer.
	 * @return the decision
	 */
	public static HandshakeDecision accept() {
		return ACCEPT;
	}

	/**
	 * Rejects the peer.
	 * @param status the HTTP status, 400 to 599
	 * @param text what the response body says
	 * @return the decision
	 * @throws IllegalArgumentException if the status is not one of an error
	 */
	public static HandshakeDecision reject(int status, String text) {
		if (status < 400 || status > 599) {
			throw new IllegalArgumentException("A handshake is rejected with a status of 400 to 599, not " + status);
		}
		return new HandshakeDecision(status, text, null, null, Map.of());
	}

	/**
	 * Chooses the sub-protocol, one that the client offered. Without this the first
	 * configured sub-protocol that the client offers is taken.
	 * @param subprotocol the sub-protocol
	 * @return a changed copy
	 */
	public HandshakeDecision withSubprotocol(String subprotocol) {
		return new HandshakeDecision(this.status, this.text, subprotocol, this.principal, this.headers);
	}

	/**
	 * Says who the peer is; see {@link Connection#principal()}.
	 * @param principal the principal
	 * @return a changed copy
	 */
	public HandshakeDecision withPrincipal(Principal principal) {
		return new HandshakeDecision(this.status, this.text, this.subprotocol, principal, this.headers);
	}

	/**
	 * Adds a response header field.
	 * @param name the field's name
	 * @param value the field's value
	 * @return a changed copy
	 * @throws IllegalArgumentException if the name or value contains a character that
	 * HTTP does not allow
	 */
	public HandshakeDecision withHeader(String name, String value) {
		if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || !value.matches("[\\t\\x20-\\x7E\\x80-\\xFF]*")) {
			throw new IllegalArgumentException("Illegal header field '" + name + "'");
		}
		Map<String, String> copy = new LinkedHashMap<>(this.headers);
		copy.put(name, value);
		return new HandshakeDecision(this.status, this.text, this.subprotocol, this.principal, copy);
	}

	/**
	 * Tells whether the peer is accepted.
	 * @return whether the decision is not a rejection
	 */
	public boolean accepted() {
		return this.status == 101;
	}

	/**
	 * Returns the HTTP status.
	 * @return the status, 101 for an accepted peer
	 */
	public int status() {
		return this.status;
	}

	/**
	 * Returns the text of a rejection.
	 * @return the text
	 */
	public String text() {
		return this.text;
	}

	/**
	 * Returns the chosen sub-protocol.
	 * @return the sub-protocol, or {@code null} if the configuration decides
	 */
	public @Nullable String subprotocol() {
		return this.subprotocol;
	}

	/**
	 * Returns the principal.
	 * @return the principal, or {@code null}
	 */
	public @Nullable Principal principal() {
		return this.principal;
	}

	/**
	 * Returns the further response header fields.
	 * @return the fields in order
	 */
	public Map<String, String> headers() {
		return this.headers;
	}

}
