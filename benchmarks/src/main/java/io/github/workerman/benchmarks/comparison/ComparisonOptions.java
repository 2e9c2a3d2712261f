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

package io.github.workerman.benchmarks.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.workerman.benchmarks.Arguments;
import io.github.workerman.benchmarks.Tls;
import io.github.workerman.benchmarks.server.Transport;

/**
 * What the comparison is told on the command line.
 *
 * @param contestants who takes part, in this order
 * @param workloads what is measured
 * @param rounds how often
 * @param warmup seconds before each measurement
 * @param duration seconds of each measurement
 * @param transport how all servers talk to the kernel
 * @param tls what the servers speak TLS with, where they do
 * @param serverCore the core that the servers run on
 * @param loadCore the core that the load generator runs on
 */
record ComparisonOptions(List<Contestant> contestants, List<Workload> workloads, int rounds, String warmup,
		String duration, Transport transport, Tls tls, int serverCore, int loadCore) {

	private static final Set<String> NAMES = Set.of("servers", "workloads", "rounds", "warmup", "duration", "transport",
			"tls", "server-core", "load-core");

	static ComparisonOptions parse(String[] args) {
		Arguments arguments = Arguments.parse(args, NAMES);
		return new ComparisonOptions(choices(arguments, "servers", Contestant.class, Contestant.standard()),
				choices(arguments, "workloads", Workload.class, List.of(Workload.values())),
				arguments.number("rounds", 3), arguments.text("warmup", "5"), arguments.text("duration", "5"),
				arguments.choice("transport", Transport.best()), arguments.choice("tls", Tls.best()),
				arguments.number("server-core", 0), arguments.number("load-core", 1));
	}

	private static <E extends Enum<E>> List<E> choices(Arguments arguments, String name, Class<E> type,
			List<E> fallback) {
		String value = arguments.text(name);
		if (value == null) {
			return fallback;
		}
		return Arrays.stream(value.split(",")).map((each) -> Arguments.choice(name, each, type)).toList();
	}

	String transportName() {
		return this.transport.name().toLowerCase(Locale.ROOT);
	}

}
