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

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import io.github.workerman.transport.ProxyHeader.Beginning;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ProxyHeader}.
 */
class ProxyHeaderTests {

	@ParameterizedTest
	@CsvSource({ "PROXY TCP4 203.0.113.9 192.0.2.1 4711 80, 203.0.113.9, 4711",
			"PROXY TCP6 2001:db8::9 2001:db8::1 65535 0, 2001:db8::9, 65535",
			"PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535, "
					+ "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 65535" })
	void shouldReadVersionOne(String line, String address, int port) {
		assertRead(ProxyHeaders.v1(line), new InetSocketAddress(address, port));
	}

	@ParameterizedTest
	@CsvSource({ "203.0.113.9, 4711, 0", "2001:db8::9, 65535, 0", "203.0.113.9, 1, 300", "::1, 0, 4044" })
	void shouldReadVersionTwo(String address, int port, int further) {
		assertRead(ProxyHeaders.v2(address, port, new byte[further]), new InetSocketAddress(address, port));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PROXY UNKNOWN", "PROXY UNKNOWN ffff:f...f whatever 1 2" })
	void whenUnknownThenThereIsNoSource(String line) {
		assertRead(ProxyHeaders.v1(line), null);
	}

	@Test
	void whenLocalOrUnspecifiedThenThereIsNoSource() {
		assertRead(ProxyHeaders.v2(0x20, 0x00, 0, new byte[0]), null);
		// What else a local header says is of no interest.
		assertRead(ProxyHeaders.v2(0x20, 0x11, 12, new byte[12]), null);
		assertRead(ProxyHeaders.v2(0x20, 0x77, 3, new byte[3]), null);
		assertRead(ProxyHeaders.v2(0x21, 0x00, 5, new byte[5]), null);
		assertRead(ProxyHeaders.v2(0x21, 0x31, 216, new byte[216]), null);
	}

	private static void assertRead(byte[] header, InetSocketAddress expected) {
		ByteBuf in = Unpooled.buffer();
		for (int i = 0; i < header.length; i++) {
			if (ProxyHeader.beginning(in) == Beginning.HEADER) {
				assertThat(ProxyHeader.read(in)).as("after %d bytes", i).isNull();
				assertThat(in.readableBytes()).isEqualTo(i);
			}
			else {
				assertThat(ProxyHeader.beginning(in)).isEqualTo(Beginning.OPEN);
			}
			in.writeByte(header[i]);
		}
		in.writeBytes("rest".getBytes(StandardCharsets.US_ASCII));
		assertThat(ProxyHeader.beginning(in)).isEqualTo(Beginning.HEADER);
		assertThat(ProxyHeader.read(in)).isEqualTo(new ProxyHeader(expected));
		assertThat(in.toString(StandardCharsets.US_ASCII)).isEqualTo("rest");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PROXY ", "PROXY TCP4", "PROXY TCP4 1.2.3.4 1.2.3.4 1", "PROXY TCP4 1.2.3.4 1.2.3.4 1 2 ",
			"PROXY TCP4 1.2.3.4 1.2.3.4 1 2 3", "PROXY  TCP4 1.2.3.4 1.2.3.4 1 2", "PROXY TCP4 ::1 ::1 1 2",
			"PROXY TCP6 1.2.3.4 1.2.3.4 1 2", "PROXY TCP4 1.2.3.256 1.2.3.4 1 2", "PROXY TCP4 1.2.3 1.2.3.4 1 2",
			"PROXY TCP4 1.2.3.4 x 1 2", "PROXY TCP4 1.2.3.4 1.2.3.4 65536 2", "PROXY TCP4 1.2.3.4 1.2.3.4 1 99999",
			"PROXY TCP4 1.2.3.4 1.2.3.4 -1 2", "PROXY TCP4 1.2.3.4 1.2.3.4 01 2", "PROXY TCP4 localhost localhost 1 2",
			"PROXY UDP4 1.2.3.4 1.2.3.4 1 2", "PROXY UNKNOWNX", "PROXY tcp4 1.2.3.4 1.2.3.4 1 2",
			"PROXY TCP4 1.2.3.4 1.2.3.4 1 2\r", "PROXY TCP4 1.2.03.4 1.2.3.4 1 2", "PROXY TCP4 1.2.3.4 01.2.3.4 1 2",
			"PROXY TCP6 fe80::1%eth0 ::1 1 2" })
	void whenLineIsMalformedThenIsRefused(String line) {
		assertRefused(ProxyHeaders.v1(line));
	}

	@Test
	void whenLineDoesNotEndThenIsRefused() {
		assertRefused(("PROXY UNKNOWN " + "x".repeat(93)).getBytes(StandardCharsets.US_ASCII));
		assertRefused("PROXY UNKNOWN\n".getBytes(StandardCharsets.US_ASCII));
	}

	@Test
	void whenBinaryHeaderIsMalformedThenIsRefused() {
		assertRefused(ProxyHeaders.v2(0x11, 0x11, 12, new byte[12]));
		assertRefused(ProxyHeaders.v2(0x31, 0x11, 12, new byte[12]));
		assertRefused(ProxyHeaders.v2(0x22, 0x11, 12, new byte[12]));
		assertRefused(ProxyHeaders.v2(0x21, 0x12, 12, new byte[12]));
		assertRefused(ProxyHeaders.v2(0x21, 0x41, 36, new byte[36]));
		assertRefused(ProxyHeaders.v2(0x21, 0x11, 11, new byte[64]));
		assertRefused(ProxyHeaders.v2(0x21, 0x21, 35, new byte[64]));
		assertRefused(ProxyHeaders.v2(0x21, 0x11, 0, new byte[64]));
		// Refused before anything of it has come.
		assertRefused(ProxyHeaders.v2(0x21, 0x11, 65535, new byte[0]));
		assertRefused(ProxyHeaders.v2(0x20, 0x00, 4081, new byte[0]));
	}

	private static void assertRefused(byte[] header) {
		assertThatIllegalArgumentException().isThrownBy(() -> ProxyHeader.read(Unpooled.wrappedBuffer(header)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/1.1", "PROXXY", "proxy ", "\r\n\r\n\0\r\nQUIX", "hello", "\0", "PRO XY" })
	void whenSomethingElseBeginsThenIsNoHeader(String text) {
		assertThat(ProxyHeader.beginning(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII))))
			.isEqualTo(Beginning.OTHER);
	}

	@Test
	void whenNoiseFollowsTheSignatureThenNothingElseIsThrown() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int i = 0; i < 20_000; i++) {
			byte[] rest = new byte[random.nextInt(60)];
			random.nextBytes(rest);
			byte[] header = random.nextBoolean()
					? ProxyHeaders.v2(random.nextInt(256), random.nextInt(256), random.nextInt(80), rest)
					: ("PROXY TCP4 " + new String(rest, StandardCharsets.ISO_8859_1) + "\r\n")
						.getBytes(StandardCharsets.ISO_8859_1);
			try {
				ProxyHeader.read(Unpooled.wrappedBuffer(header));
			}
			catch (IllegalArgumentException ex) {
				assertThat(ex.getClass()).as("seed " + seed).isEqualTo(IllegalArgumentException.class);
			}
		}
	}

}
