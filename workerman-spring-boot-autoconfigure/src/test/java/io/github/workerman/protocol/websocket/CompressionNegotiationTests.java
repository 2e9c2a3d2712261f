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
import java.util.ArrayList;
import java.util.List;

import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.protocol.CodecFeeder;
import io.github.workerman.protocol.CompressionSettings;
import io.github.workerman.protocol.HandshakeException;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.TestCodecContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is agreed to of what clients offer (RFC 6455 section 9.1, RFC 7692 sections 5 and
 * 7.1).
 */
class CompressionNegotiationTests {

	private static final CompressionSettings TAKEOVER = new CompressionSettings(true, 0, 6, true, true, 15, 15);

	/* What the response says, or "none" */
	private static String answer(CompressionSettings settings, String... fields) throws ProtocolException {
		WebSocketCodec codec = new WebSocketCodec(new HandshakeRules(WebSockets.settings(settings)),
				new TestCodecContext());
		new CodecFeeder(codec).feed(WebSockets.request(fields));
		ByteBuf out = Unpooled.buffer();
		codec.complete(HandshakeDecision.accept().withHeader("Sec-WebSocket-Extensions", "of-the-application"), out);
		codec.release();
		List<String> values = new ArrayList<>();
		for (String line : out.toString(StandardCharsets.US_ASCII).split("\r\n")) {
			if (line.startsWith("Sec-WebSocket-Extensions: ")) {
				values.add(line.substring(26));
			}
		}
		assertThat(values).hasSizeLessThan(2);
		return values.isEmpty() ? "none" : values.get(0);
	}

	private static String offered(CompressionSettings settings, String offer) throws ProtocolException {
		return answer(settings, "Sec-WebSocket-Extensions: " + offer);
	}

	@Test
	void whenServerDoesNotCompressThenNothingIsAgreedTo() throws ProtocolException {
		assertThat(offered(CompressionSettings.OFF, "permessage-deflate")).isEqualTo("none");
		assertThat(offered(CompressionSettings.OFF, "what ever;;")).isEqualTo("none");
	}

	@Test
	void whenClientOffersNothingThenNothingIsAgreedTo() throws ProtocolException {
		assertThat(answer(CompressionSettings.ON)).isEqualTo("none");
		assertThat(offered(CompressionSettings.ON, "")).isEqualTo("none");
		assertThat(offered(CompressionSettings.ON, " , ,")).isEqualTo("none");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					permessage-deflate                                                  | permessage-deflate
					permessage-deflate; client_max_window_bits                          | permessage-deflate
					permessage-deflate; client_max_window_bits=8                        | permessage-deflate
					permessage-deflate;client_max_window_bits="12"                      | permessage-deflate
					permessage-deflate; server_no_context_takeover                      | permessage-deflate; server_no_context_takeover
					permessage-deflate; client_no_context_takeover                      | permessage-deflate; client_no_context_takeover
					permessage-deflate ;	client_no_context_takeover ; server_no_context_takeover | permessage-deflate; server_no_context_takeover; client_no_context_takeover
					permessage-deflate; server_max_window_bits=15                       | permessage-deflate; server_max_window_bits=15
					permessage-deflate; server_max_window_bits = "1\\5"                 | permessage-deflate; server_max_window_bits=15
					permessage-deflate; server_max_window_bits=10                       | permessage-deflate; server_no_context_takeover; server_max_window_bits=10
					permessage-deflate; server_max_window_bits=8; client_max_window_bits | permessage-deflate; server_no_context_takeover; server_max_window_bits=8
					x-webkit-deflate-frame, permessage-deflate                          | permessage-deflate
					, permessage-deflate,                                               | permessage-deflate
					""")
	void whenOfferCanBeMetThenItIsAgreedTo(String offer, String response) throws ProtocolException {
		assertThat(offered(TAKEOVER, offer)).isEqualTo(response);
	}

	@ParameterizedTest
	@ValueSource(strings = { "permessage-bzip2", "PerMessage-Deflate", "permessage-deflate; unknown",
			"permessage-deflate; unknown=1", "permessage-deflate; Server_No_Context_Takeover",
			"permessage-deflate; server_no_context_takeover=1", "permessage-deflate; client_no_context_takeover=true",
			"permessage-deflate; server_no_context_takeover; server_no_context_takeover",
			"permessage-deflate; client_max_window_bits; client_max_window_bits=10",
			"permessage-deflate; server_max_window_bits=10; server_max_window_bits=10",
			"permessage-deflate; server_max_window_bits", "permessage-deflate; server_max_window_bits=7",
			"permessage-deflate; server_max_window_bits=16", "permessage-deflate; server_max_window_bits=08",
			"permessage-deflate; server_max_window_bits=+9", "permessage-deflate; server_max_window_bits=1x",
			"permessage-deflate; server_max_window_bits=99999999999", "permessage-deflate; client_max_window_bits=0",
			"permessage-deflate; client_max_window_bits=7", "permessage-deflate; client_max_window_bits=16",
			"permessage-deflate; client_max_window_bits=\"015\"" })
	void whenOfferCannotBeMetThenItIsDeclined(String offer) throws ProtocolException {
		assertThat(offered(CompressionSettings.ON, offer)).isEqualTo("none");
		// What was declined does not speak against the next one.
		assertThat(offered(TAKEOVER, offer + ", permessage-deflate")).isEqualTo("permessage-deflate");
		assertThat(
				answer(TAKEOVER, "Sec-WebSocket-Extensions: " + offer, "sec-websocket-EXTENSIONS: permessage-deflate"))
			.isEqualTo("permessage-deflate");
	}

	@Test
	void whenSeveralOffersCanBeMetThenTheFirstIsAgreedTo() throws ProtocolException {
		assertThat(offered(TAKEOVER,
				"permessage-deflate; server_max_window_bits=9; client_no_context_takeover, permessage-deflate"))
			.isEqualTo("permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
					+ "server_max_window_bits=9");
	}

	@Test
	void whenServerWantsNoTakeoverThenItSaysSo() throws ProtocolException {
		assertThat(offered(CompressionSettings.ON, "permessage-deflate"))
			.isEqualTo("permessage-deflate; server_no_context_takeover; client_no_context_takeover");
	}

	@Test
	void whenServerWantsSmallWindowsThenItSaysSo() throws ProtocolException {
		CompressionSettings small = new CompressionSettings(true, 0, 6, false, true, 10, 11);
		assertThat(offered(small, "permessage-deflate"))
			.isEqualTo("permessage-deflate; server_no_context_takeover; server_max_window_bits=10");
		assertThat(offered(small, "permessage-deflate; server_max_window_bits=9; client_max_window_bits"))
			.isEqualTo("permessage-deflate; server_no_context_takeover; server_max_window_bits=9; "
					+ "client_max_window_bits=11");
		assertThat(offered(small, "permessage-deflate; server_max_window_bits=15; client_max_window_bits=8"))
			.isEqualTo("permessage-deflate; server_no_context_takeover; server_max_window_bits=10; "
					+ "client_max_window_bits=8");
	}

	@ParameterizedTest
	@ValueSource(strings = { "permessage-deflate;", "permessage-deflate; ; a", "permessage-deflate; =1",
			"permessage-deflate; a=", "permessage-deflate; a=\"\"", "permessage-deflate; a=\"b",
			"permessage-deflate; a=\"b c\"", "permessage-deflate; a=\"b\" c", "permessage-deflate a",
			"permessage-deflate; a=\"b\\", "permessage/deflate", "; a", "\"permessage-deflate\"",
			"permessage-deflate, \u00E4" })
	void whenFieldIsNotValidThenHandshakeIsRefused(String field) {
		assertThatExceptionOfType(HandshakeException.class)
			.isThrownBy(() -> offered(CompressionSettings.ON, "permessage-deflate, " + field))
			.satisfies((ex) -> assertThat(new String(ex.response(), StandardCharsets.UTF_8))
				.startsWith("HTTP/1.1 400 Bad Request")
				.contains("Sec-WebSocket-Extensions"));
	}

}
