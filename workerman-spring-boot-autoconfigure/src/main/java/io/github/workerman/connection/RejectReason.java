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
 * Why a peer was turned away before it became a connection. The names, in lower case, are
 * the values of the {@code reason} tag of the metric
 * {@code workerman.connections.rejected}.
 */
public enum RejectReason {

	/** The request is no valid HTTP or no valid websocket handshake: 400. */
	MALFORMED,

	/** The request's method is not GET: 405. */
	METHOD,

	/** A plain HTTP request, without upgrade: 426. */
	NOT_WEBSOCKET,

	/** A websocket version other than 13: 426. */
	VERSION,

	/** Nothing is served at the requested path: 404. */
	PATH,

	/** A browser's page of a foreign origin: 403. */
	ORIGIN,

	/** A handshake handler said no. */
	VETO,

	/** The request's header is too large: 431. */
	HEADER_TOO_LARGE,

	/** The handshake, of TLS or of the protocol, was not complete in time: 408. */
	TIMEOUT,

	/**
	 * TLS on a port that does not speak it. Where connections are open from the first
	 * byte on, the peer has been a connection, which closes with 1002.
	 */
	TLS,

	/** The server has as many connections as it takes: no answer. */
	CONNECTIONS,

	/** There are as many connections from the peer's address as may be: no answer. */
	CONNECTIONS_PER_ADDRESS,

	/** The peer's address has connected too often in a short time: no answer. */
	CONNECT_RATE,

	/** A trusted proxy's header of the PROXY protocol is missing or malformed. */
	PROXY_HEADER,

	/** A peer that is no trusted proxy, where all have to come through one. */
	PROXY_UNTRUSTED,

	/** No TLS on a port that speaks nothing else: 400 where the protocol is HTTP. */
	NOT_TLS,

	/** A TLS handshake without a version or cipher suite that both sides speak. */
	TLS_VERSION,

	/** A TLS peer without a certificate, or with one that is not trusted or valid. */
	TLS_CERTIFICATE,

	/**
	 * A TLS peer that has broken off the handshake, often as it does not trust the
	 * server's certificate.
	 */
	TLS_ALERT,

	/** Any other TLS handshake that has failed, as garbage does. */
	TLS_HANDSHAKE,

	/** A handshake handler failed: 500. */
	ERROR,

	/** The peer left before the handshake was complete, as port scans and probes do. */
	ABANDONED

}
