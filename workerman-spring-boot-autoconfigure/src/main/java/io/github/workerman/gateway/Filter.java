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

import java.util.HashSet;
import java.util.Set;

import io.github.workerman.connection.spi.ManagedConnection;
import org.jspecify.annotations.Nullable;

/**
 * What narrows recipients. Equal filters let the same connections pass.
 *
 * @param servers the only servers whose connections pass, or {@code null} for all
 * @param exceptions the connections that do not pass
 */
record Filter(@Nullable Set<String> servers, Set<ManagedConnection> exceptions) {

	boolean passes(ManagedConnection connection) {
		return (this.servers == null || this.servers.contains(connection.server()))
				&& (this.exceptions.isEmpty() || !this.exceptions.contains(connection));
	}

	boolean passesAll() {
		return this.servers == null && this.exceptions.isEmpty();
	}

	Filter withoutServers() {
		return (this.servers != null) ? new Filter(null, this.exceptions) : this;
	}

	Filter without(Set<ManagedConnection> others) {
		if (others.isEmpty()) {
			return this;
		}
		Set<ManagedConnection> all = new HashSet<>(this.exceptions);
		all.addAll(others);
		return new Filter(this.servers, all);
	}

}
