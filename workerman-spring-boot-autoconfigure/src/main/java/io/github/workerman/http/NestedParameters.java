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
import java.util.regex.Pattern;

/**
 * Builds the tree of parameters whose names have brackets.
 */
final class NestedParameters {

	/** As PHP's {@code max_input_nesting_level}. */
	private static final int DEEPEST = 64;

	private final Level root = new Level();

	void put(String name, String value) {
		List<String> keys = keys(name);
		Level level = this.root;
		for (int i = 0; i < keys.size() - 1; i++) {
			level = level.descend(keys.get(i));
		}
		level.put(keys.get(keys.size() - 1), value);
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
		return this.root.toMap();
	}

	/**
	 * What is within one pair of brackets.
	 */
	private static final class Level {

		private static final Pattern INDEX = Pattern.compile("0|[1-9]\\d{0,8}");

		private final Map<String, Object> entries = new LinkedHashMap<>();

		/* The largest index so far, and one. */
		private int next;

		void put(String key, Object value) {
			this.entries.put(key(key), value);
		}

		Level descend(String key) {
			String known = key(key);
			if (this.entries.get(known) instanceof Level below) {
				return below;
			}
			Level below = new Level();
			this.entries.put(known, below);
			return below;
		}

		/* An empty key is that of the next element. */
		private String key(String key) {
			if (key.isEmpty()) {
				return String.valueOf(this.next++);
			}
			if (INDEX.matcher(key).matches()) {
				this.next = Math.max(this.next, Integer.parseInt(key) + 1);
			}
			return key;
		}

		Map<String, Object> toMap() {
			Map<String, Object> map = new LinkedHashMap<>();
			this.entries
				.forEach((key, value) -> map.put(key, (value instanceof Level below) ? below.toMapOrList() : value));
			return map;
		}

		private Object toMapOrList() {
			int index = 0;
			for (String key : this.entries.keySet()) {
				if (!key.equals(String.valueOf(index++))) {
					return toMap();
				}
			}
			return new ArrayList<>(toMap().values());
		}

	}

}
