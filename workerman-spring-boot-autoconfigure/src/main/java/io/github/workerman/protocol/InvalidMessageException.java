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

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A message that the protocol let through cannot be handled: it is no valid JSON, has an
 * unknown type, does not fit the handler's parameter, or violates its constraints. Costs
 * the peer this message and nothing else. Goes to the error handlers; where none takes
 * it, the peer gets a JSON reply with {@link #code()}, the message and the fields.
 */
public class InvalidMessageException extends Exception {

	private final Code code;

	private final Map<String, String> fields;

	/**
	 * Creates an exception.
	 * @param code what is wrong in general
	 * @param message what is wrong, for the peer; must not reveal anything of the program
	 * @param fields what is wrong with single fields, by field name
	 * @param cause the reader's own error, for the log
	 */
	public InvalidMessageException(Code code, String message, Map<String, String> fields, @Nullable Throwable cause) {
		super(message, cause, false, false);
		this.code = code;
		this.fields = Map.copyOf(fields);
	}

	/**
	 * Returns what is wrong in general.
	 * @return the code
	 */
	public Code code() {
		return this.code;
	}

	/**
	 * Returns what is wrong with single fields.
	 * @return the messages by field name, possibly empty
	 */
	public Map<String, String> fields() {
		return this.fields;
	}

	/**
	 * What is wrong with a message. The names, in lower case, are what peers and metrics
	 * see.
	 */
	public enum Code {

		/** The text is no JSON. */
		INVALID_JSON,

		/** No handler takes messages of that type. */
		UNKNOWN_TYPE,

		/** A field is missing or of the wrong type. */
		INVALID_FIELDS,

		/** A constraint is violated. */
		VALIDATION_FAILED

	}

}
