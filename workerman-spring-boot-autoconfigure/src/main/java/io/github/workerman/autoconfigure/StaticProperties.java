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

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Files and class path resources that an {@code http} server serves.
 */
public class StaticProperties {

	/**
	 * Comma-separated list of the directories that are served, such as classpath:/static/
	 * or file:/srv/www/. The first one that has a file wins. Only for http.
	 */
	private @Nullable List<String> location;

	/**
	 * Path below which files are served. Only for http.
	 */
	private @Nullable String path;

	/**
	 * File that is the answer to a request for a directory. Only for http.
	 */
	private @Nullable String welcomePage;

	/**
	 * How long clients may use a copy without asking whether it has changed. They ask
	 * each time when not set. Only for http.
	 */
	private @Nullable Duration maxAge;

	/**
	 * Further headers of the answers, by name; those of workerman.defaults as well. Only
	 * for http.
	 */
	private final Map<String, String> headers = new LinkedHashMap<>();

	public @Nullable List<String> getLocation() {
		return this.location;
	}

	public void setLocation(@Nullable List<String> location) {
		this.location = location;
	}

	public @Nullable String getPath() {
		return this.path;
	}

	public void setPath(@Nullable String path) {
		this.path = path;
	}

	public @Nullable String getWelcomePage() {
		return this.welcomePage;
	}

	public void setWelcomePage(@Nullable String welcomePage) {
		this.welcomePage = welcomePage;
	}

	public @Nullable Duration getMaxAge() {
		return this.maxAge;
	}

	public void setMaxAge(@Nullable Duration maxAge) {
		this.maxAge = maxAge;
	}

	public Map<String, String> getHeaders() {
		return this.headers;
	}

}
