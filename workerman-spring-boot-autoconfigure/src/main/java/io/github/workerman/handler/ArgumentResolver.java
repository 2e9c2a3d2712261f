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

import org.jspecify.annotations.Nullable;

/**
 * Provides parameters of handler methods. Beans of this type are asked in
 * {@link org.springframework.core.annotation.Order @Order} and before the built-in ones,
 * once for each parameter, when the application starts. They are not asked for handlers
 * of a server's start, stop and reload.
 */
@FunctionalInterface
public interface ArgumentResolver {

	/**
	 * Says how to provide a parameter.
	 * @param parameter the parameter
	 * @return provides the parameter's value for each call, or {@code null} if the
	 * parameter is none of this resolver's
	 */
	@Nullable ArgumentReader resolve(HandlerParameter parameter);

}
