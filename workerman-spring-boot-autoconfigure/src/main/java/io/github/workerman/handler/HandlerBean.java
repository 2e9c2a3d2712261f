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

import java.util.List;
import java.util.Set;

/**
 * A bean with annotated methods.
 *
 * @param name the bean's name
 * @param type the class behind proxies
 * @param servers the servers that it is narrowed to, empty for all
 * @param methods its annotated methods
 */
record HandlerBean(String name, Class<?> type, Set<String> servers, List<HandlerCandidate> methods) {

	boolean serves(String server) {
		return this.servers.isEmpty() || this.servers.contains(server);
	}

}
