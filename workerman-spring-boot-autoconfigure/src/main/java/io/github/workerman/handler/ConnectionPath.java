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

import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.execution.ConnectionMailbox;
import org.jspecify.annotations.Nullable;

/**
 * What the path at which a connection was opened has decided: who handles what happens to
 * it, and the arguments that are taken from the path. The connection's attachment, where
 * the server has handlers for certain paths.
 */
final class ConnectionPath {

	private final ConnectionListener handlers;

	private final @Nullable Object[] variables;

	private @Nullable ConnectionMailbox mailbox;

	ConnectionPath(ConnectionListener handlers, @Nullable Object[] variables) {
		this.handlers = handlers;
		this.variables = variables;
	}

	ConnectionListener handlers() {
		return this.handlers;
	}

	@Nullable Object variable(int number) {
		return this.variables[number];
	}

	/**
	 * Finds the mailbox of a connection. On the event loop.
	 */
	static @Nullable ConnectionMailbox mailbox(ManagedConnection connection) {
		Object attachment = connection.attachment();
		return (attachment instanceof ConnectionPath path) ? path.mailbox : (ConnectionMailbox) attachment;
	}

	/**
	 * Keeps the mailbox of a connection. On the event loop.
	 */
	static void mailbox(ManagedConnection connection, ConnectionMailbox mailbox) {
		if (connection.attachment() instanceof ConnectionPath path) {
			path.mailbox = mailbox;
		}
		else {
			connection.attachment(mailbox);
		}
	}

}
