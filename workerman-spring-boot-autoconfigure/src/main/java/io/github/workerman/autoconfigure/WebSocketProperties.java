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

package io.github.workerman.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Websockets on the port of an {@code http} server.
 */
public class WebSocketProperties {

	/**
	 * Comma-separated list of the paths at which an http server accepts websocket
	 * connections, such as /chat and /rooms/{id}. Those that handlers name when not set.
	 * Only for http; servers of the protocol websocket have path.
	 */
	private @Nullable List<String> path;

	public @Nullable List<String> getPath() {
		return this.path;
	}

	public void setPath(@Nullable List<String> path) {
		this.path = path;
	}

}
