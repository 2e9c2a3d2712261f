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
import org.jspecify.annotations.Nullable;

/**
 * Readers that pass on what they are given, which needs no call.
 */
enum BuiltInReader implements ArgumentReader {

	/** The connection itself. */
	CONNECTION,

	/** The event itself. */
	EVENT,

	/** The message itself, which is text. */
	TEXT,

	/** The message itself, which is an array of bytes. */
	BYTES;

	@Override
	public @Nullable Object read(Connection connection, @Nullable Object event) {
		return (this == CONNECTION) ? connection : event;
	}

	@Override
	public @Nullable MessageKind messageKind() {
		return switch (this) {
			case TEXT -> MessageKind.TEXT;
			case BYTES -> MessageKind.BINARY;
			default -> null;
		};
	}

}
