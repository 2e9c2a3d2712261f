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
import java.util.Arrays;
import java.util.List;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * What can be set in a group of a server's properties.
 */
final class PropertyGroup {

	private PropertyGroup() {
	}

	/**
	 * Returns the properties and groups of a group.
	 * @param group the class of the group
	 */
	static List<PropertyDescriptor> properties(Class<?> group) {
		return Arrays.stream(BeanUtils.getPropertyDescriptors(group))
			.filter((property) -> property.getReadMethod() != null && !property.getName().equals("class"))
			.toList();
	}

	/**
	 * Returns how a property is written.
	 * @param property the property
	 */
	static String key(PropertyDescriptor property) {
		return DataObjectPropertyName.toDashedForm(property.getName());
	}

	/**
	 * Tells whether a property is a group of others, and not a value.
	 * @param type the property's type
	 */
	static boolean is(Class<?> type) {
		return !type.isEnum() && type.getPackageName().equals(PropertyGroup.class.getPackageName());
	}

}
