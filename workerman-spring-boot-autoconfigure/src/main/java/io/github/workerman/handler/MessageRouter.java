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

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.workerman.connection.MessageKind;
import io.github.workerman.protocol.InvalidMessageException;
import io.github.workerman.protocol.InvalidMessageException.Code;
import io.github.workerman.protocol.MessageCodec;
import org.jspecify.annotations.Nullable;

/**
 * Finds the handler of a message. Looks into the message only where a handler asks for a
 * type.
 */
final class MessageRouter {

	private static final int LONGEST_ECHO = 64;

	private final @Nullable HandlerMethod text;

	private final @Nullable HandlerMethod binary;

	private final List<HandlerMethod> objects;

	private final @Nullable Map<String, HandlerMethod> typed;

	private final @Nullable MessageCodec codec;

	private final String typeField;

	private final String quotedField;

	MessageRouter(List<HandlerMethod> handlers, @Nullable MessageCodec codec, String typeField) {
		this.text = untyped(handlers, MessageKind.TEXT);
		this.binary = untyped(handlers, MessageKind.BINARY);
		this.objects = handlers.stream().filter((handler) -> handler.type().isEmpty()).toList();
		Map<String, HandlerMethod> types = new HashMap<>();
		handlers.stream()
			.filter((handler) -> !handler.type().isEmpty())
			.forEach((handler) -> types.put(handler.type(), handler));
		this.typed = types.isEmpty() ? null : types;
		this.codec = codec;
		this.typeField = typeField;
		this.quotedField = "\"" + typeField + "\"";
	}

	private static @Nullable HandlerMethod untyped(List<HandlerMethod> handlers, MessageKind kind) {
		return handlers.stream()
			.filter((handler) -> handler.type().isEmpty() && handler.kinds().contains(kind))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Finds the handler.
	 * @param message what the protocol's codec made
	 * @return the handler, or {@code null} if none takes it
	 * @throws InvalidMessageException if the peer is to blame for that
	 */
	@Nullable HandlerMethod route(Object message) throws InvalidMessageException {
		if (message instanceof String string) {
			return (this.typed == null) ? this.text : routeText(string, this.typed);
		}
		return (message instanceof byte[]) ? this.binary : routeObject(message);
	}

	private @Nullable HandlerMethod routeObject(Object message) {
		for (HandlerMethod handler : this.objects) {
			if (handler.payload().takesObject(message)) {
				return handler;
			}
		}
		return null;
	}

	private HandlerMethod routeText(String message, Map<String, HandlerMethod> types) throws InvalidMessageException {
		String type;
		try {
			type = typeOf(message);
		}
		catch (InvalidMessageException ex) {
			if (this.text != null && this.text.payload().takesAnyText()) {
				return this.text;
			}
			throw ex;
		}
		HandlerMethod handler = (type != null) ? types.get(type) : null;
		if (handler == null) {
			handler = this.text;
		}
		if (handler == null) {
			throw unknown(type);
		}
		return handler;
	}

	private @Nullable String typeOf(String message) throws InvalidMessageException {
		String type = leadingType(message);
		if (type != null) {
			return type;
		}
		return (this.codec != null) ? this.codec.typeOf(message, this.typeField) : null;
	}

	/*
	 * Most peers write the type first. What follows is left to the one who reads the
	 * message; what is unusual is left to the codec.
	 */
	private @Nullable String leadingType(String message) {
		int position = after(message, 0, "{");
		position = after(message, position, this.quotedField);
		position = after(message, position, ":");
		int start = after(message, position, "\"");
		if (start < 0) {
			return null;
		}
		for (int i = start; i < message.length(); i++) {
			char character = message.charAt(i);
			if (character == '"') {
				return message.substring(start, i);
			}
			if (character == '\\' || character < ' ') {
				return null;
			}
		}
		return null;
	}

	private static int after(String message, int from, String expected) {
		if (from < 0) {
			return -1;
		}
		int position = from;
		while (position < message.length() && message.charAt(position) == ' ') {
			position++;
		}
		return message.startsWith(expected, position) ? position + expected.length() : -1;
	}

	private InvalidMessageException unknown(@Nullable String type) {
		if (type == null) {
			return new InvalidMessageException(Code.UNKNOWN_TYPE, "message has no type",
					Map.of(this.typeField, "is missing"), null);
		}
		String echo = (type.length() <= LONGEST_ECHO) ? type : type.substring(0, LONGEST_ECHO) + "...";
		return new InvalidMessageException(Code.UNKNOWN_TYPE, "unknown type '" + echo + "'",
				Map.of(this.typeField, "is unknown"), null);
	}

}
