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

package io.github.workerman.benchmarks.jmh;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.github.workerman.connection.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * Attributes in a map.
 */
@SuppressWarnings("unchecked")
final class BenchmarkAttributes implements Attributes {

	private final Map<String, Object> values = new ConcurrentHashMap<>();

	@Override
	public <T> @Nullable T get(String name) {
		return (T) this.values.get(name);
	}

	@Override
	public <T> T computeIfAbsent(String name, Supplier<T> supplier) {
		return (T) this.values.computeIfAbsent(name, (key) -> supplier.get());
	}

	@Override
	public void set(String name, @Nullable Object value) {
		if (value == null) {
			this.values.remove(name);
		}
		else {
			this.values.put(name, value);
		}
	}

	@Override
	public <T> @Nullable T remove(String name) {
		return (T) this.values.remove(name);
	}

	@Override
	public Set<String> names() {
		return Set.copyOf(this.values.keySet());
	}

}
