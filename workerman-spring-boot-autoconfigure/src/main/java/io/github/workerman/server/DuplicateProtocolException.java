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

import io.github.workerman.protocol.Protocol;

/**
 * Two protocols of the application's own have the same name, so that nobody can tell
 * which one a server is to speak. Stops the start of the application.
 */
public class DuplicateProtocolException extends RuntimeException {

	private final String name;

	private final Class<?> first;

	private final Class<?> second;

	/**
	 * Creates an exception.
	 * @param first the one that was found first
	 * @param second the other one, of the same name
	 */
	public DuplicateProtocolException(Protocol first, Protocol second) {
		super("Two protocols are named '" + first.name() + "': " + first.getClass().getName() + " and "
				+ second.getClass().getName());
		this.name = first.name();
		this.first = first.getClass();
		this.second = second.getClass();
	}

	/**
	 * Returns the name that both have.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns the class of the one that was found first.
	 * @return the class
	 */
	public Class<?> first() {
		return this.first;
	}

	/**
	 * Returns the class of the other one.
	 * @return the class, possibly the same: it may be a bean twice
	 */
	public Class<?> second() {
		return this.second;
	}

}
