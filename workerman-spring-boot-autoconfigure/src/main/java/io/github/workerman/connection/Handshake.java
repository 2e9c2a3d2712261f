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

import java.net.SocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The HTTP request that asks for a websocket connection. Immutable but for
 * {@link #attributes()}; usable from any thread, for as long as the connection is
 * referenced.
 */
public interface Handshake {

	/**
	 * Returns the name of the server that was asked.
	 * @return the server's name
	 */
	String server();

	/**
	 * Returns the path, percent-decoded, without the query.
	 * @return the path, beginning with a slash
	 */
	String path();

	/**
	 * Returns the path as it was sent, still encoded, without the query.
	 * @return the path, beginning with a slash; that of {@link #path()} by default
	 */
	default String rawPath() {
		return path();
	}

	/**
	 * Returns the variables in the path that the server is configured to accept
	 * websockets at.
	 * @return the decoded values by name; none by default
	 */
	default Map<String, String> pathParams() {
		return Map.of();
	}

	/**
	 * Returns the query as it was sent, still encoded.
	 * @return the query without the question mark, empty if there is none
	 */
	String queryString();

	/**
	 * Returns the decoded query parameters in the order of the request.
	 * @return the parameters by name
	 */
	Map<String, List<String>> query();

	/**
	 * Returns the first value of a query parameter.
	 * @param name the parameter's name
	 * @return the decoded value, or {@code null}
	 */
	@Nullable String query(String name);

	/**
	 * Returns the header fields in the order of the request.
	 * @return the values by lower-case name
	 */
	Map<String, List<String>> headers();

	/**
	 * Returns the first value of a header field.
	 * @param name the field's name, in any case
	 * @return the value, or {@code null}
	 */
	@Nullable String header(String name);

	/**
	 * Returns the value of a cookie.
	 * @param name the cookie's name
	 * @return the percent-decoded value, or {@code null}
	 */
	@Nullable String cookie(String name);

	/**
	 * Returns the origin that a browser declares.
	 * @return the value of the {@code Origin} field, or {@code null} for other clients
	 */
	@Nullable String origin();

	/**
	 * Returns the sub-protocols that the client offers, in its order of preference.
	 * @return the sub-protocols, possibly empty
	 */
	List<String> subprotocols();

	/**
	 * Returns the host that the client has asked for: what a trusted proxy says, else the
	 * {@code Host} field.
	 * @return the name and perhaps the port
	 */
	default @Nullable String host() {
		return header("host");
	}

	/**
	 * Returns where the client comes from: what trusted proxies say, else the peer's
	 * address as the socket shows it.
	 * @return the address, with port 0 if a proxy does not tell it
	 */
	SocketAddress remoteAddress();

	/**
	 * Tells whether the client speaks TLS, so that the scheme of the address that it has
	 * asked for is {@code wss}: with the trusted proxy that says so, else with this
	 * server.
	 * @return whether it is; {@code false} by default
	 */
	default boolean isSecure() {
		return false;
	}

	/**
	 * Returns who the peer is, when it has shown a certificate: a
	 * {@link CertificatePrincipal}. Becomes the connection's principal unless a handshake
	 * handler names another.
	 * @return the principal, or {@code null}, which is the default
	 */
	default @Nullable Principal principal() {
		return null;
	}

	/**
	 * Returns the attributes of the connection to be: what a handshake handler sets here
	 * is found later at {@link Connection#attributes()}.
	 * @return the attributes
	 */
	Attributes attributes();

}
