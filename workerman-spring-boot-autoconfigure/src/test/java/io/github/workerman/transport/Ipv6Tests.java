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

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

import io.github.workerman.connection.Addresses;
import io.github.workerman.testsupport.RawSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests of servers on IPv6 addresses, where the machine has any.
 */
@OnEachTransport
class Ipv6Tests extends TransportFixture {

	@BeforeEach
	void machineHasIpv6() throws IOException {
		assumeTrue(NetworkInterface.getByInetAddress(InetAddress.getByName("::1")) != null,
				"this machine has no IPv6 loopback address");
	}

	@Test
	void whenServerListensOnLoopbackThenAddressesAreBracketed() throws IOException {
		InetAddress loopback = InetAddress.getByName("::1");
		try (TestServer server = TestServer.text(this.kind)
			.address(new InetSocketAddress(loopback, 0))
			.start(new RecordingListener().echo());
				RawSocket client = RawSocket.connect(new InetSocketAddress(loopback, server.port()))) {
			client.write("hello\n");
			assertThat(client.readLine()).isEqualTo("hello");
			PeerRecord peer = server.listener().peer(client);
			assertThat(peer.connection().toString()).endsWith(" [::1]:" + client.socket().getLocalPort());
			assertThat(Addresses.format(peer.connection().localAddress())).isEqualTo("[::1]:" + server.port());
		}
	}

	@Test
	void whenServerListensOnTheIpv6WildcardThenBothFamiliesReachIt() throws IOException {
		try (TestServer server = TestServer.text(this.kind)
			.address(new InetSocketAddress(InetAddress.getByName("::"), 0))
			.start(new RecordingListener().echo());
				RawSocket four = RawSocket.connect(new InetSocketAddress("127.0.0.1", server.port()));
				RawSocket six = RawSocket.connect(new InetSocketAddress("::1", server.port()))) {
			four.write("four\n");
			assertThat(four.readLine()).isEqualTo("four");
			six.write("six\n");
			assertThat(six.readLine()).isEqualTo("six");
			assertThat(Addresses.format(server.listener().peer(four).connection().remoteAddress()))
				.isEqualTo("127.0.0.1:" + four.socket().getLocalPort());
			assertThat(Addresses.format(server.listener().peer(six).connection().remoteAddress()))
				.isEqualTo("[::1]:" + six.socket().getLocalPort());
		}
	}

	@Test
	void whenAddressHasAScopeThenServerIsReachedThere() throws IOException {
		Optional<Inet6Address> scoped = linkLocal();
		assumeTrue(scoped.isPresent(), "this machine has no link-local address");
		InetAddress address = scoped.orElseThrow();
		try (TestServer server = TestServer.text(this.kind)
			.address(new InetSocketAddress(address, 0))
			.start(new RecordingListener().echo());
				RawSocket client = RawSocket.connect(new InetSocketAddress(address, server.port()))) {
			client.write("hello\n");
			assertThat(client.readLine()).isEqualTo("hello");
			assertThat(server.listener().peer(client).connection().toString()).contains(" [fe80:").contains("%");
		}
	}

	@Test
	void whenAddressIsTakenThenMessageBracketsIt() throws IOException {
		InetAddress loopback = InetAddress.getByName("::1");
		try (TestServer server = TestServer.text(this.kind).address(new InetSocketAddress(loopback, 0)).start()) {
			assertThatExceptionOfType(EndpointBindException.class)
				.isThrownBy(() -> TestServer.text(this.kind)
					.beside(server)
					.address(new InetSocketAddress(loopback, server.port()))
					.start())
				.withMessageContaining("cannot listen on [::1]:" + server.port() + ": ");
		}
	}

	private static Optional<Inet6Address> linkLocal() throws SocketException {
		return NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.filter(Inet6Address.class::isInstance)
			.map(Inet6Address.class::cast)
			.filter(InetAddress::isLinkLocalAddress)
			.findFirst();
	}

}
