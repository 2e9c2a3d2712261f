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

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;

/**
 * Accepts the field that tells a message's type where the message's class has no such
 * property, also when the mapper rejects unknown properties.
 */
final class EnvelopeField extends DeserializationProblemHandler {

	private final String name;

	EnvelopeField(String name) {
		this.name = name;
	}

	@Override
	public boolean handleUnknownProperty(DeserializationContext context, JsonParser parser,
			@Nullable ValueDeserializer<?> deserializer, @Nullable Object beanOrClass, String propertyName) {
		if (!propertyName.equals(this.name) || !isTopLevel(context.getParser())) {
			return false;
		}
		parser.skipChildren();
		return true;
	}

	/*
	 * Where the message's own parser stands: the value may be offered from a buffer,
	 * after the object or in the midst of it.
	 */
	private static boolean isTopLevel(JsonParser parser) {
		TokenStreamContext position = parser.streamReadContext();
		JsonToken token = parser.currentToken();
		if (token == JsonToken.END_OBJECT) {
			return position.inRoot();
		}
		TokenStreamContext object = (token != null && token.isStructStart()) ? position.getParent() : position;
		return object != null && object.getParent() != null && object.getParent().inRoot();
	}

}
