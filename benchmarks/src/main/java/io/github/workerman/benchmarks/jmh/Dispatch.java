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

package io.github.workerman.benchmarks.jmh;

import java.util.List;

import io.github.workerman.benchmarks.Protocol;
import io.github.workerman.benchmarks.server.Mode;
import io.github.workerman.benchmarks.server.ServerOptions;
import io.github.workerman.benchmarks.server.Transport;
import io.github.workerman.benchmarks.server.WorkermanServer;
import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.execution.ExecutionMode;
import io.github.workerman.handler.HandlerRegistry;
import io.github.workerman.handler.HandlerServices;
import io.github.workerman.handler.HandlerSettings;
import io.github.workerman.handler.InvocationObserver;
import io.github.workerman.handler.UnhandledErrorPolicy;
import io.github.workerman.metrics.WorkermanMetrics;
import io.github.workerman.protocol.MessageCodec;
import io.github.workerman.server.WorkermanServerRegistry;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * The listeners of an application with one handler, as its server has them.
 */
final class Dispatch implements AutoCloseable {

	static final String SERVER = WorkermanServer.NAME;

	private static final HandlerSettings SETTINGS = new HandlerSettings(SERVER, "text", false, false, "type",
			ExecutionMode.EVENT_LOOP, UnhandledErrorPolicy.KEEP);

	private final ConfigurableApplicationContext context;

	private final ConnectionListener plain;

	private final ConnectionListener measured;

	Dispatch(Class<?> handler) {
		this.context = WorkermanServer
			.startApplication(new ServerOptions(Protocol.TEXT, Mode.ECHO, 0, Transport.NIO, 1), handler);
		HandlerServices services = new HandlerServices(Runnable::run, this.context.getBean(MessageCodec.class), null,
				List.of(), List.of(), InvocationObserver.NONE);
		this.plain = new HandlerRegistry(this.context.getBeanFactory(), services).handlersOf(SETTINGS).listener();
		ConnectionListener observed = this.context.getBean(HandlerRegistry.class).handlersOf(SETTINGS).listener();
		this.measured = this.context.getBean(WorkermanMetrics.class)
			.decorate(this.context.getBean(WorkermanServerRegistry.class).find(SERVER).orElseThrow(), observed);
	}

	/**
	 * Returns the handler's dispatcher without metrics.
	 * @return the listener
	 */
	ConnectionListener plain() {
		return this.plain;
	}

	/**
	 * Returns the handler's dispatcher with what measures messages and handlers.
	 * @return the listener
	 */
	ConnectionListener measured() {
		return this.measured;
	}

	@Override
	public void close() {
		this.context.close();
	}

}
