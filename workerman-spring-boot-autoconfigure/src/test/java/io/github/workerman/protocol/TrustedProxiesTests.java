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

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;

import io.netty.util.NetUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TrustedProxies}.
 */
class TrustedProxiesTests {

	@ParameterizedTest
	@CsvSource({ "10.0.0.1, 10.0.0.1, true", "10.0.0.1, 10.0.0.2, false", "10.0.0.0/8, 10.255.0.1, true",
			"10.0.0.0/8, 11.0.0.1, false", "192.168.4.0/22, 192.168.7.255, true", "192.168.4.0/22, 192.168.8.0, false",
			"0.0.0.0/0, 203.0.113.9, true", "0.0.0.0/0, ::1, false", "::/0, 203.0.113.9, false", "::1, ::1, true",
			"::1, ::2, false", "fd00::/8, fdff::1, true", "fd00::/8, fe00::1, false",
			"2001:db8::/33, 2001:db8:7fff::1, true", "2001:db8::/33, 2001:db8:8000::1, false",
			"10.0.0.1/32, 10.0.0.1, true", "::1/128, ::1, true" })
	void shouldTellWhoIsTrusted(String proxies, String address, boolean expected) {
		TrustedProxies trusted = TrustedProxies.of(List.of(proxies));
		assertThat(trusted.contains(NetUtil.createInetAddressFromIpAddressString(address))).isEqualTo(expected);
	}

	@Test
	void whenSocketShowsIpv4AsIpv6ThenIsTheSame() throws Exception {
		byte[] mapped = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1 };
		TrustedProxies trusted = TrustedProxies.of(List.of("10.0.0.0/8"));
		assertThat(trusted.contains(Inet6Address.getByAddress(null, mapped, 0))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "::ffff:10.0.0.0/104, 10.255.0.1, true", "::ffff:10.0.0.0/104, 11.0.0.1, false",
			"::ffff:10.0.0.1/128, 10.0.0.1, true", "::ffff:10.0.0.1/128, 10.0.0.2, false",
			"::ffff:10.0.0.1, 10.0.0.1, true", "::ffff:0:0/96, 203.0.113.9, true", "::ffff:0:0/96, ::1, false" })
	void whenNetworkOfIpv4IsWrittenAsIpv6ThenIsTheSame(String proxies, String address, boolean expected) {
		shouldTellWhoIsTrusted(proxies, address, expected);
	}

	@Test
	void whenNetworkHasAddressesOfBothKindsThenIsNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> TrustedProxies.of(List.of("::ffff:10.0.0.0/24")))
			.withMessage("::ffff:10.0.0.0/24");
	}

	@Test
	void whenPeersOfUnixSocketsAreNamedThenTheyAndNobodyElseAreTrusted() {
		TrustedProxies trusted = TrustedProxies.of(List.of("unix:"));
		assertThat(trusted.isEmpty()).isFalse();
		assertThat(trusted.contains(UnixDomainSocketAddress.of(""))).isTrue();
		assertThat(trusted.contains(new InetSocketAddress("127.0.0.1", 1))).isFalse();
		assertThat(TrustedProxies.of(List.of("127.0.0.1")).contains(UnixDomainSocketAddress.of(""))).isFalse();
	}

	@Test
	void whenThereIsNoAddressThenIsNotTrusted() {
		TrustedProxies trusted = TrustedProxies.of(List.of("0.0.0.0/0", "::/0"));
		assertThat(trusted.contains((InetSocketAddress) null)).isFalse();
		assertThat(trusted.contains(InetSocketAddress.createUnresolved("localhost", 1))).isFalse();
		assertThat(TrustedProxies.of(List.of()).isEmpty()).isTrue();
	}

}
