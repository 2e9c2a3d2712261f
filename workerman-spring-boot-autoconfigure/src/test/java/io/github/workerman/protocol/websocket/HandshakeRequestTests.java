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
import java.util.Map;

import io.github.workerman.connection.Handshake;
import io.github.workerman.protocol.CodecFeeder;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.protocol.TestCodecContext;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HandshakeRequestTests {

	private final TestCodecContext context = new TestCodecContext();

	private Handshake handshake(String path, String target, String... lines) throws ProtocolException {
		ProtocolSettings settings = new ProtocolSettings("chat", path, List.of(), List.of("*"), 8192);
		WebSocketCodec codec = new WebSocketCodec(new HandshakeRules(settings), this.context);
		return (Handshake) new CodecFeeder(codec).feed(WebSockets.requestFor("GET", target, lines)).get(0);
	}

	@Test
	void whenTargetIsEncodedThenPathAndParametersAreDecoded() throws ProtocolException {
		Handshake handshake = handshake("/a b+\u00E4", "/a%20b+%C3%A4?x=1&y=a+b%26c&x=%E7%8C%AA&&flag&=odd&bad=%zz&e=");
		assertThat(handshake.path()).isEqualTo("/a b+\u00E4");
		assertThat(handshake.queryString()).isEqualTo("x=1&y=a+b%26c&x=%E7%8C%AA&&flag&=odd&bad=%zz&e=");
		assertThat(handshake.query()).containsExactly(Map.entry("x", List.of("1", "\u732A")),
				Map.entry("y", List.of("a b&c")), Map.entry("flag", List.of("")), Map.entry("", List.of("odd")),
				Map.entry("bad", List.of("%zz")), Map.entry("e", List.of("")));
		assertThat(handshake.query("x")).isEqualTo("1");
		assertThat(handshake.query("none")).isNull();
		assertThat(handshake).hasToString("GET /a%20b+%C3%A4?x=1&y=a+b%26c&x=%E7%8C%AA&&flag&=odd&bad=%zz&e=");
	}

	@Test
	void whenTargetHasNoQueryThenThereAreNoParameters() throws ProtocolException {
		Handshake handshake = handshake("/", "/");
		assertThat(handshake.path()).isEqualTo("/");
		assertThat(handshake.queryString()).isEmpty();
		assertThat(handshake.query()).isEmpty();
	}

	@Test
	void whenTargetIsAbsoluteThenItsPathCounts() throws ProtocolException {
		Handshake handshake = handshake("/ws", "wss://user.example:1/ws?a=/?b");
		assertThat(handshake.path()).isEqualTo("/ws");
		assertThat(handshake.queryString()).isEqualTo("a=/?b");
		assertThat(handshake("/", "http://host?q=/x").path()).isEqualTo("/");
	}

	@Test
	void whenTargetHasRawUtf8ThenItIsUnderstood() throws ProtocolException {
		String raw = new String("/\u732A".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
		assertThat(handshake("/\u732A", raw).path()).isEqualTo("/\u732A");
	}

	@Test
	void whenHeadersRepeatThenAllValuesAreThereInOrder() throws ProtocolException {
		Handshake handshake = handshake("/", "/", "X-Many: 1", "Other: \t", "x-many:\t2 ");
		assertThat(handshake.header("X-MANY")).isEqualTo("1");
		assertThat(handshake.header("other")).isEmpty();
		assertThat(handshake.header("none")).isNull();
		assertThat(handshake.headers()).containsEntry("x-many", List.of("1", "2")).containsEntry("other", List.of(""));
		assertThat(handshake.headers().keySet()).containsExactly("host", "upgrade", "connection",
				"sec-websocket-version", "sec-websocket-key", "x-many", "other");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> handshake.headers().clear());
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> handshake.headers().get("other").add("x"));
	}

	@Test
	void whenCookiesAreSentThenTheyAreFoundByName() throws ProtocolException {
		Handshake handshake = handshake("/", "/", "Cookie: a=1; b=\"two\";c=x=y; empty=; a=9; noise", "Cookie: d=4");
		assertThat(handshake.cookie("a")).isEqualTo("1");
		assertThat(handshake.cookie("b")).isEqualTo("two");
		assertThat(handshake.cookie("c")).isEqualTo("x=y");
		assertThat(handshake.cookie("empty")).isEmpty();
		assertThat(handshake.cookie("d")).isEqualTo("4");
		assertThat(handshake.cookie("A")).isNull();
		assertThat(handshake.cookie("noise")).isNull();
	}

	@Test
	void whenBrowserConnectsThenItsOriginIsKnown() throws ProtocolException {
		assertThat(handshake("/", "/", "Origin: https://example.org").origin()).isEqualTo("https://example.org");
		assertThat(handshake("/", "/").origin()).isNull();
	}

	@Test
	void whenSubprotocolsAreOfferedThenTheyAreListedInOrder() throws ProtocolException {
		assertThat(
				handshake("/", "/", "Sec-WebSocket-Protocol: v2 , v1,,", "Sec-WebSocket-Protocol: v0").subprotocols())
			.containsExactly("v2", "v1", "v0");
		assertThat(handshake("/", "/").subprotocols()).isEmpty();
	}

	@Test
	void whenHandshakeIsAskedForTheConnectionThenItAnswersForIt() throws ProtocolException {
		Handshake handshake = handshake("/", "/");
		assertThat(handshake.server()).isEqualTo("chat");
		assertThat(handshake.remoteAddress()).isEqualTo(this.context.remoteAddress());
		assertThat(handshake.attributes()).isSameAs(this.context.attributes());
	}

}
