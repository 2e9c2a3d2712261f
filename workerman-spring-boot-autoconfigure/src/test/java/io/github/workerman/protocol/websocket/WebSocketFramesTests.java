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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.workerman.protocol.CodecFeeder;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.TestCodecContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.workerman.protocol.websocket.WebSockets.frame;
import static io.github.workerman.protocol.websocket.WebSockets.hex;
import static io.github.workerman.protocol.websocket.WebSockets.join;
import static io.github.workerman.protocol.websocket.WebSockets.text;
import static io.github.workerman.protocol.websocket.WebSockets.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Frames and messages.
 */
class WebSocketFramesTests {

	private static final String MIXED = "ASCII first, then Äpfel, 猪猪 and \uD83D\uDE00, then ASCII again";

	private final TestCodecContext context = new TestCodecContext();

	private CodecFeeder feeder() {
		return new CodecFeeder(WebSockets.open(this.context));
	}

	private void assertViolation(int code, byte[]... frames) {
		byte[] bytes = join(frames);
		for (int size : new int[] { bytes.length, 1, 3 }) {
			CodecFeeder feeder = feeder();
			assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> feeder.feedInPieces(bytes, size))
				.satisfies((ex) -> assertThat(ex.code()).as(ex.getMessage()).isEqualTo(code));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 124, 125, 126, 127, 128, 1000, 65535, 65536, 65537,
			200_000 })
	void whenMessageHasAnySizeThenItIsDeliveredFromAnyBufferInAnyPieces(int size) throws ProtocolException {
		byte[] ascii = new byte[size];
		Arrays.fill(ascii, (byte) 'x');
		byte[] random = new byte[size];
		new Random(size).nextBytes(random);
		String mixed = MIXED.repeat(size / 50 + 1).substring(0, size).replaceAll("[\uD800-\uDFFF]", "?");
		byte[] bytes = join(frame(0x81, ascii), frame(0x82, random), text(mixed), frame(0x82, ascii, 0));
		for (boolean direct : new boolean[] { true, false }) {
			for (int pieces : new int[] { bytes.length, size + 1, size / 2 + 1, 4096, 10 }) {
				if (bytes.length / pieces < 2_000) {
					List<Object> messages = new CodecFeeder(WebSockets.open(this.context), direct).feedInPieces(bytes,
							pieces);
					assertThat(messages).hasSize(4);
					assertThat(messages.get(0)).isEqualTo(new String(ascii, StandardCharsets.US_ASCII));
					assertThat(messages.get(1)).isEqualTo(random);
					assertThat(messages.get(2)).isEqualTo(mixed);
					assertThat(messages.get(3)).isEqualTo(ascii);
				}
			}
		}
	}

	@Test
	void whenFramesAreCutAtAnyTwoPlacesThenTheMessagesAreTheSame() throws ProtocolException {
		byte[] bytes = join(text(MIXED), frame(0x89, utf8("ping")), frame(0x01, utf8("Ä")), frame(0x8A, new byte[0]),
				frame(0x00, Arrays.copyOf(utf8("猪"), 2)), frame(0x89, utf8("in")),
				frame(0x80, Arrays.copyOfRange(utf8("猪"), 2, 3)), text(""), frame(0x82, new byte[] { -1, 0 }));
		for (int one = 0; one <= bytes.length; one++) {
			for (int two = one; two <= bytes.length; two++) {
				TestCodecContext context = new TestCodecContext();
				CodecFeeder feeder = new CodecFeeder(WebSockets.open(context), (one + two) % 2 == 0);
				feeder.feed(Arrays.copyOf(bytes, one));
				feeder.feed(Arrays.copyOfRange(bytes, one, two));
				feeder.feed(Arrays.copyOfRange(bytes, two, bytes.length));
				assertThat(feeder.messages()).hasSize(4).startsWith(MIXED, "Ä猪", "");
				assertThat((byte[]) feeder.messages().get(3)).containsExactly(-1, 0);
				assertThat(ByteBufUtil.hexDump(context.answers())).isEqualTo("8a0470696e67" + "8a02696e");
				assertThat(feeder.left()).isZero();
			}
		}
	}

	@Test
	void whenPingComesThenItIsAnsweredAtOnce() throws ProtocolException {
		byte[] payload = new byte[125];
		new Random(7).nextBytes(payload);
		feeder().feed(join(frame(0x89, payload), frame(0x89, new byte[0])));
		assertThat(ByteBufUtil.getBytes(this.context.answers())).isEqualTo(join(hex("8A7D"), payload, hex("8A00")));
	}

	@Test
	void whenThereIsNoRoomForAPongThenItIsLeftOut() throws ProtocolException {
		this.context.withoutAnswers();
		assertThat(feeder().feed(join(frame(0x89, utf8("ping")), text("on")))).containsExactly("on");
	}

	@Test
	void whenPongComesThenNothingHappens() throws ProtocolException {
		assertThat(feeder().feed(join(frame(0x8A, utf8("pong")), frame(0x8A, new byte[125])))).isEmpty();
		assertThat(this.context.answers().readableBytes()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "no mask,8100", "no mask on a ping,8900", "RSV1,C180", "RSV2,A180", "RSV3,9180", "RSV1 on a ping,C980",
			"opcode 3,8380", "opcode 4,8480", "opcode 5,8580", "opcode 6,8680", "opcode 7,8780", "opcode 11,8B80",
			"opcode 12,8C80", "opcode 13,8D80", "opcode 14,8E80", "opcode 15,8F80", "fragmented ping,0980",
			"fragmented close,0880", "ping of 126,89FE007E", "close of 126,88FE007E", "pong of 65536,8AFF",
			"continuation of nothing,8080", "first fragment is a continuation,0080", "short form not used,81FE007D",
			"short form not used for 0,82FE0000", "middle form not used,82FF000000000000FFFF",
			"highest bit of the length,82FF8000000000000000", "all bits of the length,82FFFFFFFFFFFFFFFFFF" })
	void whenHeaderIsNotAllowedThenTheConnectionFailsBeforeThePayload(String what, String header) {
		assertViolation(1002, hex(header));
		assertViolation(1002, text("fine"), hex(header));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x81, 0x82, 0x01, 0x02 })
	void whenMessageBeginsWithinAFragmentedOneThenTheConnectionFails(int first) {
		assertViolation(1002, frame(0x01, utf8("a")), frame(first, utf8("b")));
		assertViolation(1002, frame(0x02, utf8("a")), frame(0x00, utf8("b")), frame(0x89, utf8("c")),
				frame(first, utf8("d")));
	}

	@Test
	void whenMessageIsCompleteThenNoContinuationFollows() {
		assertViolation(1002, frame(0x01, utf8("a")), frame(0x80, utf8("b")), frame(0x80, utf8("c")));
	}

	@Test
	void whenConnectionHasFailedThenWhatFollowsIsDropped() throws ProtocolException {
		CodecFeeder feeder = feeder();
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> feeder.feed(hex("8100")));
		assertThat(feeder.feed(join(text("late"), frame(0x89, utf8("ping")), frame(0x88, new byte[0])))).isEmpty();
		assertThat(feeder.left()).isZero();
		assertThat(this.context.answers().readableBytes()).isZero();
	}

	// ---- UTF-8

	@ParameterizedTest
	@CsvSource({ "C0", "C1", "F5", "FF", "80", "BF", "E080", "E09F", "EDA0", "EDBF", "F08F", "F490", "E28228", "E282E2",
			"F09F98C3", "C3C3", "61C361", "6161616161616161616161616180", "EFBFBFFE" })
	void whenTextIsNotUtf8ThenTheConnectionFailsAtThatByte(String malformed) throws ProtocolException {
		byte[] bytes = hex(malformed);
		byte[] rest = utf8("and so on, and so on");
		assertViolation(1007, frame(0x81, join(bytes, rest)));
		assertViolation(1007, frame(0x81, bytes));
		assertViolation(1007, frame(0x01, bytes));
		assertViolation(1007, frame(0x01, utf8("猪")), frame(0x00, bytes));
		// Byte by byte, and the very last byte is the one too many, although the frame
		// goes on
		byte[] frame = frame(0x81, join(bytes, rest));
		CodecFeeder feeder = feeder();
		feeder.feedInPieces(Arrays.copyOf(frame, 6 + bytes.length - 1), 1);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> feeder.feed(frame[6 + bytes.length - 1]))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(1007));
		byte[] split = join(frame(0x01, Arrays.copyOf(bytes, bytes.length - 1)),
				frame(0x00, join(Arrays.copyOfRange(bytes, bytes.length - 1, bytes.length), rest)));
		CodecFeeder fragments = feeder();
		fragments.feed(Arrays.copyOf(split, split.length - rest.length - 1));
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> fragments.feed(split[split.length - rest.length - 1]))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(1007));
	}

	@ParameterizedTest
	@ValueSource(strings = { "C3", "E2", "E282", "F0", "F09F", "F09F98", "6162E282" })
	void whenTextEndsWithinACharacterThenTheConnectionFailsAtItsEnd(String cut) throws ProtocolException {
		assertViolation(1007, frame(0x81, hex(cut)));
		assertViolation(1007, frame(0x01, hex(cut)), frame(0x80, new byte[0]));
		byte[] open = join(frame(0x01, hex(cut)), frame(0x00, new byte[0]));
		assertThat(feeder().feed(open)).isEmpty();
	}

	@Test
	void whenMessageIsBinaryThenItsBytesAreNotLookedAt() throws ProtocolException {
		assertThat(feeder().feedInPieces(join(frame(0x02, hex("C0")), frame(0x80, hex("FF"))), 1)).singleElement()
			.isEqualTo(hex("C0FF"));
	}

	// ---- limits

	@Test
	void whenMessageHasTheLimitThenItPasses() throws ProtocolException {
		this.context.withMaxMessageSize(300);
		assertThat(feeder().feed(join(frame(0x82, new byte[300]), frame(0x02, new byte[100]),
				frame(0x00, new byte[100]), frame(0x80, new byte[100]))))
			.hasSize(2);
	}

	@Test
	void whenHeaderAnnouncesTooMuchThenTheConnectionFailsAtOnce() {
		this.context.withMaxMessageSize(300);
		assertViolation(1009, hex("82FE012D"));
		assertViolation(1009, hex("82FF0000000000010000"));
		assertViolation(1009, hex("82FF7FFFFFFFFFFFFFFF"));
		assertViolation(1009, frame(0x01, new byte[200]), hex("80E5"));
		assertViolation(1009, frame(0x01, new byte[300]), frame(0x00, new byte[0]), hex("0081"));
	}

	@Test
	void whenLimitChangesThenTheNextMessageIsMeasuredByIt() throws ProtocolException {
		CodecFeeder feeder = feeder();
		feeder.feed(text("12345"));
		this.context.withMaxMessageSize(4);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> feeder.feed(text("12345")));
	}

	@Test
	void whenControlFrameComesThenTheLimitDoesNotApply() throws ProtocolException {
		this.context.withMaxMessageSize(4);
		feeder().feed(frame(0x89, utf8("longer than four")));
		assertThat(this.context.answers().readableBytes()).isPositive();
	}

	// ---- many and large

	@Test
	void whenManyTinyFragmentsComeThenTheyAreOneMessage() throws ProtocolException {
		CodecFeeder feeder = feeder();
		feeder.feed(frame(0x01, utf8("x")));
		ByteBuf fragments = Unpooled.buffer();
		for (int i = 0; i < 1000; i++) {
			fragments.writeBytes(frame(0x00, utf8("y"))).writeBytes(frame(0x00, new byte[0]));
		}
		for (int i = 0; i < 100; i++) {
			assertThat(feeder.feed(ByteBufUtil.getBytes(fragments))).isEmpty();
			assertThat(feeder.left()).isZero();
		}
		assertThat(feeder.feed(frame(0x80, utf8("z")))).containsExactly("x" + "y".repeat(100_000) + "z");
	}

	@Test
	void whenLargeMessageComesInSmallPiecesThenEachByteIsTouchedOnce() throws ProtocolException {
		byte[] payload = "16 MiB of Äpfel".repeat(1_048_576).getBytes(StandardCharsets.UTF_8);
		this.context.withMaxMessageSize(payload.length);
		CodecFeeder feeder = feeder();
		byte[] bytes = frame(0x81, payload);
		// The feeder shows that nothing is left for the next round, which is what makes
		// it linear.
		for (int i = 0; i < bytes.length; i += 1024) {
			feeder.feed(Arrays.copyOfRange(bytes, i, Math.min(i + 1024, bytes.length)));
			assertThat(feeder.left()).isZero();
		}
		assertThat(feeder.messages()).singleElement().isEqualTo(new String(payload, StandardCharsets.UTF_8));
	}

	// ---- sending

	@ParameterizedTest
	@CsvSource({ "0,8100", "1,8101", "125,817D", "126,817E007E", "127,817E007F", "65535,817EFFFF",
			"65536,817F0000000000010000", "100000,817F00000000000186A0" })
	void whenMessageIsSentThenItIsOneUnmaskedFrame(int size, String header) {
		String text = "x".repeat(size);
		byte[] expected = join(hex(header), utf8(text));
		ByteBuf out = Unpooled.buffer(1);
		WebSocketCodec codec = WebSockets.open(this.context);
		codec.encode(text, out);
		assertThat(ByteBufUtil.getBytes(out)).isEqualTo(expected);
		expected[0] = (byte) 0x82;
		codec.encode(utf8(text), out.clear());
		assertThat(ByteBufUtil.getBytes(out)).isEqualTo(expected);
		ByteBuffer buffer = ByteBuffer.wrap(join(hex("FFFF"), utf8(text))).position(2).asReadOnlyBuffer();
		codec.encode(buffer, out.clear());
		assertThat(ByteBufUtil.getBytes(out)).isEqualTo(expected);
		assertThat(buffer.position()).isEqualTo(2);
	}

	/* As many characters as a short header can tell, but more bytes. */
	@ParameterizedTest
	@CsvSource({ "2047,817E0801", "65533,817EFFFF", "65534,817F0000000000010000", "65535,817F0000000000010001" })
	void whenLongTextEndsBeyondAsciiThenTheHeaderTellsItsBytes(int length, String header) {
		String text = "x".repeat(length - 1) + "\uFFFC";
		ByteBuf out = Unpooled.buffer(1).writeByte(7);
		WebSockets.open(this.context).encode(text, out);
		assertThat(ByteBufUtil.getBytes(out)).isEqualTo(join(hex("07" + header), utf8(text)));
	}

	@Test
	void whenMessagesAreSentThenTheyFollowWhatWasThere() {
		ByteBuf out = Unpooled.buffer(1).writeByte(7);
		WebSocketCodec codec = WebSockets.open(this.context);
		codec.encode("猪\uD800", out);
		codec.encode(new byte[] { -1 }, out);
		assertThat(ByteBufUtil.hexDump(out)).isEqualTo("07" + "8104e78caa3f" + "8201ff");
		assertThatIllegalArgumentException().isThrownBy(() -> codec.encode(42, out));
		assertThat(out.readableBytes()).isEqualTo(10);
	}

	@Test
	void whenPingIsSentThenItIsAControlFrame() {
		ByteBuf out = Unpooled.buffer(1);
		WebSocketCodec codec = WebSockets.open(this.context);
		ByteBuffer payload = ByteBuffer.wrap(utf8("ping"));
		codec.encodePing(payload, out);
		assertThat(ByteBufUtil.hexDump(out)).isEqualTo("890470696e67");
		assertThat(payload.position()).isZero();
		assertThatIllegalArgumentException().isThrownBy(() -> codec.encodePing(ByteBuffer.allocate(126), out))
			.withMessageContaining("125");
	}

	@Test
	void whenTwoConnectionsGetABroadcastThenOneEncodingFitsBoth() {
		assertThat(WebSockets.open(this.context).broadcastKey()).isNotNull()
			.isSameAs(WebSockets.open(new TestCodecContext()).broadcastKey());
	}

}
