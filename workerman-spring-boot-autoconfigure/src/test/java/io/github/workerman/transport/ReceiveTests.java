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

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how bytes become messages, however they are cut.
 */
@OnEachTransport
class ReceiveTests extends TransportFixture {

	@Test
	void whenReadsNeverEndWithAMessageThenReceiveBufferDoesNotGrow() {
		AtomicReference<String> wrong = new AtomicReference<>();
		String line = "x".repeat(20_000);
		RecordingListener listener = new RecordingListener().forgetMessages().onMessage((connection, message) -> {
			if (!message.equals(line)) {
				wrong.set(message.toString());
			}
		});
		try (TestServer server = TestServer.text(this.kind).start(listener); RawSocket client = server.connect()) {
			PeerRecord peer = listener.peer(client);
			long before = DirectMemory.used();
			long most = 0;
			client.write(line.substring(10_000));
			byte[] shifted = (line.substring(0, 10_000) + "\n" + line.substring(10_000)).getBytes();
			for (int i = 1; i <= 3000; i++) {
				client.write(shifted);
				if (i % 10 == 0) {
					peer.awaitMessages(i - 5);
					most = Math.max(most, DirectMemory.used());
				}
			}
			client.write("x".repeat(10_000) + "\n");
			peer.awaitMessages(3001);
			assertThat(wrong).hasNullValue();
			assertThat(most - before).as("memory for receive buffers").isLessThan(16 << 20);
		}
	}

	@Test
	void whenLargeMessageIsOverThenItsBufferIsGivenBack() {
		try (TestServer server = TestServer.text(this.kind)
			.maxMessageSize(64 << 20)
			.start(new RecordingListener().forgetMessages()); RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			long before = DirectMemory.used();
			client.write("x".repeat(40 << 20) + "\nrest");
			peer.awaitMessages(1);
			// The allocator may keep some of its chunks, but none of this size.
			Waiting.until("the buffer is small again", () -> DirectMemory.used() - before < 20 << 20);
			client.write("\n");
			peer.awaitMessages(2);
		}
	}

	@Test
	void whenManyPeersLeaveMessagesIncompleteThenEachCostsLittle() {
		try (TestServer server = TestServer.text(this.kind).start()) {
			RawSocket[] clients = new RawSocket[500];
			Arrays.setAll(clients, (i) -> server.connect());
			server.listener().peers(clients.length);
			long before = DirectMemory.used();
			for (RawSocket client : clients) {
				client.write("begun");
			}
			AtomicLong received = new AtomicLong();
			Waiting.until("all is received", () -> {
				received.set(server.connections()
					.all()
					.stream()
					.mapToLong((connection) -> connection.statistics().bytesIn())
					.sum());
				return received.get() == 5 * clients.length;
			});
			assertThat(DirectMemory.used() - before).isLessThan(8 << 20);
			for (RawSocket client : clients) {
				client.write(" and done\n");
			}
			Waiting.until("all are delivered",
					() -> server.listener()
						.peers(clients.length)
						.stream()
						.allMatch((peer) -> peer.messageCount() == 1));
			assertThat(server.listener().peers(clients.length))
				.allSatisfy((peer) -> assertThat(peer.messages()).containsExactly("begun and done"));
			Arrays.stream(clients).forEach(RawSocket::close);
		}
	}

	@Test
	void whenBytesComeOneByOneThenMessagesAreTheSame() {
		byte[] frames = RawWebSocket.join(RawWebSocket.frame(RawWebSocket.TEXT, "héllo €"),
				RawWebSocket.frame(RawWebSocket.TEXT & ~RawWebSocket.FIN, "in "),
				RawWebSocket.frame(RawWebSocket.PING, "p"), RawWebSocket.frame(RawWebSocket.CONTINUATION, "parts"),
				RawWebSocket.frame(RawWebSocket.BINARY, new byte[200]));
		RecordingListener listener = new RecordingListener();
		try (TestServer server = TestServer.websocket(this.kind).start(listener)) {
			RawWebSocket client = RawWebSocket.connect(server.port());
			for (byte current : RawWebSocket.request("/").getBytes()) {
				client.write(new byte[] { current });
			}
			assertThat(client.readResponse().status()).isEqualTo(101);
			PeerRecord peer = listener.peer(client);
			for (byte current : frames) {
				client.write(new byte[] { current });
			}
			List<Object> messages = peer.awaitMessages(3);
			assertThat(messages.get(0)).isEqualTo("héllo €");
			assertThat(messages.get(1)).isEqualTo("in parts");
			assertThat((byte[]) messages.get(2)).hasSize(200);
			assertThat(client.readFrame().text()).isEqualTo("p");
			client.close();
		}
	}

	@Test
	void whenFramesFollowTheHandshakeInOneWriteThenTheyAreDelivered() {
		try (TestServer server = TestServer.websocket(this.kind).start(new RecordingListener().echo())) {
			RawWebSocket client = RawWebSocket.connect(server.port());
			client.write(RawWebSocket.join(RawWebSocket.request("/").getBytes(),
					RawWebSocket.frame(RawWebSocket.TEXT, "at once"), RawWebSocket.frame(RawWebSocket.TEXT, "too")));
			assertThat(client.readResponse().status()).isEqualTo(101);
			assertThat(client.readText()).isEqualTo("at once");
			assertThat(client.readText()).isEqualTo("too");
			client.close();
		}
	}

	@Test
	void whenProtocolIsTextOrFrameOrTcpThenEchoes() {
		try (TestServer text = TestServer.text(this.kind).start(new RecordingListener().echo());
				TestServer frame = TestServer.frame(this.kind)
					.beside(text)
					.name("frame")
					.start(new RecordingListener().echo());
				TestServer tcp = TestServer.tcp(this.kind)
					.beside(text)
					.name("tcp")
					.start(new RecordingListener().echo());
				RawSocket lines = text.connect();
				RawSocket frames = frame.connect();
				RawSocket bytes = tcp.connect()) {
			lines.write("one\r\ntwo\n\nthr");
			lines.write("ee\n");
			assertThat(IntStream.range(0, 4).mapToObj((i) -> lines.readLine())).containsExactly("one", "two", "",
					"three");
			frames.write(new byte[] { 0, 0, 0, 6, 'h', 'i', 0, 0, 0, 4, 0, 0, 0 });
			frames.write(new byte[] { 5, '!' });
			assertThat(frames.read(15)).containsExactly(0, 0, 0, 6, 'h', 'i', 0, 0, 0, 4, 0, 0, 0, 5, '!');
			bytes.write(new byte[] { 0, (byte) 0xFF, 10 });
			assertThat(bytes.read(3)).containsExactly(0, 0xFF, 10);
		}
	}

}
