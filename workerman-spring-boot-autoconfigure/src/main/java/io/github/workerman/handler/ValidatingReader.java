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

import io.github.workerman.connection.Connection;
import io.github.workerman.connection.MessageKind;
import io.github.workerman.protocol.InvalidMessageException;
import io.github.workerman.protocol.MessageCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.Validator;

/**
 * Validates what another reader has read.
 */
record ValidatingReader(ArgumentReader reader, Validator validator, Object[] hints, HandlerParameter parameter,
		@Nullable MessageCodec codec) implements ArgumentReader {

	@Override
	public @Nullable Object read(Connection connection, @Nullable Object event) throws Exception {
		Object value = this.reader.read(connection, event);
		if (value != null) {
			validate(value);
		}
		return value;
	}

	private void validate(Object value) throws InvalidMessageException {
		BeanPropertyBindingResult errors = new BeanPropertyBindingResult(value, this.parameter.name());
		if (this.validator instanceof SmartValidator smart) {
			smart.validate(value, errors, this.hints);
		}
		else {
			this.validator.validate(value, errors);
		}
		if (errors.hasErrors()) {
			throw Violations.of(errors, FieldNames.of(this.codec, this.parameter.genericType(), value));
		}
	}

	@Override
	public @Nullable MessageKind messageKind() {
		return this.reader.messageKind();
	}

}
