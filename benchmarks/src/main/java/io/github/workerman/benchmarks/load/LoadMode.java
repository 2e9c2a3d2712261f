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

package io.github.workerman.benchmarks.load;

import java.util.Locale;

/**
 * What the load does.
 */
public enum LoadMode {

	/**
	 * Every connection keeps some messages in flight.
	 */
	ECHO,

	/**
	 * One connection sends messages that all connections must get.
	 */
	BROADCAST,

	/**
	 * Connections are opened and do nothing; measures the memory of the server.
	 */
	IDLE,

	/**
	 * Connect, handshake, one echo, close, over and over.
	 */
	CONNECT;

	/**
	 * Returns the name as it is written in arguments.
	 * @return the name in lower case
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

}
