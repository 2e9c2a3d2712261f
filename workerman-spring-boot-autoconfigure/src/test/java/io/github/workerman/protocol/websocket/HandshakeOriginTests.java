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

import io.github.workerman.connection.RejectReason;
import io.github.workerman.protocol.CodecFeeder;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.ProtocolSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.workerman.protocol.websocket.Handshakes.CONNECTION;
import static io.github.workerman.protocol.websocket.Handshakes.KEY;
import static io.github.workerman.protocol.websocket.Handshakes.UPGRADE;
import static io.github.workerman.protocol.websocket.Handshakes.VERSION;
import static io.github.workerman.protocol.websocket.Handshakes.assertRejected;
import static io.github.workerman.protocol.websocket.Handshakes.codec;
import static io.github.workerman.protocol.websocket.Handshakes.lines;
import static io.github.workerman.protocol.websocket.Handshakes.reject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which pages may connect.
 */
class HandshakeOriginTests {

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
