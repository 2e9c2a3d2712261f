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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * The proxies whose word is taken for where a client comes from. Immutable.
 */
public final class TrustedProxies {

	/** Nobody. */
	public static final TrustedProxies NONE = new TrustedProxies(List.of(), false);

	private static final String UNIX = "unix:";

	private static final int IPV4_BYTES = 4;

	private static final int MAPPED_PREFIX = 12;

	private final List<Range> ranges;

	private final boolean unix;

	private TrustedProxies(List<Range> ranges, boolean unix) {
		this.ranges = ranges;
		this.unix = unix;
	}

	/**
	 * Reads addresses and networks.
	 * @param texts IPv4 or IPv6 addresses such as {@code 10.0.0.1} or {@code ::1}, or
	 * networks in CIDR notation such as {@code 10.0.0.0/8} or {@code fd00::/8};
	 * {@code unix:} stands for whoever connects to a Unix domain socket
	 * @return the proxies
	 * @throws IllegalArgumentException if one of them is neither; its message is that
	 * element
	 */
	public static TrustedProxies of(List<String> texts) {
		List<Range> ranges = new ArrayList<>();
		boolean unix = false;
		for (String text : texts) {
			if (text.strip().equals(UNIX)) {
				unix = true;
			}
			else {
				ranges.add(Range.parse(text.strip()));
			}
		}
		return (ranges.isEmpty() && !unix) ? NONE : new TrustedProxies(List.copyOf(ranges), unix);
	}

	/**
	 * Tells whether nobody is trusted.
	 * @return whether there are no proxies
	 */
	public boolean isEmpty() {
		return this.ranges.isEmpty() && !this.unix;
	}

	/**
	 * Tells whether an address is that of a trusted proxy.
	 * @param address the address
	 * @return whether it is; {@code false} for none, and for names that are not resolved
	 */
	public boolean contains(@Nullable SocketAddress address) {
		if (address instanceof UnixDomainSocketAddress) {
			return this.unix;
		}
		return address instanceof InetSocketAddress socket && socket.getAddress() != null
				&& contains(socket.getAddress());
	}

	/**
	 * Tells whether an address is that of a trusted proxy.
	 * @param address the address
	 * @return whether it is
	 */
	public boolean contains(InetAddress address) {
		byte[] bytes = unmapped(address.getAddress());
		for (Range range : this.ranges) {
			if (range.contains(bytes)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Makes an IPv4 address of the IPv6 form that sockets for both see.
	 */
	private static byte[] unmapped(byte[] address) {
		if (address.length == IPV4_BYTES) {
			return address;
		}
		for (int i = 0; i < MAPPED_PREFIX; i++) {
			if (address[i] != ((i < MAPPED_PREFIX - 2) ? 0 : (byte) 0xFF)) {
				return address;
			}
		}
		byte[] ipv4 = new byte[IPV4_BYTES];
		System.arraycopy(address, MAPPED_PREFIX, ipv4, 0, IPV4_BYTES);
		return ipv4;
	}

	/**
	 * Addresses that begin alike.
	 *
	 * @param prefix an address
	 * @param bits how much of it counts
	 */
	private record Range(byte[] prefix, int bits) {

		static Range parse(String text) {
			int slash = text.indexOf('/');
			String host = (slash < 0) ? text : text.substring(0, slash);
			// No names: what they stand for may change, and is for others to say.
			byte[] address = host.contains("%") ? null : NetUtil.createByteArrayFromIpAddressString(host);
			if (address == null) {
				throw new IllegalArgumentException(text);
			}
			int length = address.length * Byte.SIZE;
			byte[] prefix = unmapped(address);
			// A network of IPv4 in the form of IPv6 counts the bits before it, too.
			int bits = ((slash < 0) ? length : parseBits(text, slash + 1, length)) - length + prefix.length * Byte.SIZE;
			if (bits < 0) {
				throw new IllegalArgumentException(text);
			}
			return new Range(prefix, bits);
		}

		private static int parseBits(String text, int from, int length) {
			String bits = text.substring(from);
			if (!bits.matches("\\d{1,3}") || Integer.parseInt(bits) > length) {
				throw new IllegalArgumentException(text);
			}
			return Integer.parseInt(bits);
		}

		boolean contains(byte[] address) {
			if (address.length != this.prefix.length) {
				return false;
			}
			int whole = this.bits / Byte.SIZE;
			for (int i = 0; i < whole; i++) {
				if (address[i] != this.prefix[i]) {
					return false;
				}
			}
			int rest = this.bits % Byte.SIZE;
			return rest == 0 || ((address[whole] ^ this.prefix[whole]) & 0xFF) >>> (Byte.SIZE - rest) == 0;
		}

	}

}
