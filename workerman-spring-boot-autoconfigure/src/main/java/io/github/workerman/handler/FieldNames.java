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

import io.github.workerman.protocol.MessageCodec;
import org.jspecify.annotations.Nullable;

/**
 * What peers call the properties of a message: validators know them by the names that
 * they have in Java.
 *
 * @param codec has read the message, or {@code null} if it was not made into an object
 * @param type what it was made into
 */
record FieldNames(@Nullable MessageCodec codec, Type type) {

	/**
	 * Returns the names of a message's properties.
	 * @param codec has read the message, or {@code null}
	 * @param declared the type that was asked for
	 * @param message the message, whose class may know more, or {@code null}
	 */
	static FieldNames of(@Nullable MessageCodec codec, Type declared, @Nullable Object message) {
		if (message == null || message.getClass().getTypeParameters().length != 0) {
			return new FieldNames(codec, declared);
		}
		return new FieldNames(codec, message.getClass());
	}

	/**
	 * Translates a path.
	 * @param path a path of properties
	 * @return the path as the message has it
	 */
	String of(String path) {
		return (this.codec != null) ? this.codec.pathInText(this.type, path) : path;
	}

}
