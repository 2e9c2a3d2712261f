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

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.workerman.protocol.InvalidMessageException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link Violations} that is loaded only where Jakarta Validation is there.
 */
final class JakartaViolations {

	private JakartaViolations() {
	}

	static @Nullable InvalidMessageException of(Throwable error, Class<?> beanClass) {
		if (!(error instanceof ConstraintViolationException violations)
				|| violations.getConstraintViolations() == null) {
			return null;
		}
		Map<String, String> fields = new LinkedHashMap<>();
		for (ConstraintViolation<?> violation : violations.getConstraintViolations()) {
			String field = field(violation.getPropertyPath());
			if (field == null || !beanClass.isInstance(violation.getRootBean())) {
				return null;
			}
			Violations.add(fields, field, violation.getMessage());
		}
		return Violations.exception(fields, violations);
	}

	/*
	 * The path of "say(Say message)" is "say.message.text": the method, the parameter,
	 * and then what a peer knows as a field.
	 */
	private static @Nullable String field(Path path) {
		StringBuilder field = new StringBuilder();
		String parameter = null;
		for (Path.Node node : path) {
			if (node.getKind() == ElementKind.PARAMETER) {
				parameter = node.getName();
			}
			else if (node.getKind() != ElementKind.METHOD) {
				append(field, node);
			}
		}
		if (parameter == null) {
			return null;
		}
		return field.isEmpty() ? parameter : field.toString();
	}

	private static void append(StringBuilder field, Path.Node node) {
		if (node.getIndex() != null) {
			field.append('[').append(node.getIndex()).append(']');
		}
		else if (node.getKey() != null) {
			field.append('[').append(node.getKey()).append(']');
		}
		if (node.getName() != null && !node.getName().startsWith("<")) {
			field.append(field.isEmpty() ? "" : ".").append(node.getName());
		}
	}

}
