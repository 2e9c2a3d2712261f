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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Decides whose pages may connect. A browser says which page opens a websocket, and lets
 * every page do so with the user's cookies; it is the server that has to refuse.
 */
final class OriginPolicy {

	private static final String ANY = "*";

	private static final String OPAQUE = "null";

	private final boolean any;

	private final boolean opaque;

	private final List<Origin> allowed;

	OriginPolicy(List<String> allowedOrigins) {
		this.any = allowedOrigins.contains(ANY);
		this.opaque = allowedOrigins.contains(OPAQUE);
		this.allowed = allowedOrigins.stream()
			.filter((origin) -> !origin.equals(ANY) && !origin.equals(OPAQUE))
			.map(OriginPolicy::parseAllowed)
			.toList();
	}

	private static Origin parseAllowed(String text) {
		Origin origin = Origin.parse(text);
		if (origin == null || !origin.isPattern()) {
			throw new IllegalArgumentException("Allowed origin '" + text
					+ "' is none. Use scheme://host[:port], for instance https://example.org or https://*.example.org, or * for all origins");
		}
		return origin;
	}

	/**
	 * Decides about a page.
	 * @param text the page's origin, as the browser declares it
	 * @param hostName the host name that the page connects to
	 * @param secure whether it connects over TLS: a page that came without may have been
	 * changed on its way, whatever its host name
	 * @return whether the page may connect
	 */
	boolean allows(String text, @Nullable String hostName, boolean secure) {
		if (this.any) {
			return true;
		}
		if (text.equals(OPAQUE)) {
			return this.opaque;
		}
		Origin origin = Origin.parse(text);
		if (origin == null) {
			return false;
		}
		if (origin.host().equalsIgnoreCase(hostName) && !(secure && origin.scheme().equals("http"))) {
			return true;
		}
		for (Origin candidate : this.allowed) {
			if (candidate.matches(origin)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * An origin, or a pattern whose host begins with {@code *.}.
	 */
	private record Origin(String scheme, String host, int port) {

		private static final Pattern SYNTAX = Pattern
			.compile("([a-z][a-z0-9+.-]*)://(\\[[0-9a-f:.]+]|[^\\s/:?#@,\\[\\]]*)(?::(\\d{1,5}))?");

		static @Nullable Origin parse(String text) {
			Matcher matcher = SYNTAX.matcher(text.toLowerCase(Locale.ROOT));
			if (!matcher.matches()) {
				return null;
			}
			String scheme = matcher.group(1);
			String port = matcher.group(3);
			return new Origin(scheme, matcher.group(2), (port != null) ? Integer.parseInt(port) : defaultPort(scheme));
		}

		private static int defaultPort(String scheme) {
			return switch (scheme) {
				case "http", "ws" -> 80;
				case "https", "wss" -> 443;
				default -> -1;
			};
		}

		/* A star stands for the beginning of a host name or not at all. */
		boolean isPattern() {
			return this.host.lastIndexOf('*') <= 0 && !this.host.equals("*.")
					&& (!this.host.startsWith("*") || this.host.startsWith("*."));
		}

		boolean matches(Origin origin) {
			return this.scheme.equals(origin.scheme) && this.port == origin.port && matchesHost(origin.host);
		}

		private boolean matchesHost(String name) {
			return this.host.startsWith("*.")
					? name.endsWith(this.host.substring(1)) && name.length() > this.host.length() - 1
					: name.equals(this.host);
		}

	}

}
