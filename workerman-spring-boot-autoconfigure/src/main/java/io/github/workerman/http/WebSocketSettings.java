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

package io.github.workerman.http;

import java.util.List;

/**
 * Where a server accepts websocket connections.
 *
 * @param paths the paths, in the syntax of
 * {@link io.github.workerman.protocol.PathPattern}; none to leave that to the handlers
 */
public record WebSocketSettings(List<String> paths) {

	/** Where the handlers say; else at {@code /}, on an http server nowhere. */
	public static final WebSocketSettings DEFAULT = new WebSocketSettings(List.of());

	/**
	 * Creates settings.
	 */
	public WebSocketSettings {
		paths = List.copyOf(paths);
	}

}
