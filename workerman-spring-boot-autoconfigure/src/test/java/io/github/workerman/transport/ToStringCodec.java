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

package io.github.workerman.transport;

import java.lang.reflect.Type;

import io.github.workerman.connection.MessageConversionException;
import io.github.workerman.protocol.MessageCodec;
import org.jspecify.annotations.Nullable;

/**
 * Turns objects into text as {@code toString()} does.
 */
public final class ToStringCodec implements MessageCodec {

	@Override
	public String write(Object message) {
		try {
			return message.toString();
		}
		catch (RuntimeException ex) {
			throw new MessageConversionException("No text of " + message.getClass(), ex);
		}
	}

	@Override
	public @Nullable Object read(String text, Type type, String typeField) {
		throw new UnsupportedOperationException();
	}

	@Override
	public @Nullable String typeOf(String text, String typeField) {
		throw new UnsupportedOperationException();
	}

}
