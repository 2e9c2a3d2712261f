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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The comparison starts the servers as processes of their own, puts them under load and
 * prints a table.
 */
@ExtendWith(OutputCaptureExtension.class)
class ComparisonTests {

	@Test
	void whenComparisonHasRunThenTableHasAFigureOfEachServer(CapturedOutput output) throws Exception {
		Comparison.main(new String[] { "--servers", "raw_reactor_netty,workerman", "--workloads", "W1", "--rounds", "1",
				"--warmup", "0", "--duration", "1" });
		assertThat(output.getOut()).contains("| workload | raw reactor-netty | Workerman for Spring Boot |")
			.containsPattern("\\| W1 [^|]+\\| [1-9][\\d,]* \\([^|]+\\) \\| [1-9][\\d,]* \\([^|]+, ×[\\d.]+ \\|")
			.doesNotContain("failed");
	}

}
