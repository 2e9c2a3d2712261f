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
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.github.workerman.connection.MessageKind;
import io.github.workerman.handler.HandlerDefinitionException.Problem;

/**
 * Finds two message handlers of a server that take the same messages of a connection.
 */
final class DuplicateCheck {

	private final HandlerSettings settings;

	DuplicateCheck(HandlerSettings settings) {
		this.settings = settings;
	}

	/*
	 * What a protocol that does not distinguish kinds makes depends on the handlers, so
	 * that one for text and one for bytes ask for the same messages.
	 */
	void check(List<HandlerMethod> handlers) {
		Map<String, List<HandlerMethod>> taken = new HashMap<>();
		for (HandlerMethod handler : handlers) {
			for (String slot : slots(handler)) {
				List<HandlerMethod> others = taken.computeIfAbsent(slot, (key) -> new ArrayList<>(1));
				for (HandlerMethod other : others) {
					if (HandlerPaths.meet(other.candidate(), handler.candidate(), this.settings.paths())) {
						throw duplicate(other, handler);
					}
				}
				others.add(handler);
			}
		}
	}

	private List<String> slots(HandlerMethod handler) {
		if (!handler.type().isEmpty()) {
			return List.of("type " + handler.type());
		}
		if (!this.settings.distinguishesKinds()) {
			return List.of("rest");
		}
		return handler.kinds().stream().map((kind) -> "rest " + kind).toList();
	}

	private HandlerDefinitionException duplicate(HandlerMethod first, HandlerMethod second) {
		HandlerCandidate candidate = second.candidate();
		String what = second.type().isEmpty() ? "untyped" : "messages of type '" + second.type() + "', that is to say";
		String kinds = second.type().isEmpty() ? kindText(first, second) : "the same";
		String description = "Two handlers of server '" + this.settings.server() + "' take " + what + " " + kinds
				+ " messages: " + first.candidate().where() + ", and " + candidate.where() + ".";
		String action = "Keep one of them, give one a type (@OnMessage(\"type\")), "
				+ (this.settings.paths().isEmpty() ? "" : "give each a path (@OnMessage(path = \"/path\")), ")
				+ "or narrow their beans to different servers with @WorkermanHandler(\"name\").";
		return candidate.problem(Problem.DUPLICATE_HANDLER, description, action);
	}

	private String kindText(HandlerMethod first, HandlerMethod second) {
		if (!this.settings.distinguishesKinds()) {
			return "(protocol '" + this.settings.protocol() + "' does not distinguish text from binary)";
		}
		Set<MessageKind> common = EnumSet.copyOf(first.kinds());
		common.retainAll(second.kinds());
		return common.iterator().next().name().toLowerCase(Locale.ROOT);
	}

}
