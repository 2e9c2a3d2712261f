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

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The result as a Markdown table: median (smallest to largest), and the ratio to the
 * first server.
 */
final class ComparisonTable {

	private final List<Contestant> contestants;

	ComparisonTable(List<Contestant> contestants) {
		this.contestants = contestants;
	}

	String header() {
		return this.contestants.stream()
			.map(Contestant::title)
			.collect(Collectors.joining(" | ", "| workload | ", " |")) + "\n|---|"
				+ "---:|".repeat(this.contestants.size());
	}

	String row(Workload workload, Map<Contestant, Samples> samples) {
		Samples baseline = samples.get(Contestant.RAW_REACTOR_NETTY);
		return this.contestants.stream()
			.map((contestant) -> cell(samples.get(contestant), baseline))
			.collect(Collectors.joining(" | ", "| %s %s | ".formatted(workload.id(), workload.title()), " |"));
	}

	private static String cell(@Nullable Samples samples, @Nullable Samples baseline) {
		if (samples == null) {
			return "–";
		}
		String failures = (samples.failures() > 0) ? " **%d failed**".formatted(samples.failures()) : "";
		if (samples.isEmpty()) {
			return failures.trim();
		}
		String ratio = (baseline != null && baseline != samples && !baseline.isEmpty())
				? String.format(Locale.ROOT, ", ×%.2f", samples.median() / baseline.median()) : "";
		return String.format(Locale.ROOT, "%,.0f (%,.0f–%,.0f)%s%s", samples.median(), samples.min(), samples.max(),
				ratio, failures);
	}

}
