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

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.workerman.http.HttpException;
import io.github.workerman.http.HttpRequest;
import io.github.workerman.http.HttpResponse;
import io.github.workerman.http.StaticContent;
import io.github.workerman.resource.ResourceAnswer;
import io.github.workerman.resource.StaticResources;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;

/**
 * Makes responses of files that handlers return: with entity tag, ranges and the rest.
 */
final class HttpFiles {

	private HttpFiles() {
	}

	/**
	 * Tells whether what a handler returned is a file, or a response with one as its
	 * body.
	 */
	static boolean isFile(@Nullable Object value) {
		Object body = (value instanceof HttpResponse response) ? response.body() : value;
		return body instanceof Path || body instanceof File || body instanceof Resource;
	}

	/**
	 * Makes a response of it.
	 * @param value what a handler returned
	 * @param request what it was asked
	 * @param status the status unless the value says so itself
	 * @throws HttpException 404 if there is no such file
	 */
	static HttpResponse response(@Nullable Object value, HttpRequest request, int status) {
		HttpResponse asked = (value instanceof HttpResponse response) ? response
				: HttpResponse.of(status).withBody(value);
		try {
			ResourceAnswer answer = answer(asked, request);
			if (answer != null) {
				return with(StaticContent.response(answer), asked);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(asked.body() + " cannot be read", ex);
		}
		throw new HttpException(404, "Not Found");
	}

	private static @Nullable ResourceAnswer answer(HttpResponse asked, HttpRequest request) throws IOException {
		boolean head = request.method().equals("HEAD");
		// Ranges and conditions are about what GET would bring, and about nothing else.
		boolean plain = asked.status() != 200 || !(head || request.method().equals("GET"));
		return answer(asked.body(), head ? "HEAD" : "GET",
				plain ? (name) -> null : (name) -> StaticContent.field(request, name));
	}

	private static @Nullable ResourceAnswer answer(@Nullable Object body, String method,
			Function<String, @Nullable String> headers) throws IOException {
		if (body instanceof Path path) {
			return StaticResources.answer(path, method, headers);
		}
		if (body instanceof File file) {
			return StaticResources.answer(file.toPath(), method, headers);
		}
		return (body instanceof Resource resource) ? answer(resource, method, headers) : null;
	}

	private static @Nullable ResourceAnswer answer(Resource resource, String method,
			Function<String, @Nullable String> headers) throws IOException {
		if (resource.isFile()) {
			return StaticResources.answer(resource.getFile().toPath(), method, headers);
		}
		try {
			String name = resource.getFilename();
			return StaticResources.answer((name != null) ? name : "", resource.getContentAsByteArray(), method,
					headers);
		}
		catch (FileNotFoundException ex) {
			return null;
		}
	}

	/* What the handler says counts more than what is known of the file. */
	private static HttpResponse with(HttpResponse file, HttpResponse asked) {
		HttpResponse result = (asked.status() != 200) ? file.withStatus(asked.status()) : file;
		if (HttpResults.isWithoutContent(asked.status())) {
			result = result.withBody(null);
		}
		for (Map.Entry<String, List<String>> field : asked.headers().entrySet()) {
			result = result.withHeader(field.getKey(), field.getValue().get(0));
			for (String value : field.getValue().subList(1, field.getValue().size())) {
				result = result.withAddedHeader(field.getKey(), value);
			}
		}
		return result;
	}

}
