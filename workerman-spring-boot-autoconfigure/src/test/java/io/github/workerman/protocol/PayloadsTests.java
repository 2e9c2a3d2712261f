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

package io.github.workerman.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.workerman.connection.MessageKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PayloadsTests {

	private static final String TEXT = "Äpfel 猪 \uD83D\uDE00";

	@Test
	void whenPayloadsAreWrittenThenTheyHaveTheSizeThatWasTold() {
		byte[] utf8 = TEXT.getBytes(StandardCharsets.UTF_8);
		for (Object message : new Object[] { TEXT, utf8, ByteBuffer.wrap(utf8), "\uD800 alone",
				ByteBuffer.wrap(utf8, 1, 3).asReadOnlyBuffer(), ByteBuffer.allocateDirect(5) }) {
			ByteBuf out = Unpooled.buffer();
			Payloads.write(message, out);
			assertThat(out.readableBytes()).isEqualTo(Payloads.size(message));
			assertThat((long) Payloads.size(message)).isLessThanOrEqualTo(Payloads.sizeBound(message));
			assertThat(Payloads.isPayload(message)).isTrue();
		}
	}

	@Test
	void whenBufferIsWrittenThenItsPositionStays() {
		ByteBuffer buffer = ByteBuffer.wrap(new byte[] { 1, 2, 3 }, 1, 2);
		ByteBuf out = Unpooled.buffer();
		Payloads.write(buffer, out);
		assertThat(ByteBufUtil.getBytes(out)).containsExactly(2, 3);
		assertThat(buffer.position()).isEqualTo(1);
	}

	@Test
	void whenSurrogateIsAloneThenItBecomesAQuestionMark() {
		ByteBuf out = Unpooled.buffer();
		Payloads.write("a\uD800b", out);
		assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a?b");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 31, 32, 33, 2047, 2048, 2049, 4095, 4096, 4097, 8191, 8192, 8193, 20_000 })
	void whenAsciiIsWrittenThenItIsTheTextWhateverItsLength(int length) {
		String text = "0123456789abcdefghijklmnopqrstuvwxyz\u0000\u007F\n".repeat(1 + length / 39).substring(0, length);
		for (ByteBuf out : new ByteBuf[] { Unpooled.buffer(1), Unpooled.directBuffer(1) }) {
			out.writeByte('>');
			assertThat(Payloads.writeAscii(text, out)).isTrue();
			Payloads.write(text, out);
			assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(">" + text + text);
			out.release();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u0080", "\u00E4", "\u00FF", "\u0100", "\u0141", "\u732A", "\uD83D\uDE00", "\uD800",
			"\u00C3\u00A4" })
	void whenOneCharacterOfALongTextIsBeyondAsciiThenTheTextIsUtf8(String beyond) {
		for (int at : new int[] { 0, 1, 30, 4094, 4095, 4096, 4097, 8191, 9999, 10_000 }) {
			String text = new StringBuilder("x".repeat(10_000)).insert(at, beyond).toString();
			ByteBuf out = Unpooled.buffer();
			out.writeByte('>');
			assertThat(Payloads.writeAscii(text, out)).isFalse();
			assertThat(out.readableBytes()).isEqualTo(1);
			Payloads.write(text, out);
			assertThat(ByteBufUtil.getBytes(out)).isEqualTo((">" + text).getBytes(StandardCharsets.UTF_8));
		}
	}

	@Test
	void whenObjectIsNoPayloadThenItIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Payloads.write(42, Unpooled.buffer()));
		assertThat(Payloads.size(42)).isEqualTo(-1);
		assertThat(Payloads.isPayload(42)).isFalse();
	}

	@Test
	void whenPayloadsAreReadThenTheirBytesAreConsumed() {
		byte[] utf8 = (TEXT + "!").getBytes(StandardCharsets.UTF_8);
		for (ByteBuf in : new ByteBuf[] { Unpooled.wrappedBuffer(utf8).slice(),
				Unpooled.directBuffer().writeBytes(utf8) }) {
			assertThat(Payloads.read(in.duplicate(), utf8.length - 1, MessageKind.BINARY))
				.isEqualTo(TEXT.getBytes(StandardCharsets.UTF_8));
			assertThat(Payloads.read(in, utf8.length - 1, MessageKind.TEXT)).isEqualTo(TEXT);
			assertThat(in.readableBytes()).isEqualTo(1);
			in.release();
		}
	}

	@Test
	void whenScratchIsAskedForThenItIsLargeEnough() {
		assertThat(Payloads.scratch(10)).isSameAs(Payloads.scratch(64 * 1024)).hasSizeGreaterThanOrEqualTo(64 * 1024);
		assertThat(Payloads.scratch(64 * 1024 + 1)).hasSizeGreaterThan(64 * 1024);
	}

}
