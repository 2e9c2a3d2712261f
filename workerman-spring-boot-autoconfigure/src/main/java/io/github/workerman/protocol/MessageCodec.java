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

package io.github.workerman.protocol;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

/**
 * Turns objects into text and text into objects. JSON by the application's
 * {@code JsonMapper} is the default; a bean of this type replaces it. Usable from any
 * thread.
 */
public interface MessageCodec {

	/**
	 * Turns an object into text.
	 * @param message the object
	 * @return the text
	 * @throws io.github.workerman.connection.MessageConversionException if that fails
	 */
	String write(Object message);

	/**
	 * Turns text into an object.
	 * @param text the text
	 * @param type the type to make
	 * @param typeField the name of a top-level field that belongs to the envelope and is
	 * no error when the type has no such property
	 * @return the object, {@code null} for a JSON null
	 * @throws InvalidMessageException if the text is not valid or does not fit the type
	 */
	@Nullable Object read(String text, Type type, String typeField) throws InvalidMessageException;

	/**
	 * Finds the value of the field that tells a message's type.
	 * @param text the text
	 * @param typeField the field's name, at the top level
	 * @return the value, or {@code null} if the text is valid so far but has no such text
	 * field
	 * @throws InvalidMessageException if the text is not valid
	 */
	@Nullable String typeOf(String text, String typeField) throws InvalidMessageException;

	/**
	 * Tells what peers call a property, to name it where a message of theirs is not
	 * valid.
	 * @param type the type that the message was made into
	 * @param path the property with those that lead to it, as in
	 * {@code items[0].unitPrice}
	 * @return the path as the text has it, by default the same
	 */
	default String pathInText(Type type, String path) {
		return path;
	}

}
