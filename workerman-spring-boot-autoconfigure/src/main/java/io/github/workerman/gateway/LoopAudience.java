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

import java.util.List;
import java.util.function.Consumer;

import io.github.workerman.connection.spi.Audience;
import io.github.workerman.connection.spi.ManagedConnection;

/**
 * The members of some sets of a loop, each once, as far as a filter lets them pass.
 *
 * @param sets the sets, not empty
 * @param filter the filter
 */
record LoopAudience(List<ConnectionSet> sets, Filter filter) implements Audience {

	@Override
	public void forEach(Consumer<? super ManagedConnection> action) {
		if (this.sets.size() == 1 && this.filter.passesAll()) {
			this.sets.get(0).forEach(action);
			return;
		}
		for (int i = 0; i < this.sets.size(); i++) {
			int set = i;
			this.sets.get(set).forEach((connection) -> {
				if (this.filter.passes(connection) && !contains(set, connection)) {
					action.accept(connection);
				}
			});
		}
	}

	@Override
	public boolean includes(ManagedConnection connection) {
		return this.filter.passes(connection) && contains(this.sets.size(), connection);
	}

	private boolean contains(int count, ManagedConnection connection) {
		for (int i = 0; i < count; i++) {
			if (this.sets.get(i).contains(connection)) {
				return true;
			}
		}
		return false;
	}

}
