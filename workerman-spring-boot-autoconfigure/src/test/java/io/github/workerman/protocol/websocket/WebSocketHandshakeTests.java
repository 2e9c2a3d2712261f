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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.protocol.CodecFeeder;
import io.github.workerman.protocol.HandshakeException;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.ProtocolSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.workerman.protocol.websocket.Handshakes.CONNECTION;
import static io.github.workerman.protocol.websocket.Handshakes.HOST;
import static io.github.workerman.protocol.websocket.Handshakes.KEY;
import static io.github.workerman.protocol.websocket.Handshakes.UPGRADE;
import static io.github.workerman.protocol.websocket.Handshakes.VERSION;
import static io.github.workerman.protocol.websocket.Handshakes.codec;
import static io.github.workerman.protocol.websocket.Handshakes.lines;
import static io.github.workerman.protocol.websocket.Handshakes.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Requests that are accepted, and the decisions about them.
 */
class WebSocketHandshakeTests {

	static Stream<byte[]> acceptable() {
		return Stream.of(WebSockets.request(),
				lines("GET / HTTP/1.1", "host:chat.example.org", "UPGRADE:\tWebSocket \t",
						"connection: keep-alive,  upgrade ", "sec-websocket-version:13",
						"SEC-WEBSOCKET-KEY:" + WebSockets.KEY),
				lines("GET / HTTP/1.2", HOST, "Upgrade: h2c, websocket", "Connection: foo", "Connection: Upgrade",
						VERSION, KEY),
				lines("GET /?a=b%zz&c HTTP/1.1", "Host: [::1]:7272", UPGRADE, CONNECTION, VERSION, KEY,
						"Content-Length: 0", "X-Empty:", "X-Custom_Header: \u00E4 \"()<>@,;:\\/[]?={}\t"),
				lines("GET ws://chat.example.org:7272 HTTP/1.1", HOST, UPGRADE, CONNECTION, VERSION, KEY),
				lines("GET HTTP://chat.example.org/?q HTTP/1.1", HOST, UPGRADE, CONNECTION, VERSION, KEY),
				lines("GET / HTTP/1.1", "Host: 127.0.0.1", UPGRADE, CONNECTION, VERSION, KEY));
	}

	@ParameterizedTest
	@MethodSource("acceptable")
	void whenRequestIsValidThenItIsAcceptedWhereverItIsCut(byte[] request) throws ProtocolException {
		for (int cut = 0; cut <= request.length; cut++) {
			WebSocketCodec codec = codec();
			CodecFeeder feeder = new CodecFeeder(codec, cut % 2 == 0);
			assertThat(codec.handshake()).isNull();
			feeder.feed(Arrays.copyOf(request, cut));
			feeder.feed(Arrays.copyOfRange(request, cut, request.length));
			assertThat(feeder.messages()).containsExactly(codec.handshake());
			ByteBuf out = Unpooled.buffer(1);
			codec.complete(HandshakeDecision.accept(), out);
			assertThat(out.toString(StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 101 Switching Protocols\r\n")
				.endsWith("\r\nSec-WebSocket-Accept: " + WebSockets.ACCEPT_KEY + "\r\n\r\n");
			assertThat(feeder.feed(WebSockets.text("hello"))).hasSize(2).last().isEqualTo("hello");
		}
	}

	@Test
	void whenResponseIsWrittenThenItFollowsWhatWasThere() throws ProtocolException {
		WebSocketCodec codec = codec();
		new CodecFeeder(codec).feed(WebSockets.request());
		ByteBuf out = Unpooled.buffer().writeByte('!');
		codec.complete(HandshakeDecision.accept().withHeader("X-One", "1").withHeader("X-Two", "\u00E4"), out);
		assertThat(out.toString(StandardCharsets.ISO_8859_1)).startsWith("!HTTP/1.1 101 ")
			.endsWith("=\r\nX-One: 1\r\nX-Two: \u00E4\r\n\r\n");
	}

	@Test
	void whenHeadersOfTheProtocolAreAddedThenTheyAreLeftOut() throws ProtocolException {
		WebSocketCodec codec = codec();
		new CodecFeeder(codec).feed(WebSockets.request());
		ByteBuf out = Unpooled.buffer();
		codec.complete(HandshakeDecision.accept()
			.withHeader("sec-websocket-extensions", "permessage-deflate")
			.withHeader("Connection", "close")
			.withHeader("Content-Length", "5")
			.withHeader("Server", "mine"), out);
		assertThat(out.toString(StandardCharsets.ISO_8859_1)).endsWith("=\r\nServer: mine\r\n\r\n");
	}

	@Test
	void whenNoHandshakeWaitsThenThereIsNothingToDecide() throws ProtocolException {
		WebSocketCodec codec = codec();
		ByteBuf out = Unpooled.buffer();
		assertThatIllegalStateException().isThrownBy(() -> codec.complete(HandshakeDecision.accept(), out));
		new CodecFeeder(codec).feed(WebSockets.request());
		codec.complete(HandshakeDecision.accept(), out);
		assertThatIllegalStateException().isThrownBy(() -> codec.complete(HandshakeDecision.accept(), out));
	}

	@Test
	void whenApplicationRejectsThenItsStatusAndTextAreTheAnswer() throws ProtocolException {
		assertDecision(HandshakeDecision.reject(401, "who are you? \u00E4").withHeader("WWW-Authenticate", "Basic"),
				RejectReason.VETO, "HTTP/1.1 401 Unauthorized\r\n", "\r\nWWW-Authenticate: Basic\r\n",
				"\r\n\r\nwho are you? \u00E4\n");
		assertDecision(HandshakeDecision.reject(403, ""), RejectReason.VETO, "HTTP/1.1 403 Forbidden\r\n",
				"\r\n\r\nForbidden\n");
		assertDecision(HandshakeDecision.reject(418, "teapot"), RejectReason.VETO, "HTTP/1.1 418 Rejected\r\n",
				"teapot");
		assertDecision(HandshakeDecision.reject(500, "oh"), RejectReason.ERROR,
				"HTTP/1.1 500 Internal Server Error\r\n", "oh");
		assertDecision(HandshakeDecision.reject(503, "later").withHeader("Content-Length", "1000"), RejectReason.ERROR,
				"HTTP/1.1 503 Service Unavailable\r\n", "\r\nContent-Length: 6\r\n");
	}

	private static void assertDecision(HandshakeDecision decision, RejectReason reason, String... contents)
			throws ProtocolException {
		WebSocketCodec codec = codec();
		CodecFeeder feeder = new CodecFeeder(codec);
		feeder.feed(WebSockets.request());
		ByteBuf out = Unpooled.buffer();
		assertThatExceptionOfType(HandshakeException.class).isThrownBy(() -> codec.complete(decision, out))
			.satisfies((ex) -> {
				assertThat(ex.reason()).isEqualTo(reason);
				assertThat(response(ex)).contains(contents).containsOnlyOnce("Content-Length");
			});
		assertThat(out.readableBytes()).isZero();
		assertThat(feeder.feed(WebSockets.text("late"))).hasSize(1);
	}

	@Test
	void whenSubprotocolsAreOfferedThenOneIsChosen() throws ProtocolException {
		assertSubprotocol(null, HandshakeDecision.accept());
		assertSubprotocol(null, HandshakeDecision.accept(), "Sec-WebSocket-Protocol: x, y");
		assertSubprotocol("v2", HandshakeDecision.accept(), "Sec-WebSocket-Protocol: v1, v2");
		assertSubprotocol("v1", HandshakeDecision.accept(), "Sec-WebSocket-Protocol: x", "sec-websocket-protocol: ,v1");
		assertSubprotocol("x", HandshakeDecision.accept().withSubprotocol("x"), "Sec-WebSocket-Protocol: v1, x");
		assertSubprotocol("v1", HandshakeDecision.accept().withSubprotocol("z"), "Sec-WebSocket-Protocol: v1, x");
		assertSubprotocol(null, HandshakeDecision.accept().withSubprotocol("z"));
	}

	private static void assertSubprotocol(String expected, HandshakeDecision decision, String... lines)
			throws ProtocolException {
		WebSocketCodec codec = codec(new ProtocolSettings("chat", "/", List.of("v2", "v1"), List.of(), 8192));
		new CodecFeeder(codec).feed(WebSockets.request(lines));
		ByteBuf out = Unpooled.buffer();
		codec.complete(decision, out);
		assertThat(codec.subprotocol()).isEqualTo(expected);
		String response = out.toString(StandardCharsets.US_ASCII);
		if (expected == null) {
			assertThat(response).doesNotContain("Sec-WebSocket-Protocol");
		}
		else {
			assertThat(response).endsWith("\r\nSec-WebSocket-Protocol: " + expected + "\r\n\r\n");
		}
	}

}
