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

import io.github.workerman.protocol.CompressionSettings;
import org.jspecify.annotations.Nullable;

/**
 * The compression of one connection, as agreed on in its handshake.
 *
 * @param deflater for messages to the peer
 * @param inflater for messages of the peer
 * @param broadcastKey what the connections have in common to which a message goes as the
 * same bytes, or {@code null} if its bytes depend on what the connection got before
 * @param extension how the response to the handshake names it
 */
record MessageCompression(MessageDeflater deflater, MessageInflater inflater, @Nullable Object broadcastKey,
		String extension) {

	static MessageCompression of(DeflateParameters parameters, CompressionSettings settings, ZlibPool pool,
			Object keyWithoutTakeover) {
		return new MessageCompression(
				new MessageDeflater(pool, settings, parameters.serverContextTakeover(), parameters.serverWindowBits()),
				new MessageInflater(pool, parameters.clientContextTakeover()),
				parameters.serverContextTakeover() ? null : keyWithoutTakeover, parameters.response());
	}

	/**
	 * Lets go of native memory; may be called again.
	 */
	void release() {
		this.deflater.release();
		this.inflater.release();
	}

}
