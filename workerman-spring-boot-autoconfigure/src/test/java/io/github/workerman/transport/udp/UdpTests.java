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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.DatagramDrop;
import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.UdpPeer;
import io.github.workerman.testsupport.DatagramClient;
import io.github.workerman.transport.EndpointBindException;
import io.github.workerman.transport.OnEachTransport;
import io.github.workerman.transport.TransportFixture;
import io.github.workerman.transport.Waiting;
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
		try (UdpServer server = new UdpServer(this.kind).start();
				DatagramClient client = new DatagramClient(server.address())) {
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
		try (UdpServer server = new UdpServer(this.kind).onMessage((connection, message) -> {
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
		try (UdpServer server = new UdpServer(this.kind).maxMessageSize(100).start();
				DatagramClient client = new DatagramClient(server.address())) {
			client.send("x".repeat(101));
			client.send("x".repeat(5000));
			assertThat(client.ask("x".repeat(100))).hasSize(100);
			assertThat(server.drops).containsExactly(DatagramDrop.TOO_BIG, DatagramDrop.TOO_BIG);
			assertThat(server.peers).hasSize(1);
		}
	}

	@Test
	void whenSystemRefusesToSendThenItIsCounted() throws IOException {
		try (UdpServer server = new UdpServer(this.kind).onMessage((connection, message) -> {
			connection.send("x".repeat(70_000));
			connection.send("small");
		}).start(); DatagramClient client = new DatagramClient(server.address())) {
			assertThat(client.ask("hello")).isEqualTo("small");
			Waiting.until("the refusal is counted", () -> server.drops.contains(DatagramDrop.REFUSED));
			Waiting.until("nothing waits", () -> server.peers.peek().pendingBytes() == 0);
		}
	}

	@Test
	void whenListenerThrowsThenNextDatagramIsServed() throws IOException {
		List<String> seen = new ArrayList<>();
		try (UdpServer server = new UdpServer(this.kind).onMessage((connection, message) -> {
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
	void whenUnboundServerIsBoundAgainThenItReceives() throws IOException {
		try (UdpServer server = new UdpServer(this.kind).start();
				DatagramClient client = new DatagramClient(server.address())) {
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
		try (UdpServer server = new UdpServer(this.kind).start();
				DatagramClient client = new DatagramClient(server.address())) {
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
		try (UdpServer server = new UdpServer(this.kind).start()) {
			assertThatExceptionOfType(EndpointBindException.class)
				.isThrownBy(() -> new UdpServer(this.kind).address(server.address()).start())
				.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(EndpointBindException.Problem.IN_USE));
		}
	}

	@Test
	void whenPortIsSharedThenEachLoopHasASocket() throws IOException {
		try (UdpServer server = new UdpServer(this.kind).shared().start()) {
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
		try (UdpServer server = new UdpServer(this.kind).address(new InetSocketAddress(0))
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
			.isThrownBy(() -> new UdpServer(this.kind).udp(new UdpSettings(null, List.of(group), "nothere0")).start())
			.withMessageContaining("nothere0")
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(EndpointBindException.Problem.GROUP_NOT_JOINED));
	}

	@Test
	void whenServerListensOnIpv6ThenItAnswers() throws IOException {
		InetAddress loopback = InetAddress.getByName("::1");
		assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "this machine has no IPv6 loopback address");
		try (UdpServer server = new UdpServer(this.kind).address(new InetSocketAddress(loopback, 0)).start();
				DatagramClient client = new DatagramClient(server.address())) {
			assertThat(client.ask("hello")).isEqualTo("hello");
			assertThat(server.peers.peek().toString()).endsWith(" [::1]:" + client.localPort());
		}
	}

}
