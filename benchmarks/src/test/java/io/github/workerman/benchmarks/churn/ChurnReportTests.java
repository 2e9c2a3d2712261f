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

import java.util.stream.Stream;

import io.github.workerman.benchmarks.load.LoadResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every figure is compared.
 */
class ChurnReportTests {

	private static final ChurnOptions OPTIONS = ChurnOptions.parse("--connections", "10", "--heap-tolerance", "1",
			"--direct-tolerance", "2");

	private static final Snapshot BEFORE = new Snapshot(10, 0, 0, 0, 0, 50, 20, 10_000, 20_000, 30_000);

	static Stream<Arguments> problems() {
		return Stream.of(
				Arguments.of(new Snapshot(19, 0, 0, 0, 0, 50, 20, 10_000, 20_000, 30_000),
						"the server counted 9 connections, the load generator 10"),
				Arguments.of(new Snapshot(20, 1, 0, 0, 0, 50, 20, 10_000, 20_000, 30_000),
						"1 connections are still open"),
				Arguments.of(new Snapshot(20, 0, 2, 0, 0, 50, 20, 10_000, 20_000, 30_000),
						"2 connections are still shown by the meter"),
				Arguments.of(new Snapshot(20, 0, Double.NaN, 0, 0, 50, 20, 10_000, 20_000, 30_000),
						"NaN connections are still shown by the meter"),
				Arguments.of(new Snapshot(20, 0, 0, 3, 0, 50, 20, 10_000, 20_000, 30_000), "3 users are left"),
				Arguments.of(new Snapshot(20, 0, 0, 0, 4, 50, 20, 10_000, 20_000, 30_000), "4 groups are left"),
				Arguments.of(new Snapshot(20, 0, 0, 0, 0, 49, 20, 10_000, 20_000, 30_000), "meters: 50, then 49"),
				Arguments.of(new Snapshot(20, 0, 0, 0, 0, 50, 25, 10_000, 20_000, 30_000),
						"threads: grown by 5 from 20, tolerated are 4"),
				Arguments.of(new Snapshot(20, 0, 0, 0, 0, 50, 20, 11_025, 20_000, 30_000),
						"heap: grown by 1,025 from 10,000, tolerated are 1,024"),
				Arguments.of(new Snapshot(20, 0, 0, 0, 0, 50, 20, 10_000, 22_049, 30_000),
						"memory of the allocators: grown by 2,049 from 20,000, tolerated are 2,048"),
				Arguments.of(new Snapshot(20, 0, 0, 0, 0, 50, 20, 10_000, 20_000, 32_049),
						"direct memory: grown by 2,049 from 30,000, tolerated are 2,048"));
	}

	@ParameterizedTest
	@MethodSource
	void problems(Snapshot after, String problem) {
		assertThat(report(after, load(true, 10)).problems()).containsExactly(problem);
	}

	@Test
	void whenGrowthIsToleratedThenThereIsNoProblem() {
		Snapshot after = new Snapshot(20, 0, 0, 0, 0, 50, 24, 11_024, 22_048, 32_048);
		assertThat(report(after, load(true, 10)).problems()).isEmpty();
	}

	@Test
	void whenLoadHasFailedThenThatIsAProblem() {
		Snapshot after = new Snapshot(20, 0, 0, 0, 0, 50, 20, 10_000, 20_000, 30_000);
		assertThat(report(after, load(false, 10)).problems()).singleElement()
			.asString()
			.startsWith("the second round has failed");
	}

	@Test
	void whenConnectionsAreMissingThenThatIsAProblem() {
		Snapshot after = new Snapshot(19, 0, 0, 0, 0, 50, 20, 10_000, 20_000, 30_000);
		assertThat(report(after, load(true, 9)).problems()).singleElement()
			.asString()
			.startsWith("the second round has failed");
	}

	private static ChurnReport report(Snapshot after, LoadResult measured) {
		return new ChurnReport(OPTIONS, BEFORE, after, load(true, 10), measured);
	}

	private static LoadResult load(boolean ok, long opened) {
		return new LoadResult("connect", "websocket", 1, ok, 100, opened, 0.1, 1, 2, opened, 0, 0, 0, 0, 0, 0, 0);
	}

}
