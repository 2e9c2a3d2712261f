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

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

import io.netty.channel.unix.DomainSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Says where sockets are in terms of the JDK.
 */
public final class SocketNames {

	private static final SocketAddress NAMELESS = UnixDomainSocketAddress.of("");

	private SocketNames() {
	}

	/**
	 * Turns a channel's address into one of the JDK.
	 * @param address the address, {@code null} for the nameless end of a Unix domain
	 * socket
	 * @return the address
	 */
	public static SocketAddress jdk(@Nullable SocketAddress address) {
		if (address instanceof DomainSocketAddress unix) {
			return UnixDomainSocketAddress.of(unix.path());
		}
		return (address != null) ? address : NAMELESS;
	}

}
