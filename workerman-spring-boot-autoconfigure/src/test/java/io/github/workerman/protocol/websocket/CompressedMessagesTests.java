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

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;

import com.sun.management.ThreadMXBean;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.protocol.CodecFeeder;
import io.github.workerman.protocol.CompressionSettings;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.TestCodecContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Compressed messages of a peer (RFC 7692 sections 6 and 7.2.2).
 */
class CompressedMessagesTests {

	private static final CompressionSettings TAKEOVER = new CompressionSettings(true, 0, 6, true, true, 15, 15);

	private static final int TEXT = 0xC1;

	private static final int BINARY = 0xC2;

	private static final String LONG_TEXT = "Grüße und 👋, ".repeat(400) + "猪";

	private final CountingZlib zlib = new CountingZlib();

	private final TestCodecContext context = new TestCodecContext();

	private WebSocketCodec codec = open(CompressionSettings.ON);

	@AfterEach
	void everythingIsLetGo() {
		this.codec.release();
		this.zlib.verify();
	}

	private WebSocketCodec open(CompressionSettings settings) {
		return WebSockets.open(this.context, settings, this.zlib.pool(), "permessage-deflate");
	}

	private void takeOver() {
		this.codec = open(TAKEOVER);
	}

	/* Raw deflate without its tail, by the JDK */
	static byte[] compress(byte[] bytes) {
		Deflater deflater = new Deflater(9, true);
		byte[] compressed = compress(deflater, bytes);
		deflater.end();
		return compressed;
	}

	static byte[] compress(Deflater deflater, byte[] bytes) {
		deflater.setInput(bytes);
		byte[] compressed = new byte[bytes.length + bytes.length / 4 + 100];
		int size = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH);
		return Arrays.copyOf(compressed, size - 4);
	}

	static byte[] compress(String text) {
		return compress(WebSockets.utf8(text));
	}

	private List<Object> feed(byte[]... frames) throws ProtocolException {
		return new CodecFeeder(this.codec).feed(WebSockets.join(frames));
	}

	private void assertFails(int code, byte[]... frames) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> feed(frames))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code));
	}

	// ---- RFC 7692 section 7.2.3

	@ParameterizedTest
	@CsvSource({ "one block, f248cdc9c90700", "no compression, 000500faff48656c6c6f00", "final block, f348cdc9c9070000",
			"final block and no more, f348cdc9c90700", "two blocks, f248050000 00ffffcac9c90700" })
	void examplesOfTheRfc(String what, String payload) throws ProtocolException {
		assertThat(feed(WebSockets.frame(TEXT, WebSockets.hex(payload)))).as(what).containsExactly("Hello");
		takeOver();
		assertThat(feed(WebSockets.frame(TEXT, WebSockets.hex(payload)))).as(what).containsExactly("Hello");
	}

	@Test
	void exampleOfTheRfcInFragments() throws ProtocolException {
		assertThat(feed(WebSockets.frame(0x41, WebSockets.hex("f248cd")),
				WebSockets.frame(0x80, WebSockets.hex("c9c90700"))))
			.containsExactly("Hello");
	}

	@Test
	void exampleOfTheRfcWithTakeover() throws ProtocolException {
		takeOver();
		byte[] first = WebSockets.frame(TEXT, WebSockets.hex("f248cdc9c90700"));
		byte[] second = WebSockets.frame(TEXT, WebSockets.hex("f200110000"));
		assertThat(feed(first, second, second)).containsExactly("Hello", "Hello", "Hello");
		assertThat(this.zlib.inflatersMade()).isOne();
	}

	@Test
	void whenMessageRefersToAnEarlierOneWithoutTakeoverThenItIsNotValid() {
		assertFails(1007, WebSockets.frame(TEXT, WebSockets.hex("f248cdc9c90700")),
				WebSockets.frame(TEXT, WebSockets.hex("f200110000")));
	}

	// ---- empty messages, kinds

	@ParameterizedTest
	@ValueSource(strings = { "00", "", "0300", "03 00 00" })
	void whenMessageIsEmptyThenItIsEmpty(String payload) throws ProtocolException {
		byte[] hello = WebSockets.frame(TEXT, WebSockets.hex("f248cdc9c90700"));
		byte[] empty = WebSockets.frame(TEXT, WebSockets.hex(payload));
		assertThat(feed(empty, hello, empty, empty)).containsExactly("", "Hello", "", "");
		takeOver();
		assertThat(feed(empty, hello, empty, empty, hello)).containsExactly("", "Hello", "", "", "Hello");
	}

	@Test
	void whenSomeMessagesAreNotCompressedThenAllAreUnderstood() throws ProtocolException {
		takeOver();
		Deflater deflater = new Deflater(6, true);
		byte[] bytes = WebSockets.utf8("some bytes, some more bytes");
		List<Object> messages = feed(WebSockets.frame(BINARY, compress(deflater, bytes)), WebSockets.text("plain"),
				WebSockets.frame(TEXT, compress(deflater, bytes)), WebSockets.frame(0x82, bytes),
				WebSockets.frame(TEXT, compress(deflater, bytes)));
		deflater.end();
		assertThat(messages).containsExactly(bytes, "plain", "some bytes, some more bytes", bytes,
				"some bytes, some more bytes");
	}

	// ---- pieces and fragments

	@Test
	void whenMessageIsCutAnywhereThenItIsUnderstood() throws ProtocolException {
		String text = "Grüße, Grüße und 👋👋👋 an 猪猪";
		byte[] compressed = compress(text);
		byte[] bytes = WebSockets.join(WebSockets.frame(TEXT, compressed), WebSockets.frame(BINARY, compressed));
		for (int i = 0; i <= bytes.length; i++) {
			for (WebSocketCodec codec : List.of(open(CompressionSettings.ON), open(TAKEOVER))) {
				CodecFeeder feeder = new CodecFeeder(codec, i % 2 == 0);
				feeder.feed(Arrays.copyOf(bytes, i));
				feeder.feed(Arrays.copyOfRange(bytes, i, bytes.length));
				assertThat(feeder.messages()).containsExactly(text, WebSockets.utf8(text));
				codec.release();
			}
		}
		for (int size = 1; size < 9; size++) {
			CodecFeeder feeder = new CodecFeeder(this.codec);
			assertThat(feeder.feedInPieces(bytes, size)).containsExactly(text, WebSockets.utf8(text));
		}
	}

	@Test
	void whenMessageIsFragmentedAnywhereWithControlFramesThenItIsUnderstood() throws ProtocolException {
		byte[] compressed = compress(LONG_TEXT);
		byte[] ping = WebSockets.frame(0x89, new byte[] { 1 });
		for (int i = 0; i <= compressed.length; i++) {
			byte[] head = Arrays.copyOf(compressed, i);
			byte[] tail = Arrays.copyOfRange(compressed, i, compressed.length);
			List<Object> messages = feed(WebSockets.frame(0x41, head), ping, WebSockets.frame(0x00, new byte[0]), ping,
					WebSockets.frame(0x80, tail));
			assertThat(messages).containsExactly(LONG_TEXT);
		}
		assertThat(this.context.answers().readableBytes()).isEqualTo(2 * 3 * (compressed.length + 1));
		assertThat(this.zlib.inflatersMade()).isOne();
	}

	@Test
	void whenPeerSaysGoodbyeWithinAMessageThenItIsTaken() throws ProtocolException {
		byte[] compressed = compress(LONG_TEXT);
		assertThat(feed(WebSockets.frame(0x41, compressed), WebSockets.frame(0x88, WebSockets.hex("03e8"))))
			.containsExactly(new CloseReason(1000, "", CloseReason.Cause.CLIENT));
	}

	@Test
	void whenWeHaveSaidGoodbyeThenCompressedMessagesAreSkipped() throws ProtocolException {
		byte[] frame = WebSockets.frame(TEXT, compress(LONG_TEXT));
		CodecFeeder feeder = new CodecFeeder(this.codec);
		feeder.feed(Arrays.copyOf(frame, 20));
		assertThat(this.codec.encodeClose(CloseReason.NORMAL, Unpooled.buffer())).isTrue();
		feeder.feed(Arrays.copyOfRange(frame, 20, frame.length));
		feeder.feed(frame);
		assertThat(feeder.feed(WebSockets.frame(0x88, WebSockets.hex("03e8"))))
			.containsExactly(new CloseReason(1000, "", CloseReason.Cause.CLIENT));
	}

	// ---- reserved bits

	@ParameterizedTest
	@ValueSource(ints = { 0xA1, 0x91, 0xE1, 0xD1, 0xF1, 0xF2, 0xC0, 0xC3, 0xC8, 0xC9, 0xCA, 0xC0, 0x40 })
	void whenReservedBitMeansNothingThenFrameIsNotValid(int first) {
		assertFails(1002, WebSockets.frame(first, compress("x")));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0xC0, 0x40, 0xC1, 0xC2, 0xA0, 0x90 })
	void whenContinuationIsMarkedThenFrameIsNotValid(int first) {
		assertFails(1002, WebSockets.frame(0x41, WebSockets.hex("f248cd")),
				WebSockets.frame(first, WebSockets.hex("c9c90700")));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0xC1, 0xC2, 0x41, 0x42 })
	void whenNothingWasAgreedToThenCompressedFrameIsNotValid(int first) {
		WebSocketCodec plain = WebSockets.open(this.context);
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> new CodecFeeder(plain).feed(WebSockets.frame(first, compress("x"))))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(1002));
	}

	// ---- what is not valid

	@ParameterizedTest
	@CsvSource({ "reserved type of block, 07", "reserved type of block later, f248050000 00ffff 07",
			"stored length, 000500fbff48656c6c6f00", "distance, f200110000", "cut off, f248cd",
			"cut off in a stored block, 000500faff4865", "no end, f248cdc9c9", "garbage behind, f348cdc9c90700 0607",
			"cut off dynamic block, 0448", "the tail was left in, f248cdc9c907000000ffff0000", "too many codes, 04ff" })
	void whenDataIsNotValidThenItIsSaid(String what, String payload) {
		assertFails(1007, WebSockets.frame(BINARY, WebSockets.hex(payload)));
		assertThat(this.zlib.inflatersMade()).as(what).isOne();
	}

	@ParameterizedTest
	@CsvSource({ "reserved type of block, 07", "cut off, f248cd", "cut off in a stored block, 000500faff4865",
			"no end, f248cdc9c9", "cut off dynamic block, 0448", "distance, 4a040301" })
	void whenDataIsNotValidWithTakeoverThenItIsSaid(String what, String payload) {
		takeOver();
		assertFails(1007, WebSockets.frame(BINARY, WebSockets.hex("f248cdc9c90700")),
				WebSockets.frame(BINARY, WebSockets.hex(payload)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "c3", "c328", "eda080", "41c0af", "f0908080 f4908080" })
	void whenTextIsNotUtf8ThenItIsSaid(String utf8) {
		assertFails(1007, WebSockets.frame(TEXT, compress(WebSockets.hex(utf8))));
	}

	@Test
	void whenTextIsNotUtf8ThenItIsSaidBeforeItsEnd() throws ProtocolException {
		byte[] compressed = compress(WebSockets.hex("41 ff" + "42".repeat(100)));
		CodecFeeder feeder = new CodecFeeder(this.codec);
		feeder.feed(Arrays.copyOf(WebSockets.frame(0x41, compressed), 8));
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(
				() -> feeder.feed(Arrays.copyOfRange(WebSockets.frame(0x41, compressed), 8, 6 + compressed.length)));
	}

	// ---- size

	@ParameterizedTest
	@ValueSource(ints = { 1, 511, 512, 513, 10_000, 70_000 })
	void whenMessageIsAsLargeAsItMayBeThenItIsTaken(int limit) throws ProtocolException {
		this.context.withMaxMessageSize(limit);
		byte[] random = new byte[limit + 1];
		new Random(1).nextBytes(random);
		byte[] fitting = Arrays.copyOf(random, limit);
		byte[] zeros = new byte[limit];
		assertThat(feed(WebSockets.frame(BINARY, compress(fitting)), WebSockets.frame(BINARY, compress(zeros))))
			.containsExactly(fitting, zeros);
		this.codec.release();
		for (byte[] larger : List.of(random, new byte[limit + 1])) {
			this.codec = open(CompressionSettings.ON);
			assertFails(1009, WebSockets.frame(BINARY, compress(larger)));
			this.codec.release();
			this.codec = open(CompressionSettings.ON);
			byte[] compressed = compress(larger);
			assertFails(1009, WebSockets.frame(0x42, compressed), WebSockets.frame(0x80, new byte[0]));
			this.codec.release();
		}
	}

	@Test
	void whenMessageIsStoredInManyBlocksThenItsSizeIsWhatItBecomes() throws ProtocolException {
		this.context.withMaxMessageSize(1000);
		ByteBuf blocks = Unpooled.buffer();
		for (int i = 0; i < 20; i++) {
			blocks.writeByte(0).writeShortLE(50).writeShortLE(~50).writeZero(50);
		}
		blocks.writeByte(0);
		assertThat(blocks.readableBytes()).isGreaterThan(1000);
		assertThat(feed(WebSockets.frame(BINARY, ByteBufUtil.getBytes(blocks)))).containsExactly(new byte[1000]);
	}

	@Test
	void whenFrameAnnouncesWhatNoMessageNeedsThenItIsRefusedAtOnce() throws ProtocolException {
		this.context.withMaxMessageSize(1000);
		byte[] head = Arrays.copyOf(WebSockets.frame(BINARY, new byte[2400]), 8);
		assertFails(1009, head);
		this.codec = open(CompressionSettings.ON);
		feed(Arrays.copyOf(WebSockets.frame(BINARY, new byte[2200]), 8));
		this.codec = open(CompressionSettings.ON);
		this.context.withMaxMessageSize(Integer.MAX_VALUE);
		assertFails(1009, WebSockets.hex("c2ff 0000000080000000 00000000"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenMessageIsABombThenItCostsNoMoreThanAMessageMay(boolean takeover) throws ProtocolException {
		int limit = 1024 * 1024;
		byte[] bomb = compress(new byte[100 * limit]);
		assertThat(bomb).hasSizeLessThan(limit);
		byte[] frame = WebSockets.frame(BINARY, bomb);
		this.context.withMaxMessageSize(limit);
		this.codec = open(takeover ? TAKEOVER : CompressionSettings.ON);
		CodecFeeder feeder = new CodecFeeder(this.codec);
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> feeder.feed(frame))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(1009));
		// The arrays that double, and what the test itself copies
		assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(2L * limit + 4L * frame.length);
	}

	@Test
	void whenManyFinalBlocksFollowEachOtherThenTheyAreRead() throws ProtocolException {
		byte[] blocks = new byte[2 * 10_000];
		for (int i = 0; i < blocks.length; i += 2) {
			blocks[i] = 3;
		}
		assertThat(feed(WebSockets.frame(TEXT, blocks), WebSockets.frame(TEXT, compress("x")))).containsExactly("",
				"x");
	}

	@Test
	void whenLimitIsLoweredWithinAMessageThenItHolds() throws ProtocolException {
		byte[] compressed = compress(LONG_TEXT);
		CodecFeeder feeder = new CodecFeeder(this.codec);
		feeder.feed(WebSockets.frame(0x41, Arrays.copyOf(compressed, compressed.length - 3)));
		this.context.withMaxMessageSize(100);
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> feeder
				.feed(WebSockets.frame(0x80, Arrays.copyOfRange(compressed, compressed.length - 3, compressed.length))))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(1009));
	}

	@Test
	void whenTextIsLongThenItIsUnderstood() throws ProtocolException {
		String text = LONG_TEXT.repeat(100);
		assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(500_000);
		assertThat(feed(WebSockets.frame(TEXT, compress(text)))).containsExactly(text);
	}

}
