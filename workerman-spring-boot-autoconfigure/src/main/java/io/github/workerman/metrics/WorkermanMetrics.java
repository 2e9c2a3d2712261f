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

package io.github.workerman.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.workerman.connection.spi.ConnectionListener;
import io.github.workerman.handler.InvocationObserver;
import io.github.workerman.server.ListenerDecorator;
import io.github.workerman.server.WorkermanServer;
import io.github.workerman.server.WorkermanServerEvent;
import io.github.workerman.server.WorkermanServerStartedEvent;
import io.github.workerman.server.WorkermanServerStoppedEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.context.ApplicationListener;

/**
 * The meters of all servers: there while a server runs, gone when it has stopped. Nothing
 * of it is called for a single message but the bookkeeping of {@link #observer()}.
 */
public final class WorkermanMetrics
		implements MeterBinder, ListenerDecorator, ApplicationListener<WorkermanServerEvent> {

	private final MeterBook book = new MeterBook();

	private final HandlerMetrics handlers = new HandlerMetrics(this.book);

	private final Map<String, MetricsListener> listeners = new ConcurrentHashMap<>();

	/**
	 * Returns what measures the handlers.
	 * @return the observer
	 */
	public InvocationObserver observer() {
		return this.handlers;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.book.addRegistry(registry);
	}

	@Override
	public ConnectionListener decorate(WorkermanServer server, ConnectionListener listener) {
		this.handlers.starting(server);
		MetricsListener decorated = new MetricsListener(this.handlers, listener);
		this.listeners.put(server.name(), decorated);
		return decorated;
	}

	@Override
	public void onApplicationEvent(WorkermanServerEvent event) {
		WorkermanServer server = event.server();
		if (event instanceof WorkermanServerStartedEvent) {
			this.handlers.prepare(server);
			this.book.open(server.name());
			this.handlers.register(server.name());
			new ServerMeters(this.book, server).register(this.listeners.get(server.name()));
		}
		else if (event instanceof WorkermanServerStoppedEvent) {
			this.book.close(server.name());
			this.handlers.remove(server.name());
			this.listeners.remove(server.name());
		}
	}

}
