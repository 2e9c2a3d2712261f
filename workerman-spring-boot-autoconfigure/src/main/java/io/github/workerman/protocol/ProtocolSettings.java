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

import java.util.List;
import java.util.Map;

/**
 * What a protocol may know of the server that it works for.
 *
 * @param server the server's name
 * @param paths where websocket connections are accepted, the more special paths first
 * @param subprotocols the sub-protocols that the server speaks, in its order of
 * preference
 * @param allowedOrigins the origins whose pages may connect besides those with the host
 * name of the request, such as {@code https://example.org}, {@code https://*.example.org}
 * for all host names below, or {@code *} for all
 * @param maxHeaderSize how large the header of a handshake may be, in bytes
 * @param frame how frames are told apart
 * @param options what {@code workerman.servers.<name>.protocol-options} says, for
 * protocols of the application's own
 * @param compression how messages of websocket connections are compressed
 * @param trustedProxies the proxies whose word is taken for where a client comes from
 */
public record ProtocolSettings(String server, List<PathPattern> paths, List<String> subprotocols,
		List<String> allowedOrigins, int maxHeaderSize, FrameSettings frame, Map<String, String> options,
		CompressionSettings compression, TrustedProxies trustedProxies) {

	/**
	 * Creates the settings.
	 */
	public ProtocolSettings {
		paths = List.copyOf(paths);
		subprotocols = List.copyOf(subprotocols);
		allowedOrigins = List.copyOf(allowedOrigins);
		options = Map.copyOf(options);
	}

	/**
	 * Tells whether websocket connections are accepted at a path.
	 * @param path the path without query, beginning with a slash, still encoded
	 * @return whether one of the paths fits
	 * @throws IllegalArgumentException if the path cannot be decoded
	 */
	public boolean serves(String path) {
		List<String> segments = PathPattern.segments(path);
		for (PathPattern pattern : this.paths) {
			if (pattern.match(segments) != null) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Creates settings with one path, the default framing, without options and without
	 * compression.
	 * @param server the server's name
	 * @param path where websocket connections are accepted
	 * @param subprotocols the sub-protocols that the server speaks
	 * @param allowedOrigins the origins whose pages may connect
	 * @param maxHeaderSize how large the header of a handshake may be, in bytes
	 */
	public ProtocolSettings(String server, String path, List<String> subprotocols, List<String> allowedOrigins,
			int maxHeaderSize) {
		this(server, List.of(new PathPattern(path)), subprotocols, allowedOrigins, maxHeaderSize, FrameSettings.DEFAULT,
				Map.of(), CompressionSettings.OFF, TrustedProxies.NONE);
	}

}
