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
import java.util.Arrays;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
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

/**
 * The closing handshake.
 */
class WebSocketClosingTests {

	private final TestCodecContext context = new TestCodecContext();

	private final WebSocketCodec codec = WebSockets.open(this.context);

	private final CodecFeeder feeder = new CodecFeeder(this.codec);

	private static byte[] close(int code, String text) {
		return frame(0x88, join(new byte[] { (byte) (code >>> 8), (byte) code }, utf8(text)));
	}

	private String encodeClose(CloseReason reason, boolean expectAnswer) {
		ByteBuf out = Unpooled.buffer(1);
		assertThat(this.codec.encodeClose(reason, out)).isEqualTo(expectAnswer);
		return ByteBufUtil.hexDump(out).toUpperCase(java.util.Locale.ROOT);
	}

	@ParameterizedTest
	@ValueSource(
			ints = { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999 })
	void whenPeerClosesThenItsCodeAndTextAreReportedAndItsCodeEchoed(int code) throws ProtocolException {
		this.feeder.feedInPieces(join(text("last"), close(code, "bye, 猪"), text("late")), 2);
		CloseReason goodbye = new CloseReason(code, "bye, 猪", Cause.CLIENT);
		assertThat(this.feeder.messages()).containsExactly("last", goodbye);
		assertThat(this.feeder.left()).isZero();
		assertThat(encodeClose(goodbye, false)).isEqualTo(String.format("8802%04X", code));
		assertThat(this.codec.endOfStream()).isEqualTo(goodbye);
	}

	@Test
	void whenPeerClosesWithoutACodeThenTheAnswerHasNoneEither() throws ProtocolException {
		this.feeder.feed(frame(0x88, new byte[0]));
		assertThat(this.feeder.messages()).containsExactly(CloseReason.NO_STATUS);
		assertThat(encodeClose(CloseReason.NO_STATUS, false)).isEqualTo("8800");
		assertThat(this.codec.endOfStream()).isEqualTo(CloseReason.NO_STATUS);
	}

	@Test
	void whenPeerClosesWithinAFragmentedMessageThenThatIsAGoodbye() throws ProtocolException {
		this.feeder.feed(join(frame(0x01, utf8("never ")), close(1001, "")));
		assertThat(this.feeder.messages()).containsExactly(new CloseReason(1001, "", Cause.CLIENT));
	}

	@ParameterizedTest
	@CsvSource({ "half a code,03,1002", "0,0000,1002", "999,03E7,1002", "1004,03EC,1002", "1005,03ED,1002",
			"1006,03EE,1002", "1015,03F7,1002", "1016,03F8,1002", "1100,044C,1002", "2000,07D0,1002", "2999,0BB7,1002",
			"5000,1388,1002", "65535,FFFF,1002", "malformed text,03E8C0,1007", "cut text,03E8E28C,1007" })
	void whenCloseFrameIsNotAllowedThenTheConnectionFails(String what, String payload, int code) {
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> this.feeder.feedInPieces(frame(0x88, hex(payload)), 1))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code));
	}

	@Test
	void whenCloseFrameHasTheLargestTextThenItIsTaken() throws ProtocolException {
		this.feeder.feed(close(1000, "x".repeat(123)));
		assertThat(this.feeder.messages()).containsExactly(new CloseReason(1000, "x".repeat(123), Cause.CLIENT));
	}

	@Test
	void whenConnectionHasFailedThenTheCloseFrameSaysSoAndNoAnswerIsExpected() {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> this.feeder.feed(hex("8100")))
			.satisfies((ex) -> assertThat(encodeClose(ex.closeReason(), false)).startsWith("88").contains("03EA"));
		assertThat(this.codec.endOfStream()).isEqualTo(CloseReason.LOST);
	}

	@Test
	void whenWeCloseThenThePeersCloseFrameIsAwaited() throws ProtocolException {
		assertThat(encodeClose(CloseReason.of(4000, "Ä"), true)).isEqualTo("88040FA0C384");
		assertThat(this.codec.endOfStream()).isEqualTo(CloseReason.LOST);
		this.feeder.feed(close(4000, ""));
		assertThat(this.feeder.messages()).containsExactly(new CloseReason(4000, "", Cause.CLIENT));
		assertThat(this.codec.endOfStream().cause()).isEqualTo(Cause.CLIENT);
	}

	@Test
	void whenWeHaveClosedThenEverythingButTheCloseFrameIsSkippedWhereverItIsCut() throws ProtocolException {
		byte[] before = join(text("before"), frame(0x02, new byte[500]));
		byte[] after = join(frame(0x80, new byte[10]), frame(0x89, utf8("ping")), frame(0x82, new byte[70_000]),
				frame(0x81, hex("C0")), frame(0x00, new byte[0]), frame(0x8A, new byte[0]), close(1000, "ok"),
				text("even later"));
		for (int pieces : new int[] { 13, 1000, after.length }) {
			for (int cut : new int[] { before.length, before.length - 1, before.length - 400, 12 }) {
				TestCodecContext context = new TestCodecContext().withMaxMessageSize(60_000);
				WebSocketCodec codec = WebSockets.open(context);
				CodecFeeder feeder = new CodecFeeder(codec);
				feeder.feed(Arrays.copyOf(before, cut));
				codec.encodeClose(CloseReason.NORMAL, Unpooled.buffer());
				feeder.feed(Arrays.copyOfRange(before, cut, before.length));
				feeder.feedInPieces(after, pieces);
				assertThat(feeder.messages()).containsExactly("before", new CloseReason(1000, "ok", Cause.CLIENT));
				assertThat(feeder.left()).isZero();
				assertThat(context.answers().readableBytes()).isZero();
			}
		}
	}

	@Test
	void whenWeHaveClosedThenHugeFramesAreSkippedWithoutBeingKept() throws ProtocolException {
		encodeClose(CloseReason.NORMAL, true);
		this.feeder.feed(hex("82FF7FFFFFFFFFFFFFFF00000000"));
		for (int i = 0; i < 10; i++) {
			this.feeder.feed(new byte[100_000]);
			assertThat(this.feeder.left()).isZero();
		}
		assertThat(this.feeder.messages()).isEmpty();
	}

	@Test
	void whenWeHaveClosedAndFramesAreNotAllowedThenTheConnectionFails() {
		encodeClose(CloseReason.NORMAL, true);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> this.feeder.feed(hex("8100")));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1005, 1006, 1015, 0, 999, 5000 })
	void whenCodeMustNotBeSentThenTheCloseFrameIsEmpty(int code) {
		assertThat(encodeClose(new CloseReason(code, "text", Cause.SERVER), true)).isEqualTo("8800");
	}

	@Test
	void whenTextIsTooLongThenItIsCutBetweenCharacters() throws ProtocolException {
		for (String character : new String[] { "x", "Ä", "猪", "\uD83D\uDE00" }) {
			for (int shift = 0; shift < 4; shift++) {
				String text = "y".repeat(shift) + character.repeat(200);
				ByteBuf out = Unpooled.buffer(1);
				WebSockets.open(this.context).encodeClose(CloseReason.of(1000, text), out);
				int length = out.getByte(1);
				int width = utf8(character).length;
				assertThat(length).isBetween(125 - width + 1, 125);
				String sent = out.toString(4, length - 2, StandardCharsets.UTF_8);
				assertThat(text).startsWith(sent);
				assertThat(out.readableBytes()).isEqualTo(2 + length);
			}
		}
	}

	@Test
	void whenStreamEndsWithoutAGoodbyeThenTheConnectionIsLost() throws ProtocolException {
		assertThat(this.codec.endOfStream()).isEqualTo(CloseReason.LOST);
		this.feeder.feed(text("x"));
		assertThat(this.codec.endOfStream()).isEqualTo(CloseReason.LOST);
	}

}
