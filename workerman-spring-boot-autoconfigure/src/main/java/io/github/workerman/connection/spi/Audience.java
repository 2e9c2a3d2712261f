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

import java.util.function.Consumer;

/**
 * Those connections of one event loop that a broadcast goes to. Used on that loop only.
 * Equal audiences have the same members, so that their messages may be put together.
 */
public interface Audience {

	/**
	 * Calls back for every member.
	 * @param action takes a member
	 */
	void forEach(Consumer<? super ManagedConnection> action);

	/**
	 * Tells whether a connection is a member.
	 * @param connection a connection of this loop
	 * @return whether it gets the broadcast
	 */
	boolean includes(ManagedConnection connection);

}
