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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.protocol.CodecContext;
import io.github.workerman.protocol.CodecFeeder;
import io.github.workerman.protocol.CompressionSettings;
import io.github.workerman.protocol.FrameSettings;
import io.github.workerman.protocol.PathPattern;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.protocol.TrustedProxies;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes of websocket clients.
 */
final class WebSockets {

	static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

	static final String ACCEPT_KEY = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

	static final int MASK = 0x37FA213D;

	private WebSockets() {
	}

	static ProtocolSettings settings() {
		return new ProtocolSettings("chat", "/", List.of(), List.of(), 8192);
	}

	static ProtocolSettings settings(CompressionSettings compression) {
		return new ProtocolSettings("chat", List.of(new PathPattern("/")), List.of(), List.of(), 8192,
				FrameSettings.DEFAULT, Map.of(), compression, TrustedProxies.NONE);
	}

	static byte[] request(String... more) {
		return requestFor("GET", "/", more);
	}

	static byte[] requestFor(String method, String target, String... more) {
		StringBuilder request = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
		request.append("Host: chat.example.org:7272\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n");
		request.append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ").append(KEY).append("\r\n");
		for (String line : more) {
			request.append(line).append("\r\n");
		}
		return request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Makes a codec whose handshake is over.
	 * @param context the context
	 * @return the codec
	 */
	static WebSocketCodec open(CodecContext context) {
		try {
			WebSocketCodec codec = new WebSocketCodec(new HandshakeRules(settings()), context);
			new CodecFeeder(codec).feed(request());
			codec.complete(HandshakeDecision.accept(), Unpooled.buffer());
			return codec;
		}
		catch (ProtocolException ex) {
			throw new AssertionError(ex);
		}
	}

	/**
	 * Makes a codec whose handshake is over, on a server that compresses.
	 * @param context the context
	 * @param settings how the server compresses
	 * @param pool the pool of the event loop
	 * @param offer what the client offers
	 * @return the codec
	 */
	static WebSocketCodec open(CodecContext context, CompressionSettings settings, ZlibPool pool, String offer) {
		try {
			WebSocketCodec codec = new WebSocketCodec(new HandshakeRules(settings(settings), () -> pool), context);
			new CodecFeeder(codec).feed(request("Sec-WebSocket-Extensions: " + offer));
			ByteBuf response = Unpooled.buffer();
			codec.complete(HandshakeDecision.accept(), response);
			assertThat(response.toString(StandardCharsets.US_ASCII))
				.contains("\r\nSec-WebSocket-Extensions: permessage-deflate");
			return codec;
		}
		catch (ProtocolException ex) {
			throw new AssertionError(ex);
		}
	}

	static byte[] frame(int first, byte[] payload) {
		return frame(first, payload, MASK);
	}

	static byte[] frame(int first, byte[] payload, int mask) {
		ByteBuf out = Unpooled.buffer();
		out.writeByte(first);
		if (payload.length < 126) {
			out.writeByte(0x80 | payload.length);
		}
		else if (payload.length < 0x10000) {
			out.writeByte(0x80 | 126).writeShort(payload.length);
		}
		else {
			out.writeByte(0x80 | 127).writeLong(payload.length);
		}
		out.writeInt(mask);
		for (int i = 0; i < payload.length; i++) {
			out.writeByte(payload[i] ^ (mask >>> (24 - 8 * (i % 4))));
		}
		return ByteBufUtil.getBytes(out);
	}

	static byte[] text(String text) {
		return frame(0x81, utf8(text));
	}

	static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static byte[] hex(String hex) {
		return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
	}

	static byte[] join(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

}
