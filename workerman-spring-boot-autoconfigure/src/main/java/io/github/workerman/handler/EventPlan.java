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

import java.util.List;

import io.github.workerman.handler.LifecycleEvent.Simple;

/**
 * Which handlers of one server an event goes to, shared by its connections.
 *
 * @param table the handlers by event
 * @param router finds the handler of a message
 * @param failures decides what an exception leads to
 * @param invoker calls handlers
 * @param messagesBlock whether every message goes to a handler that may block, so that
 * there is no need to look at it on the event loop
 */
record EventPlan(HandlerTable table, MessageRouter router, Failures failures, HandlerInvoker invoker,
		boolean messagesBlock) {

	EventPlan(HandlerTable table, MessageRouter router, Failures failures, HandlerInvoker invoker) {
		this(table, router, failures, invoker,
				!table.messages().isEmpty() && table.messages().stream().allMatch(HandlerMethod::isBlocking));
	}

	List<HandlerMethod> handlersOf(Simple event) {
		return switch (event) {
			case CONNECTED -> this.table.connect();
			case BUFFER_FULL -> this.table.bufferFull();
			case BUFFER_DRAINED -> this.table.bufferDrain();
		};
	}

}
