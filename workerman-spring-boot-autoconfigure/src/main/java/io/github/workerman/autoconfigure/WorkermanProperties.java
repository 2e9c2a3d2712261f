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

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.workerman.transport.TransportKind;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Configuration properties of the socket servers.
 */
@ConfigurationProperties("workerman")
public class WorkermanProperties {

	/**
	 * Whether the servers are started and the handlers looked for.
	 */
	private boolean enabled = true;

	/**
	 * Kind of the event loops. With auto, the best one whose native library is there.
	 */
	private TransportKind transport = TransportKind.AUTO;

	/**
	 * What every server has unless it says otherwise.
	 */
	@NestedConfigurationProperty
	private final ServerProperties defaults = new ServerProperties();

	/**
	 * Servers by name, with the keys of workerman.defaults.
	 */
	private final Map<String, ServerProperties> servers = new LinkedHashMap<>();

	private final Blocking blocking = new Blocking();

	private final BlockedLoop blockedLoop = new BlockedLoop();

	private final Shutdown shutdown = new Shutdown();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public TransportKind getTransport() {
		return this.transport;
	}

	public void setTransport(TransportKind transport) {
		this.transport = transport;
	}

	public ServerProperties getDefaults() {
		return this.defaults;
	}

	public Map<String, ServerProperties> getServers() {
		return this.servers;
	}

	public Blocking getBlocking() {
		return this.blocking;
	}

	public BlockedLoop getBlockedLoop() {
		return this.blockedLoop;
	}

	public Shutdown getShutdown() {
		return this.shutdown;
	}

	/**
	 * Handlers that run off the event loop.
	 */
	public static class Blocking {

		/**
		 * Maximum number of threads for blocking handlers. Doesn't have an effect if
		 * virtual threads are enabled.
		 */
		private int maxThreads = 64;

		public int getMaxThreads() {
			return this.maxThreads;
		}

		public void setMaxThreads(int maxThreads) {
			this.maxThreads = maxThreads;
		}

	}

	/**
	 * Handlers that hold up an event loop.
	 */
	public static class BlockedLoop {

		/**
		 * Time after which a handler that holds up an event loop is reported with its
		 * stack. Use 0 to never report.
		 */
		private Duration threshold = Duration.ofSeconds(2);

		public Duration getThreshold() {
			return this.threshold;
		}

		public void setThreshold(Duration threshold) {
			this.threshold = threshold;
		}

	}

	/**
	 * What happens when the application stops.
	 */
	public static class Shutdown {

		/**
		 * Time that the connections of all servers may take to end when the application
		 * stops. Use 0 to drop them at once. Should be shorter than
		 * spring.lifecycle.timeout-per-shutdown-phase.
		 */
		private Duration gracePeriod = Duration.ofSeconds(20);

		public Duration getGracePeriod() {
			return this.gracePeriod;
		}

		public void setGracePeriod(Duration gracePeriod) {
			this.gracePeriod = gracePeriod;
		}

	}

}
