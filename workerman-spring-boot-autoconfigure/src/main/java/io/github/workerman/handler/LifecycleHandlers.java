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

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Calls the handlers for what happens to a server itself.
 */
final class LifecycleHandlers {

	private static final Log logger = LogFactory.getLog(LifecycleHandlers.class);

	private final String server;

	private final List<HandlerMethod> starting;

	private final List<HandlerMethod> stopping;

	private final List<HandlerMethod> reloading;

	LifecycleHandlers(String server, List<HandlerMethod> handlers) {
		this.server = server;
		this.starting = HandlerTable.select(handlers, HandlerEvent.SERVER_START);
		this.stopping = HandlerTable.select(handlers, HandlerEvent.SERVER_STOP);
		this.reloading = HandlerTable.select(handlers, HandlerEvent.SERVER_RELOAD);
	}

	/**
	 * Calls the handlers for the start. When one fails, beans of which all have been
	 * called are told that the server stops.
	 */
	void start() {
		for (int i = 0; i < this.starting.size(); i++) {
			try {
				start(this.starting.get(i));
			}
			catch (RuntimeException | Error ex) {
				stopBegun(i);
				throw ex;
			}
		}
	}

	void stop() {
		this.stopping.forEach(this::notify);
	}

	void reload() {
		this.reloading.forEach(this::notify);
	}

	private void start(HandlerMethod handler) {
		try {
			handler.call(null, this.server);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(handler.candidate().where() + " failed", ex);
		}
	}

	private void stopBegun(int called) {
		Set<String> begun = beans(this.starting.subList(0, called));
		begun.removeAll(beans(this.starting.subList(called, this.starting.size())));
		this.stopping.stream().filter((handler) -> begun.contains(handler.candidate().bean())).forEach(this::notify);
	}

	private static Set<String> beans(List<HandlerMethod> handlers) {
		Set<String> beans = new HashSet<>();
		handlers.forEach((handler) -> beans.add(handler.candidate().bean()));
		return beans;
	}

	private void notify(HandlerMethod handler) {
		try {
			handler.call(null, this.server);
		}
		catch (Throwable ex) {
			logger.error("Handler " + handler + " (" + handler.event() + ") of server '" + this.server + "' failed",
					ex);
		}
	}

}
