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

	static boolean isFile(@Nullable Object value) {
		return value instanceof Path || value instanceof File || value instanceof Resource;
	}

	static HttpResponse response(@Nullable Object value, HttpRequest request) {
		try {
			ResourceAnswer answer = answer(value, request);
			if (answer != null) {
				return StaticContent.response(answer);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(value + " cannot be read", ex);
		}
		throw new HttpException(404, "Not Found");
	}

	private static @Nullable ResourceAnswer answer(@Nullable Object value, HttpRequest request) throws IOException {
		if (value instanceof Path path) {
			return StaticResources.answer(path, request.method(), request::header);
		}
		if (value instanceof File file) {
			return StaticResources.answer(file.toPath(), request.method(), request::header);
		}
		return (value instanceof Resource resource) ? answer(resource, request) : null;
	}

	private static @Nullable ResourceAnswer answer(Resource resource, HttpRequest request) throws IOException {
		if (resource.isFile()) {
			return StaticResources.answer(resource.getFile().toPath(), request.method(), request::header);
		}
		try {
			String name = resource.getFilename();
			return StaticResources.answer((name != null) ? name : "", resource.getContentAsByteArray(),
					request.method(), request::header);
		}
		catch (FileNotFoundException ex) {
			return null;
		}
	}

}
