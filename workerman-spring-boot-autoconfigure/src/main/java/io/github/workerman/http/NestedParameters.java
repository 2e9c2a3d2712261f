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

package io.github.workerman.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the tree of parameters whose names have brackets.
 */
final class NestedParameters {

	/** As PHP's {@code max_input_nesting_level}. */
	private static final int DEEPEST = 64;

	private final Map<String, Object> root = new LinkedHashMap<>();

	void put(String name, String value) {
		List<String> keys = keys(name);
		Map<String, Object> level = this.root;
		for (int i = 0; i < keys.size() - 1; i++) {
			level = descend(level, key(level, keys.get(i)));
		}
		level.put(key(level, keys.get(keys.size() - 1)), value);
	}

	/* An empty key is that of the next element. */
	private static String key(Map<String, Object> level, String key) {
		if (!key.isEmpty()) {
			return key;
		}
		int next = level.size();
		while (level.containsKey(String.valueOf(next))) {
			next++;
		}
		return String.valueOf(next);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> descend(Map<String, Object> level, String key) {
		if (level.get(key) instanceof Map<?, ?> next) {
			return (Map<String, Object>) next;
		}
		Map<String, Object> next = new LinkedHashMap<>();
		level.put(key, next);
		return next;
	}

	private static List<String> keys(String name) {
		int open = name.indexOf('[');
		if (open <= 0 || name.indexOf(']', open) < 0) {
			return List.of(name.isEmpty() ? " " : name);
		}
		List<String> keys = new ArrayList<>(2);
		keys.add(name.substring(0, open));
		while (open >= 0 && open < name.length() && name.charAt(open) == '[' && keys.size() < DEEPEST) {
			int close = name.indexOf(']', open);
			if (close < 0) {
				break;
			}
			keys.add(name.substring(open + 1, close));
			open = close + 1;
		}
		return keys;
	}

	Map<String, Object> toMap() {
		Map<String, Object> result = new LinkedHashMap<>();
		this.root.forEach((key, value) -> result.put(key, finish(value)));
		return result;
	}

	private static Object finish(Object value) {
		if (!(value instanceof Map<?, ?> map)) {
			return value;
		}
		Map<String, Object> finished = new LinkedHashMap<>();
		boolean list = true;
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			list &= entry.getKey().equals(String.valueOf(finished.size()));
			finished.put((String) entry.getKey(), finish(entry.getValue()));
		}
		return list ? new ArrayList<>(finished.values()) : finished;
	}

}
