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

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.WebSocketConnection;
import io.github.workerman.protocol.CodecContext;
import io.github.workerman.protocol.CodecFactory;
import io.github.workerman.protocol.CompressionSettings;
import io.github.workerman.protocol.HandshakeCodec;
import io.github.workerman.protocol.HandshakeException;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolException;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.protocol.websocket.WebSocketProtocol;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.testsupport.RawWebSocket.Frame;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for compression (RFC 7692) on real connections.
 */
@OnEachTransport
class CompressionTests extends TransportFixture {

	private static final CompressionSettings TAKEOVER = new CompressionSettings(true, 100, 6, true, true, 15, 15);

	private static final int RSV1 = 0x40;

	private static final String TEXT = "{\"type\":\"said\",\"text\":\"Grüße 👋\"} ".repeat(40);

	private static RawWebSocket open(TestServer server, String offer) {
		RawWebSocket client = RawWebSocket.connect(server.port());
		client.write(RawWebSocket.request("/", "Sec-WebSocket-Extensions: " + offer));
		assertThat(client.readResponse().header("sec-websocket-extensions")).startsWith("permessage-deflate");
		return client;
	}

	private static byte[] compress(byte[] bytes) {
		Deflater deflater = new Deflater(9, true);
		deflater.setInput(bytes);
		byte[] compressed = new byte[bytes.length + 100];
		int size = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH);
		deflater.end();
		return Arrays.copyOf(compressed, size - 4);
	}

	private static byte[] compress(String text) {
		return compress(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String inflate(Inflater inflater, byte[] payload) {
		try {
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			byte[] buffer = new byte[8192];
			for (byte[] part : List.of(payload, new byte[] { 0, 0, -1, -1 })) {
				inflater.setInput(part);
				for (int size = inflater.inflate(buffer); size != 0; size = inflater.inflate(buffer)) {
					out.write(buffer, 0, size);
				}
			}
			return out.toString(StandardCharsets.UTF_8);
		}
		catch (DataFormatException ex) {
			throw new AssertionError(ex);
		}
	}

	/* The next text message, which must be compressed */
	private static String readCompressed(RawWebSocket client, Inflater inflater) {
		Frame frame = client.readFrame(RSV1);
		assertThat(frame.first()).isEqualTo(RawWebSocket.TEXT | RSV1);
		return inflate(inflater, frame.payload());
	}

	private static String readCompressed(RawWebSocket client) {
		Inflater inflater = new Inflater(true);
		String text = readCompressed(client, inflater);
		inflater.end();
		return text;
	}

	@Test
	void whenPeerOffersCompressionThenMessagesAreCompressed() {
		try (TestServer server = TestServer.websocket(this.kind)
			.compression(CompressionSettings.ON)
			.start(new RecordingListener().echo());
				RawWebSocket client = open(server, "permessage-deflate; client_max_window_bits");
				RawWebSocket plain = server.openWebSocket()) {
			client.write(RawWebSocket.frame(RawWebSocket.TEXT | RSV1, compress(TEXT)));
			client.sendText("small");
			client.sendText(TEXT);
			plain.sendText(TEXT);
			assertThat(readCompressed(client)).isEqualTo(TEXT);
			assertThat(client.readText()).isEqualTo("small");
			assertThat(readCompressed(client)).isEqualTo(TEXT);
			assertThat(plain.readText()).isEqualTo(TEXT);
			assertThat(server.listener().peer(client).connection().statistics().bytesOut()).isLessThan(TEXT.length());
			assertThat(extensions(server, client))
				.isEqualTo("permessage-deflate; server_no_context_takeover; client_no_context_takeover");
			assertThat(extensions(server, plain)).isNull();
			PeerRecord peer = server.listener().peer(client);
			client.close();
			peer.awaitClosed();
			assertThat(((WebSocketConnection) peer.connection()).extensions()).startsWith("permessage-deflate;");
		}
	}

	private static String extensions(TestServer server, RawWebSocket client) {
		return ((WebSocketConnection) server.listener().peer(client).connection()).extensions();
	}

	@Test
	void whenManyPeersSendInPiecesAtOneTimeThenTheirMessagesDoNotMix() {
		try (TestServer server = TestServer.websocket(this.kind)
			.compression(CompressionSettings.ON)
			.start(new RecordingListener().echo())) {
			List<RawWebSocket> clients = new ArrayList<>();
			List<byte[]> frames = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				clients.add(open(server, "permessage-deflate"));
				frames.add(RawWebSocket.frame(RawWebSocket.TEXT | RSV1, compress(i + TEXT + i)));
			}
			for (int from = 0; from < 200; from += 10) {
				for (int i = 0; i < 20; i++) {
					byte[] frame = frames.get(i);
					int to = (from == 190) ? frame.length : Math.min(from + 10, frame.length);
					if (from < to) {
						clients.get(i).write(Arrays.copyOfRange(frame, from, to));
					}
				}
			}
			for (int i = 0; i < 20; i++) {
				assertThat(readCompressed(clients.get(i))).isEqualTo(i + TEXT + i);
				clients.get(i).close();
			}
		}
	}

	@Test
	void whenPeersDifferThenABroadcastReachesAllAndIsCompressedOncePerParameterSet() {
		EncodeCounter protocol = new EncodeCounter();
		try (TestServer server = TestServer.of(this.kind, protocol).compression(TAKEOVER).start();
				RawWebSocket plain = server.openWebSocket();
				RawWebSocket otherPlain = server.openWebSocket();
				RawWebSocket alone = open(server, "permessage-deflate; server_no_context_takeover");
				RawWebSocket otherAlone = open(server,
						"permessage-deflate; client_no_context_takeover; server_no_context_takeover");
				RawWebSocket small = open(server, "permessage-deflate; server_max_window_bits=9");
				RawWebSocket otherSmall = open(server, "permessage-deflate; server_max_window_bits=9");
				RawWebSocket takeover = open(server, "permessage-deflate")) {
			List<RawWebSocket> clients = List.of(plain, otherPlain, alone, otherAlone, small, otherSmall, takeover);
			PeerRecord[] peers = clients.stream().map(server.listener()::peer).toArray(PeerRecord[]::new);
			Members all = Members.of(peers);
			peers[0].onLoop(() -> {
				all.broadcast(TEXT);
				peers[2].connection().send("in between");
				peers[6].connection().send(TEXT);
				all.broadcast("short");
				all.broadcast(TEXT + TEXT);
			});
			for (RawWebSocket client : List.of(plain, otherPlain)) {
				assertThat(client.readText()).isEqualTo(TEXT);
				assertThat(client.readText()).isEqualTo("short");
				assertThat(client.readText()).isEqualTo(TEXT + TEXT);
			}
			for (RawWebSocket client : List.of(alone, otherAlone, small, otherSmall)) {
				assertThat(readCompressed(client)).isEqualTo(TEXT);
				if (client == alone) {
					assertThat(client.readText()).isEqualTo("in between");
				}
				assertThat(client.readText()).isEqualTo("short");
				assertThat(readCompressed(client)).isEqualTo(TEXT + TEXT);
			}
			Inflater inflater = new Inflater(true);
			assertThat(readCompressed(takeover, inflater)).isEqualTo(TEXT);
			assertThat(readCompressed(takeover, inflater)).isEqualTo(TEXT);
			assertThat(takeover.readText()).isEqualTo("short");
			assertThat(readCompressed(takeover, inflater)).isEqualTo(TEXT + TEXT);
			inflater.end();
			// Three messages for each of three sets and for the one with a context, two
			// replies
			assertThat(protocol.encoded.get()).isEqualTo(3 * 4 + 2);
		}
	}

	@Test
	void whenPingFollowsABroadcastThatIsCompressedThenItsPayloadComesBack() {
		RecordingListener listener = new RecordingListener();
		try (TestServer server = TestServer.websocket(this.kind).compression(TAKEOVER).start(listener);
				RawWebSocket alone = open(server, "permessage-deflate; server_no_context_takeover");
				RawWebSocket takeover = open(server, "permessage-deflate")) {
			for (RawWebSocket client : List.of(alone, takeover)) {
				Members members = Members.of(listener.peer(client));
				listener.onMessage((connection, message) -> members.broadcast(TEXT));
				client.write(RawWebSocket.join(RawWebSocket.frame(RawWebSocket.TEXT, "go"),
						RawWebSocket.frame(RawWebSocket.PING, "still there?")));
				assertThat(readCompressed(client)).isEqualTo(TEXT);
				Frame pong = client.readFrame();
				assertThat(pong.first()).isEqualTo(RawWebSocket.PONG);
				assertThat(new String(pong.payload(), StandardCharsets.UTF_8)).isEqualTo("still there?");
			}
		}
	}

	@Test
	void whenPeerDoesNotReadThenCompressedMessagesAreRefusedAsOthersAre() {
		byte[] random = new byte[100_000];
		new Random(1).nextBytes(random);
		try (TestServer server = TestServer.websocket(this.kind)
			.compression(TAKEOVER)
			.smallSocketBuffers()
			.maxSendBuffer(300_000)
			.start(); RawWebSocket client = open(server, "permessage-deflate")) {
			PeerRecord peer = server.listener().peer(client);
			List<Integer> accepted = new ArrayList<>();
			peer.onLoop(() -> {
				for (int i = 0; i < 50; i++) {
					random[0] = (byte) i;
					if (peer.connection().send(random.clone()).name().equals("ACCEPTED")) {
						accepted.add(i);
					}
				}
			});
			assertThat(accepted).hasSizeBetween(1, 49);
			Inflater inflater = new Inflater(true);
			for (int i : accepted) {
				random[0] = (byte) i;
				assertThat(inflate(inflater, client.readFrame(RSV1).payload()))
					.isEqualTo(new String(random, StandardCharsets.UTF_8));
			}
			inflater.end();
		}
	}

	@Test
	void whenMessageIsABombThenOnlyThisConnectionCloses() {
		byte[] bomb = compress(new byte[50_000_000]);
		try (TestServer server = TestServer.websocket(this.kind)
			.compression(CompressionSettings.ON)
			.maxMessageSize(1_000_000)
			.start(new RecordingListener().echo());
				RawWebSocket client = open(server, "permessage-deflate");
				RawWebSocket other = open(server, "permessage-deflate")) {
			client.write(RawWebSocket.frame(RawWebSocket.BINARY | RSV1, bomb));
			assertThat(client.readClose().code()).isEqualTo(1009);
			PeerRecord peer = server.listener().peer(client);
			assertThat(peer.awaitClosed().cause()).isEqualTo(Cause.PROTOCOL);
			assertThat(peer.messages()).isEmpty();
			other.write(RawWebSocket.frame(RawWebSocket.TEXT | RSV1, compress(TEXT)));
			assertThat(readCompressed(other)).isEqualTo(TEXT);
		}
	}

	@Test
	void whenCompressedDataIsBrokenThenOnlyThisConnectionCloses() {
		try (TestServer server = TestServer.websocket(this.kind)
			.compression(CompressionSettings.ON)
			.start(new RecordingListener().echo()); RawWebSocket other = open(server, "permessage-deflate")) {
			byte[] message = RawWebSocket.frame(RawWebSocket.TEXT | RSV1, compress(TEXT));
			other.write(Arrays.copyOf(message, message.length / 2));
			assertCloses(server, 1007, RawWebSocket.TEXT | RSV1, new byte[] { 7 });
			assertCloses(server, 1007, RawWebSocket.TEXT | RSV1, compress(new byte[] { (byte) 0xC3, 0x28 }));
			assertCloses(server, 1002, RawWebSocket.TEXT | 0x20, compress(TEXT));
			assertCloses(server, 1002, RawWebSocket.PING | RSV1, new byte[0]);
			assertCloses(server, 1002, RawWebSocket.CLOSE | RSV1, new byte[0]);
			assertCloses(server, 1002, RawWebSocket.CONTINUATION | RSV1, compress(TEXT));
			other.write(Arrays.copyOfRange(message, message.length / 2, message.length));
			assertThat(readCompressed(other)).isEqualTo(TEXT);
		}
	}

	private static void assertCloses(TestServer server, int code, int first, byte[] payload) {
		try (RawWebSocket client = open(server, "permessage-deflate")) {
			client.write(RawWebSocket.frame(first, payload));
			assertThat(client.readClose().code()).isEqualTo(code);
			assertThat(server.listener().peer(client).awaitClosed().cause()).isEqualTo(Cause.PROTOCOL);
		}
	}

	@Test
	void whenPeerGoesWithinACompressedMessageThenNothingIsLeft() {
		try (TestServer server = TestServer.websocket(this.kind).compression(TAKEOVER).start()) {
			byte[] message = RawWebSocket.frame(RawWebSocket.TEXT | RSV1, compress(TEXT));
			for (int i = 0; i < 10; i++) {
				RawWebSocket client = open(server, "permessage-deflate");
				client.write(Arrays.copyOf(message, message.length / 2));
				PeerRecord peer = server.listener().peer(client);
				peer.connection().send(TEXT);
				assertThat(readCompressed(client)).isEqualTo(TEXT);
				client.reset();
				assertThat(peer.awaitClosed()).isEqualTo(CloseReason.LOST);
			}
		}
	}

	/**
	 * Counts how often a message is encoded.
	 */
	private static final class EncodeCounter implements Protocol {

		private final Protocol protocol = new WebSocketProtocol();

		private final AtomicInteger encoded = new AtomicInteger();

		@Override
		public String name() {
			return this.protocol.name();
		}

		@Override
		public boolean distinguishesKinds() {
			return true;
		}

		@Override
		public boolean handshakes() {
			return true;
		}

		@Override
		public CodecFactory codecs(ProtocolSettings settings) {
			CodecFactory codecs = this.protocol.codecs(settings);
			return (context) -> new CountingCodec(context, codecs);
		}

		private final class CountingCodec implements HandshakeCodec {

			private final HandshakeCodec codec;

			CountingCodec(CodecContext context, CodecFactory codecs) {
				this.codec = (HandshakeCodec) codecs.create(context);
			}

			@Override
			public Object decode(ByteBuf in) throws ProtocolException {
				return this.codec.decode(in);
			}

			@Override
			public void encode(Object message, ByteBuf out) {
				EncodeCounter.this.encoded.incrementAndGet();
				this.codec.encode(message, out);
			}

			@Override
			public boolean encodeClose(CloseReason reason, ByteBuf out) {
				return this.codec.encodeClose(reason, out);
			}

			@Override
			public CloseReason endOfStream() {
				return this.codec.endOfStream();
			}

			@Override
			public Object broadcastKey() {
				return this.codec.broadcastKey();
			}

			@Override
			public void release() {
				this.codec.release();
			}

			@Override
			public void complete(HandshakeDecision decision, ByteBuf out) throws HandshakeException {
				this.codec.complete(decision, out);
			}

			@Override
			public Handshake handshake() {
				return this.codec.handshake();
			}

			@Override
			public String subprotocol() {
				return this.codec.subprotocol();
			}

			@Override
			public void encodePing(ByteBuffer payload, ByteBuf out) {
				this.codec.encodePing(payload, out);
			}

			@Override
			public HandshakeException handshakeTimeout() {
				return this.codec.handshakeTimeout();
			}

		}

	}

}
