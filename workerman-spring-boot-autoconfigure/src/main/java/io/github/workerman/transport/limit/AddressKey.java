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

package io.github.workerman.transport.limit;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * An address as limits tell it from others: all of an IPv4 address, the network prefix of
 * an IPv6 one, since whoever has one of these has all that begin with it.
 *
 * @param high the first eight bytes, zero for IPv4
 * @param low the last eight bytes
 */
public record AddressKey(long high, long low) {

	private static final int IPV4 = 4;

	private static final long MAPPED = 0xFFFF_0000_0000L;

	static AddressKey of(InetAddress address, int ipv6PrefixLength) {
		byte[] bytes = address.getAddress();
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		if (bytes.length == IPV4) {
			return new AddressKey(0, MAPPED | (buffer.getInt() & 0xFFFF_FFFFL));
		}
		long high = buffer.getLong();
		long low = buffer.getLong();
		if (high == 0 && (low & 0xFFFF_FFFF_0000_0000L) == MAPPED) {
			// An IPv4 peer, seen by a socket that speaks both.
			return new AddressKey(0, low);
		}
		return new AddressKey(high & mask(ipv6PrefixLength), low & mask(ipv6PrefixLength - Long.SIZE));
	}

	/**
	 * Returns a mask of the first bits.
	 */
	private static long mask(int bits) {
		if (bits <= 0) {
			return 0;
		}
		return (bits >= Long.SIZE) ? -1L : -1L << (Long.SIZE - bits);
	}

}
