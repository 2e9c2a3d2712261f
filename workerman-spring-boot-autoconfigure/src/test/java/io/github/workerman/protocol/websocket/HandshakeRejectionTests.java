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

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.github.workerman.connection.RejectReason;
import io.github.workerman.protocol.CodecFeeder;
import io.github.workerman.protocol.HandshakeException;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.ProtocolSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.workerman.protocol.websocket.Handshakes.CONNECTION;
import static io.github.workerman.protocol.websocket.Handshakes.HOST;
import static io.github.workerman.protocol.websocket.Handshakes.KEY;
import static io.github.workerman.protocol.websocket.Handshakes.UPGRADE;
import static io.github.workerman.protocol.websocket.Handshakes.VERSION;
import static io.github.workerman.protocol.websocket.Handshakes.ascii;
import static io.github.workerman.protocol.websocket.Handshakes.assertRejected;
import static io.github.workerman.protocol.websocket.Handshakes.codec;
import static io.github.workerman.protocol.websocket.Handshakes.lines;
import static io.github.workerman.protocol.websocket.Handshakes.reject;
import static io.github.workerman.protocol.websocket.Handshakes.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Requests that no connection comes of.
 */
class HandshakeRejectionTests {

	static Stream<Arguments> malformed() {
		return Stream.of(arguments("binary", new byte[] { 0, 1, 2, 3 }),
				arguments("a line of text", ascii("hello\r\n")),
				arguments("a space first", ascii(" GET / HTTP/1.1\r\n")),
				arguments("an empty line first", ascii("\r\nGET /")),
				arguments("no method ever", ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
				arguments("line feed alone", ascii("GET / HTTP/1.1\n")), arguments("HTTP/0.9", ascii("GET /\r\n")),
				arguments("no target", ascii("GET  HTTP/1.1\r\n")),
				arguments("two spaces", ascii("GET  / HTTP/1.1\r\n")), arguments("tab", ascii("GET\t/ HTTP/1.1\r\n")),
				arguments("space at the end", ascii("GET / HTTP/1.1 \r\n")),
				arguments("space in target", ascii("GET /a b HTTP/1.1\r\n")),
				arguments("DEL in target", ascii("GET /\u007F HTTP/1.1\r\n")),
				arguments("NUL in target", ascii("GET /\u0000 HTTP/1.1\r\n")),
				arguments("CR in target", ascii("GET /\r HTTP/1.1\r\n")),
				arguments("fragment in target", ascii("GET /#a HTTP/1.1\r\n")),
				arguments("no slash", ascii("GET / HTTP 1.1\r\n")),
				arguments("lower-case version", ascii("GET / http/1.1\r\n")),
				arguments("no minor version", ascii("GET / HTTP/1\r\n")),
				arguments("long version", ascii("GET / HTTP/1.10\r\n")),
				arguments("letters", ascii("GET / HTTP/a.b\r\n")),
				arguments("space in name", WebSockets.request("Bad Name: x")),
				arguments("space before colon", WebSockets.request("Name : x")),
				arguments("tab before colon", WebSockets.request("Name\t: x")),
				arguments("folded", WebSockets.request("A: x", " folded")),
				arguments("folded with tab", WebSockets.request("A: x", "\tfolded")),
				arguments("empty name", WebSockets.request(": x")), arguments("at", WebSockets.request("a@b: x")),
				arguments("bracket", WebSockets.request("a[b: x")),
				arguments("no colon", WebSockets.request("justtext")),
				arguments("non-ASCII name", WebSockets.request("\u00E4: x")),
				arguments("NUL in value", WebSockets.request("A: \u0000")),
				arguments("CR in value", WebSockets.request("A: a\rb")),
				arguments("escape in value", WebSockets.request("A: \u001B[1m")),
				arguments("DEL in value", WebSockets.request("A: \u007F")),
				arguments("line feed in header", ascii("GET / HTTP/1.1\r\nA: b\nC: d\r\n\r\n")),
				arguments("no Host", lines("GET / HTTP/1.1", UPGRADE, CONNECTION, VERSION, KEY)),
				arguments("two Hosts", WebSockets.request("Host: other")),
				arguments("same Host twice", WebSockets.request(HOST)),
				arguments("empty Host", lines("GET / HTTP/1.1", "Host:", UPGRADE, CONNECTION, VERSION, KEY)),
				arguments("user in Host", lines("GET / HTTP/1.1", "Host: a@b", UPGRADE, CONNECTION, VERSION, KEY)),
				arguments("list in Host", lines("GET / HTTP/1.1", "Host: a,b", UPGRADE, CONNECTION, VERSION, KEY)),
				arguments("letters as port", lines("GET / HTTP/1.1", "Host: a:b", UPGRADE, CONNECTION, VERSION, KEY)),
				arguments("only a port", lines("GET / HTTP/1.1", "Host: :80", UPGRADE, CONNECTION, VERSION, KEY)),
				arguments("path in Host", lines("GET / HTTP/1.1", "Host: a/b", UPGRADE, CONNECTION, VERSION, KEY)),
				arguments("HTTP/1.0", lines("GET / HTTP/1.0", HOST, UPGRADE, CONNECTION, VERSION, KEY)),
				arguments("no Connection", lines("GET / HTTP/1.1", HOST, UPGRADE, VERSION, KEY)),
				arguments("other Connection",
						lines("GET / HTTP/1.1", HOST, UPGRADE, "Connection: keep-alive, upgraded", VERSION, KEY)),
				arguments("no version", lines("GET / HTTP/1.1", HOST, UPGRADE, CONNECTION, KEY)),
				arguments("no key", lines("GET / HTTP/1.1", HOST, UPGRADE, CONNECTION, VERSION)),
				arguments("two keys", WebSockets.request(KEY)), arguments("empty key", key("")),
				arguments("key of 15 bytes", key("dGhlIHNhbXBsZSBub25j")),
				arguments("key of 17 bytes", key("dGhlIHNhbXBsZSBub25jZSE=")),
				arguments("key without padding", key("dGhlIHNhbXBsZSBub25jZQ")),
				arguments("key with bad character", key("dGhlIHNhbXBs_SBub25jZQ==")),
				arguments("target without slash", WebSockets.requestFor("GET", "chat")),
				arguments("star", WebSockets.requestFor("GET", "*")),
				arguments("unknown scheme", WebSockets.requestFor("GET", "ftp://chat.example.org/")),
				arguments("bad percent", WebSockets.requestFor("GET", "/%zz")),
				arguments("cut percent", WebSockets.requestFor("GET", "/%4")),
				arguments("body", WebSockets.request("Content-Length: 5")),
				arguments("chunked body", WebSockets.request("Transfer-Encoding: chunked")), arguments("two origins",
						WebSockets.request("Origin: http://chat.example.org", "Origin: http://chat.example.org")));
	}

	private static byte[] key(String key) {
		return lines("GET / HTTP/1.1", HOST, UPGRADE, CONNECTION, VERSION, "Sec-WebSocket-Key: " + key);
	}

	@ParameterizedTest
	@MethodSource("malformed")
	void whenRequestIsMalformedThenItIsABadRequest(String what, byte[] request) {
		assertRejected(request, 400, RejectReason.MALFORMED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/2.0", "HTTP/3.0", "HTTP/0.9" })
	void whenVersionOfHttpIsAnotherThenThatIsSaid(String version) {
		assertRejected(lines("GET / " + version, HOST, UPGRADE, CONNECTION, VERSION, KEY), 505, RejectReason.MALFORMED,
				version);
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "OPTIONS", "get", "CONNECT", "M-SEARCH" })
	void whenMethodIsNotGetThenThatIsSaid(String method) {
		assertRejected(WebSockets.requestFor(method, "/"), 405, RejectReason.METHOD, "\r\nAllow: GET\r\n",
				"not " + method);
		assertRejected(lines(method + " / HTTP/1.0"), 405, RejectReason.METHOD, "\r\nAllow: GET\r\n");
	}

	@Test
	void whenMethodIsHeadThenTheAnswerHasNoBody() {
		String response = response(reject(WebSockets.settings(), lines("HEAD / HTTP/1.0"), 100));
		assertThat(response).startsWith("HTTP/1.1 405 Method Not Allowed\r\n").endsWith("\r\n\r\n");
		assertThat(response).doesNotContain("Content-Length: 0");
	}

	static Stream<byte[]> plainHttp() {
		return Stream.of(lines("GET / HTTP/1.1", HOST), lines("GET /favicon.ico HTTP/1.1", HOST),
				lines("GET / HTTP/1.0"),
				lines("GET / HTTP/1.1", HOST, "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c"),
				lines("GET / HTTP/1.1", HOST, CONNECTION, VERSION, KEY),
				lines("GET / HTTP/1.1", HOST, "Upgrade: websockets", CONNECTION));
	}

	@ParameterizedTest
	@MethodSource("plainHttp")
	void whenRequestIsPlainHttpThenTheAnswerSaysWhatThisPortIs(byte[] request) {
		assertRejected(request, 426, RejectReason.NOT_WEBSOCKET, "\r\nUpgrade: websocket\r\n",
				"\r\nSec-WebSocket-Version: 13\r\n", "\r\nConnection: Upgrade, close\r\n", "new WebSocket(\"ws://");
	}

	@Test
	void whenRequestIsPlainHttpThenTheAnswerNamesTheAddressToUse() {
		ProtocolSettings settings = new ProtocolSettings("chat", "/ws", List.of(), List.of(), 8192);
		assertThat(response(reject(settings, lines("GET / HTTP/1.1", "Host: [::1]:7272"), 100)))
			.contains("\"ws://[::1]:7272/ws\"");
		assertThat(response(reject(settings, lines("GET / HTTP/1.1", "Host: <script>"), 100)))
			.contains("\"ws://host:port/ws\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "8", "12", "14", "", "13, 8", "013" })
	void whenVersionIsAnotherThenTheRightOneIsNamed(String version) {
		assertRejected(lines("GET / HTTP/1.1", HOST, UPGRADE, CONNECTION, KEY, "Sec-WebSocket-Version: " + version),
				426, RejectReason.VERSION, "\r\nSec-WebSocket-Version: 13\r\n", "\r\nUpgrade: websocket\r\n",
				"\r\nConnection: Upgrade, close\r\n");
	}

	@Test
	void whenPathIsAnotherThenItIsNotFound() throws ProtocolException {
		assertRejected(WebSockets.requestFor("GET", "/other?a=b"), 404, RejectReason.PATH, "websocket is at /\n");
		ProtocolSettings settings = new ProtocolSettings("chat", "/live chat", List.of(), List.of(), 8192);
		for (String target : new String[] { "/", "/live", "/live%20chat/", "/live+chat", "/Live%20chat" }) {
			assertThat(reject(settings, WebSockets.requestFor("GET", target), 1000).reason())
				.isEqualTo(RejectReason.PATH);
		}
		for (String target : new String[] { "/live%20chat", "/l%69ve%20chat?x", "http://h/live%20chat" }) {
			assertThat(new CodecFeeder(codec(settings)).feed(WebSockets.requestFor("GET", target))).hasSize(1);
		}
	}

	@Test
	void whenHeaderIsLargerThanTheLimitThenTheConnectionFailsWhileItIsWaitedFor() throws ProtocolException {
		byte[] fitting = WebSockets.request("X-Long: " + "x".repeat(100));
		ProtocolSettings settings = new ProtocolSettings("chat", "/", List.of(), List.of(), fitting.length);
		byte[] tooLong = WebSockets.request("X-Long: " + "x".repeat(101));
		for (int pieces : new int[] { 1, 2, 64, 1000 }) {
			assertThat(new CodecFeeder(codec(settings)).feedInPieces(fitting, pieces)).hasSize(1);
			HandshakeException ex = reject(settings, tooLong, pieces);
			assertThat(ex.reason()).isEqualTo(RejectReason.HEADER_TOO_LARGE);
			assertThat(response(ex)).startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n")
				.contains(fitting.length + " bytes");
			ex = reject(settings, Arrays.copyOf(tooLong, fitting.length + 1), pieces);
			assertThat(ex.reason()).isEqualTo(RejectReason.HEADER_TOO_LARGE);
		}
		byte[] withFrame = WebSockets.join(fitting, WebSockets.text("a frame does not count"));
		assertThat(new CodecFeeder(codec(settings)).feed(withFrame)).hasSize(1);
		assertThat(reject(settings, ascii("GET /" + "a".repeat(100_000)), 100_005).reason())
			.isEqualTo(RejectReason.HEADER_TOO_LARGE);
	}

	@Test
	void whenHeaderComesInPiecesThenNoByteIsSearchedTwice() throws ProtocolException {
		ByteBuf in = Unpooled.buffer().writeBytes(ascii("GET / HTTP/1.1\r\nHost: chat"));
		WebSocketCodec codec = codec();
		assertThat(codec.decode(in)).isNull();
		// A second look would find lines that end with a line feed alone.
		in.setByte(4, '\n').setByte(in.writerIndex() - 1, '\n');
		assertThat(codec.decode(in.writeByte('s'))).isNull();
		in.writeBytes(ascii("\r\n\r\n"));
		assertThatExceptionOfType(HandshakeException.class).isThrownBy(() -> codec.decode(in))
			.withMessageNotContaining("CR LF");
	}

	@Test
	void whenTlsComesThenTheAnswerIsAnAlert() throws ProtocolException {
		byte[] clientHello = WebSockets.hex("16030100C8010000C40303");
		for (int pieces : new int[] { 1, 2, 11 }) {
			HandshakeException ex = reject(WebSockets.settings(), clientHello, pieces);
			assertThat(ex.reason()).isEqualTo(RejectReason.TLS);
			assertThat(ex.response()).isEqualTo(WebSockets.hex("15030100020228"));
		}
		assertThat(new CodecFeeder(codec()).feed((byte) 0x16)).isEmpty();
		assertRejected(new byte[] { 0x16, 0x04 }, 400, RejectReason.MALFORMED);
	}

	@Test
	void whenHandshakeTakesTooLongThenThatIsSaid() throws ProtocolException {
		WebSocketCodec codec = codec();
		CodecFeeder feeder = new CodecFeeder(codec);
		feeder.feed(ascii("GET / HTTP/1.1\r\nHost: "));
		HandshakeException ex = codec.handshakeTimeout();
		assertThat(ex.reason()).isEqualTo(RejectReason.TIMEOUT);
		assertThat(response(ex)).startsWith("HTTP/1.1 408 Request Timeout\r\n");
		assertThat(feeder.feed(ascii("late\r\n\r\n"))).isEmpty();
		assertThat(feeder.left()).isZero();
	}

}
