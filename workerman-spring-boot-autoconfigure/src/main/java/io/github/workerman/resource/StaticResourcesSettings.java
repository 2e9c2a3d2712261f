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

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is served, and how long others may keep it.
 *
 * @param location directories, {@code file:/srv/www/} or {@code classpath:/static/}; the
 * first one that has a resource wins
 * @param path the prefix of the requests' paths, {@code /} for all
 * @param welcomePage the file that stands for a directory
 * @param maxAge how long a copy may be used without asking again; {@code null} has it
 * asked for each time, which is answered with 304 as long as nothing has changed
 * @param headers further headers of the answers
 */
public record StaticResourcesSettings(List<String> location, String path, String welcomePage, @Nullable Duration maxAge,
		Map<String, String> headers) {

	/**
	 * Creates the settings.
	 * @throws IllegalArgumentException if the path does not begin with a slash, the
	 * welcome page is no plain file name or the age is negative
	 */
	public StaticResourcesSettings {
		location = List.copyOf(location);
		headers = Map.copyOf(headers);
		if (!path.startsWith("/")) {
			throw new IllegalArgumentException("A path begins with '/', unlike '" + path + "'");
		}
		if (!ResourcePath.isName(welcomePage)) {
			throw new IllegalArgumentException("'" + welcomePage + "' is not the name of a file");
		}
		if (maxAge != null && maxAge.isNegative()) {
			throw new IllegalArgumentException("An age cannot be negative, like " + maxAge);
		}
	}

}
