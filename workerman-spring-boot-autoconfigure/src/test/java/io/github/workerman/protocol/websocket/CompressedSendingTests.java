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
import java.util.Arrays;
import java.util.Random;

import io.github.workerman.protocol.CompressionSettings;
import io.github.workerman.protocol.TestCodecContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compressed messages to a peer (RFC 7692 section 7.2.1), which decompresses them in its
 * own way.
 */
class CompressedSendingTests {

	private static final String TEXT = "{\"type\":\"said\",\"text\":\"Grüße 👋\"} ".repeat(40);

	private final CountingZlib zlib = new CountingZlib();

	private final ByteBuf out = Unpooled.buffer();

	private static CompressionSettings settings(int threshold, int level, boolean takeover) {
		return new CompressionSettings(true, threshold, level, takeover, false, 15, 15);
	}

	private WebSocketCodec open(CompressionSettings settings, String offer) {
		return WebSockets.open(new TestCodecContext(), settings, this.zlib.pool(), offer);
	}

	private WebSocketCodec open(CompressionSettings settings) {
		return open(settings, "permessage-deflate");
	}

	/* The payload of the next frame, which must begin so */
	private byte[] payload(int first) {
		assertThat(this.out.readUnsignedByte()).isEqualTo((short) first);
		int length = this.out.readUnsignedByte();
		length = (length == 126) ? this.out.readUnsignedShort()
				: (length == 127) ? Math.toIntExact(this.out.readLong()) : length;
		byte[] payload = new byte[length];
		this.out.readBytes(payload);
		return payload;
	}

	@Test
	void whenMessageIsLargeEnoughThenItIsCompressed() {
		WebSocketCodec codec = open(settings(10, 6, false));
		codec.encode("0000000000", this.out);
		codec.encode("000000000", this.out);
		codec.encode("äääää", this.out);
		codec.encode(new byte[10], this.out);
		codec.encode(ByteBuffer.wrap(new byte[12], 1, 10), this.out);
		codec.encode(ByteBuffer.allocateDirect(10).asReadOnlyBuffer(), this.out);
		codec.encode(ByteBuffer.allocate(9), this.out);
		codec.encode("", this.out);
		assertThat(new PlainInflate(15).message(payload(0xC1))).asString().isEqualTo("0000000000");
		assertThat(payload(0x81)).asString().isEqualTo("000000000");
		assertThat(new PlainInflate(15).message(payload(0xC1))).isEqualTo(WebSockets.utf8("äääää"));
		for (int i = 0; i < 3; i++) {
			assertThat(new PlainInflate(15).message(payload(0xC2))).isEqualTo(new byte[10]);
		}
		assertThat(payload(0x82)).isEqualTo(new byte[9]);
		assertThat(payload(0x81)).isEmpty();
		assertThat(this.out.isReadable()).isFalse();
		codec.release();
		this.zlib.verify();
	}

	@Test
	void whenThresholdIsZeroThenEmptyMessagesAreStillSentAsTheyAre() {
		WebSocketCodec codec = open(settings(0, 6, true));
		codec.encode("", this.out);
		codec.encode(new byte[0], this.out);
		assertThat(payload(0x81)).isEmpty();
		assertThat(payload(0x82)).isEmpty();
		codec.encode(ByteBuffer.allocate(3), this.out);
		assertThat(new PlainInflate(15).message(payload(0xC2))).isEqualTo(new byte[3]);
		codec.release();
		this.zlib.verify();
	}

	@Test
	void whenBufferIsSentThenItIsLeftAsItIs() {
		WebSocketCodec codec = open(settings(0, 6, false));
		ByteBuffer buffer = ByteBuffer.wrap(WebSockets.utf8(TEXT)).position(3);
		ByteBuffer same = buffer.duplicate();
		codec.encode(buffer, this.out);
		assertThat(buffer).isEqualTo(same);
		assertThat(buffer.position()).isEqualTo(3);
		codec.release();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5, 100, 20_000, 200_000 })
	void whenMessageDoesNotGetSmallerThenItIsSentAsItIs(int size) {
		byte[] random = new byte[size];
		new Random(size).nextBytes(random);
		WebSocketCodec codec = open(settings(0, 6, false));
		codec.encode(random, this.out);
		codec.encode(TEXT, this.out);
		assertThat(payload(0x82)).isEqualTo(random);
		assertThat(new PlainInflate(15).message(payload(0xC1))).isEqualTo(WebSockets.utf8(TEXT));
		codec.release();
		this.zlib.verify();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5, 100, 20_000, 200_000 })
	void whenMessageDoesNotGetSmallerWithTakeoverThenItsSuccessorsAreStillUnderstood(int size) {
		byte[] random = new byte[size];
		new Random(size).nextBytes(random);
		WebSocketCodec codec = open(settings(0, 6, true));
		PlainInflate peer = new PlainInflate(15);
		for (int i = 0; i < 3; i++) {
			codec.encode(random, this.out);
			assertThat(peer.message(payload(0xC2))).isEqualTo(random);
			codec.encode(TEXT, this.out);
			assertThat(peer.message(payload(0xC1))).isEqualTo(WebSockets.utf8(TEXT));
		}
		assertThat(this.zlib.deflatersMade()).isOne();
		codec.release();
		this.zlib.verify();
	}

	@Test
	void whenThereIsTakeoverThenRepetitionsCostLittle() {
		WebSocketCodec codec = open(settings(100, 6, true));
		PlainInflate peer = new PlainInflate(15);
		codec.encode(TEXT, this.out);
		byte[] first = payload(0xC1);
		codec.encode("small", this.out);
		assertThat(payload(0x81)).asString().isEqualTo("small");
		codec.encode(TEXT, this.out);
		byte[] second = payload(0xC1);
		assertThat(second.length).isLessThan(first.length / 2);
		assertThat(peer.message(first)).isEqualTo(peer.message(second));
		codec.release();
	}

	@ParameterizedTest
	@ValueSource(ints = { 8, 9, 10, 11, 12, 13, 14, 15 })
	void whenPeerHasASmallWindowThenNothingRefersBeyondIt(int bits) {
		byte[] bytes = new byte[100_000];
		Random random = new Random(bits);
		byte[] phrase = new byte[200];
		random.nextBytes(phrase);
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (random.nextInt(50) == 0) ? (byte) random.nextInt() : phrase[i % 200];
		}
		WebSocketCodec codec = open(settings(0, 9, true), "permessage-deflate; server_max_window_bits=" + bits);
		PlainInflate peer = new PlainInflate(bits);
		codec.encode(bytes, this.out);
		codec.encode(Arrays.copyOf(bytes, 1 << bits), this.out);
		codec.encode(Arrays.copyOf(bytes, (1 << bits) + 1), this.out);
		byte[] compressed = payload(0xC2);
		assertThat(compressed).hasSizeLessThan(bytes.length);
		assertThat(peer.message(compressed)).isEqualTo(bytes);
		assertThat(peer.farthest()).isBetween(199, 1 << bits);
		assertThat(peer.message(payload(0xC2))).isEqualTo(Arrays.copyOf(bytes, 1 << bits));
		assertThat(peer.message(payload(0xC2))).isEqualTo(Arrays.copyOf(bytes, (1 << bits) + 1));
		codec.release();
		this.zlib.verify();
	}

	@Test
	void whenLevelIsHigherThenMessagesAreSmaller() {
		StringBuilder text = new StringBuilder();
		Random random = new Random(7);
		for (int i = 0; i < 2000; i++) {
			text.append("word").append(random.nextInt(300)).append(' ');
		}
		WebSocketCodec fast = open(settings(0, 1, false));
		WebSocketCodec small = open(settings(0, 9, false));
		fast.encode(text.toString(), this.out);
		small.encode(text.toString(), this.out);
		assertThat(payload(0xC1).length).isGreaterThan(payload(0xC1).length);
		fast.release();
		small.release();
		this.zlib.verify();
	}

	@Test
	void whenPingIsSentThenItIsNotCompressed() {
		WebSocketCodec codec = open(settings(0, 6, false));
		codec.encodePing(ByteBuffer.wrap(new byte[100]), this.out);
		assertThat(payload(0x89)).isEqualTo(new byte[100]);
		codec.release();
	}

	@Test
	void whenConnectionsShareABroadcastThenTheirParametersAreTheSame() {
		HandshakeRulesOf server = new HandshakeRulesOf(settings(0, 6, true));
		Object plain = WebSockets.open(new TestCodecContext()).broadcastKey();
		Object alone = server.key("permessage-deflate; server_no_context_takeover");
		assertThat(alone).isNotNull().isNotSameAs(plain);
		assertThat(server.key("permessage-deflate; server_no_context_takeover; client_no_context_takeover"))
			.isSameAs(alone);
		Object small = server.key("permessage-deflate; server_max_window_bits=9");
		assertThat(small).isNotNull().isNotIn(plain, alone);
		assertThat(server.key("permessage-deflate; server_max_window_bits=9")).isSameAs(small);
		assertThat(server.key("permessage-deflate; server_max_window_bits=10")).isNotSameAs(small);
		assertThat(server.key("permessage-deflate")).isNull();
		assertThat(server.key("something-else")).isSameAs(plain);
		assertThat(new HandshakeRulesOf(settings(0, 1, false)).key("permessage-deflate")).isNotIn(plain, alone);
	}

	@Test
	void whenFrameIsAppendedThenWhatWasThereIsLeft() {
		WebSocketCodec codec = open(settings(0, 6, false));
		this.out.writeInt(42);
		codec.encode(TEXT, this.out);
		int end = this.out.writerIndex();
		codec.encode(TEXT, this.out);
		assertThat(this.out.readInt()).isEqualTo(42);
		assertThat(ByteBufUtil.getBytes(this.out, 4, end - 4))
			.isEqualTo(ByteBufUtil.getBytes(this.out, end, this.out.writerIndex() - end));
		codec.release();
	}

}
