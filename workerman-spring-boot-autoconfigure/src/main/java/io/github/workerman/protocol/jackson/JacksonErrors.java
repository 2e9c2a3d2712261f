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

import java.lang.reflect.Type;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

import io.github.workerman.connection.MessageConversionException;
import io.github.workerman.protocol.InvalidMessageException;
import io.github.workerman.protocol.InvalidMessageException.Code;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.PropertyBindingException;

/**
 * Says what is wrong with a message in words for its sender. Jackson's own words name
 * classes and settings, which are nobody's business.
 */
final class JacksonErrors {

	private static final Set<Class<?>> INTEGERS = Set.of(int.class, Integer.class, long.class, Long.class, short.class,
			Short.class, byte.class, Byte.class, java.math.BigInteger.class);

	private static final Set<Class<?>> NUMBERS = Set.of(double.class, Double.class, float.class, Float.class,
			java.math.BigDecimal.class, Number.class);

	private JacksonErrors() {
	}

	static InvalidMessageException translate(JacksonException error, Type type) {
		if (error instanceof InvalidDefinitionException) {
			// The application's class is at fault, not the message.
			throw new MessageConversionException(
					"Cannot read JSON as " + type.getTypeName() + ": " + error.getOriginalMessage(), error);
		}
		if (error instanceof InputCoercionException) {
			return ofField(error, "is out of range");
		}
		if (error instanceof UnexpectedEndOfInputException) {
			return new InvalidMessageException(Code.INVALID_JSON, "message ends before the end of its JSON", Map.of(),
					error);
		}
		if (error instanceof StreamReadException || error instanceof StreamConstraintsException) {
			return new InvalidMessageException(Code.INVALID_JSON, "message is no valid JSON" + position(error),
					Map.of(), error);
		}
		return ofField(error, describe(error));
	}

	private static InvalidMessageException ofField(JacksonException error, String problem) {
		String path = path(error);
		if (path.isEmpty()) {
			return new InvalidMessageException(Code.INVALID_FIELDS, "message " + problem, Map.of(), error);
		}
		return new InvalidMessageException(Code.INVALID_FIELDS, "field '" + path + "' " + problem,
				Map.of(path, problem), error);
	}

	private static String describe(JacksonException error) {
		if (error instanceof PropertyBindingException) {
			return "is unknown";
		}
		if (error instanceof InvalidNullException) {
			return "must not be null";
		}
		if (error instanceof InvalidTypeIdException) {
			return "is of an unknown kind";
		}
		if (error instanceof MismatchedInputException mismatch) {
			return expected(mismatch.getTargetType());
		}
		return "is not acceptable";
	}

	private static String expected(@Nullable Class<?> type) {
		if (type == null) {
			return "is not acceptable";
		}
		if (INTEGERS.contains(type)) {
			return "must be an integer";
		}
		if (NUMBERS.contains(type)) {
			return "must be a number";
		}
		if (type == boolean.class || type == Boolean.class) {
			return "must be true or false";
		}
		if (CharSequence.class.isAssignableFrom(type) || type == char.class || type == Character.class) {
			return "must be a text";
		}
		if (type.isEnum()) {
			return "is none of the allowed values";
		}
		if (type.isArray() || Collection.class.isAssignableFrom(type)) {
			return "must be a list";
		}
		if (TemporalAccessor.class.isAssignableFrom(type) || TemporalAmount.class.isAssignableFrom(type)
				|| java.util.Date.class.isAssignableFrom(type)) {
			return "is no valid date or time";
		}
		return (type.isRecord() || Map.class.isAssignableFrom(type)) ? "must be an object" : "is not acceptable";
	}

	private static String path(JacksonException error) {
		StringBuilder path = new StringBuilder();
		for (JacksonException.Reference reference : error.getPath()) {
			if (reference.getPropertyName() != null) {
				path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
			}
			else if (reference.getIndex() >= 0) {
				path.append('[').append(reference.getIndex()).append(']');
			}
		}
		return path.toString();
	}

	private static String position(JacksonException error) {
		TokenStreamLocation location = error.getLocation();
		return (location != null && location.getLineNr() > 0)
				? " at line " + location.getLineNr() + ", column " + location.getColumnNr() : "";
	}

}
