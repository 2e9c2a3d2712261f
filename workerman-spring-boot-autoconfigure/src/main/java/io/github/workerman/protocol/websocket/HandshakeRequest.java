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

import java.net.SocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.workerman.connection.Attributes;
import io.github.workerman.connection.Cookies;
import io.github.workerman.connection.Handshake;
import io.github.workerman.protocol.CodecContext;
import io.github.workerman.protocol.ForwardedHeaders;
import io.github.workerman.protocol.PathPattern;
import org.jspecify.annotations.Nullable;

/**
 * The request of one connection. Kept for as long as the connection lives, by everybody's
 * connections at the same time, and hardly ever looked at again: so it keeps the bytes
 * and takes out of them what is asked for.
 */
final class HandshakeRequest implements Handshake {

	private final HandshakeRules rules;

	private final byte[] head;

	private final CodecContext context;

	private @Nullable ForwardedHeaders forwarded;

	/**
	 * Creates a request.
	 * @param rules the rules of the server
	 * @param head the request line and the fields, each with CR LF
	 * @param context the connection
	 */
	HandshakeRequest(HandshakeRules rules, byte[] head, CodecContext context) {
		this.rules = rules;
		this.head = head;
		this.context = context;
	}

	/**
	 * Takes what a trusted proxy says about the client.
	 */
	void forwarded(@Nullable ForwardedHeaders forwarded) {
		this.forwarded = forwarded;
	}

	byte[] head() {
		return this.head;
	}

	@Override
	public String server() {
		return this.rules.server();
	}

	@Override
	public String path() {
		return RequestTarget.path(target());
	}

	@Override
	public String rawPath() {
		return RequestTarget.rawPath(target());
	}

	@Override
	public Map<String, String> pathParams() {
		List<String> segments = PathPattern.segments(rawPath());
		for (PathPattern pattern : this.rules.paths()) {
			Map<String, String> variables = pattern.match(segments);
			if (variables != null) {
				return Collections.unmodifiableMap(variables);
			}
		}
		return Map.of();
	}

	@Override
	public String queryString() {
		return RequestTarget.query(target());
	}

	private String target() {
		int from = indexOf(' ', 0) + 1;
		return new String(this.head, from, indexOf(' ', from) - from, StandardCharsets.UTF_8);
	}

	private int indexOf(char character, int from) {
		int i = from;
		while (this.head[i] != character) {
			i++;
		}
		return i;
	}

	@Override
	public Map<String, List<String>> query() {
		Map<String, List<String>> query = new LinkedHashMap<>();
		for (String pair : queryString().split("&")) {
			if (!pair.isEmpty()) {
				int equals = pair.indexOf('=');
				String name = (equals < 0) ? pair : pair.substring(0, equals);
				String value = (equals < 0) ? "" : pair.substring(equals + 1);
				query.computeIfAbsent(decode(name), (key) -> new ArrayList<>(1)).add(decode(value));
			}
		}
		return unmodifiable(query);
	}

	private static String decode(String encoded) {
		try {
			return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			// A stray percent sign; it is for the application to say what it means.
			return encoded;
		}
	}

	@Override
	public @Nullable String query(String name) {
		List<String> values = query().get(name);
		return (values != null) ? values.get(0) : null;
	}

	@Override
	public Map<String, List<String>> headers() {
		Map<String, List<String>> headers = new LinkedHashMap<>();
		HeaderFields.forEach(this.head,
				(name, value) -> headers
					.computeIfAbsent(name.toString().toLowerCase(Locale.ROOT), (key) -> new ArrayList<>(1))
					.add(value.toString()));
		return unmodifiable(headers);
	}

	private static Map<String, List<String>> unmodifiable(Map<String, List<String>> map) {
		map.replaceAll((key, values) -> Collections.unmodifiableList(values));
		return Collections.unmodifiableMap(map);
	}

	@Override
	public @Nullable String header(String name) {
		List<String> values = values(name);
		return values.isEmpty() ? null : values.get(0);
	}

	private List<String> values(String name) {
		String lowerCase = name.toLowerCase(Locale.ROOT);
		List<String> values = new ArrayList<>(1);
		HeaderFields.forEach(this.head, (field, value) -> {
			if (field.is(lowerCase)) {
				values.add(value.toString());
			}
		});
		return values;
	}

	@Override
	public @Nullable String cookie(String name) {
		return Cookies.first(values("cookie"), name);
	}

	@Override
	public @Nullable String origin() {
		return header("origin");
	}

	@Override
	public List<String> subprotocols() {
		List<String> subprotocols = new ArrayList<>(2);
		for (String field : values("sec-websocket-protocol")) {
			for (String subprotocol : field.split(",")) {
				if (!subprotocol.isBlank()) {
					subprotocols.add(subprotocol.strip());
				}
			}
		}
		return Collections.unmodifiableList(subprotocols);
	}

	/**
	 * Returns what extensions the client offers.
	 * @return the values of the fields {@code Sec-WebSocket-Extensions}
	 */
	List<String> extensions() {
		return values("sec-websocket-extensions");
	}

	@Override
	public SocketAddress remoteAddress() {
		ForwardedHeaders forwarded = this.forwarded;
		return (forwarded != null) ? forwarded.client() : this.context.remoteAddress();
	}

	@Override
	public @Nullable String host() {
		ForwardedHeaders forwarded = this.forwarded;
		String host = (forwarded != null) ? forwarded.host() : null;
		return (host != null) ? host : header("host");
	}

	@Override
	public boolean isSecure() {
		ForwardedHeaders forwarded = this.forwarded;
		Boolean secure = (forwarded != null) ? forwarded.secure() : null;
		return (secure != null) ? secure : this.context.isSecure();
	}

	@Override
	public @Nullable Principal principal() {
		return this.context.principal();
	}

	@Override
	public Attributes attributes() {
		return this.context.attributes();
	}

	@Override
	public String toString() {
		return "GET " + target();
	}

}
