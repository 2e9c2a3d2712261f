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

package io.github.workerman.benchmarks.load;

import java.util.List;
import java.util.Set;

import io.github.workerman.benchmarks.Arguments;
import io.github.workerman.benchmarks.Compression;
import io.github.workerman.benchmarks.Pages;
import io.github.workerman.benchmarks.Protocol;
import io.github.workerman.benchmarks.Tls;

/**
 * What the load generator is told on the command line.
 *
 * @param mode what to do
 * @param protocol what the server speaks
 * @param host the server's address
 * @param port the server's port
 * @param connections the number of connections; those at one time in
 * {@link LoadMode#CONNECT}
 * @param depth messages in flight per connection in {@link LoadMode#ECHO}
 * @param window messages in flight in {@link LoadMode#BROADCAST}
 * @param size payload of a message in bytes
 * @param warmup nanoseconds that are not counted
 * @param duration nanoseconds that are counted
 * @param timeout nanoseconds without progress after which the run has failed
 * @param hold nanoseconds for which {@link LoadMode#IDLE} keeps the connections open
 * before it measures
 * @param cycles in {@link LoadMode#CONNECT}, ends after so many instead of after the
 * duration; 0 for no end
 * @param pid the process of the server for {@link LoadMode#IDLE}, 0 for none
 * @param compression whether websocket connections offer compression; in
 * {@link LoadMode#IDLE} each gets one compressed message echoed before it is idle
 * @param tls what connections speak TLS with
 * @param paths what is asked for over HTTP, in turn on each connection
 */
public record LoadOptions(LoadMode mode, Protocol protocol, String host, int port, int connections, int depth,
		int window, int size, long warmup, long duration, long timeout, long hold, int cycles, int pid,
		Compression compression, Tls tls, List<String> paths) {

	private static final Set<String> NAMES = Set.of("mode", "protocol", "host", "port", "connections", "depth",
			"window", "size", "warmup", "duration", "timeout", "hold", "cycles", "pid", "compression", "tls", "path");

	public LoadOptions {
		if (size < MessageTemplate.HEADER_LENGTH || size > 65_000) {
			throw new IllegalArgumentException(
					"'--size %d' is not between %d and 65000".formatted(size, MessageTemplate.HEADER_LENGTH));
		}
		if (connections < 1 || depth < 1 || window < 1) {
			throw new IllegalArgumentException("'--connections', '--depth' and '--window' must be at least 1");
		}
		if (port < 1 || port > 65_535) {
			throw new IllegalArgumentException("'--port' is missing or not between 1 and 65535");
		}
		if (compression != Compression.OFF && (mode != LoadMode.IDLE || protocol != Protocol.WEBSOCKET)) {
			throw new IllegalArgumentException("'--compression' is for idle websocket connections");
		}
		if (protocol == Protocol.HTTP && mode != LoadMode.ECHO) {
			throw new IllegalArgumentException("'--protocol http' knows no other mode than 'echo'");
		}
	}

	/**
	 * Reads the options.
	 * @param args the command line
	 * @return the options
	 */
	public static LoadOptions parse(String... args) {
		Arguments arguments = Arguments.parse(args, NAMES);
		return new LoadOptions(arguments.choice("mode", LoadMode.ECHO),
				arguments.choice("protocol", Protocol.WEBSOCKET), arguments.text("host", "127.0.0.1"),
				arguments.number("port", 0), arguments.number("connections", 100), arguments.number("depth", 1),
				arguments.number("window", 1), arguments.number("size", 64), arguments.seconds("warmup", 3),
				arguments.seconds("duration", 5), arguments.seconds("timeout", 10), arguments.seconds("hold", 1),
				arguments.number("cycles", 0), arguments.number("pid", 0),
				arguments.choice("compression", Compression.OFF), arguments.choice("tls", Tls.OFF),
				List.of(arguments.text("path", Pages.HELLO_PATH).split(",")));
	}

}
