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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.workerman.connection.MessageKind;
import io.github.workerman.connection.spi.ConnectionListener;
import org.jspecify.annotations.Nullable;

/**
 * Puts the bound handlers of a server together.
 */
final class ServerHandlersFactory {

	private final HandlerSettings settings;

	private final HandlerServices services;

	ServerHandlersFactory(HandlerSettings settings, HandlerServices services) {
		this.settings = settings;
		this.services = services;
	}

	/**
	 * Puts handlers together.
	 * @param handlers the handlers of connections and those of the server
	 * @param variables what they take from the paths of connections
	 * @param requests handles requests, or {@code null}
	 */
	ServerHandlers create(List<HandlerMethod> handlers, PathVariables variables, @Nullable HttpDispatcher requests) {
		HandlerTable table = HandlerTable.of(handlers);
		new DuplicateCheck(this.settings).check(table.messages());
		ConnectionListener listener = PathListener.isNeeded(handlers, variables)
				? new PathListener(handlers, variables, (some) -> listener(HandlerTable.of(some))) : listener(table);
		if (requests != null) {
			listener = new PushedOnlyListener(listener);
		}
		List<HandlerMethod> all = new ArrayList<>(handlers);
		if (requests != null) {
			requests.handlers().stream().filter((handler) -> !all.contains(handler)).forEach(all::add);
		}
		boolean direct = table.isDirect() && (requests == null || requests.isDirect());
		LifecycleHandlers lifecycle = new LifecycleHandlers(this.settings.server(), handlers);
		return new ServerHandlers(listener, direct, kinds(table.messages()), descriptions(all), this.settings.paths(),
				requests, lifecycle::start, lifecycle::stop, lifecycle::reload);
	}

	private ConnectionListener listener(HandlerTable table) {
		Failures failures = new Failures(this.settings, table.errors(), this.services);
		MessageRouter router = new MessageRouter(table.messages(), this.services.messageCodec(),
				this.settings.messageTypeField());
		HandlerInvoker invoker = new HandlerInvoker(this.services.observer());
		HandshakeDispatcher handshakes = new HandshakeDispatcher(table.handshake(), failures, invoker,
				this.services.blockingExecutor());
		return table.isDirect() ? new DirectDispatcher(table, router, failures, invoker, handshakes)
				: new MailboxDispatcher(new EventPlan(table, router, failures, invoker), handshakes,
						this.services.blockingExecutor());
	}

	private Set<MessageKind> kinds(List<HandlerMethod> handlers) {
		Set<MessageKind> kinds = EnumSet.noneOf(MessageKind.class);
		handlers.forEach((handler) -> kinds.addAll(handler.kinds()));
		if (!this.settings.distinguishesKinds() && kinds.size() > 1) {
			// A handler that takes either, perhaps with typed ones, which need text.
			kinds.remove(MessageKind.BINARY);
		}
		return kinds;
	}

	private static List<HandlerDescription> descriptions(List<HandlerMethod> handlers) {
		return handlers.stream()
			.sorted(Comparator.comparing(HandlerMethod::event)
				.thenComparingInt((handler) -> handler.candidate().order()))
			.map(HandlerMethod::describe)
			.toList();
	}

}
