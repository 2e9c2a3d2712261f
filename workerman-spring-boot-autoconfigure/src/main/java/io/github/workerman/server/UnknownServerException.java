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

package io.github.workerman.server;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Handlers name servers that do not exist. Stops the start of the application.
 */
public class UnknownServerException extends RuntimeException {

	private final Map<String, Set<String>> beans;

	private final List<String> known;

	/**
	 * Creates an exception.
	 * @param beans the beans with handlers, by the name that no server has
	 * @param known the names of the servers
	 */
	public UnknownServerException(Map<String, Set<String>> beans, Collection<String> known) {
		super("Handlers name unknown servers: " + beans + ". Known: " + (known.isEmpty() ? "none" : known));
		this.beans = Collections.unmodifiableMap(new TreeMap<>(beans));
		this.known = List.copyOf(new TreeSet<>(known));
	}

	/**
	 * Returns who names servers that do not exist.
	 * @return the names of the beans, by the name that no server has
	 */
	public Map<String, Set<String>> beans() {
		return this.beans;
	}

	/**
	 * Returns the names of the servers.
	 * @return the names in alphabetical order
	 */
	public List<String> known() {
		return this.known;
	}

}
