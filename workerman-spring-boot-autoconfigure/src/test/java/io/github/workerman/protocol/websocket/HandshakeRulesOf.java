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

import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.protocol.CodecFeeder;
import io.github.workerman.protocol.CompressionSettings;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.TestCodecContext;
import io.netty.buffer.Unpooled;

/**
 * A server whose connections negotiate with the same rules.
 */
final class HandshakeRulesOf {

	private final HandshakeRules rules;

	HandshakeRulesOf(CompressionSettings settings) {
		this.rules = new HandshakeRules(WebSockets.settings(settings));
	}

	Object key(String offer) {
		try {
			WebSocketCodec codec = new WebSocketCodec(this.rules, new TestCodecContext());
			new CodecFeeder(codec).feed(WebSockets.request("Sec-WebSocket-Extensions: " + offer));
			codec.complete(HandshakeDecision.accept(), Unpooled.buffer());
			Object key = codec.broadcastKey();
			codec.release();
			return key;
		}
		catch (ProtocolException ex) {
			throw new AssertionError(ex);
		}
	}

}
