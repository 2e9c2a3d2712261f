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
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.DatagramDrop;
import io.github.workerman.connection.MessageKind;
import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.UdpPeer;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.connection.spi.Traffic;
import io.github.workerman.protocol.Codec;
import io.github.workerman.protocol.CodecFactory;
import io.github.workerman.protocol.Payloads;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.protocol.TrustedProxies;
import io.github.workerman.protocol.delimiter.DelimiterProtocol;
import io.github.workerman.protocol.lengthfield.LengthFieldProtocol;
import io.github.workerman.protocol.udp.UdpProtocol;
import io.github.workerman.testsupport.DatagramClient;
import io.github.workerman.transport.Connections;
import io.github.workerman.transport.EndpointBindException;
import io.github.workerman.transport.EndpointEnvironment;
import io.github.workerman.transport.EndpointSettings;
import io.github.workerman.transport.EventLoops;
import io.github.workerman.transport.OnEachTransport;
import io.github.workerman.transport.ProxyProtocol;
import io.github.workerman.transport.ToStringCodec;
import io.github.workerman.transport.TransportCustomizer;
import io.github.workerman.transport.TransportFixture;
import io.github.workerman.transport.Waiting;
import io.github.workerman.transport.limit.LimitSettings;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests of {@link UdpEndpoint} on sockets.
 */
@OnEachTransport
class UdpTests extends TransportFixture {

	@Test
	void whenDatagramComesThenItIsAMessage() throws IOException {
		try (Server server = new Server().start(); DatagramClient client = new DatagramClient(server.address())) {
			assertThat(client.ask("hello")).isEqualTo("hello");
			client.send("");
			String large = "x".repeat(60_000);
			assertThat(client.ask(large)).isEqualTo(large);
			UdpPeer peer = (UdpPeer) server.peers.element();
			assertThat(peer.remoteAddress())
				.isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), client.localPort()));
			assertThat(peer.toString()).startsWith("sensors ").endsWith(" 127.0.0.1:" + client.localPort());
			assertThat(peer.protocol()).isEqualTo("udp");
			assertThat(peer.isOpen()).isTrue();
			assertThat(server.connections.all()).isEmpty();
			assertThat(server.connections.find(peer.id())).isEmpty();
			Waiting.until("traffic is counted", () -> server.messagesIn == 2 && server.messagesOut == 2);
		}
	}

	@Test
	void whenPeerIsKeptThenItCanBeSentToLater() throws Exception {
		try (Server server = new Server().onMessage((connection, message) -> {
		}).start(); DatagramClient client = new DatagramClient(server.address())) {
			client.send("hello");
			Waiting.until("the datagram is here", () -> !server.peers.isEmpty());
			UdpPeer peer = (UdpPeer) server.peers.element();
			assertThat(peer.sendAsync("later").toCompletableFuture().get(20, TimeUnit.SECONDS))
				.isEqualTo(SendResult.ACCEPTED);
			assertThat(client.receive()).isEqualTo("later");
			peer.close();
			peer.destroy();
			assertThat(peer.send("still")).isEqualTo(SendResult.ACCEPTED);
			assertThat(client.receive()).isEqualTo("still");
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> peer.pipeTo(peer));
			server.endpoint.close();
			assertThat(peer.isOpen()).isFalse();
			assertThat(peer.send("gone")).isEqualTo(SendResult.CLOSED);
		}
	}

	@Test
	void whenDatagramIsTooBigThenItIsDroppedAndCounted() throws IOException {
		try (Server server = new Server().maxMessageSize(100).start();
				DatagramClient client = new DatagramClient(server.address())) {
			client.send("x".repeat(101));
			client.send("x".repeat(5000));
			assertThat(client.ask("x".repeat(100))).hasSize(100);
			assertThat(server.drops).containsExactly(DatagramDrop.TOO_BIG, DatagramDrop.TOO_BIG);
			assertThat(server.peers).hasSize(1);
		}
	}

	@Test
	void whenCodecReadsDatagramsThenMalformedOnesAreDropped() throws IOException {
		try (Server server = new Server().codec(new LengthFieldProtocol()).start();
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
		try (Server server = new Server().codec(new DelimiterProtocol()).onMessage((connection, message) -> {
			connection.attachment("handlers are at work");
		}).start(); DatagramClient client = new DatagramClient(server.address())) {
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
	void whenSystemRefusesToSendThenItIsCounted() throws IOException {
		try (Server server = new Server().onMessage((connection, message) -> {
			connection.send("x".repeat(70_000));
			connection.send("small");
		}).start(); DatagramClient client = new DatagramClient(server.address())) {
			assertThat(client.ask("hello")).isEqualTo("small");
			Waiting.until("the refusal is counted", () -> server.drops.contains(DatagramDrop.REFUSED));
			Waiting.until("nothing waits", () -> server.peers.peek().pendingBytes() == 0);
		}
	}

	@Test
	void whenMessageHasNoBytesThenNothingIsSent() throws Exception {
		try (Server server = new Server().onMessage((connection, message) -> {
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
	void whenListenerThrowsThenNextDatagramIsServed() throws IOException {
		List<String> seen = new ArrayList<>();
		try (Server server = new Server().onMessage((connection, message) -> {
			if (seen.isEmpty()) {
				seen.add("first");
				throw new IllegalStateException("on purpose");
			}
			connection.send(message);
		}).start(); DatagramClient client = new DatagramClient(server.address())) {
			client.send("one");
			assertThat(client.ask("two")).isEqualTo("two");
			this.log.expect("unexpected error");
		}
	}

	@Test
	void whenEncodingFailsThenSenderIsToldAndNothingWaits() throws Exception {
		this.log.expect("cannot be sent");
		for (Throwable failure : List.of(new IllegalStateException("on purpose"), new StackOverflowError("endless"))) {
			try (Server server = new Server().codec(new Failing(failure)).onMessage((connection, message) -> {
				assertThatExceptionOfType(failure.getClass()).isThrownBy(() -> connection.send("fail"));
				connection.send(message);
			}).start(); DatagramClient client = new DatagramClient(server.address())) {
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
		try (Server server = new Server().codec(new Failing(null)).start();
				DatagramClient client = new DatagramClient(server.address())) {
			client.send("0");
			assertThat(client.ask("hello")).isEqualTo("hello");
			assertThat(server.messages).containsExactly("hello");
			assertThat(server.drops).containsExactly(DatagramDrop.ERROR);
		}
	}

	@Test
	void whenUnboundServerIsBoundAgainThenItReceives() throws IOException {
		try (Server server = new Server().start(); DatagramClient client = new DatagramClient(server.address())) {
			assertThat(client.ask("hello")).isEqualTo("hello");
			server.endpoint.unbind();
			server.endpoint.drain(CloseReason.GOING_AWAY, Duration.ofSeconds(20)).toCompletableFuture().join();
			InetSocketAddress address = (InetSocketAddress) server.endpoint.bind();
			assertThat(server.endpoint.bind()).isEqualTo(address);
			try (DatagramClient again = new DatagramClient(address)) {
				assertThat(again.ask("again")).isEqualTo("again");
			}
		}
	}

	@Test
	void whenServerStopsThenNothingIsReceivedAndPortIsFree() throws IOException {
		try (Server server = new Server().start(); DatagramClient client = new DatagramClient(server.address())) {
			assertThat(client.ask("hello")).isEqualTo("hello");
			server.endpoint.unbind();
			server.endpoint.drain(CloseReason.GOING_AWAY, Duration.ofSeconds(20)).toCompletableFuture().join();
			server.endpoint.close();
			try (DatagramSocket other = new DatagramSocket(server.address())) {
				assertThat(other.getLocalPort()).isEqualTo(server.address().getPort());
			}
		}
	}

	@Test
	void whenPortIsTakenThenStartFails() throws IOException {
		try (Server server = new Server().start()) {
			assertThatExceptionOfType(EndpointBindException.class)
				.isThrownBy(() -> new Server().address(server.address()).start())
				.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(EndpointBindException.Problem.IN_USE));
		}
	}

	@Test
	void whenPortIsSharedThenEachLoopHasASocket() throws IOException {
		try (Server server = new Server().shared().start()) {
			for (int i = 0; i < 20; i++) {
				try (DatagramClient client = new DatagramClient(server.address())) {
					assertThat(client.ask("hello " + i)).isEqualTo("hello " + i);
				}
			}
		}
	}

	@Test
	void whenGroupIsJoinedThenItsDatagramsCome() throws IOException {
		InetAddress group = InetAddress.getByName("239.255.7.72");
		NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
		assumeTrue(loopback != null, "this machine has no loopback interface");
		try (Server server = new Server().address(new InetSocketAddress(0))
			.udp(new UdpSettings(null, List.of(group), loopback.getName()))
			.start(); MulticastSocket client = new MulticastSocket(0)) {
			client.setNetworkInterface(loopback);
			client.setSoTimeout(20_000);
			byte[] bytes = "to all".getBytes(StandardCharsets.UTF_8);
			client.send(new DatagramPacket(bytes, bytes.length, group, server.address().getPort()));
			Waiting.until("the datagram is here", () -> server.messages.contains("to all"));
		}
	}

	@Test
	void whenInterfaceIsUnknownThenStartFails() throws IOException {
		InetAddress group = InetAddress.getByName("239.255.7.72");
		assertThatExceptionOfType(EndpointBindException.class)
			.isThrownBy(() -> new Server().udp(new UdpSettings(null, List.of(group), "nothere0")).start())
			.withMessageContaining("nothere0")
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(EndpointBindException.Problem.GROUP_NOT_JOINED));
	}

	@Test
	void whenServerListensOnIpv6ThenItAnswers() throws IOException {
		InetAddress loopback = InetAddress.getByName("::1");
		assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "this machine has no IPv6 loopback address");
		try (Server server = new Server().address(new InetSocketAddress(loopback, 0)).start();
				DatagramClient client = new DatagramClient(server.address())) {
			assertThat(client.ask("hello")).isEqualTo("hello");
			assertThat(server.peers.peek().toString()).endsWith(" [::1]:" + client.localPort());
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

	/**
	 * A server of datagrams, which echoes.
	 */
	private final class Server implements ConnectionListener, AutoCloseable {

		private final Queue<ManagedConnection> peers = new ConcurrentLinkedQueue<>();

		private final Queue<Object> messages = new ConcurrentLinkedQueue<>();

		private final Queue<DatagramDrop> drops = new ConcurrentLinkedQueue<>();

		private final Connections connections = new Connections();

		private final EventLoops loops = EventLoops.create(UdpTests.this.kind, 2, "test");

		private volatile long messagesIn;

		private volatile long messagesOut;

		private BiConsumer<ManagedConnection, Object> onMessage = ManagedConnection::send;

		private Protocol codec = new UdpProtocol();

		private int maxMessageSize = 10 * 1024 * 1024;

		private boolean shared;

		private UdpSettings udp = UdpSettings.DEFAULT;

		private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

		private UdpEndpoint endpoint;

		Server onMessage(BiConsumer<ManagedConnection, Object> action) {
			this.onMessage = action;
			return this;
		}

		Server codec(Protocol codec) {
			this.codec = codec;
			return this;
		}

		Server maxMessageSize(int bytes) {
			this.maxMessageSize = bytes;
			return this;
		}

		Server shared() {
			this.shared = true;
			return this;
		}

		Server udp(UdpSettings settings) {
			this.udp = settings;
			return this;
		}

		Server address(InetSocketAddress address) {
			this.address = address;
			return this;
		}

		Server start() {
			Set<PosixFilePermission> none = Set.of();
			EndpointSettings settings = new EndpointSettings("sensors", this.address, 1, this.shared, true, true,
					this.maxMessageSize, 1024 * 1024, Duration.ofSeconds(1), Duration.ofSeconds(1), false,
					Set.of(MessageKind.TEXT), LimitSettings.DEFAULT, ProxyProtocol.OFF, TrustedProxies.of(List.of()),
					none);
			ProtocolSettings protocolSettings = new ProtocolSettings("sensors", "/", List.of(), List.of(), 1024);
			this.endpoint = new UdpEndpoint(settings, this.udp, this.codec, protocolSettings, new EndpointEnvironment(
					this.loops, this.connections, new ToStringCodec(), this, TransportCustomizer.NONE, null));
			try {
				this.address = (InetSocketAddress) this.endpoint.bind();
			}
			catch (RuntimeException ex) {
				this.loops.close();
				throw ex;
			}
			return this;
		}

		InetSocketAddress address() {
			return this.address;
		}

		@Override
		public void message(ManagedConnection connection, Object message) {
			this.peers.add(connection);
			this.messages.add(message);
			this.onMessage.accept(connection, message);
		}

		@Override
		public void received(ManagedConnection connection, Traffic traffic) {
			this.messagesIn += traffic.messages();
		}

		@Override
		public void sent(ManagedConnection connection, Traffic traffic) {
			this.messagesOut += traffic.messages();
		}

		@Override
		public void datagramDropped(DatagramDrop reason) {
			this.drops.add(reason);
		}

		@Override
		public void close() {
			this.endpoint.close();
			this.loops.close();
		}

	}

}
