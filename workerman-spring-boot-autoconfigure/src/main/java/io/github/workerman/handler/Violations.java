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

import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.workerman.protocol.InvalidMessageException;
import io.github.workerman.protocol.InvalidMessageException.Code;
import io.github.workerman.protocol.MessageCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSourceResolvable;
import org.springframework.util.ClassUtils;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.MethodValidationException;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;

/**
 * Turns what validators say into what a peer may be told.
 */
final class Violations {

	private static final boolean JAKARTA_PRESENT = ClassUtils
		.isPresent("jakarta.validation.ConstraintViolationException", Violations.class.getClassLoader());

	private Violations() {
	}

	static InvalidMessageException of(Errors errors, FieldNames names) {
		Map<String, String> fields = new LinkedHashMap<>();
		collect(errors, "", names, fields);
		return exception(fields, null);
	}

	/**
	 * Recognizes violations of constraints on a handler's own parameters. Those of other
	 * methods that the handler calls are errors of the program and tell nothing of the
	 * message.
	 * @param error what a handler has thrown
	 * @param beanClass the handler's class
	 * @param codec reads its messages, or {@code null}
	 * @return the exception for the peer, or {@code null} if it is something else
	 */
	static @Nullable InvalidMessageException of(Throwable error, Class<?> beanClass, @Nullable MessageCodec codec) {
		if (error instanceof MethodValidationException violation) {
			boolean own = beanClass.isInstance(violation.getTarget()) && !violation.isForReturnValue();
			return own ? of(violation, codec) : null;
		}
		return JAKARTA_PRESENT ? JakartaViolations.of(error, beanClass, codec) : null;
	}

	private static InvalidMessageException of(MethodValidationException violation, @Nullable MessageCodec codec) {
		Map<String, String> fields = new LinkedHashMap<>();
		for (ParameterValidationResult result : violation.getParameterValidationResults()) {
			if (result instanceof ParameterErrors errors) {
				Type declared = result.getMethodParameter().getGenericParameterType();
				collect(errors, element(errors), FieldNames.of(codec, declared, errors.getArgument()), fields);
			}
			else {
				String name = result.getMethodParameter().getParameterName();
				for (MessageSourceResolvable error : result.getResolvableErrors()) {
					add(fields, (name != null) ? name : "message", error.getDefaultMessage());
				}
			}
		}
		return exception(fields, violation);
	}

	/* Errors of an element do not say themselves which one it is. */
	private static String element(ParameterErrors errors) {
		Object place = (errors.getContainerKey() != null) ? errors.getContainerKey() : errors.getContainerIndex();
		return (place != null) ? "[" + place + "]." : "";
	}

	private static void collect(Errors errors, String prefix, FieldNames names, Map<String, String> fields) {
		for (ObjectError error : errors.getAllErrors()) {
			String field = (error instanceof FieldError fieldError) ? prefix + names.of(fieldError.getField())
					: error.getObjectName();
			add(fields, field, error.getDefaultMessage());
		}
	}

	static void add(Map<String, String> fields, String field, @Nullable String message) {
		fields.merge(field, (message != null) ? message : "is invalid", (first, second) -> first + "; " + second);
	}

	static InvalidMessageException exception(Map<String, String> fields, @Nullable Throwable cause) {
		return new InvalidMessageException(Code.VALIDATION_FAILED, "message is not valid", fields, cause);
	}

}
