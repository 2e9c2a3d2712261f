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

package io.github.workerman.connection.spi;

import org.jspecify.annotations.Nullable;

/**
 * Lets others see whether an event loop gets on. Callable from any thread.
 */
public interface LoopWatch {

	/**
	 * Returns what of the application's the loop runs now.
	 * @return what was entered, or {@code null} if nothing
	 */
	@Nullable Object current();

	/**
	 * Returns a number that changes whenever something is entered.
	 * @return the number
	 */
	long sequence();

	/**
	 * Returns the loop's thread.
	 * @return the thread, or {@code null} before it ran anything
	 */
	@Nullable Thread thread();

}
