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
import java.util.concurrent.Executor;

import io.github.workerman.protocol.MessageCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.validation.Validator;

/**
 * What handlers work with.
 *
 * @param blockingExecutor runs the handlers that may block; may reject when it has too
 * much to do
 * @param messageCodec reads messages into objects, or {@code null} if only text and bytes
 * can be handled
 * @param validator validates messages, or {@code null} if nothing can
 * @param argumentResolvers the application's own resolvers, in order
 * @param resultHandlers the application's own result handlers, in order
 * @param observer watches the handlers
 */
public record HandlerServices(Executor blockingExecutor, @Nullable MessageCodec messageCodec,
		@Nullable Validator validator, List<ArgumentResolver> argumentResolvers, List<ResultHandler> resultHandlers,
		InvocationObserver observer) {

	/**
	 * Creates the services.
	 */
	public HandlerServices {
		argumentResolvers = List.copyOf(argumentResolvers);
		resultHandlers = List.copyOf(resultHandlers);
	}

}
