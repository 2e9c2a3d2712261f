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

package io.github.workerman.benchmarks.churn;

import java.util.Set;

import io.github.workerman.benchmarks.Arguments;
import io.github.workerman.benchmarks.Protocol;
import io.github.workerman.benchmarks.server.Transport;

/**
 * What {@link Churn} is told on the command line.
 *
 * @param protocol what the server speaks
 * @param transport how it talks to the kernel
 * @param connections how many connections come and go in each of the two rounds
 * @param parallel how many of them at one time
 * @param heapTolerance how far the heap may grow in the second round, in bytes
 * @param directTolerance how far Netty's direct memory may grow, in bytes
 */
record ChurnOptions(Protocol protocol, Transport transport, int connections, int parallel, long heapTolerance,
		long directTolerance) {

	private static final Set<String> NAMES = Set.of("protocol", "transport", "connections", "parallel",
			"heap-tolerance", "direct-tolerance");

	ChurnOptions {
		if (connections < 1 || parallel < 1) {
			throw new IllegalArgumentException("'--connections' and '--parallel' must be at least 1");
		}
	}

	/**
	 * Reads the options; by default 100,000 websocket connections, 100 at one time, on
	 * the best transport. The tolerances are given in KiB. That of the heap is less than
	 * 20 bytes for each of the default number of connections; that of direct memory lets
	 * an allocator take one more chunk, and is less than 42 bytes for each of them.
	 * @param args the command line
	 * @return the options
	 */
	static ChurnOptions parse(String... args) {
		Arguments arguments = Arguments.parse(args, NAMES);
		return new ChurnOptions(arguments.choice("protocol", Protocol.WEBSOCKET),
				arguments.choice("transport", Transport.best()), arguments.number("connections", 100_000),
				arguments.number("parallel", 100), 1024L * arguments.number("heap-tolerance", 1900),
				1024L * arguments.number("direct-tolerance", 4096));
	}

}
