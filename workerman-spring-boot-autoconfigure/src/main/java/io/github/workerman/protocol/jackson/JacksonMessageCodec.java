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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.workerman.connection.MessageConversionException;
import io.github.workerman.protocol.InvalidMessageException;
import io.github.workerman.protocol.InvalidMessageException.Code;
import io.github.workerman.protocol.MessageCodec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Messages as JSON, written and read as the application's {@link JsonMapper} is
 * configured. What it tells of invalid messages names positions and fields, and nothing
 * of the program.
 */
public final class JacksonMessageCodec implements MessageCodec {

	private final JsonMapper mapper;

	/*
	 * By type field and type; both come from handlers and settings, so that they are few.
	 */
	private final Map<String, Map<Type, ObjectReader>> readers = new ConcurrentHashMap<>();

	/**
	 * Creates a codec.
	 * @param mapper reads and writes the JSON
	 */
	public JacksonMessageCodec(JsonMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	public String write(Object message) {
		try {
			return this.mapper.writeValueAsString(message);
		}
		catch (JacksonException ex) {
			throw new MessageConversionException(
					"Cannot write a " + message.getClass().getName() + " as JSON: " + ex.getOriginalMessage(), ex);
		}
	}

	@Override
	public @Nullable Object read(String text, Type type, String typeField) throws InvalidMessageException {
		ObjectReader reader = reader(type, typeField);
		try (JsonParser parser = reader.createParser(text)) {
			if (parser.nextToken() == null) {
				throw new InvalidMessageException(Code.INVALID_JSON, "message is empty", Map.of(), null);
			}
			Object message = reader.readValue(parser);
			if (parser.nextToken() != null) {
				throw new InvalidMessageException(Code.INVALID_JSON, "message goes on after the end of its JSON",
						Map.of(), null);
			}
			return message;
		}
		catch (JacksonException ex) {
			throw JacksonErrors.translate(ex, type);
		}
	}

	@Override
	public @Nullable String typeOf(String text, String typeField) throws InvalidMessageException {
		try (JsonParser parser = this.mapper.createParser(text)) {
			JsonToken first = parser.nextToken();
			if (first == null) {
				throw new InvalidMessageException(Code.INVALID_JSON, "message is empty", Map.of(), null);
			}
			return (first == JsonToken.START_OBJECT) ? find(parser, typeField) : null;
		}
		catch (JacksonException ex) {
			throw JacksonErrors.translate(ex, Object.class);
		}
	}

	@Override
	public String pathInText(Type type, String path) {
		return PropertyPath.inJson(this.mapper.deserializationConfig(), this.mapper.constructType(type), path);
	}

	private static @Nullable String find(JsonParser parser, String typeField) {
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			if (name.equals(typeField)) {
				return (value == JsonToken.VALUE_STRING) ? parser.getString() : null;
			}
			parser.skipChildren();
		}
		return null;
	}

	private ObjectReader reader(Type type, String typeField) {
		Map<Type, ObjectReader> known = this.readers.get(typeField);
		ObjectReader reader = (known != null) ? known.get(type) : null;
		return (reader != null) ? reader : newReader(type, typeField);
	}

	private ObjectReader newReader(Type type, String typeField) {
		ObjectReader reader = this.mapper.readerFor(this.mapper.constructType(type))
			.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.withHandler(new EnvelopeField(typeField));
		this.readers.computeIfAbsent(typeField, (name) -> new ConcurrentHashMap<>()).put(type, reader);
		return reader;
	}

}
