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

package io.github.workerman.protocol.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import io.github.workerman.connection.MessageKind;
import io.github.workerman.protocol.Codec;
import io.github.workerman.protocol.CodecFeeder;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.protocol.TestCodecContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FrameProtocolTests {

	private final TestCodecContext context = new TestCodecContext();

	private Codec codec() {
		ProtocolSettings settings = new ProtocolSettings("frames", "/", List.of(), List.of(), 8192);
		return new FrameProtocol().codecs(settings).create(this.context);
	}

	private static byte[] hex(String hex) {
		return HexFormat.of().parseHex(hex);
	}

	@Test
	void whenFramesComeCutAnywhereThenEachIsAMessage() throws ProtocolException {
		byte[] bytes = hex("0000000968656C6C6F" + "00000004" + "00000006C384" + "000000");
		for (boolean direct : new boolean[] { true, false }) {
			for (int size = 1; size <= bytes.length; size++) {
				CodecFeeder feeder = new CodecFeeder(codec(), direct);
				assertThat(feeder.feedInPieces(bytes, size)).containsExactly("hello", "", "Ä");
				assertThat(feeder.left()).isEqualTo(3);
			}
		}
	}

	@Test
	void whenHandlersTakeBytesThenMessagesAreBytes() throws ProtocolException {
		this.context.withKind(MessageKind.BINARY);
		assertThat(new CodecFeeder(codec()).feed(hex("0000000600FF"))).singleElement()
			.isEqualTo(new byte[] { 0, (byte) 0xFF });
	}

	@ParameterizedTest
	@CsvSource({ "00000000,1002", "00000001,1002", "00000003,1002", "0000000A,1009", "7FFFFFFF,1009", "80000000,1009",
			"FFFFFFFF,1009" })
	void whenLengthIsNotAllowedThenTheConnectionFailsAtOnce(String length, int code) {
		this.context.withMaxMessageSize(5);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new CodecFeeder(codec()).feed(hex(length)))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code));
	}

	@Test
	void whenMessageHasTheLimitThenItPasses() throws ProtocolException {
		this.context.withMaxMessageSize(5);
		assertThat(new CodecFeeder(codec()).feed(hex("0000000968656C6C6F"))).containsExactly("hello");
	}

	@Test
	void whenMessageIsSentThenItsLengthGoesAhead() {
		ByteBuf out = Unpooled.buffer();
		Codec codec = codec();
		codec.encode("hello", out);
		codec.encode(new byte[0], out);
		codec.encode(ByteBuffer.wrap("Ä".getBytes(StandardCharsets.UTF_8)), out);
		assertThat(ByteBufUtil.getBytes(out)).isEqualTo(hex("0000000968656C6C6F" + "00000004" + "00000006C384"));
	}

	@Test
	void whenTwoServersHaveTheProtocolThenOneEncodingFitsBoth() {
		FrameProtocol protocol = new FrameProtocol();
		ProtocolSettings settings = new ProtocolSettings("frames", "/", List.of(), List.of(), 8192);
		assertThat(protocol.codecs(settings).create(this.context).broadcastKey()).isNotNull()
			.isSameAs(protocol.codecs(settings).create(new TestCodecContext()).broadcastKey());
	}

}
