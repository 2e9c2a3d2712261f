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

package io.github.workerman.actuate;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * Writes socket addresses for people.
 */
final class Addresses {

	private Addresses() {
	}

	static String format(SocketAddress address) {
		if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
			return host(inet.getAddress()) + ":" + inet.getPort();
		}
		return address.toString();
	}

	private static String host(InetAddress address) {
		if (address.isAnyLocalAddress()) {
			return "*";
		}
		String host = address.getHostAddress();
		return (address instanceof Inet6Address) ? "[" + host + "]" : host;
	}

}
