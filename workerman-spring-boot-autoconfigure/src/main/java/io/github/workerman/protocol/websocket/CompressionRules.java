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
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.workerman.protocol.CompressionSettings;
import io.github.workerman.protocol.HandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * What a server agrees to of the compression that clients offer. One for all connections
 * of the server.
 */
final class CompressionRules {

	private final CompressionSettings settings;

	private final Supplier<ZlibPool> pools;

	/* By window bits: what else there is to agree on does not change the bytes. */
	private final List<Object> broadcastKeys = Stream.generate(Object::new)
		.limit(CompressionSettings.MAX_WINDOW_BITS + 1)
		.toList();

	CompressionRules(CompressionSettings settings, Supplier<ZlibPool> pools) {
		this.settings = settings;
		this.pools = pools;
	}

	/**
	 * Checks what a client offers, if the server compresses at all.
	 * @param fields the values of the fields {@code Sec-WebSocket-Extensions}
	 * @throws HandshakeException if one is not valid
	 */
	void check(List<String> fields) throws HandshakeException {
		if (this.settings.enabled()) {
			ExtensionOffer.parse(fields);
		}
	}

	/**
	 * Agrees to the first offer that can be met.
	 * @param fields the values of the fields {@code Sec-WebSocket-Extensions}
	 * @return the agreement, or {@code null} if there is none
	 * @throws HandshakeException if a field is not valid
	 */
	@Nullable DeflateParameters agree(List<String> fields) throws HandshakeException {
		if (!this.settings.enabled() || fields.isEmpty()) {
			return null;
		}
		for (ExtensionOffer offer : ExtensionOffer.parse(fields)) {
			DeflateParameters parameters = DeflateParameters.agree(offer, this.settings);
			if (parameters != null) {
				return parameters;
			}
		}
		return null;
	}

	/**
	 * Makes the compression of a connection. Called on its event loop.
	 * @param parameters the agreement
	 * @return the compression
	 */
	MessageCompression compression(DeflateParameters parameters) {
		return MessageCompression.of(parameters, this.settings, this.pools.get(),
				this.broadcastKeys.get(parameters.serverWindowBits()));
	}

}
