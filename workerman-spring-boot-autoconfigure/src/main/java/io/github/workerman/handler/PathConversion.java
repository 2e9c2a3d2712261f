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

package io.github.workerman.handler;

import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.format.datetime.standard.DateTimeFormatterRegistrar;
import org.springframework.format.support.DefaultFormattingConversionService;

/**
 * Makes values of the variables of paths. Dates and times are those of ISO 8601, whatever
 * the language of the machine.
 */
final class PathConversion {

	private static final ConversionService CONVERSIONS = conversions();

	private PathConversion() {
	}

	private static ConversionService conversions() {
		DefaultFormattingConversionService conversions = new DefaultFormattingConversionService(false);
		DateTimeFormatterRegistrar dates = new DateTimeFormatterRegistrar();
		dates.setUseIsoFormat(true);
		dates.registerFormatters(conversions);
		return conversions;
	}

	/**
	 * Tells whether a variable can be of a type.
	 */
	static boolean isPossible(Class<?> type) {
		return CONVERSIONS.canConvert(String.class, type);
	}

	/**
	 * Makes a value.
	 * @throws ConversionException if the variable is not one of the type
	 */
	static @Nullable Object convert(String variable, Class<?> type) {
		return CONVERSIONS.convert(variable, type);
	}

}
