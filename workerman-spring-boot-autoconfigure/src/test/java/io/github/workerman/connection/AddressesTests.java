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

package io.github.workerman.connection;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Addresses}.
 */
class AddressesTests {

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, 192.0.2.1", "0.0.0.0, *", "::, *", "::1, [::1]", "fe80::, [fe80::]",
			"2001:db8:0:0:1:0:0:1, [2001:db8::1:0:0:1]", "2001:0db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]",
			"2001:0:0:1:0:0:0:1, [2001:0:0:1::1]", "2001:DB8::ABCD, [2001:db8::abcd]",
			"1:2:3:4:5:6:7:8, [1:2:3:4:5:6:7:8]", "1:2:3:4:5:6:0:0, [1:2:3:4:5:6::]", "::ffff:192.0.2.1, 192.0.2.1" })
	void ipAddressesAreShortAndBracketed(String address, String expected) throws UnknownHostException {
		assertThat(Addresses.format(new InetSocketAddress(InetAddress.getByName(address), 80)))
			.isEqualTo(expected + ":80");
	}

	@Test
	void scopeIsShownWhereItMatters() throws UnknownHostException {
		byte[] linkLocal = InetAddress.getByName("fe80::1").getAddress();
		assertThat(Addresses.format(new InetSocketAddress(Inet6Address.getByAddress(null, linkLocal, 7), 80)))
			.isEqualTo("[fe80::1%7]:80");
		byte[] loopback = InetAddress.getByName("::1").getAddress();
		assertThat(Addresses.format(new InetSocketAddress(Inet6Address.getByAddress(null, loopback, 0), 80)))
			.isEqualTo("[::1]:80");
	}

	@Test
	void otherAddresses() {
		assertThat(Addresses.format(InetSocketAddress.createUnresolved("host.test", 80))).isEqualTo("host.test:80");
		assertThat(Addresses.format(UnixDomainSocketAddress.of("/run/chat.sock"))).isEqualTo("unix:/run/chat.sock");
		assertThat(Addresses.format(UnixDomainSocketAddress.of(""))).isEqualTo("unix:");
	}

}
