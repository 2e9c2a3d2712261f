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

package io.github.workerman.server;

import io.github.workerman.connection.spi.ConnectionListener;

/**
 * Puts something between the connections of a server and its handlers, for instance the
 * push gateway or metrics. Beans of this type are applied in their order, the first one
 * outermost.
 */
@FunctionalInterface
public interface ListenerDecorator {

	/**
	 * Decorates the listener of a server. Called each time the server starts.
	 * @param server the server
	 * @param listener the listener so far
	 * @return a listener that passes everything on, or {@code listener} itself
	 */
	ConnectionListener decorate(WorkermanServer server, ConnectionListener listener);

}
