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

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.workerman.connection.MessageKind;
import org.jspecify.annotations.Nullable;

/**
 * What a handler method takes of the event.
 *
 * @param kinds the kinds of messages, none for other events than messages
 * @param type the class of the message or exception parameter, or {@code null} if there
 * is none
 * @param errors the exceptions that an error handler takes
 */
record Payload(Set<MessageKind> kinds, @Nullable Class<?> type, List<Class<? extends Throwable>> errors) {

	static final Payload NONE = new Payload(Set.of(), null, List.of());

	/**
	 * Tells whether text is taken as it is, JSON or not.
	 * @return whether nothing is read from it
	 */
	boolean takesAnyText() {
		return this.type == null || this.type == String.class;
	}

	/**
	 * Tells whether an object that the protocol's codec made is taken as it is.
	 * @param message neither a {@code String} nor a {@code byte[]}
	 * @return whether it is
	 */
	boolean takesObject(Object message) {
		return this.type == null || this.type.isInstance(message);
	}

	String describe(HandlerCandidate candidate) {
		if (!candidate.type().isEmpty()) {
			return candidate.type();
		}
		if (!this.errors.isEmpty()) {
			return this.errors.stream().map(Class::getSimpleName).collect(Collectors.joining(", "));
		}
		return this.kinds.stream()
			.sorted()
			.map((kind) -> kind.name().toLowerCase(Locale.ROOT))
			.collect(Collectors.joining(", "));
	}

}
