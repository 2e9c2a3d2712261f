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

package io.github.workerman.server;

import java.lang.reflect.Type;

import io.github.workerman.connection.MessageConversionException;
import io.github.workerman.protocol.MessageCodec;
import org.jspecify.annotations.Nullable;

/**
 * Stands in where the application can make no JSON: text and bytes need no conversion,
 * anything else is refused with an explanation. Usable from any thread.
 */
public final class TextOnlyMessageCodec implements MessageCodec {

	private static final String ADVICE = "there is no JSON library. Add spring-boot-starter-jackson, or a bean of type "
			+ MessageCodec.class.getName();

	@Override
	public String write(Object message) {
		String problem = "Cannot turn " + message.getClass().getName() + " into a message: " + ADVICE;
		throw new MessageConversionException(problem, new UnsupportedOperationException(problem));
	}

	@Override
	public @Nullable Object read(String text, Type type, String typeField) {
		throw new UnsupportedOperationException("Cannot turn a message into " + type.getTypeName() + ": " + ADVICE);
	}

	@Override
	public @Nullable String typeOf(String text, String typeField) {
		throw new UnsupportedOperationException("Cannot find the type of a message: " + ADVICE);
	}

}
