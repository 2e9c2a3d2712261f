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

package io.github.workerman.http;

import java.util.Arrays;

import io.github.workerman.resource.ResourceAnswer;
import io.github.workerman.resource.ResourceContent.FileContent;
import io.github.workerman.resource.ResourceContent.MemoryContent;
import io.github.workerman.resource.StaticResources;
import org.jspecify.annotations.Nullable;

/**
 * Answers with files and class path resources what no handler has a route for, before
 * handlers that take everything are asked.
 */
public final class StaticContent implements HttpListener {

	private final StaticResources resources;

	private final HttpListener handlers;

	/**
	 * Creates a listener.
	 * @param resources the resources
	 * @param handlers takes all other requests
	 */
	public StaticContent(StaticResources resources, HttpListener handlers) {
		this.resources = resources;
		this.handlers = handlers;
	}

	@Override
	public boolean hasRoute(HttpRequest request) {
		return this.handlers.hasRoute(request);
	}

	@Override
	public void request(HttpExchange exchange) {
		HttpRequest request = exchange.request();
		if (!this.handlers.hasRoute(request)) {
			String path = request.rawPath();
			ResourceAnswer answer = this.resources.answer(request.method(), path, (name) -> field(request, name));
			if (answer != null) {
				exchange.respond(response(answer, request.uri().substring(path.length())));
				return;
			}
		}
		this.handlers.request(exchange);
	}

	/**
	 * Returns what a request says of itself in a field, which is one list however often
	 * it is sent (RFC 9110 section 5.3).
	 * @param request the request
	 * @param name the field's name
	 * @return the value, or {@code null}
	 */
	public static @Nullable String field(HttpRequest request, String name) {
		String first = request.header(name);
		return (first != null) ? String.join(", ", request.headers(name)) : null;
	}

	/* Who is sent to the directory goes there with the query. */
	private static HttpResponse response(ResourceAnswer answer, String query) {
		String location = answer.headers().get("Location");
		HttpResponse response = response(answer);
		return (location != null && !query.isEmpty()) ? response.withHeader("Location", location + query) : response;
	}

	/**
	 * Makes a response of an answer.
	 * @param answer what was found
	 * @return the response
	 */
	public static HttpResponse response(ResourceAnswer answer) {
		return HttpResponse.of(answer.status(), answer.headers(), body(answer));
	}

	private static @Nullable Object body(ResourceAnswer answer) {
		if (answer.content() instanceof FileContent file) {
			return new FileBody(file.path(), answer.offset(), answer.length());
		}
		if (answer.content() instanceof MemoryContent memory) {
			int from = (int) answer.offset();
			int to = from + (int) answer.length();
			return (from == 0 && to == memory.bytes().length) ? memory.bytes()
					: Arrays.copyOfRange(memory.bytes(), from, to);
		}
		return null;
	}

}
