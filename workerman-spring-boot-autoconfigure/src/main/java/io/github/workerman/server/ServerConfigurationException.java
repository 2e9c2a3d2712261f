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

import org.jspecify.annotations.Nullable;

/**
 * A server cannot be made from its configuration. Stops the start of the application.
 */
public class ServerConfigurationException extends RuntimeException {

	private final String server;

	private final @Nullable String property;

	private final @Nullable Object value;

	private final String problem;

	private final String action;

	/**
	 * Creates an exception.
	 * @param server the server's name
	 * @param property the key below {@code workerman.servers.<name>}, or {@code null} if
	 * no single one is to blame
	 * @param value the value that does not do, or {@code null} if one is missing
	 * @param problem what is wrong, so that it may follow the server's name
	 * @param action what to do, a sentence
	 */
	public ServerConfigurationException(String server, @Nullable String property, @Nullable Object value,
			String problem, String action) {
		super("Server '" + server + "' " + problem
				+ ((property != null) ? " (property '" + propertyName(server, property) + "')" : "") + ". " + action);
		this.server = server;
		this.property = property;
		this.value = value;
		this.problem = problem;
		this.action = action;
	}

	private static String propertyName(String server, String property) {
		return "workerman.servers." + server + "." + property;
	}

	/**
	 * Returns the server's name.
	 * @return the name
	 */
	public String server() {
		return this.server;
	}

	/**
	 * Returns the key that is to blame, below {@code workerman.servers.<name>}.
	 * @return the key, or {@code null}
	 */
	public @Nullable String property() {
		return this.property;
	}

	/**
	 * Returns the value that does not do.
	 * @return the value, or {@code null} if one is missing
	 */
	public @Nullable Object value() {
		return this.value;
	}

	/**
	 * Returns what is wrong.
	 * @return the problem, so that it may follow the server's name
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * Returns what to do.
	 * @return a sentence
	 */
	public String action() {
		return this.action;
	}

}
