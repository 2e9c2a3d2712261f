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

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Recipients that are connected to this node.
 *
 * @param gateway knows them
 * @param target reaches them
 * @param servers the only servers that they may be connected to, {@code null} for all
 * @param exceptIds identifiers of the connections left out
 * @param exceptUids users left out
 */
record LocalRecipients(LocalGateway gateway, Target target, @Nullable Set<String> servers, Set<String> exceptIds,
		Set<String> exceptUids) implements Recipients {

	LocalRecipients(LocalGateway gateway, Target target) {
		this(gateway, target, null, Set.of(), Set.of());
	}

	@Override
	public Recipients except(Connection... connections) {
		return except(Arrays.stream(connections).map(Connection::id).toArray(String[]::new));
	}

	@Override
	public Recipients except(String... connectionIds) {
		return new LocalRecipients(this.gateway, this.target, this.servers, union(this.exceptIds, connectionIds),
				this.exceptUids);
	}

	@Override
	public Recipients exceptUser(String... uids) {
		return new LocalRecipients(this.gateway, this.target, this.servers, this.exceptIds,
				union(this.exceptUids, uids));
	}

	@Override
	public Recipients onServer(String... servers) {
		Set<String> remaining = new HashSet<>(Arrays.asList(servers));
		if (this.servers != null) {
			remaining.retainAll(this.servers);
		}
		return new LocalRecipients(this.gateway, this.target, Set.copyOf(remaining), this.exceptIds, this.exceptUids);
	}

	@Override
	public void send(Object message) {
		deliver(new Delivery.Message(this.gateway.convert(message)));
	}

	@Override
	public void close(CloseReason reason) {
		deliver(new Delivery.Close(reason));
	}

	private void deliver(Delivery delivery) {
		Filter filter = new Filter(this.servers, this.gateway.open(this.exceptIds, this.exceptUids));
		this.target.deliver(filter, delivery);
	}

	private static Set<String> union(Set<String> some, String[] others) {
		Set<String> all = new LinkedHashSet<>(some);
		all.addAll(Arrays.asList(others));
		return Set.copyOf(all);
	}

	/**
	 * Reaches those whom a filter lets pass.
	 */
	interface Target {

		void deliver(Filter filter, Delivery delivery);

	}

}
