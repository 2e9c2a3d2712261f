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

package io.github.workerman.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The values of a server, or of a group of its properties: its own, else those of the
 * defaults for all servers.
 *
 * @param <P> the properties
 */
final class InheritedValues<P> {

	private final P own;

	private final P defaults;

	/**
	 * Creates values.
	 * @param own the server's own
	 * @param defaults those for all servers
	 */
	InheritedValues(P own, P defaults) {
		this.own = own;
		this.defaults = defaults;
	}

	P own() {
		return this.own;
	}

	/**
	 * Returns the server's own values, without defaults.
	 */
	InheritedValues<P> withoutDefaults() {
		return new InheritedValues<>(this.own, this.own);
	}

	/**
	 * Returns the values of a group.
	 * @param group reads the group
	 */
	<G> InheritedValues<G> group(Function<P, G> group) {
		return new InheritedValues<>(group.apply(this.own), group.apply(this.defaults));
	}

	/**
	 * Returns the value of a property.
	 * @param getter reads it
	 * @return the value, or {@code null} if there is none
	 */
	<T> @Nullable T get(Getter<P, T> getter) {
		T value = getter.get(this.own);
		return (value != null) ? value : getter.get(this.defaults);
	}

	/**
	 * Returns the value of a property.
	 * @param getter reads it
	 * @param otherwise the value if there is none
	 */
	<T> T get(Getter<P, T> getter, T otherwise) {
		T value = get(getter);
		return (value != null) ? value : otherwise;
	}

	/**
	 * Hands the value of a property on, if there is one.
	 * @param getter reads it
	 * @param setter takes it
	 * @return this
	 */
	<T> InheritedValues<P> ifSet(Getter<P, T> getter, Consumer<T> setter) {
		T value = get(getter);
		if (value != null) {
			setter.accept(value);
		}
		return this;
	}

	/**
	 * Returns the entries of a property: the server's own and those of the defaults under
	 * other keys.
	 * @param getter reads it
	 */
	Map<String, String> entries(Function<P, Map<String, String>> getter) {
		Map<String, String> entries = new LinkedHashMap<>(getter.apply(this.defaults));
		entries.putAll(getter.apply(this.own));
		return entries;
	}

	/**
	 * Reads a property that may not be set.
	 *
	 * @param <P> what has the property
	 * @param <T> the property's type
	 */
	interface Getter<P, T> {

		@Nullable T get(P properties);

	}

}
