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

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.github.workerman.benchmarks.Tls;
import io.github.workerman.benchmarks.load.LoadGenerator;
import io.github.workerman.benchmarks.load.LoadMode;
import io.github.workerman.benchmarks.load.LoadResult;
import io.github.workerman.benchmarks.server.RunningServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures each workload on each server, in turns: A B C, A B C. Each measurement has a
 * new server process, so that a lucky or unlucky compilation does not decide, and a load
 * generator on another core.
 */
public final class Comparison {

	private static final List<String> SERVER_OPTIONS = List.of("-Xms512m", "-Xmx512m");

	private static final List<String> LOAD_OPTIONS = List.of("-Xms256m", "-Xmx1g");

	private final ComparisonOptions options;

	private final JsonMapper mapper = new JsonMapper();

	private Comparison(ComparisonOptions options) {
		this.options = options;
	}

	/**
	 * Runs the comparison and prints the table.
	 * @param args see the README
	 * @throws IOException if a process cannot be started
	 * @throws InterruptedException if the program is interrupted
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		new Comparison(ComparisonOptions.parse(args)).run();
	}

	private void run() throws IOException, InterruptedException {
		System.out.printf("Transport %s, %d rounds, JVM %s, %s%n%n", this.options.transportName(),
				this.options.rounds(), Runtime.version(), JavaProcess.canPin() ? "server and load on a core each"
						: "not pinned to cores: take the figures with care");
		ComparisonTable table = new ComparisonTable(this.options.contestants());
		List<String> rows = new ArrayList<>();
		for (Workload workload : this.options.workloads()) {
			rows.add(table.row(workload, measure(workload)));
		}
		System.out.println(table.header());
		rows.forEach(System.out::println);
	}

	private Map<Contestant, Samples> measure(Workload workload) throws IOException, InterruptedException {
		Map<Contestant, Samples> samples = new EnumMap<>(Contestant.class);
		for (int round = 1; round <= this.options.rounds(); round++) {
			for (Contestant contestant : this.options.contestants()) {
				if (!contestant.takesPart(workload)) {
					continue;
				}
				LoadResult result = measure(workload, contestant);
				Samples target = samples.computeIfAbsent(contestant, (key) -> new Samples());
				if (result.ok()) {
					target.add(workload.figureOf(result));
				}
				else {
					target.addFailure();
				}
				System.err.printf("%s round %d, %s: %,.0f%s%n", workload.id(), round, contestant.title(),
						workload.figureOf(result), result.ok() ? "" : " FAILED " + result);
			}
		}
		return samples;
	}

	private LoadResult measure(Workload workload, Contestant contestant) throws IOException, InterruptedException {
		try (JavaProcess server = JavaProcess.start(this.options.serverCore(), SERVER_OPTIONS, contestant.program(),
				serverArguments(workload, contestant))) {
			String ready = server.awaitLine(RunningServer.READY);
			if (ready == null) {
				throw new IllegalStateException("%s did not start".formatted(contestant.title()));
			}
			String port = ready.substring(RunningServer.READY.length());
			if (workload.loadMode() == LoadMode.IDLE) {
				// Classes, compiled code and the young generation are there before memory
				// is measured
				load(List.of("--mode", LoadMode.CONNECT.id(), "--port", port, "--connections", "50", "--warmup", "0",
						"--duration", this.options.warmup()));
			}
			List<String> arguments = new ArrayList<>(workload.arguments());
			arguments.addAll(List.of("--mode", workload.loadMode().id(), "--protocol", workload.protocol().id(),
					"--port", port, "--pid", Long.toString(server.pid()), "--warmup", this.options.warmup(),
					"--duration", this.options.duration()));
			if (workload.isSecure()) {
				arguments.addAll(List.of("--tls", Tls.best().name()));
			}
			return load(arguments);
		}
	}

	private List<String> serverArguments(Workload workload, Contestant contestant) {
		List<String> arguments = new ArrayList<>(List.of("--protocol", workload.protocol().id(), "--mode",
				workload.serverMode().name(), "--transport", this.options.transportName(), "--threads", "1"));
		if (workload.isSecure()) {
			arguments.addAll(List.of("--tls", this.options.tls().name()));
		}
		arguments.addAll(contestant.arguments());
		return arguments;
	}

	private LoadResult load(List<String> arguments) throws IOException, InterruptedException {
		try (JavaProcess load = JavaProcess.start(this.options.loadCore(), LOAD_OPTIONS, LoadGenerator.class,
				arguments)) {
			String json = load.awaitLine("{");
			if (json == null) {
				throw new IllegalStateException("The load generator has failed: %s".formatted(arguments));
			}
			return this.mapper.readValue(json, LoadResult.class);
		}
	}

}
