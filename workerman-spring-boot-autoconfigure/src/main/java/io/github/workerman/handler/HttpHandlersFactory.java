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
import java.util.Arrays;
import java.util.List;

import io.github.workerman.annotation.PathParam;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.WebSocketConnection;
import io.github.workerman.handler.HandlerDefinitionException.Problem;
import io.github.workerman.http.HttpRequest;
import io.github.workerman.http.HttpSession;

/**
 * Tells the handlers of an http server's requests from those of its websocket
 * connections. Where the server has both, {@code @OnMessage} is for messages unless the
 * method takes a request.
 */
final class HttpHandlersFactory {

	private final HandlerSettings settings;

	private final HandlerServices services;

	private final HandlerBinder binder;

	HttpHandlersFactory(HandlerSettings settings, HandlerServices services, HandlerBinder binder) {
		this.settings = settings;
		this.services = services;
		this.binder = binder;
	}

	ServerHandlers create(List<HandlerCandidate> candidates) {
		List<HandlerMethod> requests = new ArrayList<>();
		List<HandlerMethod> others = new ArrayList<>();
		for (HandlerCandidate candidate : candidates) {
			if (takesRequests(candidate)) {
				requests.add(this.binder.bind(candidate, this.settings.forRequests()));
			}
			if (takesOthers(candidate)) {
				others.add(this.binder.bind(candidate, this.settings.forWebSockets()));
			}
		}
		checkRest(requests);
		return new ServerHandlersFactory(this.settings.forWebSockets(), this.services).create(others,
				this.binder.pathVariables(), new HttpDispatcher(requests, this.settings, this.services));
	}

	private boolean takesRequests(HandlerCandidate candidate) {
		return switch (candidate.event()) {
			case REQUEST -> true;
			case MESSAGE -> asksForRequest(candidate)
					|| (!this.settings.webSocket() && candidate.type().isEmpty() && !asksForWebSocket(candidate));
			case ERROR -> asksForRequest(candidate) || !asksForWebSocket(candidate);
			default -> false;
		};
	}

	private boolean takesOthers(HandlerCandidate candidate) {
		if (candidate.event().isOfServer()) {
			return true;
		}
		return this.settings.webSocket() && candidate.event() != HandlerEvent.REQUEST && !asksForRequest(candidate);
	}

	private static boolean asksForRequest(HandlerCandidate candidate) {
		return Arrays.stream(candidate.method().getParameterTypes())
			.anyMatch((type) -> type == HttpRequest.class || type == HttpSession.class);
	}

	private static boolean asksForWebSocket(HandlerCandidate candidate) {
		return !candidate.paths().isEmpty() || Arrays.stream(candidate.method().getParameters())
			.anyMatch((parameter) -> parameter.getType() == WebSocketConnection.class
					|| parameter.getType() == Handshake.class || parameter.isAnnotationPresent(PathParam.class));
	}

	private void checkRest(List<HandlerMethod> requests) {
		List<HandlerMethod> rest = requests.stream()
			.filter((handler) -> handler.event() == HandlerEvent.MESSAGE)
			.toList();
		if (rest.size() > 1) {
			HandlerCandidate candidate = rest.get(1).candidate();
			throw candidate.problem(Problem.DUPLICATE_HANDLER,
					"Two handlers of server '" + this.settings.server() + "' take all requests: "
							+ rest.get(0).candidate().where() + ", and " + candidate.where() + ".",
					"Keep one of them, or give them paths with @OnRequest(\"/path\").");
		}
	}

}
