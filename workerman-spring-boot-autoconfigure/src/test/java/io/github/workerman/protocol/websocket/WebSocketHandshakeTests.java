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
import io.github.workerman.protocol.TestCodecContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class WebSocketHandshakeTests {

	private static final String HOST = "Host: chat.example.org:7272";

	private static final String UPGRADE = "Upgrade: websocket";

	private static final String CONNECTION = "Connection: Upgrade";

	private static final String VERSION = "Sec-WebSocket-Version: 13";

	private static final String KEY = "Sec-WebSocket-Key: " + WebSockets.KEY;

	private static byte[] lines(String... lines) {
		return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static WebSocketCodec codec(ProtocolSettings settings) {
		return new WebSocketCodec(new HandshakeRules(settings), new TestCodecContext());
	}

	private static WebSocketCodec codec() {
		return codec(WebSockets.settings());
	}

	private static HandshakeException reject(ProtocolSettings settings, byte[] request, int pieces) {
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

	private static String response(HandshakeException ex) {
		return new String(ex.response(), StandardCharsets.UTF_8);
	}

	private static void assertRejected(byte[] request, int status, RejectReason reason, String... contents) {
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

	// ---- accepted

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

	// ---- rejected

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

	// ---- the application's decision

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

	// ---- origin

	@ParameterizedTest
	@ValueSource(strings = { "http://chat.example.org", "https://chat.example.org", "http://CHAT.example.org:8080" })
	void whenPageIsOfTheSameHostThenItMayConnect(String origin) throws ProtocolException {
		assertThat(new CodecFeeder(codec()).feed(WebSockets.request("Origin: " + origin))).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://example.org", "http://evil.example.org", "http://chat.example.org.evil.com",
			"null", "", "chat.example.org", "http://chat.example.org@evil.com", "http://evil.com/chat.example.org",
			"http://chat.example.org evil", "http://evil.com:80:chat.example.org", "file://" })
	void whenPageIsOfAnotherHostThenItMayNotConnect(String origin) {
		assertRejected(WebSockets.request("Origin: " + origin), 403, RejectReason.ORIGIN);
	}

	@Test
	void whenHostIsAnAddressThenTheOriginIsComparedWithIt() throws ProtocolException {
		byte[] request = lines("GET / HTTP/1.1", "Host: [::1]:7272", UPGRADE, CONNECTION, VERSION, KEY,
				"Origin: http://[::1]:55151");
		assertThat(new CodecFeeder(codec()).feed(request)).hasSize(1);
	}

	@Test
	void whenOriginsAreAllowedThenTheirPagesMayConnect() throws ProtocolException {
		List<String> allowed = List.of("https://example.org", "https://*.example.org", "http://localhost:3000",
				"http://exact.test:80");
		for (String origin : new String[] { "https://example.org", "https://example.org:443", "HTTPS://Example.ORG",
				"https://a.example.org", "https://a.b.example.org", "http://localhost:3000", "http://exact.test",
				"http://chat.example.org:1" }) {
			assertOrigin(allowed, origin, true);
		}
		for (String origin : new String[] { "http://example.org", "https://example.org:8443", "https://evilexample.org",
				"https://.example.org", "http://localhost", "http://localhost:3001", "null",
				"https://example.org.evil" }) {
			assertOrigin(allowed, origin, false);
		}
		assertOrigin(List.of("*"), "https://anybody", true);
		assertOrigin(List.of("*"), "null", true);
		assertOrigin(List.of("*"), "garbage", true);
		assertOrigin(List.of("null"), "null", true);
		assertOrigin(List.of("null"), "https://anybody", false);
		assertOrigin(List.of("chrome-extension://abcdef"), "chrome-extension://abcdef", true);
		assertOrigin(List.of("chrome-extension://abcdef"), "chrome-extension://other", false);
		assertOrigin(List.of("file://"), "file://", true);
	}

	private static void assertOrigin(List<String> allowed, String origin, boolean accepted) throws ProtocolException {
		ProtocolSettings settings = new ProtocolSettings("chat", "/", List.of(), allowed, 8192);
		byte[] request = WebSockets.request("Origin: " + origin);
		if (accepted) {
			assertThat(new CodecFeeder(codec(settings)).feed(request)).as(origin).hasSize(1);
		}
		else {
			assertThat(reject(settings, request, request.length).reason()).as(origin).isEqualTo(RejectReason.ORIGIN);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "example.org", "https://example.org/", "https://example.org/path", "", "https//a", "**",
			"https://*example.org", "https://a.*.org", "*.example.org", "https://*." })
	void whenAllowedOriginIsNoneThenTheServerDoesNotStart(String origin) {
		ProtocolSettings settings = new ProtocolSettings("chat", "/", List.of(), List.of(origin), 8192);
		assertThatIllegalArgumentException().isThrownBy(() -> new WebSocketProtocol().codecs(settings))
			.withMessageContaining("'" + origin + "'");
	}

}
