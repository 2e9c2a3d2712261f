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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.protocol.CodecFeeder;
import io.github.workerman.protocol.CompressionSettings;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.TestCodecContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random conversations with compression: a peer that compresses with the JDK's zlib in
 * every way that it knows, and one that decompresses with an implementation of its own.
 */
class CompressionFuzzTests {

	private static final String[] WORDS = { "{\"type\":\"said\",", "Grüße", " ", "猪猪", "\uD83D\uDE00", "\"text\":",
			"0123456789", "x" };

	private static Object message(Random random) {
		int size = switch (random.nextInt(8)) {
			case 0 -> 0;
			case 1 -> random.nextInt(100_000);
			case 2 -> 16_380 + random.nextInt(10);
			default -> random.nextInt(300);
		};
		if (random.nextInt(3) == 0) {
			byte[] bytes = new byte[size];
			random.nextBytes(bytes);
			return bytes;
		}
		StringBuilder text = new StringBuilder();
		while (text.length() < size) {
			text.append(WORDS[random.nextInt(WORDS.length)]);
		}
		return random.nextBoolean() ? text.toString() : text.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] payload(Object message) {
		return (message instanceof String text) ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) message;
	}

	/* Some flushes in between, so that there are many blocks */
	private static byte[] compress(Deflater deflater, byte[] bytes, Random random) {
		ByteBuf out = Unpooled.buffer();
		byte[] buffer = new byte[2 * bytes.length + 100];
		int from = 0;
		do {
			int to = (random.nextInt(3) == 0) ? from + random.nextInt(bytes.length - from + 1) : bytes.length;
			deflater.setInput(bytes, from, to - from);
			int flush = (to < bytes.length && random.nextBoolean()) ? Deflater.FULL_FLUSH : Deflater.SYNC_FLUSH;
			out.writeBytes(buffer, 0, deflater.deflate(buffer, 0, buffer.length, flush));
			from = to;
		}
		while (from < bytes.length);
		if (out.readableBytes() == 0) {
			// Nothing since the last flush
			return new byte[1];
		}
		byte[] compressed = new byte[out.readableBytes() - 4];
		out.readBytes(compressed);
		return compressed;
	}

	private static byte[] frames(Random random, Object message, byte[] payload, boolean compressed) {
		int opcode = ((message instanceof String) ? 1 : 2) | (compressed ? 0x40 : 0);
		ByteBuf out = Unpooled.buffer();
		int fragments = random.nextBoolean() ? 1 : 1 + random.nextInt(5);
		int from = 0;
		for (int i = 1; i <= fragments; i++) {
			int to = (i == fragments) ? payload.length : from + random.nextInt(payload.length - from + 1);
			int first = ((i == 1) ? opcode : 0) | ((i == fragments) ? 0x80 : 0);
			out.writeBytes(WebSockets.frame(first, Arrays.copyOfRange(payload, from, to), random.nextInt()));
			if (random.nextInt(4) == 0) {
				out.writeBytes(WebSockets.frame(0x8A, new byte[random.nextInt(126)]));
			}
			from = to;
		}
		byte[] frames = new byte[out.readableBytes()];
		out.readBytes(frames);
		return frames;
	}

	private static void feed(CodecFeeder feeder, Random random, byte[] bytes) throws ProtocolException {
		int from = 0;
		while (from < bytes.length) {
			int to = Math.min(bytes.length, from + 1 + random.nextInt(random.nextBoolean() ? 5000 : bytes.length));
			feeder.feed(Arrays.copyOfRange(bytes, from, to));
			from = to;
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void whenPeerCompressesThenEveryMessageIsUnderstood(long seed) throws ProtocolException {
		Random random = new Random(seed);
		CountingZlib zlib = new CountingZlib();
		for (int round = 0; round < 60; round++) {
			boolean takeover = random.nextBoolean();
			WebSocketCodec codec = WebSockets.open(new TestCodecContext(),
					new CompressionSettings(true, 0, 6, false, takeover, 15, 15), zlib.pool(), "permessage-deflate");
			Deflater deflater = new Deflater(random.nextInt(10), true);
			deflater.setStrategy(random.nextInt(3));
			// The first call after a change of strategy does nothing else.
			assertThat(deflater.deflate(new byte[100], 0, 100, Deflater.NO_FLUSH)).isZero();
			List<Object> messages = new ArrayList<>();
			ByteBuf all = Unpooled.buffer();
			for (int i = random.nextInt(10); i >= 0; i--) {
				Object message = message(random);
				messages.add(message);
				boolean compressed = random.nextInt(5) != 0;
				byte[] payload = payload(message);
				all.writeBytes(frames(random, message, compressed ? compress(deflater, payload, random) : payload,
						compressed));
				if (!takeover) {
					deflater.reset();
				}
			}
			byte[] bytes = new byte[all.readableBytes()];
			all.readBytes(bytes);
			CodecFeeder feeder = new CodecFeeder(codec, random.nextBoolean());
			feed(feeder, random, bytes);
			assertThat(Arrays.deepEquals(feeder.messages().toArray(), messages.toArray())).isTrue();
			deflater.end();
			codec.release();
		}
		zlib.verify();
	}

	@ParameterizedTest
	@ValueSource(longs = { 5, 6, 7 })
	void whenWeCompressThenAnotherImplementationUnderstandsEveryMessage(long seed) {
		Random random = new Random(seed);
		CountingZlib zlib = new CountingZlib();
		for (int round = 0; round < 40; round++) {
			boolean takeover = random.nextBoolean();
			int bits = random.nextBoolean() ? 15 : 8 + random.nextInt(8);
			int threshold = random.nextInt(3) * 100;
			WebSocketCodec codec = WebSockets.open(new TestCodecContext(),
					new CompressionSettings(true, threshold, 1 + random.nextInt(9), takeover, false, bits, 15),
					zlib.pool(), "permessage-deflate");
			PlainInflate peer = new PlainInflate(bits);
			ByteBuf out = Unpooled.buffer();
			for (int i = random.nextInt(10); i >= 0; i--) {
				Object message = message(random);
				codec.encode(message, out);
				int first = out.readUnsignedByte();
				int length = out.readUnsignedByte();
				length = (length == 126) ? out.readUnsignedShort() : (length == 127) ? (int) out.readLong() : length;
				byte[] payload = new byte[length];
				out.readBytes(payload);
				assertThat(first & ~0x40).isEqualTo((message instanceof String) ? 0x81 : 0x82);
				if (!takeover || bits < 15) {
					peer.forget();
				}
				assertThat(((first & 0x40) != 0) ? peer.message(payload) : payload).isEqualTo(payload(message));
				assertThat(out.isReadable()).isFalse();
			}
			codec.release();
		}
		zlib.verify();
	}

	@ParameterizedTest
	@ValueSource(longs = { 8, 9 })
	void whenCompressedBytesAreBrokenThenTheConnectionFailsInAnOrderlyWay(long seed) {
		Random random = new Random(seed);
		CountingZlib zlib = new CountingZlib();
		int failures = 0;
		for (int round = 0; round < 2000; round++) {
			boolean takeover = random.nextBoolean();
			WebSocketCodec codec = WebSockets.open(new TestCodecContext().withMaxMessageSize(20_000),
					new CompressionSettings(true, 0, 6, false, takeover, 15, 15), zlib.pool(), "permessage-deflate");
			Deflater deflater = new Deflater(6, true);
			ByteBuf all = Unpooled.buffer();
			for (int i = random.nextInt(3); i >= 0; i--) {
				String text = WORDS[random.nextInt(WORDS.length)].repeat(random.nextInt(40)) + random.nextInt();
				byte[] payload = compress(deflater, payload(text), random);
				payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
				all.writeBytes(frames(random, text, payload, true));
			}
			deflater.end();
			byte[] bytes = new byte[all.readableBytes()];
			all.readBytes(bytes);
			try {
				feed(new CodecFeeder(codec, random.nextBoolean()), random, bytes);
			}
			catch (ProtocolException ex) {
				assertThat(ex.code()).isIn(1007, 1009);
				failures++;
			}
			codec.encodeClose(CloseReason.NORMAL, Unpooled.buffer());
			codec.release();
		}
		assertThat(failures).isGreaterThan(500);
		zlib.verify();
	}

}
