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

package io.github.workerman.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.MessageKind;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.testsupport.RawWebSocket.Frame;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for what open connections send and must not. The server is the same for all, and
 * so is a connection that goes on talking meanwhile.
 */
class BadFramesTests {

	private static final int LIMIT = 100_000;

	private static final byte[] INVALID = { 'a', (byte) 0xC3, 0x28 };

	private static TestServer server;

	private static Bystander bystander;

	@RegisterExtension
	final LogRecorder log = new LogRecorder();

	@BeforeAll
	static void start() {
		server = TestServer.websocket(TransportKind.AUTO)
			.maxMessageSize(LIMIT)
			.start(new RecordingListener().onMessage((connection, message) -> {
				if (message instanceof String text && text.startsWith("round")) {
					connection.send(message);
				}
			}));
		bystander = new Bystander(server);
	}

	@AfterAll
	static void stop() {
		bystander.close();
		server.close();
	}

	static Stream<Arguments> violations() {
		byte[] begun = RawWebSocket.frame(RawWebSocket.TEXT & ~RawWebSocket.FIN, "begun");
		return Stream.of(arguments("unmasked text", hex("8103 616263"), 1002),
				arguments("unmasked close", hex("8802 03E8"), 1002),
				arguments("reserved bit 1", RawWebSocket.frame(0xC1, "x"), 1002),
				arguments("reserved bit 2", RawWebSocket.frame(0xA1, "x"), 1002),
				arguments("reserved bit 3", RawWebSocket.frame(0x91, "x"), 1002),
				arguments("reserved bit of a control frame", RawWebSocket.frame(0xC9, "x"), 1002),
				arguments("opcode 3", RawWebSocket.frame(0x83, "x"), 1002),
				arguments("opcode 7", RawWebSocket.frame(0x87, "x"), 1002),
				arguments("opcode 11", RawWebSocket.frame(0x8B, "x"), 1002),
				arguments("opcode 15", RawWebSocket.frame(0x8F, "x"), 1002),
				arguments("continuation of nothing", RawWebSocket.frame(RawWebSocket.CONTINUATION, "x"), 1002),
				arguments("continuation of nothing, not the last", RawWebSocket.frame(0x00, "x"), 1002),
				arguments("text within text", RawWebSocket.join(begun, RawWebSocket.frame(RawWebSocket.TEXT, "x")),
						1002),
				arguments("binary within text", RawWebSocket.join(begun, RawWebSocket.frame(RawWebSocket.BINARY, "x")),
						1002),
				arguments("fragmented ping", RawWebSocket.frame(0x09, "x"), 1002),
				arguments("fragmented close", RawWebSocket.frame(0x08, ""), 1002),
				arguments("ping of 126 bytes", RawWebSocket.frame(RawWebSocket.PING, new byte[126]), 1002),
				arguments("ping of 70,000 bytes", RawWebSocket.frame(RawWebSocket.PING, new byte[70_000]), 1002),
				arguments("pong of 126 bytes", RawWebSocket.frame(RawWebSocket.PONG, new byte[126]), 1002),
				arguments("half a close code", RawWebSocket.frame(RawWebSocket.CLOSE, new byte[] { 3 }), 1002),
				arguments("close code 0", RawWebSocket.closeFrame(0, ""), 1002),
				arguments("close code 999", RawWebSocket.closeFrame(999, ""), 1002),
				arguments("close code 1004", RawWebSocket.closeFrame(1004, ""), 1002),
				arguments("close code 1005", RawWebSocket.closeFrame(1005, ""), 1002),
				arguments("close code 1006", RawWebSocket.closeFrame(1006, ""), 1002),
				arguments("close code 1015", RawWebSocket.closeFrame(1015, ""), 1002),
				arguments("close code 2999", RawWebSocket.closeFrame(2999, ""), 1002),
				arguments("close code 5000", RawWebSocket.closeFrame(5000, ""), 1002),
				arguments("close code 65535", RawWebSocket.closeFrame(65_535, ""), 1002),
				arguments("close text that is no UTF-8", RawWebSocket.frame(RawWebSocket.CLOSE, hex("03E8 C328")),
						1007),
				arguments("length not minimal, 16 bits", hex("81FE 007D 00000000"), 1002),
				arguments("length not minimal, 64 bits", hex("81FF 000000000000FFFF 00000000"), 1002),
				arguments("negative length", hex("81FF 8000000000000000 00000000"), 1002),
				arguments("gigantic length", hex("82FF 4000000000000000 00000000"), 1009),
				arguments("length of 4 GiB", hex("82FF 0000000100000000 00000000"), 1009),
				arguments("one byte too many announced", hex("82FF 00000000000186A1 00000000"), 1009),
				arguments("one byte too many in fragments",
						RawWebSocket.join(RawWebSocket.frame(0x02, new byte[LIMIT]),
								RawWebSocket.frame(RawWebSocket.CONTINUATION, new byte[1])),
						1009),
				arguments("invalid UTF-8", RawWebSocket.frame(RawWebSocket.TEXT, INVALID), 1007),
				arguments("invalid UTF-8 in the third fragment, whose rest is missing",
						RawWebSocket.join(begun, RawWebSocket.frame(0x00, "goes on"), hex("0085 00000000 61C328")),
						1007),
				arguments("character cut by the end",
						RawWebSocket.join(begun, RawWebSocket.frame(RawWebSocket.CONTINUATION, hex("E282"))), 1007),
				arguments("overlong form", RawWebSocket.frame(RawWebSocket.TEXT, hex("C0AF")), 1007),
				arguments("surrogate", RawWebSocket.frame(RawWebSocket.TEXT, hex("EDA080")), 1007),
				arguments("beyond U+10FFFF", RawWebSocket.frame(RawWebSocket.TEXT, hex("F4908080")), 1007));
	}

	@ParameterizedTest(name = "{0}: {2}")
	@MethodSource("violations")
	void whenFrameIsBadThenIsClosedWithCode(String name, byte[] bytes, int code) {
		try (RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			client.write(RawWebSocket.join(bytes, RawWebSocket.frame(RawWebSocket.TEXT, "never delivered")));
			Frame close = client.readClose();
			assertThat(close.code()).isEqualTo(code);
			assertThat(close.reason()).isNotEmpty();
			bystander.isServed();
			assertThat(client.readAll()).isEmpty();
			client.close();
			assertThat(peer.awaitClosed()).isEqualTo(new CloseReason(code, close.reason(), Cause.PROTOCOL));
			assertThat(peer.messages()).isEmpty();
			assertThat(peer.events()).containsExactly("connected", "failed", "closed");
			assertThat(peer.failures()).singleElement()
				.isInstanceOfSatisfying(ProtocolException.class, (ex) -> assertThat(ex.code()).isEqualTo(code));
		}
	}

	@Test
	void whenMessagesCameBeforeTheBadFrameThenTheyAreAnswered() {
		try (RawWebSocket client = server.openWebSocket()) {
			client.write(RawWebSocket.join(RawWebSocket.frame(RawWebSocket.TEXT, "round 1"),
					RawWebSocket.frame(RawWebSocket.PING, "p"), hex("8100")));
			assertThat(client.readText()).isEqualTo("round 1");
			assertThat(client.readFrame().text()).isEqualTo("p");
			assertThat(client.readClose().code()).isEqualTo(1002);
			assertThat(client.readAll()).isEmpty();
		}
	}

	@Test
	void whenFrameIsCutOffThenConnectionIsLost() {
		byte[] frame = RawWebSocket.frame(RawWebSocket.TEXT, "x".repeat(1000));
		for (int length : new int[] { 1, 2, 3, 7, 8, 500, frame.length - 1 }) {
			try (RawWebSocket client = server.openWebSocket()) {
				PeerRecord peer = server.listener().peer(client);
				client.write(Arrays.copyOf(frame, length));
				client.shutdownOutput();
				assertThat(client.readAll()).isEmpty();
				assertThat(peer.awaitClosed()).isEqualTo(CloseReason.LOST);
				assertThat(peer.messages()).isEmpty();
				bystander.isServed();
			}
		}
	}

	@Test
	void whenMessageIsAsLargeAsAllowedThenIsDelivered() {
		try (RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			client.sendBinary(new byte[LIMIT]);
			client.sendText("€".repeat(LIMIT / 3) + "x");
			List<Object> messages = peer.awaitMessages(2);
			assertThat((byte[]) messages.get(0)).hasSize(LIMIT);
			assertThat((String) messages.get(1)).hasSize(LIMIT / 3 + 1);
		}
	}

	@Test
	void whenMessageComesInOneByteFragmentsThenIsPutTogetherInBoundedMemory() {
		try (RawWebSocket client = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			long before = DirectMemory.used();
			long most = 0;
			byte[] payload = new byte[LIMIT];
			ByteBuffer frames = ByteBuffer.allocate(7 * 1000);
			for (int i = 0; i < LIMIT; i++) {
				payload[i] = (byte) ('a' + i % 26);
				int first = ((i == 0) ? 0x01 : 0x00) | ((i == LIMIT - 1) ? RawWebSocket.FIN : 0);
				frames.put(RawWebSocket.frame(first, new byte[] { payload[i] }));
				if (!frames.hasRemaining()) {
					client.write(frames.array());
					frames.clear();
					most = Math.max(most, DirectMemory.used());
				}
			}
			assertThat(peer.awaitMessages(1).get(0)).isEqualTo(new String(payload, StandardCharsets.US_ASCII));
			assertThat(most - before).isLessThan(4 << 20);
			client.sendText("round again");
			assertThat(client.readText()).isEqualTo("round again");
			bystander.isServed();
		}
	}

	@Test
	void whenFragmentsNeverEndThenLimitHolds() {
		try (RawWebSocket client = server.openWebSocket()) {
			client.write(RawWebSocket.frame(0x01, ""));
			byte[] empty = RawWebSocket.frame(0x00, "");
			byte[] manyEmpty = new byte[10_000 * empty.length];
			for (int i = 0; i < manyEmpty.length; i++) {
				manyEmpty[i] = empty[i % empty.length];
			}
			client.write(manyEmpty);
			byte[] fragment = RawWebSocket.frame(0x00, "x".repeat(1000));
			for (int i = 0; i < LIMIT / 1000; i++) {
				client.write(fragment);
			}
			bystander.isServed();
			client.write(RawWebSocket.frame(0x00, "x"));
			assertThat(client.readClose().code()).isEqualTo(1009);
			assertThat(client.readAll()).isEmpty();
		}
	}

	@Test
	void whenPeerGoesOnSendingAfterTheViolationThenStillReadsWhy() {
		try (RawWebSocket client = server.openWebSocket()) {
			byte[] huge = RawWebSocket.frame(RawWebSocket.BINARY, new byte[3_000_000]);
			client.write(huge);
			assertThat(client.readClose().code()).isEqualTo(1009);
			assertThat(client.readAll()).isEmpty();
		}
	}

	@Test
	void whenNobodyTakesTheKindThenIsClosedWith1003() {
		try (TestServer textOnly = TestServer.websocket(TransportKind.AUTO).kinds(MessageKind.TEXT).start();
				TestServer binaryOnly = TestServer.websocket(TransportKind.AUTO).kinds(MessageKind.BINARY).start();
				RawWebSocket text = textOnly.openWebSocket();
				RawWebSocket binary = binaryOnly.openWebSocket()) {
			text.sendText("fine");
			text.sendBinary(new byte[1]);
			binary.sendBinary(new byte[1]);
			binary.sendText("not fine");
			assertThat(text.readClose().code()).isEqualTo(1003);
			assertThat(binary.readClose().code()).isEqualTo(1003);
			assertThat(text.readAll()).isEmpty();
			assertThat(binary.readAll()).isEmpty();
			assertThat(textOnly.listener().peer(text).messages()).containsExactly("fine");
			assertThat(binaryOnly.listener().peer(binary).messages()).hasSize(1);
		}
	}

	@Test
	void whenControlFramesComeBetweenFragmentsThenBothAreRight() {
		try (RawWebSocket client = server.openWebSocket()) {
			client.write(RawWebSocket.join(RawWebSocket.frame(0x01, "round "),
					RawWebSocket.frame(RawWebSocket.PING, new byte[125]),
					RawWebSocket.frame(RawWebSocket.PONG, "unasked"), RawWebSocket.frame(0x00, "tr"),
					RawWebSocket.frame(RawWebSocket.PING, ""), RawWebSocket.frame(RawWebSocket.CONTINUATION, "ip")));
			assertThat(client.readFrame().payload()).hasSize(125);
			assertThat(client.readFrame().first()).isEqualTo(RawWebSocket.PONG);
			assertThat(client.readText()).isEqualTo("round trip");
		}
	}

	@Test
	void whenOtherProtocolsAreViolatedThenStreamEnds() {
		try (TestServer text = TestServer.text(TransportKind.AUTO).maxMessageSize(1000).start();
				TestServer frame = TestServer.frame(TransportKind.AUTO).maxMessageSize(1000).start()) {
			try (RawSocket line = text.connect(); RawSocket exact = text.connect()) {
				line.write("x".repeat(1001));
				assertThat(line.readAll()).isEmpty();
				assertThat(text.listener().peer(line).failures()).hasSize(1);
				exact.write("x".repeat(1000) + "\r\n");
				assertThat(text.listener().peer(exact).awaitMessages(1).get(0)).isEqualTo("x".repeat(1000));
			}
			byte[][] bad = { hex("00000003"), hex("00000000"), hex("000003ED"), hex("7FFFFFFF"), hex("FFFFFFFF") };
			for (byte[] header : bad) {
				try (RawSocket client = frame.connect()) {
					client.write(header);
					assertThat(client.readAll()).isEmpty();
					client.close();
					assertThat(frame.listener().peer(client).awaitClosed().cause()).isEqualTo(Cause.PROTOCOL);
				}
			}
			try (RawSocket client = frame.connect()) {
				client.write(RawWebSocket.join(hex("000003EC"), new byte[1000]));
				frame.listener().peer(client).awaitMessages(1);
			}
		}
	}

	private static byte[] hex(String digits) {
		return HexFormat.of().parseHex(digits.replace(" ", ""));
	}

}
