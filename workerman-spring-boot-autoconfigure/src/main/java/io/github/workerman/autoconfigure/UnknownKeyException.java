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

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * A key below {@code workerman.servers.<name>} or {@code workerman.defaults} means
 * nothing. Stops the start of the application.
 */
class UnknownKeyException extends RuntimeException {

	private final transient ConfigurationPropertyName name;

	private final transient @Nullable ConfigurationProperty property;

	private final transient ConfigurationPropertyName group;

	private final List<String> known;

	/**
	 * Creates an exception.
	 * @param name the whole name of what means nothing
	 * @param property its value and where that comes from, as far as it is known
	 * @param group in what the key is not found
	 * @param known what there is in the group
	 */
	UnknownKeyException(ConfigurationPropertyName name, @Nullable ConfigurationProperty property,
			ConfigurationPropertyName group, List<String> known) {
		super("There is no property '" + name + "'. In '" + group + "' there are: " + String.join(", ", known));
		this.name = name;
		this.property = property;
		this.group = group;
		this.known = known;
	}

	ConfigurationPropertyName name() {
		return this.name;
	}

	@Nullable ConfigurationProperty property() {
		return this.property;
	}

	ConfigurationPropertyName group() {
		return this.group;
	}

	List<String> known() {
		return this.known;
	}

}
