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

package io.github.workerman.protocol.delimiter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.github.workerman.connection.MessageKind;
import io.github.workerman.protocol.Codec;
import io.github.workerman.protocol.CodecFeeder;
import io.github.workerman.protocol.CompressionSettings;
import io.github.workerman.protocol.FrameSettings;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.protocol.TestCodecContext;
import io.github.workerman.protocol.TrustedProxies;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DelimiterProtocol}.
 */
class DelimiterProtocolTests {

	private final TestCodecContext context = new TestCodecContext();

	private Codec codec(String delimiter, boolean strip) {
		FrameSettings frame = new FrameSettings(4, 0, 0, false, strip, delimiter);
		return new DelimiterProtocol()
			.codecs(new ProtocolSettings("devices", List.of(), List.of(), List.of(), 8192, frame, Map.of(),
					CompressionSettings.OFF, TrustedProxies.NONE))
			.create(this.context);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String encode(Codec codec, Object message) {
		ByteBuf out = Unpooled.buffer();
		codec.encode(message, out);
		return out.toString(StandardCharsets.UTF_8);
	}

	@Test
	void whenMessagesComeCutAnywhereThenEachIsAMessage() throws ProtocolException {
		byte[] all = bytes("one--ENDtwo--EN--END--ENDrest-");
		for (int size = 1; size <= all.length; size++) {
			CodecFeeder feeder = new CodecFeeder(codec("--END", true), size % 2 == 0);
			assertThat(feeder.feedInPieces(all, size)).containsExactly("one", "two--EN", "");
			assertThat(feeder.left()).isEqualTo(5);
		}
	}

	@Test
	void whenDelimiterBeginsWithinItselfThenItIsFound() throws ProtocolException {
		assertThat(new CodecFeeder(codec("aab", true)).feedInPieces(bytes("aaabxaab"), 1)).containsExactly("a", "x");
	}

	@Test
	void whenDelimiterIsKeptThenItIsPartOfTheMessageBothWays() throws ProtocolException {
		assertThat(new CodecFeeder(codec("\\0", false)).feed(bytes("one\0two\0"))).containsExactly("one\0", "two\0");
		assertThat(encode(codec("\\0", false), "one\0")).isEqualTo("one\0");
		assertThat(encode(codec("\\0", true), "one")).isEqualTo("one\0");
		assertThat(encode(codec("\\r\\n", true), bytes("one"))).isEqualTo("one\r\n");
	}

	@Test
	void whenHandlersTakeBytesThenMessagesAreBytes() throws ProtocolException {
		this.context.withKind(MessageKind.BINARY);
		assertThat(new CodecFeeder(codec("\\xff", true)).feed((byte) 7, (byte) -1)).singleElement()
			.isEqualTo(new byte[] { 7 });
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 100 })
	void limitCountsTheMessageOnly(int size) throws ProtocolException {
		this.context.withMaxMessageSize(5);
		assertThat(new CodecFeeder(codec("<>", true)).feedInPieces(bytes("12345<>"), size)).containsExactly("12345");
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> new CodecFeeder(codec("<>", true)).feedInPieces(bytes("123456<>"), size))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(1009));
	}

	@Test
	void whenNoDelimiterComesThenTheConnectionFailsAtTheLimit() throws ProtocolException {
		this.context.withMaxMessageSize(5);
		CodecFeeder feeder = new CodecFeeder(codec("<>", true));
		feeder.feed(bytes("12345<"));
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> feeder.feed(bytes("6")))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(1009));
	}

}
