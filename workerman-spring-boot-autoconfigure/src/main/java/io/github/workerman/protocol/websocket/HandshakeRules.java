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

package io.github.workerman.protocol.websocket;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.protocol.ForwardedHeaders;
import io.github.workerman.protocol.HandshakeException;
import io.github.workerman.protocol.PathPattern;
import io.github.workerman.protocol.ProtocolSettings;
import org.jspecify.annotations.Nullable;

/**
 * What a server asks of a handshake (RFC 6455 section 4.2). One for all connections of
 * the server.
 */
final class HandshakeRules {

	private final ProtocolSettings settings;

	private final OriginPolicy origins;

	private final CompressionRules compression;

	HandshakeRules(ProtocolSettings settings) {
		this(settings, ZlibPool::current);
	}

	/**
	 * Creates rules.
	 * @param settings the settings of the server
	 * @param pools tells the pool of the calling thread
	 */
	HandshakeRules(ProtocolSettings settings, Supplier<ZlibPool> pools) {
		this.settings = settings;
		this.origins = new OriginPolicy(settings.allowedOrigins());
		this.compression = new CompressionRules(settings.compression(), pools);
	}

	String server() {
		return this.settings.server();
	}

	/**
	 * Returns one of the paths, for examples.
	 */
	String path() {
		return this.settings.paths().isEmpty() ? "/" : this.settings.paths().get(0).toString();
	}

	List<PathPattern> paths() {
		return this.settings.paths();
	}

	int maxHeaderSize() {
		return this.settings.maxHeaderSize();
	}

	/**
	 * Checks a request.
	 * @param request the request
	 * @throws HandshakeException if it breaks a rule
	 */
	void check(HandshakeRequest request) throws HandshakeException {
		RequestLine line = RequestLine.parse(request.head());
		HeaderFields.check(request.head());
		HandshakeFields fields = HandshakeFields.of(request.head());
		if (!line.method().equals("GET")) {
			throw HandshakeResponses.methodNotAllowed(line.method());
		}
		if (!contains(fields.upgrade(), "websocket")) {
			request.forwarded(forwarded(fields, request));
			throw HandshakeResponses.upgradeRequired(request.isSecure(), fields.host(), path());
		}
		checkHttp(line, fields);
		checkWebSocket(fields);
		request.forwarded(forwarded(fields, request));
		if (!this.settings.serves(request.rawPath())) {
			throw HandshakeResponses.notFound(this.settings.paths());
		}
		checkOrigin(fields, request);
		this.compression.check(fields.extensions());
	}

	private @Nullable ForwardedHeaders forwarded(HandshakeFields fields, HandshakeRequest request)
			throws HandshakeException {
		if (this.settings.trustedProxies().isEmpty()) {
			return null;
		}
		try {
			return fields.forwarded(this.settings.trustedProxies(), request.remoteAddress());
		}
		catch (IllegalArgumentException ex) {
			throw HandshakeResponses.malformed(String.valueOf(ex.getMessage()));
		}
	}

	private static void checkHttp(RequestLine line, HandshakeFields fields) throws HandshakeException {
		if (line.minorVersion() == 0) {
			throw HandshakeResponses.malformed("HTTP/1.1 is needed, not HTTP/1.0, also between a proxy and this port");
		}
		if (fields.host() == null) {
			throw HandshakeResponses.malformed("there must be one valid Host field");
		}
		if (!RequestTarget.isValid(line.target())) {
			throw HandshakeResponses.malformed("the request target is not valid");
		}
		if (fields.hasBody()) {
			throw HandshakeResponses.malformed("a handshake has no body");
		}
	}

	private static void checkWebSocket(HandshakeFields fields) throws HandshakeException {
		if (!contains(fields.connection(), "upgrade")) {
			throw HandshakeResponses
				.malformed("the Connection field does not list Upgrade; a proxy may have taken it away");
		}
		String version = fields.version();
		if (version == null) {
			throw HandshakeResponses.malformed("the Sec-WebSocket-Version field is missing");
		}
		if (!version.equals("13")) {
			throw HandshakeResponses.unknownVersion();
		}
		if (fields.key() == null) {
			throw HandshakeResponses.malformed("there must be one Sec-WebSocket-Key field, the base64 of 16 bytes");
		}
	}

	private void checkOrigin(HandshakeFields fields, HandshakeRequest request) throws HandshakeException {
		if (fields.origins().size() > 1) {
			throw HandshakeResponses.malformed("there is more than one Origin field");
		}
		for (String origin : fields.origins()) {
			if (!this.origins.allows(origin, HandshakeFields.hostName(request.host()), request.isSecure())) {
				throw HandshakeResponses.error(RejectReason.ORIGIN, 403,
						"pages of this origin may not connect, unless the server lists it as an allowed origin");
			}
		}
	}

	private static boolean contains(List<String> fields, String token) {
		for (String field : fields) {
			for (String element : field.split(",")) {
				if (element.strip().toLowerCase(Locale.ROOT).equals(token)) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * Chooses a sub-protocol.
	 * @param decision the application's decision
	 * @param request the request
	 * @return what the application chose if the client offers it, else the first of the
	 * server's that the client offers, else {@code null}
	 */
	@Nullable String subprotocol(HandshakeDecision decision, HandshakeRequest request) {
		String chosen = decision.subprotocol();
		if (chosen == null && this.settings.subprotocols().isEmpty()) {
			return null;
		}
		List<String> offered = request.subprotocols();
		if (chosen != null && offered.contains(chosen)) {
			return chosen;
		}
		for (String candidate : this.settings.subprotocols()) {
			if (offered.contains(candidate)) {
				return candidate;
			}
		}
		return null;
	}

	/**
	 * Agrees on compression.
	 * @param request the request
	 * @return the agreement, or {@code null} if there is none
	 * @throws HandshakeException if what the client offers is not valid
	 */
	@Nullable DeflateParameters agree(HandshakeRequest request) throws HandshakeException {
		return this.compression.agree(request.extensions());
	}

	/**
	 * Makes the compression of a connection. Called on its event loop.
	 * @param parameters the agreement
	 * @return the compression
	 */
	MessageCompression compression(DeflateParameters parameters) {
		return this.compression.compression(parameters);
	}

}
