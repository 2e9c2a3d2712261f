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

package io.github.workerman.benchmarks.server;

import java.util.Set;

import io.github.workerman.benchmarks.Arguments;
import io.github.workerman.benchmarks.Compression;
import io.github.workerman.benchmarks.Protocol;
import io.github.workerman.benchmarks.Tls;

/**
 * What a server is told on the command line.
 *
 * @param protocol what it speaks
 * @param mode what it does with a message
 * @param port where it listens on the loopback interface, 0 for any free port
 * @param transport how it talks to the kernel
 * @param threads its number of event loops
 * @param framing what the echo of {@link RawReactorNettyServer} over text and frame gets
 * to see
 * @param handlers where the handlers run, for {@link WorkermanServer}
 * @param compression how it compresses what clients offer to have compressed, for
 * {@link WorkermanServer}
 * @param tls what it speaks TLS with, for {@link RawReactorNettyServer} and
 * {@link WorkermanServer}
 */
public record ServerOptions(Protocol protocol, Mode mode, int port, Transport transport, int threads, Framing framing,
		Handlers handlers, Compression compression, Tls tls) {

	/**
	 * The address that all servers bind.
	 */
	static final String HOST = "127.0.0.1";

	/**
	 * The largest message in bytes that the servers accept, where their library wants to
	 * know it.
	 */
	static final int MAX_MESSAGE_SIZE = 65_536;

	private static final Set<String> NAMES = Set.of("protocol", "mode", "port", "transport", "threads", "framing",
			"handlers", "compression", "tls");

	/**
	 * Creates options with {@link Framing#KEEP}.
	 */
	public ServerOptions(Protocol protocol, Mode mode, int port, Transport transport, int threads) {
		this(protocol, mode, port, transport, threads, Framing.KEEP);
	}

	/**
	 * Creates options with {@link Handlers#EVENT_LOOP}.
	 */
	public ServerOptions(Protocol protocol, Mode mode, int port, Transport transport, int threads, Framing framing) {
		this(protocol, mode, port, transport, threads, framing, Handlers.EVENT_LOOP);
	}

	/**
	 * Creates options with {@link Compression#OFF}.
	 */
	public ServerOptions(Protocol protocol, Mode mode, int port, Transport transport, int threads, Framing framing,
			Handlers handlers) {
		this(protocol, mode, port, transport, threads, framing, handlers, Compression.OFF, Tls.OFF);
	}

	/**
	 * Creates options without what is seldom asked for.
	 */
	public ServerOptions(Protocol protocol, Transport transport, Tls tls) {
		this(protocol, Mode.ECHO, 0, transport, 1, Framing.KEEP, Handlers.EVENT_LOOP, Compression.OFF, tls);
	}

	/**
	 * Reads the options; by default a websocket echo server with one event loop of the
	 * best transport on a free port.
	 * @param args the command line
	 * @return the options
	 */
	public static ServerOptions parse(String[] args) {
		Arguments arguments = Arguments.parse(args, NAMES);
		return new ServerOptions(arguments.choice("protocol", Protocol.WEBSOCKET), arguments.choice("mode", Mode.ECHO),
				arguments.number("port", 0), arguments.choice("transport", Transport.best()),
				arguments.number("threads", 1), arguments.choice("framing", Framing.KEEP),
				arguments.choice("handlers", Handlers.EVENT_LOOP), arguments.choice("compression", Compression.OFF),
				arguments.choice("tls", Tls.OFF));
	}

}
