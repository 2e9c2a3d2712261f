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

import java.util.Comparator;
import java.util.List;

/**
 * The handlers of one server by event, each list in the order of calls.
 *
 * @param handshake for handshakes
 * @param connect for new connections
 * @param messages for messages
 * @param bufferFull for full send buffers
 * @param bufferDrain for drained send buffers
 * @param errors for exceptions
 * @param close for closed connections
 */
record HandlerTable(List<HandlerMethod> handshake, List<HandlerMethod> connect, List<HandlerMethod> messages,
		List<HandlerMethod> bufferFull, List<HandlerMethod> bufferDrain, List<HandlerMethod> errors,
		List<HandlerMethod> close) {

	static HandlerTable of(List<HandlerMethod> handlers) {
		return new HandlerTable(select(handlers, HandlerEvent.HANDSHAKE), select(handlers, HandlerEvent.CONNECT),
				select(handlers, HandlerEvent.MESSAGE), select(handlers, HandlerEvent.BUFFER_FULL),
				select(handlers, HandlerEvent.BUFFER_DRAIN), select(handlers, HandlerEvent.ERROR),
				select(handlers, HandlerEvent.CLOSE));
	}

	static List<HandlerMethod> select(List<HandlerMethod> handlers, HandlerEvent event) {
		return handlers.stream()
			.filter((handler) -> handler.event() == event)
			.sorted(Comparator.comparingInt((handler) -> handler.candidate().order()))
			.toList();
	}

	/**
	 * Tells whether everything can be called on the event loop, one after the other.
	 * Handshakes do not count: nothing else happens to a connection meanwhile.
	 */
	boolean isDirect() {
		return List.of(this.connect, this.messages, this.bufferFull, this.bufferDrain, this.errors, this.close)
			.stream()
			.flatMap(List::stream)
			.noneMatch((handler) -> handler.isBlocking() || handler.isAsynchronous());
	}

}
