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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FramingProtocolTests {

	private final TestCodecContext context = new TestCodecContext().withMaxMessageSize(9);

	private final Digits protocol = new Digits();

	private Codec codec() {
		return this.protocol.codecs(new ProtocolSettings("digits", "/", List.of(), List.of(), 8192))
			.create(this.context);
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	@Test
	void whenFramesComeCutAnywhereThenEachIsDecodedAlone() throws ProtocolException {
		byte[] bytes = ascii("6hello1#9message!6right3n");
		for (int size = 1; size <= bytes.length; size++) {
			CodecFeeder feeder = new CodecFeeder(codec());
			assertThat(feeder.feedInPieces(bytes, size)).containsExactly("hello", "message!", "right");
			assertThat(feeder.left()).isEqualTo(2);
		}
	}

	@Test
	void whenLengthIsKnownThenItIsNotAskedForAgain() throws ProtocolException {
		CodecFeeder feeder = new CodecFeeder(codec());
		feeder.feedInPieces(ascii("9message!"), 1);
		assertThat(this.protocol.asked).hasValue(1);
	}

	@Test
	void whenFrameOrWaitingBytesExceedTheLimitThenTheConnectionFails() {
		this.context.withMaxMessageSize(5);
		assertFailure("7", 1009);
		assertFailure("-", 1002);
		assertFailure("?????", 0);
		assertFailure("??????", 0);
		assertFailure("???????", 1009);
	}

	private void assertFailure(String bytes, int code) {
		CodecFeeder feeder = new CodecFeeder(codec());
		if (code == 0) {
			assertThat(catchCode(feeder, bytes)).isZero();
		}
		else {
			assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> feeder.feed(ascii(bytes)))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code));
		}
	}

	private static int catchCode(CodecFeeder feeder, String bytes) {
		try {
			feeder.feed(ascii(bytes));
			return 0;
		}
		catch (ProtocolException ex) {
			return ex.code();
		}
	}

	@Test
	void whenDecodingFailsThenTheBufferIsWhole() {
		ByteBuf in = Unpooled.copiedBuffer("2!6hello", StandardCharsets.US_ASCII);
		Codec codec = codec();
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> codec.decode(in));
		assertThat(in.toString(StandardCharsets.US_ASCII)).isEqualTo("6hello");
	}

	@Test
	void whenObjectIsSentThenTheProtocolDecidesWhetherItTakesIt() {
		ByteBuf out = Unpooled.buffer();
		Codec codec = codec();
		assertThat(codec.accepts(42)).isTrue();
		assertThat(codec.accepts("42")).isFalse();
		codec.encode(42, out);
		assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("342");
		assertThat(codec.broadcastKey()).isSameAs(codec().broadcastKey());
	}

	@Test
	void whenNothingElseIsSaidThenPayloadsAreTaken() {
		Codec codec = new FramingProtocol() {

			@Override
			public String name() {
				return "default";
			}

			@Override
			protected int frameLength(ByteBuf in, CodecContext context) {
				return in.bytesBefore((byte) '\n') + 1;
			}

			@Override
			protected Object decode(ByteBuf frame, CodecContext context) {
				return Payloads.readText(frame, frame.readableBytes() - 1);
			}

			@Override
			protected void encode(Object message, ByteBuf out) {
				Payloads.write(message, out);
			}

		}.codecs(new ProtocolSettings("lines", "/", List.of(), List.of(), 8192)).create(this.context);
		assertThat(codec.accepts("text")).isTrue();
		assertThat(codec.accepts(new byte[0])).isTrue();
		assertThat(codec.accepts(42)).isFalse();
	}

	/**
	 * One digit with the length of all, then the message; {@code 1} and a {@code #} is
	 * nothing, {@code ?} says nothing of the length.
	 */
	private static final class Digits extends FramingProtocol {

		private final AtomicInteger asked = new AtomicInteger();

		@Override
		public String name() {
			return "digits";
		}

		@Override
		protected int frameLength(ByteBuf in, CodecContext context) {
			this.asked.incrementAndGet();
			return switch (in.getByte(in.readerIndex())) {
				case '?' -> 0;
				case '-' -> -1;
				case '#' -> 1;
				default -> in.getByte(in.readerIndex()) - '0';
			};
		}

		@Override
		protected @Nullable Object decode(ByteBuf frame, CodecContext context) throws ProtocolException {
			String text = frame.toString(StandardCharsets.US_ASCII).substring(1);
			if (text.equals("!")) {
				throw ProtocolException.malformed("oh");
			}
			return text.isEmpty() ? null : text;
		}

		@Override
		protected int overhead() {
			return 1;
		}

		@Override
		protected boolean accepts(Object message) {
			return message instanceof Integer;
		}

		@Override
		protected void encode(Object message, ByteBuf out) {
			String text = message.toString();
			out.writeByte('0' + text.length() + 1).writeBytes(ascii(text));
		}

	}

}
