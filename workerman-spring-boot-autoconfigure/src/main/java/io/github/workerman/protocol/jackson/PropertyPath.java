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

package io.github.workerman.protocol.jackson;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;

/**
 * A path of Java properties such as {@code items[0].unitPrice}, by the names that they
 * have in JSON: annotations and naming strategies make them differ. What is not a known
 * property keeps its name.
 */
final class PropertyPath {

	private final DeserializationConfig config;

	private final String path;

	private final StringBuilder names = new StringBuilder();

	private @Nullable JavaType type;

	private int position;

	private PropertyPath(DeserializationConfig config, JavaType type, String path) {
		this.config = config;
		this.type = type;
		this.path = path;
	}

	/**
	 * Translates a path.
	 * @param config how the JSON is read
	 * @param type the type that the path begins in
	 * @param path the path of properties
	 * @return the path of names
	 */
	static String inJson(DeserializationConfig config, JavaType type, String path) {
		return new PropertyPath(config, type, path).translate();
	}

	private String translate() {
		while (this.position < this.path.length()) {
			switch (this.path.charAt(this.position)) {
				case '.' -> copyTo(this.position + 1);
				case '[' -> element();
				default -> property();
			}
		}
		return this.names.toString();
	}

	private void element() {
		int end = this.path.indexOf(']', this.position);
		copyTo((end < 0) ? this.path.length() : end + 1);
		this.type = (this.type != null) ? this.type.getContentType() : null;
	}

	private void property() {
		int end = this.position;
		while (end < this.path.length() && this.path.charAt(end) != '.' && this.path.charAt(end) != '[') {
			end++;
		}
		String name = this.path.substring(this.position, end);
		BeanPropertyDefinition property = find(name);
		this.names.append((property != null) ? property.getName() : name);
		this.type = (property != null) ? property.getPrimaryType() : null;
		this.position = end;
	}

	private void copyTo(int end) {
		this.names.append(this.path, this.position, end);
		this.position = end;
	}

	private @Nullable BeanPropertyDefinition find(String name) {
		JavaType owner = this.type;
		if (owner == null || owner.isContainerType()) {
			return null;
		}
		ClassIntrospector introspector = this.config.classIntrospectorInstance();
		return introspector.introspectForDeserialization(owner, introspector.introspectClassAnnotations(owner))
			.findProperties()
			.stream()
			.filter((property) -> property.getInternalName().equals(name))
			.findFirst()
			.orElse(null);
	}

}
