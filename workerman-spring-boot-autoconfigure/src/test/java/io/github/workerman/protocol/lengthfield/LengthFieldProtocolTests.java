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

package io.github.workerman.protocol.lengthfield;

import java.util.HexFormat;
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
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LengthFieldProtocol}.
 */
class LengthFieldProtocolTests {

	private final TestCodecContext context = new TestCodecContext();

	private Codec codec(FrameSettings frame) {
		return new LengthFieldProtocol()
			.codecs(new ProtocolSettings("devices", List.of(), List.of(), List.of(), 8192, frame, Map.of(),
					CompressionSettings.OFF, TrustedProxies.NONE))
			.create(this.context);
	}

	private static FrameSettings frame(int lengthBytes, int offset, int adjust, boolean littleEndian, boolean strip) {
		return new FrameSettings(lengthBytes, offset, adjust, littleEndian, strip, "\\n");
	}

	private static byte[] hex(String hex) {
		return HexFormat.of().parseHex(hex);
	}

	private static String encode(Codec codec, Object message) {
		ByteBuf out = Unpooled.buffer();
		codec.encode(message, out);
		return HexFormat.of().withUpperCase().formatHex(ByteBufUtil.getBytes(out));
	}

	@ParameterizedTest
	@CsvSource({ "1,0,0,false,026869", "2,0,0,false,00026869", "2,0,0,true,02006869", "3,0,0,false,0000026869",
			"3,0,0,true,0200006869", "4,0,0,false,000000026869", "4,0,0,true,020000006869",
			"8,0,0,false,00000000000000026869", "8,0,0,true,02000000000000006869", "2,0,-2,false,00046869",
			"2,1,0,false,0000026869", "2,2,-4,true,000006006869", "1,0,1,false,016869" })
	void whenHeaderIsStrippedThenBothWaysHaveTheSameBytes(int lengthBytes, int offset, int adjust, boolean littleEndian,
			String bytes) throws ProtocolException {
		FrameSettings settings = frame(lengthBytes, offset, adjust, littleEndian, true);
		assertThat(encode(codec(settings), "hi")).isEqualTo(bytes);
		byte[] twice = hex(bytes + bytes);
		for (int size = 1; size <= twice.length; size++) {
			CodecFeeder feeder = new CodecFeeder(codec(settings));
			assertThat(feeder.feedInPieces(twice, size)).containsExactly("hi", "hi");
			assertThat(feeder.left()).isZero();
		}
	}

	@Test
	void whenHeaderIsKeptThenMessagesAreFramesAndTheLengthIsFilledIn() throws ProtocolException {
		this.context.withKind(MessageKind.BINARY);
		FrameSettings settings = frame(2, 1, 0, false, false);
		assertThat(new CodecFeeder(codec(settings)).feed(hex("A5000201FF" + "A50000" + "A500"))).hasSize(2)
			.satisfies((messages) -> assertThat((byte[]) messages.get(0)).isEqualTo(hex("A5000201FF")))
			.satisfies((messages) -> assertThat((byte[]) messages.get(1)).isEqualTo(hex("A50000")));
		assertThat(encode(codec(settings), hex("A5FFFF0102"))).isEqualTo("A500020102");
		assertThatIllegalArgumentException().isThrownBy(() -> encode(codec(settings), hex("A500")))
			.withMessageContaining("3 bytes");
	}

	@ParameterizedTest
	@CsvSource({ "4,0,FFFFFFFF,1009", "4,0,7FFFFFFF,1009", "4,0,00000006,1009", "4,-4,00000003,1002",
			"4,-4,00000000,1002", "4,-4,0000000A,1009", "8,0,8000000000000000,1002", "8,0,FFFFFFFFFFFFFFFF,1002",
			"8,0,7FFFFFFFFFFFFFFF,1009", "8,2147483647,7FFFFFFFFFFFFFFF,1009", "8,0,0000000100000000,1009",
			"4,-2147483648,7FFFFFFF,1002", "1,0,06,1009", "1,-200,C7,1002" })
	void whenLengthIsNotAllowedThenTheConnectionFailsAtOnce(int lengthBytes, int adjust, String header, int code) {
		this.context.withMaxMessageSize(5);
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> new CodecFeeder(codec(frame(lengthBytes, 0, adjust, false, true))).feed(hex(header)))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code));
	}

	@Test
	void limitCountsTheMessageOnly() throws ProtocolException {
		this.context.withMaxMessageSize(5);
		assertThat(new CodecFeeder(codec(frame(4, 2, 0, false, true))).feed(hex("AAAA0000000568656C6C6F")))
			.containsExactly("hello");
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> new CodecFeeder(codec(frame(1, 0, 0, false, false))).feed(hex("05")))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(1009));
	}

	@Test
	void whenMessageDoesNotFitTheLengthFieldThenItIsRefused() {
		Codec codec = codec(frame(1, 0, 0, false, true));
		assertThat(encode(codec, new byte[255])).hasSize(2 * 256);
		assertThatIllegalArgumentException().isThrownBy(() -> encode(codec, new byte[256]))
			.withMessageContaining("256")
			.withMessageContaining("0 to 255");
		assertThatIllegalArgumentException().isThrownBy(() -> encode(codec(frame(1, 0, 3, false, true)), "hi"))
			.withMessageContaining("-1");
	}

	@Test
	void whenServersHaveOtherFramesThenABroadcastIsEncodedForEach() {
		LengthFieldProtocol protocol = new LengthFieldProtocol();
		ProtocolSettings settings = new ProtocolSettings("devices", "/", List.of(), List.of(), 8192);
		var codecs = protocol.codecs(settings);
		assertThat(codecs.create(this.context).broadcastKey()).isNotNull()
			.isSameAs(codecs.create(new TestCodecContext()).broadcastKey())
			.isNotSameAs(protocol.codecs(settings).create(this.context).broadcastKey());
	}

}
