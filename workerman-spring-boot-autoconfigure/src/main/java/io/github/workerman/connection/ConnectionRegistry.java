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

import java.util.Collection;
import java.util.Optional;

/**
 * The open connections of this node. Usable from any thread; a connection is found from
 * before its connect handlers run until before its close handlers do.
 */
public interface ConnectionRegistry {

	/**
	 * Finds a connection.
	 * @param id the connection's identifier
	 * @return the connection, or empty when it is not open on this node
	 */
	Optional<Connection> find(String id);

	/**
	 * Returns all open connections.
	 * @return a snapshot
	 */
	Collection<Connection> all();

	/**
	 * Returns the open connections of one server.
	 * @param server the server's name
	 * @return a snapshot, empty for an unknown server
	 */
	Collection<Connection> ofServer(String server);

	/**
	 * Returns the number of open connections.
	 * @return the number
	 */
	int count();

	/**
	 * Returns the number of open connections of one server.
	 * @param server the server's name
	 * @return the number, zero for an unknown server
	 */
	int count(String server);

}
