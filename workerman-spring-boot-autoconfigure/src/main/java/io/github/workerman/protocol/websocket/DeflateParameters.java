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

import java.util.Map;
import java.util.Set;

import io.github.workerman.protocol.CompressionSettings;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has agreed on (RFC 7692 section 7.1).
 *
 * @param serverContextTakeover whether our messages may refer to earlier ones
 * @param clientContextTakeover whether the peer's may
 * @param serverWindowBits how far back ours may refer, as a power of two
 * @param response what the response to the handshake says of it
 */
record DeflateParameters(boolean serverContextTakeover, boolean clientContextTakeover, int serverWindowBits,
		String response) {

	private static final String NAME = "permessage-deflate";

	private static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";

	private static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";

	private static final String SERVER_MAX_WINDOW_BITS = "server_max_window_bits";

	private static final String CLIENT_MAX_WINDOW_BITS = "client_max_window_bits";

	private static final Set<String> PARAMETERS = Set.of(SERVER_NO_CONTEXT_TAKEOVER, CLIENT_NO_CONTEXT_TAKEOVER,
			SERVER_MAX_WINDOW_BITS, CLIENT_MAX_WINDOW_BITS);

	/**
	 * Answers an offer.
	 * @param offer the offer
	 * @param settings what the server wants
	 * @return the agreement, or {@code null} if the offer is declined
	 */
	static @Nullable DeflateParameters agree(ExtensionOffer offer, CompressionSettings settings) {
		Map<String, String> parameters = offer.parameters();
		if (!offer.name().equals(NAME) || offer.ambiguous() || !isValid(parameters)) {
			return null;
		}
		int serverBits = Math.min(settings.serverMaxWindowBits(),
				bits(parameters.getOrDefault(SERVER_MAX_WINDOW_BITS, "")));
		// A smaller window is made by forgetting, see MessageDeflater.
		boolean serverTakeover = settings.serverContextTakeover() && !parameters.containsKey(SERVER_NO_CONTEXT_TAKEOVER)
				&& serverBits == CompressionSettings.MAX_WINDOW_BITS;
		boolean clientTakeover = settings.clientContextTakeover()
				&& !parameters.containsKey(CLIENT_NO_CONTEXT_TAKEOVER);
		StringBuilder response = new StringBuilder(NAME);
		if (!serverTakeover) {
			response.append("; ").append(SERVER_NO_CONTEXT_TAKEOVER);
		}
		if (!clientTakeover) {
			response.append("; ").append(CLIENT_NO_CONTEXT_TAKEOVER);
		}
		if (parameters.containsKey(SERVER_MAX_WINDOW_BITS) || serverBits < CompressionSettings.MAX_WINDOW_BITS) {
			response.append("; ").append(SERVER_MAX_WINDOW_BITS).append('=').append(serverBits);
		}
		if (parameters.containsKey(CLIENT_MAX_WINDOW_BITS)
				&& settings.clientMaxWindowBits() < CompressionSettings.MAX_WINDOW_BITS) {
			int clientBits = Math.min(settings.clientMaxWindowBits(), bits(parameters.get(CLIENT_MAX_WINDOW_BITS)));
			response.append("; ").append(CLIENT_MAX_WINDOW_BITS).append('=').append(clientBits);
		}
		// There are few, and each connection keeps one.
		return new DeflateParameters(serverTakeover, clientTakeover, serverBits, response.toString().intern());
	}

	private static boolean isValid(Map<String, String> parameters) {
		return PARAMETERS.containsAll(parameters.keySet())
				&& parameters.getOrDefault(SERVER_NO_CONTEXT_TAKEOVER, "").isEmpty()
				&& parameters.getOrDefault(CLIENT_NO_CONTEXT_TAKEOVER, "").isEmpty()
				&& isWindow(parameters.getOrDefault(SERVER_MAX_WINDOW_BITS, "15"))
				&& (parameters.getOrDefault(CLIENT_MAX_WINDOW_BITS, "").isEmpty()
						|| isWindow(parameters.get(CLIENT_MAX_WINDOW_BITS)));
	}

	private static boolean isWindow(@Nullable String value) {
		return value != null && value.matches("[89]|1[0-5]");
	}

	private static int bits(@Nullable String value) {
		return (value == null || value.isEmpty()) ? CompressionSettings.MAX_WINDOW_BITS : Integer.parseInt(value);
	}

}
