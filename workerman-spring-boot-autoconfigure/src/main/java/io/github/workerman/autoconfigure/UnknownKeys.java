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

import java.beans.PropertyDescriptor;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * Finds keys of servers that mean nothing, because they are misspelt for instance. A
 * limit that is not there would be missed too late. What comes from the system's
 * environment or properties may be meant for somebody else.
 */
final class UnknownKeys {

	private static final ConfigurationPropertyName SERVERS = ConfigurationPropertyName.of("workerman.servers");

	private static final ConfigurationPropertyName DEFAULTS = ConfigurationPropertyName.of("workerman.defaults");

	private final Environment environment;

	UnknownKeys(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Checks all keys.
	 * @throws UnknownKeyException if one means nothing
	 */
	void check() {
		UnboundElementsSourceFilter filter = new UnboundElementsSourceFilter();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable && filter.apply(source)) {
				iterable.forEach((name) -> check(source, name));
			}
		}
	}

	private static void check(ConfigurationPropertySource source, ConfigurationPropertyName name) {
		if (DEFAULTS.isAncestorOf(name)) {
			check(source, name, DEFAULTS.getNumberOfElements());
		}
		else if (SERVERS.isAncestorOf(name)) {
			check(source, name, SERVERS.getNumberOfElements() + 1);
		}
	}

	private static void check(ConfigurationPropertySource source, ConfigurationPropertyName name, int begin) {
		Class<?> group = ServerProperties.class;
		for (int i = begin; i < name.getNumberOfElements(); i++) {
			Class<?> type = type(group, name.getElement(i, Form.UNIFORM));
			if (type == null || (isValue(type) && i < name.getNumberOfElements() - 1)) {
				throw new UnknownKeyException(name, source.getConfigurationProperty(name), name.chop(i), known(group));
			}
			if (!PropertyGroup.is(type)) {
				return;
			}
			group = type;
		}
	}

	private static @Nullable Class<?> type(Class<?> group, String element) {
		return PropertyGroup.properties(group)
			.stream()
			.filter((property) -> uniform(property).equals(element))
			.findFirst()
			.<Class<?>>map(PropertyDescriptor::getPropertyType)
			.orElse(null);
	}

	private static String uniform(PropertyDescriptor property) {
		return ConfigurationPropertyName.of(PropertyGroup.key(property)).getLastElement(Form.UNIFORM);
	}

	private static List<String> known(Class<?> group) {
		return PropertyGroup.properties(group).stream().map(PropertyGroup::key).sorted().toList();
	}

	private static boolean isValue(Class<?> type) {
		return !PropertyGroup.is(type) && !Map.class.isAssignableFrom(type) && !Collection.class.isAssignableFrom(type);
	}

}
