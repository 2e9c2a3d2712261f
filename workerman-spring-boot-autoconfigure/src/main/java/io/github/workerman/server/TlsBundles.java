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

import java.util.List;
import java.util.NoSuchElementException;

import io.github.workerman.transport.tls.TlsKeys;

/**
 * The keys that an application has for TLS, by name. Usable from any thread.
 */
public interface TlsBundles {

	/**
	 * Returns the names of all bundles.
	 * @return the names
	 */
	List<String> names();

	/**
	 * Returns what a bundle has at this time.
	 * @param name the bundle's name
	 * @return the keys
	 * @throws NoSuchElementException if there is no bundle of that name
	 * @throws RuntimeException if its keys cannot be read
	 */
	TlsKeys get(String name);

	/**
	 * Has something done whenever a bundle has changed.
	 * @param name the bundle's name
	 * @param action what to do, on a thread of the application's
	 * @throws NoSuchElementException if there is no bundle of that name
	 */
	void whenUpdated(String name, Runnable action);

	/**
	 * Returns the bundles of an application that has none.
	 * @return no bundles
	 */
	static TlsBundles none() {
		return new TlsBundles() {

			@Override
			public List<String> names() {
				return List.of();
			}

			@Override
			public TlsKeys get(String name) {
				throw new NoSuchElementException(name);
			}

			@Override
			public void whenUpdated(String name, Runnable action) {
				throw new NoSuchElementException(name);
			}

		};
	}

}
