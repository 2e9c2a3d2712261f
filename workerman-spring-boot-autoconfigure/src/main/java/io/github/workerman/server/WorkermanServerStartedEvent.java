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

package io.github.workerman.server;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * A server listens. Its port is also found in the environment as
 * {@code local.workerman.<name>.port}.
 */
public class WorkermanServerStartedEvent extends WorkermanServerEvent {

	private final SocketAddress address;

	/**
	 * Creates an event.
	 * @param server the server
	 * @param address where it listens, with the port that was found where 0 was asked for
	 */
	public WorkermanServerStartedEvent(WorkermanServer server, SocketAddress address) {
		super(server);
		this.address = address;
	}

	/**
	 * Returns where the server listens.
	 * @return an {@link InetSocketAddress} with the real port, or a
	 * {@link java.net.UnixDomainSocketAddress}
	 */
	public SocketAddress address() {
		return this.address;
	}

	/**
	 * Returns the port on which the server listens.
	 * @return the port, or -1 for a Unix domain socket
	 */
	public int port() {
		return (this.address instanceof InetSocketAddress inet) ? inet.getPort() : -1;
	}

}
