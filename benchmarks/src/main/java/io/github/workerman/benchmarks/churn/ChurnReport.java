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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.workerman.benchmarks.load.LoadResult;

/**
 * What {@link Churn} has seen.
 *
 * @param options what was done
 * @param before the server after the first round
 * @param after the server after the second round
 * @param warmup what the load generator saw in the first round
 * @param measured what it saw in the second round
 */
record ChurnReport(ChurnOptions options, Snapshot before, Snapshot after, LoadResult warmup, LoadResult measured) {

	/** The JVM starts some of its own threads late. */
	private static final int THREAD_TOLERANCE = 4;

	/**
	 * Returns what is not as it was.
	 * @return the problems, none if all is well
	 */
	List<String> problems() {
		List<String> problems = new ArrayList<>();
		checkLoad(problems, "first", this.warmup);
		checkLoad(problems, "second", this.measured);
		long opened = this.after.opened() - this.before.opened();
		check(problems, opened != this.measured.opened(),
				"the server counted %d connections, the load generator %d".formatted(opened, this.measured.opened()));
		checkZero(problems, "connections are still open", this.after.connections());
		checkZero(problems, "connections are still shown by the meter", this.after.gauge());
		checkZero(problems, "users are left", this.after.users());
		checkZero(problems, "groups are left", this.after.groups());
		check(problems, this.after.meters() != this.before.meters(),
				"meters: %d, then %d".formatted(this.before.meters(), this.after.meters()));
		checkGrowth(problems, "threads", this.before.threads(), this.after.threads(), THREAD_TOLERANCE);
		checkGrowth(problems, "heap", this.before.heap(), this.after.heap(), this.options.heapTolerance());
		checkGrowth(problems, "memory of the allocators", this.before.allocator(), this.after.allocator(),
				this.options.directTolerance());
		checkGrowth(problems, "direct memory", this.before.direct(), this.after.direct(),
				this.options.directTolerance());
		return problems;
	}

	private void checkLoad(List<String> problems, String round, LoadResult result) {
		check(problems, !result.ok() || result.opened() < this.options.connections(),
				"the %s round has failed: %s".formatted(round, result));
	}

	private static void checkZero(List<String> problems, String what, double number) {
		check(problems, number != 0, String.format(Locale.ROOT, "%.0f %s", number, what));
	}

	private static void checkGrowth(List<String> problems, String what, long before, long after, long tolerance) {
		check(problems, after - before > tolerance, String.format(Locale.ROOT,
				"%s: grown by %,d from %,d, tolerated are %,d", what, after - before, before, tolerance));
	}

	private static void check(List<String> problems, boolean problem, String text) {
		if (problem) {
			problems.add(text);
		}
	}

	/**
	 * Returns the figures as a Markdown table.
	 * @return several lines
	 */
	String table() {
		List<String> rows = new ArrayList<>();
		rows.add(String.format(Locale.ROOT, "%s on %s, twice %,d connections, %d at one time, %,.0f per second%n",
				this.options.protocol().id(), this.options.transport().name().toLowerCase(Locale.ROOT),
				this.options.connections(), this.options.parallel(), this.measured.rate()));
		rows.add("| | after round 1 | after round 2 | difference | tolerated |");
		rows.add("|---|---:|---:|---:|---:|");
		rows.add(row("connections opened", this.before.opened(), this.after.opened(), ""));
		rows.add(row("connections open (registry)", this.before.connections(), this.after.connections(), "0"));
		rows.add(row("connections open (meter)", (long) this.before.gauge(), (long) this.after.gauge(), "0"));
		rows.add(row("users", this.before.users(), this.after.users(), "0"));
		rows.add(row("groups", this.before.groups(), this.after.groups(), "0"));
		rows.add(row("meters", this.before.meters(), this.after.meters(), "0"));
		rows.add(row("threads", this.before.threads(), this.after.threads(), number(THREAD_TOLERANCE)));
		rows.add(row("heap after collection, bytes", this.before.heap(), this.after.heap(),
				number(this.options.heapTolerance())));
		rows.add(row("direct memory of Netty's allocators, bytes", this.before.allocator(), this.after.allocator(),
				number(this.options.directTolerance())));
		rows.add(row("direct memory counted by Netty, bytes", this.before.direct(), this.after.direct(),
				number(this.options.directTolerance())));
		return String.join(System.lineSeparator(), rows);
	}

	private static String row(String title, long before, long after, String tolerance) {
		return String.format(Locale.ROOT, "| %s | %,d | %,d | %+,d | %s |", title, before, after, after - before,
				tolerance);
	}

	private static String number(long value) {
		return String.format(Locale.ROOT, "%,d", value);
	}

}
