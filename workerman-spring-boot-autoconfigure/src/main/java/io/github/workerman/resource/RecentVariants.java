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

package io.github.workerman.resource;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Remembers for a second which files a path leads to, so that a file that is asked for
 * all the time is not looked for all the time. Each time it is looked whether the files
 * themselves are what they were; what comes or goes beside them, or on the way to them,
 * is noticed after that second.
 */
final class RecentVariants {

	private static final long LIFETIME = TimeUnit.SECONDS.toNanos(1);

	private static final int LIMIT = 1024;

	private static final int LONGEST_PATH = 512;

	private final Map<String, Entry> entries = new ConcurrentHashMap<>();

	/**
	 * Returns what a path led to.
	 * @param path the path as it stands in the request
	 * @return what it leads to, or {@code null} if it must be looked for
	 */
	@Nullable Variants get(String path) {
		Entry entry = this.entries.get(path);
		return (entry != null && System.nanoTime() - entry.since() < LIFETIME && entry.variants().areUnchanged())
				? entry.variants() : null;
	}

	void put(String path, Variants variants) {
		if (path.length() > LONGEST_PATH) {
			return;
		}
		if (this.entries.size() >= LIMIT) {
			this.entries.clear();
		}
		this.entries.put(path, new Entry(variants, System.nanoTime()));
	}

	private record Entry(Variants variants, long since) {

	}

}
