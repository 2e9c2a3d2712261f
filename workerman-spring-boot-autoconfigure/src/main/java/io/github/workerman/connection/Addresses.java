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
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Writes socket addresses for people: {@code 192.0.2.1:7272}, {@code [2001:db8::1]:7272},
 * {@code [fe80::1%eth0]:7272}, {@code *:7272} for all addresses of a machine, and
 * {@code unix:/run/chat.sock} for Unix domain sockets, whose clients are mostly nameless:
 * {@code unix:}. No name is looked up. Usable from any thread.
 */
public final class Addresses {

	private static final int GROUPS = 8;

	private Addresses() {
	}

	/**
	 * Writes an address.
	 * @param address the address
	 * @return the address as text
	 */
	public static String format(SocketAddress address) {
		if (address instanceof InetSocketAddress inet) {
			InetAddress ip = inet.getAddress();
			return ((ip != null) ? host(ip) : inet.getHostString()) + ":" + inet.getPort();
		}
		if (address instanceof UnixDomainSocketAddress unix) {
			return "unix:" + unix.getPath();
		}
		return address.toString();
	}

	/**
	 * Writes an IP address, without brackets.
	 * @param address the address
	 * @return the address as text, for instance {@code 2001:db8::1}
	 */
	public static String format(InetAddress address) {
		return (address instanceof Inet6Address ipv6) ? ipv6(ipv6) : address.getHostAddress();
	}

	private static String host(InetAddress address) {
		if (address.isAnyLocalAddress()) {
			return "*";
		}
		return (address instanceof Inet6Address ipv6) ? "[" + ipv6(ipv6) + "]" : address.getHostAddress();
	}

	/*
	 * RFC 5952: without leading zeros, and the longest run of zero groups left out.
	 */
	private static String ipv6(Inet6Address address) {
		byte[] bytes = address.getAddress();
		int[] groups = new int[GROUPS];
		for (int i = 0; i < GROUPS; i++) {
			groups[i] = (bytes[2 * i] & 0xFF) << 8 | bytes[2 * i + 1] & 0xFF;
		}
		int start = 0;
		int end = 1;
		for (int i = 0; i < GROUPS; i++) {
			int zeros = zeros(groups, i);
			if (zeros > end - start) {
				start = i;
				end = i + zeros;
			}
		}
		String text = (end - start > 1) ? join(groups, 0, start) + "::" + join(groups, end, GROUPS)
				: join(groups, 0, GROUPS);
		String full = address.getHostAddress();
		int scope = full.indexOf('%');
		return (scope >= 0 && isScoped(address)) ? text + full.substring(scope) : text;
	}

	private static String join(int[] groups, int from, int to) {
		return Arrays.stream(groups, from, to).mapToObj(Integer::toHexString).collect(Collectors.joining(":"));
	}

	/* Some transports give every address a scope, also those that cannot have one. */
	private static boolean isScoped(Inet6Address address) {
		return address.isLinkLocalAddress() || address.isSiteLocalAddress() || address.isMCLinkLocal();
	}

	private static int zeros(int[] groups, int from) {
		int end = from;
		while (end < GROUPS && groups[end] == 0) {
			end++;
		}
		return end - from;
	}

}
