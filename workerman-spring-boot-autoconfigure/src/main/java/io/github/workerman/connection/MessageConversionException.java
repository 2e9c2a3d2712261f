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

package io.github.workerman.connection;

import org.jspecify.annotations.Nullable;

/**
 * An object could not be turned into a message. Thrown to the caller of
 * {@link Connection#send(Object)}; nothing was sent and the connection stays as it was.
 */
public class MessageConversionException extends RuntimeException {

	/**
	 * Creates the exception.
	 * @param message what could not be converted and why
	 * @param cause the converter's own error
	 */
	public MessageConversionException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
