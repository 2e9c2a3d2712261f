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

package io.github.workerman.resource;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a request for a resource is answered with. Immutable.
 *
 * @param status the HTTP status: 200, 204, 206, 304, 308, 405, 412 or 416
 * @param headers the headers; {@code Content-Length} is among them where there is content
 * @param content the content, which {@code HEAD} only asks about, or {@code null} if
 * there is none
 * @param offset where to begin in the content, in bytes
 * @param length how many bytes to send
 */
public record ResourceAnswer(int status, Map<String, String> headers, @Nullable ResourceContent content, long offset,
		long length) {

	/**
	 * Creates an answer.
	 */
	public ResourceAnswer {
		headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
	}

	static ResourceAnswer empty(int status, Map<String, String> headers) {
		return new ResourceAnswer(status, headers, null, 0, 0);
	}

}
