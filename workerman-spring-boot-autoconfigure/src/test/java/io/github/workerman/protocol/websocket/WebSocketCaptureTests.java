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

import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.protocol.CodecFeeder;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.TestCodecContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replays a capture of a chat between a browser and a Workerman server, byte for byte.
 */
class WebSocketCaptureTests {

	private static final String LOGIN = "{\"type\":\"login\",\"name\":\"mynick\"}";

	private static final String SAY = "{\"type\":\"say\",\"to_uid\":\"all\",\"content\":\"hi,  all !\"}";

	private static final byte[] SAY_FRAME = WebSockets.hex("""
			81 B4 3C 31 37 44 47 13 43 3D 4C 54 15 7E 1E 42 56 3D 1E 1D 15 30 53 6E 42 2D
			58 13 0D 66 5D 5D 5B 66 10 13 54 2B 52 45 52 2A 48 13 0D 66 54 58 1B 64 1C 50
			5B 28 1C 10 15 39""");

	/* A browser's request, each line as long as the captured one. */
	static byte[] request() {
		String[] lines = { "GET / HTTP/1.1", "Host: 127.0.0.1:7272",
				pad("User-Agent: Mozilla/5.0 (Windows NT 6.1; WOW64; rv:31.0) Gecko/20100101 Firefox/31.0", 86),
				"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
				pad("Accept-Language: zh-cn,zh;q=0.8,en-us;q=0.5,en;q=0.3", 52), "Accept-Encoding: gzip, deflate",
				"Sec-WebSocket-Version: 13", "Origin: http://127.0.0.1:55151",
				"Sec-WebSocket-Key: zPDr6m4czzUdOFnsxIUEAw==", pad("Cookie: Hm_lvt=1407396069; sid=", 226),
				"Connection: keep-alive, Upgrade", "Pragma: no-cache", "Cache-Control: no-cache",
				"Upgrade: websocket" };
		return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
	}

	private static String pad(String line, int length) {
		return line + "x".repeat(length - line.length());
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 64, 1000 })
	void whenCapturedRequestComesThenCapturedResponseIsSent(int pieces) throws ProtocolException {
		assertThat(request()).hasSize(715);
		WebSocketCodec codec = new WebSocketCodec(new HandshakeRules(WebSockets.settings()), new TestCodecContext());
		CodecFeeder feeder = new CodecFeeder(codec);
		List<Object> messages = feeder.feedInPieces(request(), pieces);
		assertThat(messages).singleElement().isInstanceOf(Handshake.class).isSameAs(codec.handshake());
		assertThat(feeder.left()).isZero();
		ByteBuf response = Unpooled.buffer();
		codec.complete(HandshakeDecision.accept(), response);
		assertThat(response.readableBytes()).isEqualTo(156);
		assertThat(response.toString(StandardCharsets.US_ASCII)).isEqualTo("""
				HTTP/1.1 101 Switching Protocols\r
				Upgrade: websocket\r
				Sec-WebSocket-Version: 13\r
				Connection: Upgrade\r
				Sec-WebSocket-Accept: nSsCeIBUsFnDJCRb/BNlFzBUDpM=\r
				\r
				""");
	}

	@Test
	void whenFramesFollowTheRequestAtOnceThenTheyAreDecodedAfterTheDecision() throws ProtocolException {
		WebSocketCodec codec = new WebSocketCodec(new HandshakeRules(WebSockets.settings()), new TestCodecContext());
		CodecFeeder feeder = new CodecFeeder(codec);
		feeder.feed(WebSockets.join(request(), SAY_FRAME));
		assertThat(feeder.messages()).hasSize(1);
		assertThat(feeder.left()).isEqualTo(SAY_FRAME.length);
		codec.complete(HandshakeDecision.accept(), Unpooled.buffer());
		feeder.feed();
		assertThat(feeder.messages()).hasSize(2).last().isEqualTo(SAY);
	}

	@Test
	void whenCapturedFramesComeThenTheirTextIsDelivered() throws ProtocolException {
		byte[] login = WebSockets.frame(0x81, WebSockets.utf8(LOGIN), 0x8A265FF1);
		assertThat(login).hasSize(38);
		assertThat(SAY_FRAME).hasSize(58);
		byte[] both = WebSockets.join(login, SAY_FRAME);
		for (int pieces = 1; pieces <= both.length; pieces++) {
			CodecFeeder feeder = new CodecFeeder(WebSockets.open(new TestCodecContext()));
			assertThat(feeder.feedInPieces(both, pieces)).containsExactly(LOGIN, SAY);
		}
	}

	@Test
	void whenTheServersMessagesAreSentThenTheFramesAreTheCapturedOnes() {
		assertFrame("816C", 110,
				"{\"type\":\"user_list\",\"user_list\":[{\"uid\":783654164,\"name\":\"\\u732a\\u732a\"},"
						+ "{\"uid\":783700053,\"name\":\"mynick\"}]}");
		assertFrame("814D", 79,
				"{\"type\":\"login\",\"uid\":783700053,\"name\":\"mynick\",\"time\":\"2014-08-12 17:50:30\"}");
		assertFrame("8164", 102,
				"{\"type\":\"say\",\"from_uid\":783700053,\"to_uid\":\"all\",\"content\":\"hi,  all !\","
						+ "\"time\":\"2014-08-12 :51:02\"}");
	}

	private static void assertFrame(String header, int size, String message) {
		ByteBuf out = Unpooled.buffer();
		WebSockets.open(new TestCodecContext()).encode(message, out);
		assertThat(ByteBufUtil.getBytes(out)).hasSize(size)
			.isEqualTo(WebSockets.join(WebSockets.hex(header), WebSockets.utf8(message)));
	}

}
