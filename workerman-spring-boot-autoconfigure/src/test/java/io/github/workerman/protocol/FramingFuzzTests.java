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

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.workerman.connection.MessageKind;
import io.github.workerman.protocol.delimiter.DelimiterProtocol;
import io.github.workerman.protocol.frame.FrameProtocol;
import io.github.workerman.protocol.lengthfield.LengthFieldProtocol;
import io.github.workerman.protocol.text.TextProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DelimiterBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LineBasedFrameDecoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random bytes in random pieces, to us and to Netty's frame decoders.
 */
class FramingFuzzTests {

	private static final int LIMIT = 200;

	private static Codec codec(Protocol protocol) {
		return protocol.codecs(new ProtocolSettings("fuzz", "/", List.of(), List.of(), 8192))
			.create(new TestCodecContext().withMaxMessageSize(LIMIT).withKind(MessageKind.BINARY));
	}

	private static List<Object> decode(Random random, Codec codec, byte[] bytes) {
		CodecFeeder feeder = new CodecFeeder(codec, random.nextBoolean());
		try {
			int from = 0;
			while (from < bytes.length) {
				int to = Math.min(bytes.length, from + 1 + random.nextInt(40));
				feeder.feed(Arrays.copyOfRange(bytes, from, to));
				from = to;
			}
		}
		catch (ProtocolException ex) {
			feeder.messages().add(ex.code());
		}
		return feeder.messages();
	}

	private static List<Object> decode(ChannelHandler decoder, byte[] bytes) {
		EmbeddedChannel channel = new EmbeddedChannel(decoder);
		channel.writeInbound(Unpooled.wrappedBuffer(bytes));
		List<Object> messages = new ArrayList<>();
		for (ByteBuf frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
			messages.add(ByteBufUtil.getBytes(frame));
			frame.release();
		}
		channel.close();
		channel.releaseInbound();
		return messages;
	}

	private static void assertSame(List<Object> actual, List<Object> expected) {
		assertThat(Arrays.deepEquals(actual.toArray(), expected.toArray())).isTrue();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2 })
	void whenLinesAreRandomThenNettyCutsThemTheSameWay(long seed) {
		Random random = new Random(seed);
		byte[] alphabet = "abc\r\n\n\u00E4".getBytes(StandardCharsets.UTF_8);
		for (int round = 0; round < 300; round++) {
			byte[] bytes = new byte[1 + random.nextInt(500)];
			for (int i = 0; i < bytes.length; i++) {
				bytes[i] = alphabet[random.nextInt(alphabet.length)];
			}
			assertSame(decode(random, codec(new TextProtocol()), bytes),
					decode(new LineBasedFrameDecoder(LIMIT), bytes));
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 3, 4 })
	void whenFramesAreRandomThenNettyCutsThemTheSameWay(long seed) {
		Random random = new Random(seed);
		int violations = 0;
		for (int round = 0; round < 300; round++) {
			ByteBuf out = Unpooled.buffer();
			Codec codec = codec(new FrameProtocol());
			List<Object> sent = new ArrayList<>();
			for (int i = random.nextInt(10); i >= 0; i--) {
				byte[] message = new byte[random.nextInt(LIMIT + 1)];
				random.nextBytes(message);
				sent.add(message);
				codec.encode(message, out);
			}
			byte[] bytes = ByteBufUtil.getBytes(out);
			assertSame(decode(new LengthFieldBasedFrameDecoder(LIMIT + 4, 0, 4, -4, 4), bytes), sent);
			assertSame(decode(random, codec, bytes), sent);
			for (int i = 0; i < 3; i++) {
				bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
			}
			List<Object> broken = decode(random, codec(new FrameProtocol()), bytes);
			if (!broken.isEmpty() && broken.get(broken.size() - 1) instanceof Integer code) {
				assertThat(code).isIn(1002, 1009);
				violations++;
			}
		}
		assertThat(violations).isPositive();
	}

	@ParameterizedTest
	@ValueSource(longs = { 5, 6 })
	void whenHeadersAreRandomThenNettyCutsThemTheSameWay(long seed) {
		Random random = new Random(seed);
		for (int round = 0; round < 300; round++) {
			int lengthBytes = List.of(1, 2, 3, 4, 8).get(random.nextInt(5));
			int offset = random.nextInt(4);
			int adjust = random.nextBoolean() ? 0 : -offset - lengthBytes;
			boolean littleEndian = random.nextBoolean();
			boolean strip = random.nextBoolean();
			int header = offset + lengthBytes;
			Codec codec = new LengthFieldProtocol()
				.codecs(new ProtocolSettings("fuzz", List.of(), List.of(), List.of(), 8192,
						new FrameSettings(lengthBytes, offset, adjust, littleEndian, strip, "\\n"), Map.of(),
						CompressionSettings.OFF, TrustedProxies.NONE))
				.create(new TestCodecContext().withMaxMessageSize(LIMIT).withKind(MessageKind.BINARY));
			ByteBuf out = Unpooled.buffer();
			int least = strip ? 0 : header;
			int count = 1 + random.nextInt(10);
			for (int i = 0; i < count; i++) {
				byte[] message = new byte[least + random.nextInt(LIMIT - least + 1)];
				random.nextBytes(message);
				codec.encode(message, out);
			}
			byte[] bytes = ByteBufUtil.getBytes(out);
			List<Object> expected = decode(
					new LengthFieldBasedFrameDecoder(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN,
							LIMIT + (strip ? header : 0), offset, lengthBytes, adjust, strip ? header : 0, true),
					bytes);
			assertThat(expected).hasSize(count);
			assertSame(decode(random, codec, bytes), expected);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 7, 8 })
	void whenDelimitedMessagesAreRandomThenNettyCutsThemTheSameWay(long seed) {
		Random random = new Random(seed);
		byte[] alphabet = "ab||##".getBytes(StandardCharsets.UTF_8);
		for (int round = 0; round < 300; round++) {
			boolean strip = random.nextBoolean();
			Codec codec = new DelimiterProtocol()
				.codecs(new ProtocolSettings("fuzz", List.of(), List.of(), List.of(), 8192,
						new FrameSettings(4, 0, 0, false, strip, "|#|"), Map.of(), CompressionSettings.OFF,
						TrustedProxies.NONE))
				.create(new TestCodecContext().withMaxMessageSize(LIMIT).withKind(MessageKind.BINARY));
			byte[] bytes = new byte[1 + random.nextInt(LIMIT)];
			for (int i = 0; i < bytes.length; i++) {
				bytes[i] = alphabet[random.nextInt(alphabet.length)];
			}
			assertSame(decode(random, codec, bytes), decode(new DelimiterBasedFrameDecoder(LIMIT, strip,
					Unpooled.wrappedBuffer("|#|".getBytes(StandardCharsets.UTF_8))), bytes));
		}
	}

}
