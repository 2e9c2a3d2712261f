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

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ForwardedHeaders}.
 */
class ForwardedHeadersTests {

	private static final TrustedProxies TRUSTED = TrustedProxies.of(List.of("10.0.0.0/8", "fd00::/8"));

	private static final SocketAddress PROXY = new InetSocketAddress("10.0.0.1", 4711);

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "203.0.113.9 | 203.0.113.9:0", "203.0.113.9:77 | 203.0.113.9:77", "2001:db8::9 | 2001:db8::9:0",
					"[2001:db8::9] | 2001:db8::9:0", "[2001:db8::9]:77 | 2001:db8::9:77",
					"1.1.1.1, 203.0.113.9 | 203.0.113.9:0", "1.1.1.1, 203.0.113.9, 10.0.0.2, fd00::3 | 203.0.113.9:0",
					"10.0.0.3, 10.0.0.2 | 10.0.0.3:0", "1.1.1.1, unknown, 10.0.0.2 | 10.0.0.2:0",
					"unknown | 10.0.0.1:4711", "1.1.1.1, | 10.0.0.1:4711", "localhost | 10.0.0.1:4711",
					"203.0.113.9:99999 | 203.0.113.9:0", "203.0.113.256 | 10.0.0.1:4711",
					"[203.0.113.9] | 10.0.0.1:4711", "[::1 | 10.0.0.1:4711", "203.0.113.9:77x | 203.0.113.9:0" })
	void shouldFindTheLastAddressThatIsNotTrusted(String field, String expected) {
		int colon = expected.lastIndexOf(':');
		InetSocketAddress client = new InetSocketAddress(expected.substring(0, colon),
				Integer.parseInt(expected.substring(colon + 1)));
		assertThat(of(List.of(), List.of(field)).client()).isEqualTo(client);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'',
			value = { "for=203.0.113.9 | 203.0.113.9:0", "For=\"[2001:db8::9]:77\";proto=https | 2001:db8::9:77",
					"for=1.1.1.1, for=203.0.113.9;by=10.0.0.1 | 203.0.113.9:0",
					"for=203.0.113.9, for=\"10.0.0.2:80\" | 203.0.113.9:0", "for=_hidden | 10.0.0.1:4711",
					"for=1.1.1.1, for=unknown, for=10.0.0.2 | 10.0.0.2:0", "for=1.1.1.1, proto=http | 10.0.0.1:4711",
					"host=\"x,for=1.1.1.1\";for=203.0.113.9 | 203.0.113.9:0", "=;;=, | 10.0.0.1:4711" })
	void shouldReadTheStandardField(String field, String expected) {
		int colon = expected.lastIndexOf(':');
		InetSocketAddress client = new InetSocketAddress(expected.substring(0, colon),
				Integer.parseInt(expected.substring(colon + 1)));
		assertThat(of(List.of(field), List.of()).client()).isEqualTo(client);
	}

	@Test
	void whenFieldComesTwiceThenTheLastCounts() {
		assertThat(of(List.of(), List.of("1.1.1.1", "203.0.113.9")).client())
			.isEqualTo(new InetSocketAddress("203.0.113.9", 0));
		assertThat(of(List.of("for=1.1.1.1", "for=203.0.113.9"), List.of()).client())
			.isEqualTo(new InetSocketAddress("203.0.113.9", 0));
	}

	@Test
	void whenFieldsContradictEachOtherThenIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> of(List.of("for=1.1.1.1"), List.of("203.0.113.9")))
			.withMessage("Forwarded and X-Forwarded-For contradict each other");
		assertThat(of(List.of("for=\"203.0.113.9:4\""), List.of("203.0.113.9")).client())
			.isEqualTo(new InetSocketAddress("203.0.113.9", 0));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'',
			value = { "for=1.1.1.1;x=\" | for=203.0.113.9", "for=1.1.1.1;x=\", for=203.0.113.9 | for=10.0.0.2",
					"for=1.1.1.1;x=\"\\\", for=203.0.113.9 | for=10.0.0.2", "for=1.1.1.1;x=\" | for=\"203.0.113.9:4\"",
					"for=1.1.1.1;x=\"\\ | for=203.0.113.9" })
	void whenQuotedStringDoesNotEndThenIsRefused(String ofClient, String ofProxy) {
		assertThatIllegalArgumentException().isThrownBy(() -> of(List.of(ofClient, ofProxy), List.of()))
			.withMessage("a quoted string in Forwarded does not end");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> of(List.of(ofClient + ", " + ofProxy + ", for=\"[fd00::1]\""), List.of()));
	}

	@Test
	void whenPeerIsNotTrustedThenNothingCounts() {
		SocketAddress stranger = new InetSocketAddress("192.0.2.1", 1);
		assertThat(ForwardedHeaders.of(TRUSTED, stranger, List.of("for=1.1.1.1"), List.of("203.0.113.9"),
				List.of("https"), List.of("example.com")))
			.isNull();
		assertThat(ForwardedHeaders.of(TRUSTED, PROXY, List.of(), List.of(), List.of(), List.of())).isNull();
	}

	@Test
	void shouldReadProtocolAndHost() {
		ForwardedHeaders usual = ForwardedHeaders.of(TRUSTED, PROXY, List.of(), List.of(), List.of("HTTPS, http"),
				List.of("example.com:443, inner"));
		assertThat(usual).isEqualTo(new ForwardedHeaders(PROXY, true, "example.com:443"));
		assertThat(of(List.of("for=1.1.1.1;proto=http;host=\"example.com\""), List.of()))
			.isEqualTo(new ForwardedHeaders(new InetSocketAddress("1.1.1.1", 0), false, "example.com"));
		assertThat(of(List.of("for=1.1.1.1;proto=gopher"), List.of()).secure()).isNull();
	}

	private static ForwardedHeaders of(List<String> forwarded, List<String> forwardedFor) {
		return ForwardedHeaders.of(TRUSTED, PROXY, forwarded, forwardedFor, List.of(), List.of());
	}

}
