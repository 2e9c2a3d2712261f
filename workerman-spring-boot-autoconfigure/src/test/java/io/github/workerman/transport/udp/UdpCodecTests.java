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

package io.github.workerman.transport.udp;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.workerman.connection.DatagramDrop;
import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.UdpPeer;
import io.github.workerman.protocol.Codec;
import io.github.workerman.protocol.CodecFactory;
import io.github.workerman.protocol.Payloads;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.protocol.delimiter.DelimiterProtocol;
import io.github.workerman.protocol.lengthfield.LengthFieldProtocol;
import io.github.workerman.testsupport.DatagramClient;
import io.github.workerman.transport.OnEachTransport;
import io.github.workerman.transport.TransportFixture;
import io.github.workerman.transport.Waiting;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link UdpEndpoint} with codecs.
 */
@OnEachTransport
class UdpCodecTests extends TransportFixture {

	@Test
	void whenCodecReadsDatagramsThenMalformedOnesAreDropped() throws IOException {
		try (UdpServer server = new UdpServer(this.kind).codec(new LengthFieldProtocol()).start();
				DatagramClient client = new DatagramClient(server.address())) {
			client.send("\0\0\0\2hi\0\0\0\3you");
			assertThat(client.receive()).isEqualTo("\0\0\0\2hi");
			assertThat(client.receive()).isEqualTo("\0\0\0\3you");
			client.send("\0\0\0\5hi");
			client.send("");
			client.send("\0");
			assertThat(client.ask("\0\0\0\1x")).isEqualTo("\0\0\0\1x");
			assertThat(server.drops).containsExactly(DatagramDrop.MALFORMED, DatagramDrop.MALFORMED);
		}
	}

	@Test
	void whenDatagramsEndWithinAMessageThenUnfinishedOnesStopReceivingAllTheSame() throws Exception {
		try (UdpServer server = new UdpServer(this.kind).codec(new DelimiterProtocol())
			.onMessage((connection, message) -> {
				connection.attachment("handlers are at work");
			})
			.start(); DatagramClient client = new DatagramClient(server.address())) {
			for (int i = 1; i <= UdpSocket.HIGH; i++) {
				client.send("whole\nhalf");
				int sent = i;
				Waiting.until("datagram " + i + " is here", () -> server.drops.size() == sent);
			}
			int more = 100;
			for (int i = 0; i < more; i++) {
				client.send("whole\nhalf");
			}
			// What is with the socket by now is read before the loop has run twice.
			for (int i = 0; i < more; i++) {
				CompletableFuture<Void> iteration = new CompletableFuture<>();
				server.peers.element().loop().execute(() -> iteration.complete(null));
				iteration.get(20, TimeUnit.SECONDS);
			}
			assertThat(server.drops).hasSizeLessThan(UdpSocket.HIGH + more);
			server.peers.forEach((peer) -> peer.loop().execute(peer::idle));
			Waiting.until("the rest is here", () -> server.drops.size() == UdpSocket.HIGH + more);
		}
	}

	@Test
	void whenMessageHasNoBytesThenNothingIsSent() throws Exception {
		try (UdpServer server = new UdpServer(this.kind).onMessage((connection, message) -> {
			connection.send("");
			connection.send(message);
		}).start(); DatagramClient client = new DatagramClient(server.address())) {
			assertThat(client.ask("hello")).isEqualTo("hello");
			UdpPeer peer = (UdpPeer) server.peers.element();
			assertThat(peer.sendAsync(new byte[0]).toCompletableFuture().get(20, TimeUnit.SECONDS))
				.isEqualTo(SendResult.ACCEPTED);
			assertThat(peer.statistics().messagesOut()).isEqualTo(1);
			assertThat(client.ask("again")).isEqualTo("again");
			Waiting.until("nothing waits", () -> peer.pendingBytes() == 0);
		}
	}

	@Test
	void whenEncodingFailsThenSenderIsToldAndNothingWaits() throws Exception {
		this.log.expect("cannot be sent");
		for (Throwable failure : List.of(new IllegalStateException("on purpose"), new StackOverflowError("endless"))) {
			try (UdpServer server = new UdpServer(this.kind).codec(new Failing(failure))
				.onMessage((connection, message) -> {
					assertThatExceptionOfType(failure.getClass()).isThrownBy(() -> connection.send("fail"));
					connection.send(message);
				})
				.start(); DatagramClient client = new DatagramClient(server.address())) {
				assertThat(client.ask("hello")).isEqualTo("hello");
				UdpPeer peer = (UdpPeer) server.peers.element();
				assertThat(peer.sendAsync("fail").toCompletableFuture()).failsWithin(Duration.ofSeconds(20))
					.withThrowableThat()
					.withCauseInstanceOf(failure.getClass());
				Waiting.until("nothing waits", () -> peer.pendingBytes() == 0);
			}
		}
	}

	@Test
	void whenCodecTakesMessagesOutOfNothingThenDatagramIsLost() throws IOException {
		this.log.expect("takes messages out of no bytes");
		try (UdpServer server = new UdpServer(this.kind).codec(new Failing(null)).start();
				DatagramClient client = new DatagramClient(server.address())) {
			client.send("0");
			assertThat(client.ask("hello")).isEqualTo("hello");
			assertThat(server.messages).containsExactly("hello");
			assertThat(server.drops).containsExactly(DatagramDrop.ERROR);
		}
	}

	/**
	 * Text that is not always encoded. A zero is a message that nothing is consumed for.
	 */
	private static final class Failing implements Protocol {

		private final Throwable failure;

		Failing(Throwable failure) {
			this.failure = failure;
		}

		@Override
		public String name() {
			return "failing";
		}

		@Override
		public CodecFactory codecs(ProtocolSettings settings) {
			return (context) -> new Codec() {

				@Override
				public Object decode(ByteBuf in) {
					return (in.getByte(in.readerIndex()) == '0') ? "nothing"
							: Payloads.read(in, in.readableBytes(), context.kind());
				}

				@Override
				public void encode(Object message, ByteBuf out) {
					Payloads.write(message, out);
					if (message.equals("fail")) {
						if (Failing.this.failure instanceof Error error) {
							throw error;
						}
						throw (RuntimeException) Failing.this.failure;
					}
				}

			};
		}

	}

}
