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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.github.workerman.protocol.ForwardedHeaders;
import io.github.workerman.protocol.TrustedProxies;
import org.jspecify.annotations.Nullable;

/**
 * The header fields that decide about a handshake, gathered in one walk.
 */
final class HandshakeFields {

	private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");

	private static final Pattern HOST = Pattern
		.compile("(?:\\[[0-9A-Fa-f:.]+(?:%25[\\w.~-]+)?]|[A-Za-z0-9._~!$&'()*+;=%-]+)(?::\\d{0,5})?");

	private final List<String> hosts = new ArrayList<>(1);

	private final List<String> upgrade = new ArrayList<>(1);

	private final List<String> connection = new ArrayList<>(1);

	private final List<String> versions = new ArrayList<>(1);

	private final List<String> keys = new ArrayList<>(1);

	private final List<String> origins = new ArrayList<>(1);

	private final List<String> extensions = new ArrayList<>(1);

	private final List<String> forwarded = new ArrayList<>(0);

	private final List<String> forwardedFor = new ArrayList<>(0);

	private final List<String> forwardedProto = new ArrayList<>(0);

	private final List<String> forwardedHost = new ArrayList<>(0);

	private boolean body;

	private HandshakeFields() {
	}

	static HandshakeFields of(byte[] head) {
		HandshakeFields fields = new HandshakeFields();
		HeaderFields.forEach(head, fields::add);
		return fields;
	}

	private void add(HeaderFields.Slice name, HeaderFields.Slice value) {
		switch (name.to() - name.from()) {
			case 4 -> add(name, "host", value, this.hosts);
			case 6 -> add(name, "origin", value, this.origins);
			case 7 -> add(name, "upgrade", value, this.upgrade);
			case 9 -> add(name, "forwarded", value, this.forwarded);
			case 10 -> add(name, "connection", value, this.connection);
			case 14 -> this.body |= name.is("content-length") && !value.is("0");
			case 17 -> {
				add(name, "sec-websocket-key", value, this.keys);
				this.body |= name.is("transfer-encoding");
				add(name, "x-forwarded-proto", value, this.forwardedProto);
			}
			case 15 -> add(name, "x-forwarded-for", value, this.forwardedFor);
			case 16 -> add(name, "x-forwarded-host", value, this.forwardedHost);
			case 21 -> add(name, "sec-websocket-version", value, this.versions);
			case 24 -> add(name, "sec-websocket-extensions", value, this.extensions);
			default -> {
				// of no interest here
			}
		}
	}

	private static void add(HeaderFields.Slice name, String wanted, HeaderFields.Slice value, List<String> values) {
		if (name.is(wanted)) {
			values.add(value.toString());
		}
	}

	/**
	 * Returns the host that the client believes to talk to.
	 * @return the name and perhaps the port, or {@code null} unless there is one valid
	 * field
	 */
	@Nullable String host() {
		boolean valid = this.hosts.size() == 1 && HOST.matcher(this.hosts.get(0)).matches();
		return valid ? this.hosts.get(0) : null;
	}

	/**
	 * Returns the name of that host.
	 * @return the name without the port, or {@code null} unless there is one valid field
	 */
	@Nullable String hostName() {
		return hostName(host());
	}

	/**
	 * Returns the name of a host.
	 * @param host the name and perhaps the port
	 * @return the name without the port, or {@code null} if it is not valid
	 */
	static @Nullable String hostName(@Nullable String host) {
		if (host == null || !HOST.matcher(host).matches()) {
			return null;
		}
		int colon = host.indexOf(':', host.lastIndexOf(']') + 1);
		return (colon < 0) ? host : host.substring(0, colon);
	}

	/**
	 * Returns what proxies say.
	 * @param trusted the proxies whose word is taken
	 * @param peer where the request comes from
	 * @return what they say, or {@code null} if nobody is trusted or has said anything
	 * @throws IllegalArgumentException if the fields contradict each other
	 */
	@Nullable ForwardedHeaders forwarded(TrustedProxies trusted, SocketAddress peer) {
		return ForwardedHeaders.of(trusted, peer, this.forwarded, this.forwardedFor, this.forwardedProto,
				this.forwardedHost);
	}

	List<String> upgrade() {
		return this.upgrade;
	}

	List<String> connection() {
		return this.connection;
	}

	/**
	 * Returns the version.
	 * @return what was sent, all of it, or {@code null} if nothing was
	 */
	@Nullable String version() {
		return this.versions.isEmpty() ? null : String.join(", ", this.versions);
	}

	/**
	 * Returns the key.
	 * @return the key, or {@code null} unless there is one valid field
	 */
	@Nullable String key() {
		boolean valid = this.keys.size() == 1 && KEY.matcher(this.keys.get(0)).matches();
		return valid ? this.keys.get(0) : null;
	}

	List<String> origins() {
		return this.origins;
	}

	List<String> extensions() {
		return this.extensions;
	}

	boolean hasBody() {
		return this.body;
	}

}
