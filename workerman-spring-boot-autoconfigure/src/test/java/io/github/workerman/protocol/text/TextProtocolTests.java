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

package io.github.workerman.protocol.text;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.MessageKind;
import io.github.workerman.protocol.Codec;
import io.github.workerman.protocol.CodecFeeder;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.protocol.TestCodecContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TextProtocolTests {

	private final TestCodecContext context = new TestCodecContext();

	private static Codec codec(TestCodecContext context) {
		ProtocolSettings settings = new ProtocolSettings("lines", "/", List.of(), List.of(), 8192);
		return new TextProtocol().codecs(settings).create(context);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void whenLinesComeCutAnywhereThenEachIsAMessage() throws ProtocolException {
		byte[] bytes = utf8("hello\nCR LF\r\n\n\r\nÄpfel 猪 \uD83D\uDE00\r\r\nin\rside\nno end");
		for (boolean direct : new boolean[] { true, false }) {
			for (int size = 1; size <= bytes.length; size++) {
				CodecFeeder feeder = new CodecFeeder(codec(this.context), direct);
				assertThat(feeder.feedInPieces(bytes, size)).containsExactly("hello", "CR LF", "", "",
						"Äpfel 猪 \uD83D\uDE00\r", "in\rside");
				assertThat(feeder.left()).isEqualTo("no end".length());
			}
			for (int cut = 0; cut <= bytes.length; cut++) {
				CodecFeeder feeder = new CodecFeeder(codec(this.context), direct);
				feeder.feed(java.util.Arrays.copyOf(bytes, cut));
				assertThat(feeder.feed(java.util.Arrays.copyOfRange(bytes, cut, bytes.length))).hasSize(6);
			}
		}
	}

	@Test
	void whenHandlersTakeBytesThenLinesAreBytes() throws ProtocolException {
		Codec codec = codec(this.context.withKind(MessageKind.BINARY));
		assertThat(new CodecFeeder(codec).feed((byte) 0, (byte) 0xFF, (byte) '\n').get(0))
			.isEqualTo(new byte[] { 0, (byte) 0xFF });
	}

	@Test
	void whenLineHasTheLimitThenItPassesWhateverItsEnd() throws ProtocolException {
		this.context.withMaxMessageSize(5);
		for (int size = 1; size < 8; size++) {
			CodecFeeder feeder = new CodecFeeder(codec(this.context));
			assertThat(feeder.feedInPieces(utf8("12345\n12345\r\n"), size)).containsExactly("12345", "12345");
		}
	}

	@Test
	void whenLineIsTooLongThenTheConnectionFailsBeforeItsEnd() {
		this.context.withMaxMessageSize(5);
		assertTooBig("123456");
		assertTooBig("123456\n");
		assertTooBig("12345\r\r");
		assertTooBig("12345\r6");
	}

	private void assertTooBig(String bytes) {
		for (int size = 1; size < 8; size++) {
			CodecFeeder feeder = new CodecFeeder(codec(this.context));
			int pieces = size;
			assertThatExceptionOfType(ProtocolException.class)
				.isThrownBy(() -> feeder.feedInPieces(utf8(bytes), pieces))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(1009));
		}
	}

	@Test
	void whenLineComesInPiecesThenNoByteIsSearchedTwice() throws ProtocolException {
		ByteBuf in = Unpooled.buffer().writeBytes(utf8("abc"));
		Codec codec = codec(this.context);
		assertThat(codec.decode(in)).isNull();
		// A second look would take these for ends of lines.
		in.setByte(0, '\n').setByte(1, '\n').writeBytes(utf8("d\ne\n"));
		assertThat(codec.decode(in)).isEqualTo("\n\ncd");
		assertThat(codec.decode(in)).isEqualTo("e");
	}

	@Test
	void whenMessageIsSentThenItGetsALineFeed() {
		ByteBuf out = Unpooled.buffer();
		Codec codec = codec(this.context);
		codec.encode("Äpfel", out);
		codec.encode(new byte[] { 'x' }, out);
		codec.encode(java.nio.ByteBuffer.wrap(utf8("yz")), out);
		codec.encode("", out);
		assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("Äpfel\nx\nyz\n\n");
	}

	@Test
	void whenPeerEndsThenItIsARegularGoodbye() {
		Codec codec = codec(this.context);
		ByteBuf out = Unpooled.buffer();
		assertThat(codec.endOfStream()).isEqualTo(CloseReason.NO_STATUS);
		assertThat(codec.encodeClose(CloseReason.NORMAL, out)).isFalse();
		assertThat(out.readableBytes()).isZero();
	}

	@Test
	void whenTwoConnectionsGetABroadcastThenOneEncodingFitsBoth() {
		assertThat(codec(this.context).broadcastKey()).isNotNull().isSameAs(codec(this.context).broadcastKey());
	}

}
