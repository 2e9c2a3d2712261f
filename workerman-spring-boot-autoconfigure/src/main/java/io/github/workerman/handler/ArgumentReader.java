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
 * Provides the value of one parameter of one handler method, each time that it is called.
 * Used by many threads at once.
 */
@FunctionalInterface
public interface ArgumentReader {

	/**
	 * Returns the value.
	 * @param connection the connection that the handler is called for
	 * @param event what is handled: the message as the protocol's codec made it, the
	 * {@code CloseReason}, the {@code Throwable}, the {@code Handshake}, else
	 * {@code null}
	 * @return the value, of the parameter's type
	 * @throws Exception if there is none; treated as if the handler had thrown it
	 */
	@Nullable Object read(Connection connection, @Nullable Object event) throws Exception;

	/**
	 * Tells whether this reads the message, and of which kind it must be then.
	 * @return the kind, or {@code null} (the default) if this reads something else
	 */
	default @Nullable MessageKind messageKind() {
		return null;
	}

}
