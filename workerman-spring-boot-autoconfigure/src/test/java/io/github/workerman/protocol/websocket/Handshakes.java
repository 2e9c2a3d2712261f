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

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.workerman.connection.RejectReason;
import io.github.workerman.protocol.CodecFeeder;
import io.github.workerman.protocol.HandshakeException;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.protocol.TestCodecContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests for a handshake, whole or in pieces, and what must come of them.
 */
final class Handshakes {

	static final String HOST = "Host: chat.example.org:7272";

	static final String UPGRADE = "Upgrade: websocket";

	static final String CONNECTION = "Connection: Upgrade";

	static final String VERSION = "Sec-WebSocket-Version: 13";

	static final String KEY = "Sec-WebSocket-Key: " + WebSockets.KEY;

	private Handshakes() {
	}

	static byte[] lines(String... lines) {
		return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
	}

	static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	static WebSocketCodec codec(ProtocolSettings settings) {
		return new WebSocketCodec(new HandshakeRules(settings), new TestCodecContext());
	}

	static WebSocketCodec codec() {
		return codec(WebSockets.settings());
	}

	static HandshakeException reject(ProtocolSettings settings, byte[] request, int pieces) {
		WebSocketCodec codec = codec(settings);
		CodecFeeder feeder = new CodecFeeder(codec);
		try {
			feeder.feedInPieces(request, pieces);
		}
		catch (HandshakeException ex) {
			return ex;
		}
		catch (ProtocolException ex) {
			throw new AssertionError(ex);
		}
		throw new AssertionError("accepted: " + codec.handshake());
	}

	static String response(HandshakeException ex) {
		return new String(ex.response(), StandardCharsets.UTF_8);
	}

	static void assertRejected(byte[] request, int status, RejectReason reason, String... contents) {
		for (int pieces : new int[] { request.length, 1, 5 }) {
			HandshakeException ex = reject(WebSockets.settings(), request, pieces);
			assertThat(ex.reason()).as(ex.getMessage()).isEqualTo(reason);
			String response = response(ex);
			assertThat(response).startsWith("HTTP/1.1 " + status + " ");
			assertThat(response).contains("\r\nContent-Type: text/plain; charset=utf-8\r\n");
			assertThat(List.of(contents)).allSatisfy((content) -> assertThat(response).contains(content));
			assertThat(response).containsPattern("\r\nConnection: (Upgrade, )?close\r\n");
			String body = response.substring(response.indexOf("\r\n\r\n") + 4);
			assertThat(body).isNotBlank();
			assertThat(response).contains("\r\nContent-Length: " + body.length() + "\r\n");
		}
	}

}
