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

package io.github.workerman.gateway;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;

/**
 * Whom a message goes to. An immutable description that may be kept, shared between
 * threads and used again: who fits it is found out anew by each {@link #send} and
 * {@link #close}.
 */
public interface Recipients {

	/**
	 * Leaves connections out.
	 * @param connections the connections
	 * @return the remaining recipients
	 */
	Recipients except(Connection... connections);

	/**
	 * Leaves connections out.
	 * @param connectionIds the connections' identifiers
	 * @return the remaining recipients
	 */
	Recipients except(String... connectionIds);

	/**
	 * Leaves all connections of users out.
	 * @param uids the users
	 * @return the remaining recipients
	 */
	Recipients exceptUser(String... uids);

	/**
	 * Keeps only connections of certain servers.
	 * @param servers the servers' names, as in {@code workerman.servers.<name>}
	 * @return the remaining recipients
	 */
	Recipients onServer(String... servers);

	/**
	 * Sends a message to each recipient as {@link Connection#send(Object)} does, without
	 * waiting. It is turned into JSON, where it has to be, once and before this method
	 * returns, and encoded once for each protocol in use; an array or buffer must not be
	 * changed afterwards. A recipient whose send buffer is full misses the message, which
	 * is counted; one that has gone meanwhile is passed over.
	 * @param message the message
	 * @throws io.github.workerman.connection.MessageConversionException if the object
	 * cannot be turned into JSON; nothing has been sent then
	 */
	void send(Object message);

	/**
	 * Closes each recipient as {@link Connection#close(CloseReason)} does, without
	 * waiting. What the same thread has sent to them before goes out first.
	 * @param reason the code and text
	 */
	void close(CloseReason reason);

}
