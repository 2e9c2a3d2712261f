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
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Finds the handlers of an exception.
 */
final class ErrorRouter {

	private final List<HandlerMethod> handlers;

	ErrorRouter(List<HandlerMethod> handlers) {
		this.handlers = handlers;
	}

	/**
	 * Finds the handlers with the closest exception type, those of the same bean if there
	 * are any.
	 * @param error the exception
	 * @param bean the name of the bean that failed, or {@code null} if none did
	 * @return the handlers in order, possibly none
	 */
	List<HandlerMethod> route(Throwable error, @Nullable String bean) {
		if (this.handlers.isEmpty()) {
			return List.of();
		}
		List<HandlerMethod> same = (bean != null) ? closest(error, bean) : List.of();
		return same.isEmpty() ? closest(error, null) : same;
	}

	private List<HandlerMethod> closest(Throwable error, @Nullable String bean) {
		List<HandlerMethod> closest = new ArrayList<>();
		int least = Integer.MAX_VALUE;
		for (HandlerMethod handler : this.handlers) {
			int distance = (bean == null || bean.equals(handler.bean())) ? distance(error, handler) : Integer.MAX_VALUE;
			if (distance < least) {
				closest.clear();
				least = distance;
			}
			if (distance == least && distance != Integer.MAX_VALUE) {
				closest.add(handler);
			}
		}
		return closest;
	}

	private static int distance(Throwable error, HandlerMethod handler) {
		int least = Integer.MAX_VALUE;
		for (Class<? extends Throwable> type : handler.payload().errors()) {
			if (type.isInstance(error)) {
				int distance = 0;
				for (Class<?> c = error.getClass(); c != type && c != null; c = c.getSuperclass()) {
					distance++;
				}
				least = Math.min(least, distance);
			}
		}
		return least;
	}

}
