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

package io.github.workerman.connection;

import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Named values that an application keeps for a connection, Workerman's "dynamic
 * properties". Safe for use by several threads.
 */
public interface Attributes {

	/**
	 * Returns a value.
	 * @param <T> the type that the caller knows the value to have
	 * @param name the name
	 * @return the value, or {@code null} if there is none
	 * @throws ClassCastException at the caller if the value is of another type
	 */
	<T> @Nullable T get(String name);

	/**
	 * Returns the value of that name, which is first made if there is none; made once
	 * even when several threads ask.
	 * @param <T> the type that the caller knows the value to have
	 * @param name the name
	 * @param supplier makes the value
	 * @return the value
	 */
	<T> T computeIfAbsent(String name, Supplier<T> supplier);

	/**
	 * Sets a value.
	 * @param name the name
	 * @param value the value; {@code null} removes it
	 */
	void set(String name, @Nullable Object value);

	/**
	 * Removes a value.
	 * @param <T> the type that the caller knows the value to have
	 * @param name the name
	 * @return the value that was removed, or {@code null}
	 */
	<T> @Nullable T remove(String name);

	/**
	 * Returns the names in use.
	 * @return a snapshot
	 */
	Set<String> names();

}
