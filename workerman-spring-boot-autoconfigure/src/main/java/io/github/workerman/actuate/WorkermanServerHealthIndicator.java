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

package io.github.workerman.actuate;

import java.net.SocketAddress;

import io.github.workerman.connection.Addresses;
import io.github.workerman.server.WorkermanServer;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * {@link HealthIndicator} of one server: up when it listens, out of service while it
 * drains, down otherwise. Does not block.
 */
public class WorkermanServerHealthIndicator extends AbstractHealthIndicator {

	private final WorkermanServer server;

	/**
	 * Creates an indicator.
	 * @param server the server
	 */
	public WorkermanServerHealthIndicator(WorkermanServer server) {
		this.server = server;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		switch (this.server.state()) {
			case RUNNING -> builder.up();
			case DRAINING -> builder.outOfService();
			case STARTING, STOPPING, STOPPED -> builder.down();
		}
		builder.withDetail("protocol", this.server.definition().protocol());
		SocketAddress address = this.server.address();
		if (address != null) {
			builder.withDetail("address", Addresses.format(address));
		}
		builder.withDetail("connections", this.server.connectionCount());
	}

}
