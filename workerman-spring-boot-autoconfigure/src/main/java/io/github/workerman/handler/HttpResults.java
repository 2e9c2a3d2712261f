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

import java.nio.ByteBuffer;
import java.util.function.Function;

import io.github.workerman.connection.MessageConversionException;
import io.github.workerman.http.FileBody;
import io.github.workerman.http.HttpResponse;
import io.github.workerman.http.ServerSentEvent;
import io.github.workerman.protocol.MessageCodec;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * Makes responses of what handlers return.
 */
final class HttpResults {

	private static final String TEXT = "text/plain;charset=utf-8";

	private static final String BYTES = "application/octet-stream";

	private static final String JSON = "application/json";

	private static final String JSON_LINES = "application/x-ndjson";

	private final @Nullable MessageCodec codec;

	HttpResults(@Nullable MessageCodec codec) {
		this.codec = codec;
	}

	/**
	 * Makes a response of a value.
	 * @param value what a handler returned, or {@code null}
	 * @param status the status unless the value says so itself
	 * @param elements the type of a stream's elements
	 */
	HttpResponse response(@Nullable Object value, int status, Class<?> elements) {
		if (value instanceof HttpResponse response) {
			Object body = response.body();
			return (body == null) ? response : withBody(response, body, Object.class);
		}
		if (value == null) {
			return HttpResponse.of((status == 200) ? 204 : status);
		}
		if (ServerSentEvent.class.isAssignableFrom(elements) && value instanceof Publisher<?> publisher) {
			return withBody(HttpResponse.events(Flux.from(publisher).cast(ServerSentEvent.class)), publisher, elements);
		}
		if (value instanceof ServerSentEvent event) {
			Flux<ServerSentEvent> events = Flux.just(event);
			return withBody(HttpResponse.events(events), events, ServerSentEvent.class);
		}
		return withBody(HttpResponse.of(status), value, elements);
	}

	/**
	 * Tells whether responses with a status have no content, whatever a handler says.
	 */
	static boolean isWithoutContent(int status) {
		return status == 204 || status == 205 || status == 304;
	}

	private HttpResponse withBody(HttpResponse response, Object body, Class<?> elements) {
		if (isWithoutContent(response.status())) {
			return response.withBody(null);
		}
		boolean typed = response.header("Content-Type") != null;
		if (body instanceof String) {
			return typed ? response : typed(response, body, TEXT);
		}
		if (body instanceof FileBody) {
			return typed ? response : typed(response, body, BYTES);
		}
		if (body instanceof byte[]) {
			return typed ? response : typed(response, body, BYTES);
		}
		if (body instanceof ByteBuffer buffer) {
			byte[] bytes = new byte[buffer.remaining()];
			buffer.duplicate().get(bytes);
			return typed ? response.withBody(bytes) : typed(response, bytes, BYTES);
		}
		if (body instanceof Publisher<?> publisher) {
			return stream(response, publisher, elements, typed);
		}
		String json = json(body);
		return typed ? response.withBody(json) : typed(response, json, JSON);
	}

	private static HttpResponse typed(HttpResponse response, Object body, String type) {
		return response.withContentType(type).withBody(body);
	}

	private HttpResponse stream(HttpResponse response, Publisher<?> publisher, Class<?> elements, boolean typed) {
		Function<Object, Object> encode = this::encode;
		HttpResponse encoded = response.withBody(Flux.from(publisher).map(encode));
		if (typed) {
			return encoded;
		}
		boolean text = elements == Object.class || CharSequence.class.isAssignableFrom(elements);
		boolean bytes = elements == byte[].class || ByteBuffer.class.isAssignableFrom(elements);
		return encoded.withContentType(bytes ? BYTES : text ? TEXT : JSON_LINES);
	}

	private Object encode(Object element) {
		if (element instanceof String || element instanceof byte[]) {
			return element;
		}
		if (element instanceof ServerSentEvent event) {
			return event.encode(this::json);
		}
		if (element instanceof ByteBuffer buffer) {
			byte[] bytes = new byte[buffer.remaining()];
			buffer.duplicate().get(bytes);
			return bytes;
		}
		return json(element) + "\n";
	}

	String json(Object value) {
		if (this.codec == null) {
			throw new MessageConversionException("Cannot write a " + value.getClass().getName()
					+ " as JSON: add spring-boot-starter-jackson to the class path", null);
		}
		return this.codec.write(value);
	}

	boolean hasJson() {
		return this.codec != null;
	}

}
