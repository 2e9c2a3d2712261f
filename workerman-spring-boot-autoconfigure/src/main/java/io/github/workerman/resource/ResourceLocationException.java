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

/**
 * A location of static resources cannot be used.
 */
public final class ResourceLocationException extends RuntimeException {

	private final String location;

	private final String action;

	ResourceLocationException(String location, String problem, String action) {
		super("Location '" + location + "' " + problem);
		this.location = location;
		this.action = action;
	}

	/**
	 * Returns the location.
	 * @return what was configured
	 */
	public String location() {
		return this.location;
	}

	/**
	 * Returns what to do about it.
	 * @return a sentence without its full stop
	 */
	public String action() {
		return this.action;
	}

}
