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

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.protocol.CodecFeeder;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.TestCodecContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random conversations with Netty's websocket implementation as the client, and random
 * garbage.
 */
class WebSocketFuzzTests {

	private static final String[] ALPHABETS = { "abcdefghijklmnopqrstuvwxyz {}\":,0123456789", "aäöüß", "a猪猪Ω\uFFFD",
			"x\uD83D\uDE00\uD83D\uDE01y" };

	private static String text(Random random, int size) {
		int[] alphabet = ALPHABETS[random.nextInt(ALPHABETS.length)].codePoints().toArray();
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < size; i++) {
			text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
		}
		return text.toString();
	}

	private static int size(Random random) {
		return switch (random.nextInt(10)) {
			case 0 -> 0;
			case 1 -> 120 + random.nextInt(12);
			case 2 -> 65530 + random.nextInt(12);
			case 3 -> random.nextInt(20_000);
			default -> random.nextInt(100);
		};
	}

	private static byte[] payload(Object message) {
		return (message instanceof String text) ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) message;
	}

	private static Object message(Random random) {
		if (random.nextBoolean()) {
			return text(random, size(random));
		}
		byte[] bytes = new byte[size(random)];
		random.nextBytes(bytes);
		return bytes;
	}

	/* A message as frames of Netty, in random fragments, with pings in between. */
	private static List<WebSocketFrame> frames(Random random, Object message, List<byte[]> pings) {
		byte[] payload = payload(message);
		List<WebSocketFrame> frames = new ArrayList<>();
		int fragments = random.nextBoolean() ? 1 : 1 + random.nextInt(6);
		int from = 0;
		for (int i = 1; i <= fragments; i++) {
			boolean last = i == fragments;
			int to = last ? payload.length : from + random.nextInt(payload.length - from + 1);
			ByteBuf part = Unpooled.wrappedBuffer(Arrays.copyOfRange(payload, from, to));
			if (i > 1) {
				frames.add(new ContinuationWebSocketFrame(last, 0, part));
			}
			else {
				frames.add((message instanceof String) ? new TextWebSocketFrame(last, 0, part)
						: new BinaryWebSocketFrame(last, 0, part));
			}
			from = to;
			if (random.nextInt(4) == 0) {
				byte[] ping = new byte[random.nextInt(126)];
				random.nextBytes(ping);
				pings.add(ping);
				frames.add(new PingWebSocketFrame(Unpooled.wrappedBuffer(ping)));
				frames.add(new PongWebSocketFrame(Unpooled.wrappedBuffer(ping)));
			}
		}
		return frames;
	}

	private static EmbeddedChannel client(ChannelHandler codec) {
		EmbeddedChannel client = new EmbeddedChannel(codec);
		// Netty masks byte by byte; recording each access for leak reports takes minutes.
		client.config().setAllocator(new UnpooledByteBufAllocator(false, true));
		return client;
	}

	private static byte[] encode(List<WebSocketFrame> frames) {
		EmbeddedChannel client = client(new WebSocket13FrameEncoder(true));
		frames.forEach(client::writeOutbound);
		ByteBuf all = Unpooled.buffer();
		for (ByteBuf bytes = client.readOutbound(); bytes != null; bytes = client.readOutbound()) {
			all.writeBytes(bytes);
			bytes.release();
		}
		client.finishAndReleaseAll();
		return ByteBufUtil.getBytes(all);
	}

	private static void feed(CodecFeeder feeder, Random random, byte[] bytes) throws ProtocolException {
		int largest = 1 + random.nextInt(random.nextBoolean() ? bytes.length : Math.min(bytes.length, 3000));
		int from = 0;
		while (from < bytes.length) {
			int to = Math.min(bytes.length, from + 1 + random.nextInt(largest));
			feeder.feed(Arrays.copyOfRange(bytes, from, to));
			from = to;
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void whenNettySpeaksThenEveryMessageIsUnderstood(long seed) throws ProtocolException {
		Random random = new Random(seed);
		for (int round = 0; round < 100; round++) {
			List<Object> messages = new ArrayList<>();
			List<WebSocketFrame> frames = new ArrayList<>();
			List<byte[]> pings = new ArrayList<>();
			for (int i = random.nextInt(8); i >= 0; i--) {
				Object message = message(random);
				messages.add(message);
				frames.addAll(frames(random, message, pings));
			}
			messages.add(new CloseReason(4321, "über", CloseReason.Cause.CLIENT));
			frames.add(new CloseWebSocketFrame(4321, "über"));
			TestCodecContext context = new TestCodecContext();
			CodecFeeder feeder = new CodecFeeder(WebSockets.open(context), random.nextBoolean());
			feed(feeder, random, encode(frames));
			assertThat(Arrays.deepEquals(feeder.messages().toArray(), messages.toArray())).isTrue();
			assertPongs(context.answers(), pings);
		}
	}

	private static void assertPongs(ByteBuf answers, List<byte[]> pings) {
		for (byte[] ping : pings) {
			assertThat(answers.readUnsignedShort()).isEqualTo(0x8A00 | ping.length);
			byte[] pong = new byte[ping.length];
			answers.readBytes(pong);
			assertThat(pong).isEqualTo(ping);
		}
		assertThat(answers.isReadable()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(longs = { 5, 6 })
	void whenWeSpeakThenNettyUnderstandsEveryMessage(long seed) {
		Random random = new Random(seed);
		for (int round = 0; round < 100; round++) {
			EmbeddedChannel client = client(new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
				.expectMaskedFrames(false)
				.maxFramePayloadLength(1_000_000)
				.build()));
			WebSocketCodec codec = WebSockets.open(new TestCodecContext());
			ByteBuf out = Unpooled.buffer();
			List<Object> messages = new ArrayList<>();
			for (int i = random.nextInt(8); i >= 0; i--) {
				Object message = message(random);
				messages.add(message);
				codec.encode(message, out);
			}
			codec.encodeClose(CloseReason.of(3210, "über"), out);
			client.writeInbound(out);
			for (Object message : messages) {
				WebSocketFrame frame = client.readInbound();
				assertThat(frame)
					.isInstanceOf((message instanceof String) ? TextWebSocketFrame.class : BinaryWebSocketFrame.class);
				assertThat(frame.isFinalFragment()).isTrue();
				assertThat(ByteBufUtil.getBytes(frame.content())).isEqualTo(payload(message));
				frame.release();
			}
			CloseWebSocketFrame close = client.readInbound();
			assertThat(close.statusCode()).isEqualTo(3210);
			assertThat(close.reasonText()).isEqualTo("über");
			close.release();
			client.finishAndReleaseAll();
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 7, 8, 9 })
	void whenBytesAreBrokenThenTheConnectionFailsInAnOrderlyWay(long seed) {
		Random random = new Random(seed);
		int failures = 0;
		for (int round = 0; round < 2000; round++) {
			List<WebSocketFrame> frames = new ArrayList<>();
			for (int i = random.nextInt(4); i >= 0; i--) {
				frames.addAll(frames(random, text(random, random.nextInt(200)), new ArrayList<>()));
			}
			byte[] bytes = encode(frames);
			for (int i = random.nextInt(4); i >= 0; i--) {
				bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
			}
			TestCodecContext context = new TestCodecContext().withMaxMessageSize(10_000);
			CodecFeeder feeder = new CodecFeeder(WebSockets.open(context), random.nextBoolean());
			int code = code(() -> feed(feeder, random, bytes));
			assertThat(code).isIn(0, 1002, 1007, 1009);
			failures += (code != 0) ? 1 : 0;
		}
		assertThat(failures).isGreaterThan(500);
	}

	@ParameterizedTest
	@ValueSource(longs = { 10, 11 })
	void whenRequestIsBrokenThenTheConnectionFailsInAnOrderlyWay(long seed) {
		Random random = new Random(seed);
		byte[] request = WebSocketCaptureTests.request();
		int failures = 0;
		for (int round = 0; round < 5000; round++) {
			byte[] bytes = Arrays.copyOf(request, request.length - (random.nextBoolean() ? 0 : random.nextInt(10)));
			for (int i = random.nextInt(3); i >= 0; i--) {
				bytes[random.nextInt(bytes.length)] = (byte) ((random.nextBoolean()) ? random.nextInt(256)
						: "\r\n: \t,/?%".charAt(random.nextInt(9)));
			}
			WebSocketCodec codec = new WebSocketCodec(new HandshakeRules(WebSockets.settings()),
					new TestCodecContext());
			CodecFeeder feeder = new CodecFeeder(codec, random.nextBoolean());
			int code = code(() -> {
				feed(feeder, random, bytes);
				if (codec.handshake() != null) {
					assertThat(codec.handshake().headers()).isNotEmpty();
					assertThat(codec.handshake().query()).isNotNull();
					codec.complete(HandshakeDecision.accept(), Unpooled.buffer());
				}
			});
			assertThat(code).isIn(0, 1002);
			failures += (code != 0) ? 1 : 0;
		}
		assertThat(failures).isGreaterThan(1000);
	}

	private static int code(Conversation conversation) {
		try {
			conversation.run();
			return 0;
		}
		catch (ProtocolException ex) {
			return ex.code();
		}
	}

	@FunctionalInterface
	private interface Conversation {

		void run() throws ProtocolException;

	}

}
