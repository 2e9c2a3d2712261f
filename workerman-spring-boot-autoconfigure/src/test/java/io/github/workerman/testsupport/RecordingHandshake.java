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

package io.github.workerman.testsupport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.workerman.connection.Attributes;
import io.github.workerman.connection.Handshake;
import org.jspecify.annotations.Nullable;

/**
 * A handshake of a path and header fields.
 */
public record RecordingHandshake(String path, Map<String, List<String>> headers,
		Attributes attributes) implements Handshake {

	public RecordingHandshake(String path, Map<String, List<String>> headers) {
		this(path, headers, new MapAttributes());
	}

	@Override
	public String server() {
		return "chat";
	}

	@Override
	public String queryString() {
		return "";
	}

	@Override
	public Map<String, List<String>> query() {
		return Map.of();
	}

	@Override
	public @Nullable String query(String name) {
		return null;
	}

	@Override
	public @Nullable String header(String name) {
		List<String> values = this.headers.get(name.toLowerCase(Locale.ROOT));
		return (values != null) ? values.get(0) : null;
	}

	@Override
	public @Nullable String cookie(String name) {
		return null;
	}

	@Override
	public @Nullable String origin() {
		return header("origin");
	}

	@Override
	public List<String> subprotocols() {
		return List.of();
	}

	@Override
	public SocketAddress remoteAddress() {
		return InetSocketAddress.createUnresolved("peer.test", 1234);
	}

}
