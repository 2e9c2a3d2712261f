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
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * Takes over what handler methods of some type return. Beans of this type are asked in
 * {@link org.springframework.core.annotation.Order @Order}, once for each method, when
 * the application starts; what none takes is sent as
 * {@link io.github.workerman.annotation.OnMessage} tells.
 */
public interface ResultHandler {

	/**
	 * Tells whether this takes what a method returns.
	 * @param returnType the method's declared return type
	 * @return whether it does
	 */
	boolean supports(ResolvableType returnType);

	/**
	 * Tells whether {@link #handle} may return something that takes its time: a
	 * {@code Publisher} or {@code CompletionStage}.
	 * @return {@code false} unless overridden
	 */
	default boolean isAsynchronous() {
		return false;
	}

	/**
	 * Handles a returned value, on the thread of the handler.
	 * @param connection the connection that the handler was called for
	 * @param result what it returned
	 * @return what is to be sent in its place, {@code null} for nothing; if
	 * {@link #isAsynchronous()} perhaps a {@code Publisher} or {@code CompletionStage},
	 * whose end the connection's next message waits for
	 * @throws Exception treated as if the handler had thrown it
	 */
	@Nullable Object handle(Connection connection, Object result) throws Exception;

}
