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
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.workerman.connection.Connection;
import io.github.workerman.connection.MessageKind;
import io.github.workerman.protocol.InvalidMessageException;
import io.github.workerman.protocol.MessageCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Provides the message, in the type that the parameter asks for.
 */
final class MessageArguments implements ArgumentResolver {

	private static final List<String> NO_MESSAGES = List.of("java.", "javax.", "org.springframework.", "reactor.",
			"org.reactivestreams.", "io.netty.");

	private static final Set<String> OURS = Set.of("io.github.workerman.connection",
			"io.github.workerman.connection.spi", "io.github.workerman.protocol", "io.github.workerman.gateway",
			"io.github.workerman.http");

	private static final List<String> MESSAGES = List.of("java.time.", "java.math.", "java.util.UUID");

	private static final Set<String> PROTOCOLS_WITHOUT_OBJECTS = Set.of("websocket", "text", "frame", "length-field",
			"delimiter", "tcp", "http");

	private final @Nullable MessageCodec codec;

	MessageArguments(@Nullable MessageCodec codec) {
		this.codec = codec;
	}

	@Override
	public @Nullable ArgumentReader resolve(HandlerParameter parameter) {
		Class<?> type = parameter.type();
		if (parameter.event() != HandlerEvent.MESSAGE && parameter.event() != HandlerEvent.REQUEST) {
			return null;
		}
		if (type == String.class) {
			return BuiltInReader.TEXT;
		}
		if (type == byte[].class) {
			return BuiltInReader.BYTES;
		}
		if (type == ByteBuffer.class) {
			return new BufferReader();
		}
		if (!mayBeMessage(type)) {
			return null;
		}
		if (this.codec == null) {
			return PROTOCOLS_WITHOUT_OBJECTS.contains(parameter.settings().protocol()) ? null : BuiltInReader.TEXT;
		}
		return new ObjectReader(this.codec, parameter.genericType(), type, parameter.settings().messageTypeField(),
				parameter.isNullable());
	}

	private static boolean mayBeMessage(Class<?> type) {
		if (ClassUtils.isPrimitiveOrWrapper(type) || Map.class.isAssignableFrom(type)
				|| Collection.class.isAssignableFrom(type)) {
			return type != void.class && type != Void.class;
		}
		if (type.isArray()) {
			return mayBeMessage(type.getComponentType()) || type.getComponentType() == String.class;
		}
		String name = type.getName();
		return !Throwable.class.isAssignableFrom(type)
				&& !(OURS.contains(type.getPackageName()) && !type.isMemberClass())
				&& (NO_MESSAGES.stream().noneMatch(name::startsWith) || MESSAGES.stream().anyMatch(name::startsWith));
	}

	private static final class BufferReader implements ArgumentReader {

		@Override
		public @Nullable Object read(Connection connection, @Nullable Object event) {
			return (event != null) ? ByteBuffer.wrap((byte[]) event) : null;
		}

		@Override
		public MessageKind messageKind() {
			return MessageKind.BINARY;
		}

	}

	private record ObjectReader(MessageCodec codec, Type type, Class<?> rawType, String typeField,
			boolean nullable) implements ArgumentReader {

		@Override
		public @Nullable Object read(Connection connection, @Nullable Object event) throws InvalidMessageException {
			if (!(event instanceof String text)) {
				return event;
			}
			Object message = this.codec.read(text, this.type, this.typeField);
			if (message == null && !this.nullable) {
				throw new InvalidMessageException(InvalidMessageException.Code.INVALID_FIELDS, "message is null",
						Map.of(), null);
			}
			return message;
		}

		@Override
		public MessageKind messageKind() {
			return MessageKind.TEXT;
		}

	}

}
