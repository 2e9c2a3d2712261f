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
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * Finds out for failure analyzers where the value of a server's property comes from.
 */
final class PropertyOrigins {

	private final @Nullable Environment environment;

	PropertyOrigins(@Nullable Environment environment) {
		this.environment = environment;
	}

	/**
	 * Describes a property of a server: its full name, its value and its origin.
	 * @param server the server's name
	 * @param key the key below the server's prefix
	 * @param value what was found to be wrong, used if the property is not to be found
	 * @return lines of text
	 */
	String describe(String server, String key, @Nullable Object value) {
		ConfigurationProperty property = find(server, key, value);
		return (property != null) ? describe(property)
				: lines("Property: " + name(server, key), "Value:    " + ((value != null) ? value : "(not set)"));
	}

	/**
	 * Describes a property: its full name, its value and its origin.
	 * @param property the property
	 * @return lines of text
	 */
	static String describe(ConfigurationProperty property) {
		Object origin = (property.getOrigin() != null) ? property.getOrigin()
				: (property.getSource() != null) ? property.getSource().getUnderlyingSource() : "unknown";
		return lines("Property: " + property.getName(), "Value:    " + property.getValue(), "Origin:   " + origin);
	}

	private static String lines(String... lines) {
		return "    " + String.join(System.lineSeparator() + "    ", lines);
	}

	private @Nullable ConfigurationProperty find(String server, String key, @Nullable Object value) {
		for (String name : List.of(name(server, key), "workerman.defaults." + key)) {
			ConfigurationProperty property = find(name);
			property = (property != null) ? property : findElement(name, value);
			if (property != null) {
				return property;
			}
		}
		return null;
	}

	private @Nullable ConfigurationProperty findElement(String name, @Nullable Object value) {
		int index = 0;
		ConfigurationProperty element = find(name + "[0]");
		while (element != null && !element.getValue().equals(value)) {
			index++;
			element = find(name + "[" + index + "]");
		}
		return element;
	}

	private @Nullable ConfigurationProperty find(String name) {
		ConfigurationPropertyName propertyName = ConfigurationPropertyName.ofIfValid(name);
		if (this.environment == null || propertyName == null) {
			return null;
		}
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(propertyName);
			if (property != null) {
				return property;
			}
		}
		return null;
	}

	private static String name(String server, String key) {
		return "workerman.servers." + server + "." + key;
	}

}
