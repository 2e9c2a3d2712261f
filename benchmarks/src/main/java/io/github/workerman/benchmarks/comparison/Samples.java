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

import java.util.ArrayList;
import java.util.List;

/**
 * The figures of one server and one workload, one for each round.
 */
final class Samples {

	private final List<Double> sorted = new ArrayList<>();

	private int failures;

	void add(double figure) {
		this.sorted.add(figure);
		this.sorted.sort(null);
	}

	void addFailure() {
		this.failures++;
	}

	boolean isEmpty() {
		return this.sorted.isEmpty();
	}

	int failures() {
		return this.failures;
	}

	double median() {
		int size = this.sorted.size();
		return (this.sorted.get((size - 1) / 2) + this.sorted.get(size / 2)) / 2;
	}

	double min() {
		return this.sorted.get(0);
	}

	double max() {
		return this.sorted.get(this.sorted.size() - 1);
	}

}
