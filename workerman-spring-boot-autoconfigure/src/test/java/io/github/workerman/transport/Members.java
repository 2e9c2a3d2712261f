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

package io.github.workerman.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import io.github.workerman.connection.spi.Audience;
import io.github.workerman.connection.spi.ManagedConnection;

/**
 * An audience of connections of one loop.
 */
public final class Members implements Audience {

	private final List<ManagedConnection> connections = new ArrayList<>();

	private Members() {
	}

	public static Members of(PeerRecord... peers) {
		Members members = new Members();
		Arrays.stream(peers).map(PeerRecord::connection).forEach(members.connections::add);
		return members;
	}

	public ManagedConnection connection(int index) {
		return this.connections.get(index);
	}

	/**
	 * Sends to all members, on their loop.
	 */
	public void broadcast(Object message) {
		this.connections.get(0).loop().broadcast(this, message);
	}

	@Override
	public void forEach(Consumer<? super ManagedConnection> action) {
		this.connections.forEach(action);
	}

	@Override
	public boolean includes(ManagedConnection connection) {
		return this.connections.contains(connection);
	}

}
