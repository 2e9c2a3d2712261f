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

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.workerman.protocol.InvalidMessageException;
import io.github.workerman.protocol.MessageCodec;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * The part of {@link Violations} that is loaded only where Jakarta Validation is there.
 */
final class JakartaViolations {

	private JakartaViolations() {
	}

	static @Nullable InvalidMessageException of(Throwable error, Class<?> beanClass, @Nullable MessageCodec codec) {
		if (!(error instanceof ConstraintViolationException violations)
				|| violations.getConstraintViolations() == null) {
			return null;
		}
		Map<String, String> fields = new LinkedHashMap<>();
		for (ConstraintViolation<?> violation : violations.getConstraintViolations()) {
			String field = field(violation, beanClass, codec);
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
	private static @Nullable String field(ConstraintViolation<?> violation, Class<?> beanClass,
			@Nullable MessageCodec codec) {
		StringBuilder field = new StringBuilder();
		Path.MethodNode method = null;
		Path.ParameterNode parameter = null;
		for (Path.Node node : violation.getPropertyPath()) {
			switch (node.getKind()) {
				case METHOD -> method = node.as(Path.MethodNode.class);
				case PARAMETER -> parameter = node.as(Path.ParameterNode.class);
				default -> append(field, node);
			}
		}
		if (method == null || parameter == null) {
			return null;
		}
		if (field.isEmpty()) {
			return parameter.getName();
		}
		int index = parameter.getParameterIndex();
		return FieldNames.of(codec, type(beanClass, method, index), violation.getExecutableParameters()[index])
			.of(field.toString());
	}

	private static Type type(Class<?> beanClass, Path.MethodNode node, int parameter) {
		Class<?>[] types = node.getParameterTypes().toArray(Class<?>[]::new);
		Method method = ReflectionUtils.findMethod(beanClass, node.getName(), types);
		return (method != null) ? method.getGenericParameterTypes()[parameter] : types[parameter];
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
