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

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * A response. Immutable, so that one can be kept and returned again, unless its body is a
 * stream that can be read only once.
 * <p>
 * What describes the body on the wire ({@code Content-Length}, {@code Transfer-Encoding})
 * and {@code Connection} are the server's own and ignored here.
 */
public final class HttpResponse {

	private static final HttpResponse OK = new HttpResponse(200, Map.of(), null);

	private static final HttpResponse NO_CONTENT = new HttpResponse(204, Map.of(), null);

	private static final String EVENTS = "text/event-stream";

	private final int status;

	private final Map<String, List<String>> headers;

	private final @Nullable Object body;

	private HttpResponse(int status, Map<String, List<String>> headers, @Nullable Object body) {
		this.status = status;
		this.headers = headers;
		this.body = body;
	}

	/**
	 * Returns a response without a body.
	 * @param status the status, 200 to 599
	 * @return the response
	 */
	public static HttpResponse of(int status) {
		if (status < 200 || status > 599) {
			throw new IllegalArgumentException("A response cannot have the status " + status);
		}
		return switch (status) {
			case 200 -> OK;
			case 204 -> NO_CONTENT;
			default -> new HttpResponse(status, Map.of(), null);
		};
	}

	/**
	 * Returns a response with fields that each have one value.
	 */
	static HttpResponse of(int status, Map<String, String> fields, @Nullable Object body) {
		Map<String, List<String>> headers = new LinkedHashMap<>();
		fields.forEach((name, value) -> {
			HeaderSyntax.checkName(name);
			HeaderSyntax.checkValue(value);
			headers.put(name, List.of(value));
		});
		return new HttpResponse(of(status).status(), Collections.unmodifiableMap(headers), body);
	}

	/**
	 * Returns a response 200.
	 * @param body the body, see {@link #withBody(Object)}
	 * @return the response
	 */
	public static HttpResponse ok(Object body) {
		return OK.withBody(body);
	}

	/**
	 * Returns a page: 200 with {@code text/html;charset=utf-8}.
	 * @param html the page; what comes from somewhere else must have been escaped
	 * @return the response
	 */
	public static HttpResponse html(String html) {
		return OK.withContentType("text/html;charset=utf-8").withBody(html);
	}

	/**
	 * Sends the client somewhere else: 302.
	 * @param location where to
	 * @return the response
	 */
	public static HttpResponse redirect(String location) {
		return of(302).withHeader("Location", location);
	}

	/**
	 * Returns a stream of events: 200 with {@code text/event-stream}, not to be cached.
	 * @param events the events, of which as many are asked for as the client takes; ended
	 * when it leaves
	 * @return the response
	 */
	public static HttpResponse events(Publisher<ServerSentEvent> events) {
		return OK.withContentType(EVENTS).withHeader("Cache-Control", "no-store").withBody(events);
	}

	/**
	 * Sets a header field in place of those of that name.
	 * @param name the name
	 * @param value the value
	 * @return the response with it
	 * @throws IllegalArgumentException if the name is no token, or the value has a line
	 * break or another character that cannot be sent
	 */
	public HttpResponse withHeader(String name, String value) {
		return header(name, value, false);
	}

	/**
	 * Adds a header field to those of that name; otherwise as {@link #withHeader}.
	 * @param name the name
	 * @param value the value
	 * @return the response with it
	 */
	public HttpResponse withAddedHeader(String name, String value) {
		return header(name, value, true);
	}

	private HttpResponse header(String name, String value, boolean add) {
		HeaderSyntax.checkName(name);
		HeaderSyntax.checkValue(value);
		Map<String, List<String>> copy = new LinkedHashMap<>(this.headers);
		List<String> values = new ArrayList<>(2);
		for (String other : this.headers.keySet()) {
			if (other.equalsIgnoreCase(name)) {
				List<String> before = copy.remove(other);
				if (add && before != null) {
					values.addAll(before);
				}
			}
		}
		values.add(value);
		copy.put(name, List.copyOf(values));
		return new HttpResponse(this.status, Collections.unmodifiableMap(copy), this.body);
	}

	/**
	 * Sets the content type. Without one the kind of body decides.
	 * @param contentType the type, for instance {@code text/csv;charset=utf-8}
	 * @return the response with it
	 */
	public HttpResponse withContentType(String contentType) {
		return withHeader("Content-Type", contentType);
	}

	/**
	 * Adds a cookie.
	 * @param cookie the cookie
	 * @return the response with it
	 */
	public HttpResponse withCookie(HttpCookie cookie) {
		return withAddedHeader("Set-Cookie", cookie.toString());
	}

	/**
	 * Sets the body.
	 * @param body a {@code String} ({@code text/plain}), {@code byte[]}
	 * ({@code application/octet-stream}), a {@code Path}, {@code File} or
	 * {@code Resource}, which is sent with its type, size and version, a
	 * {@code Publisher} of strings, bytes or {@link ServerSentEvent}s, which is sent in
	 * chunks, or any other object ({@code application/json})
	 * @return the response with it
	 */
	public HttpResponse withBody(@Nullable Object body) {
		return new HttpResponse(this.status, this.headers, body);
	}

	/**
	 * Sets the status.
	 * @param status the status, 200 to 599
	 * @return the response with it
	 */
	public HttpResponse withStatus(int status) {
		return new HttpResponse(of(status).status(), this.headers, this.body);
	}

	/**
	 * Returns the status.
	 * @return the status
	 */
	public int status() {
		return this.status;
	}

	/**
	 * Returns the header fields.
	 * @return the values by name, in order
	 */
	public Map<String, List<String>> headers() {
		return this.headers;
	}

	/**
	 * Returns the first value of a header field.
	 * @param name the name, in any case
	 * @return the value, or {@code null}
	 */
	public @Nullable String header(String name) {
		for (Map.Entry<String, List<String>> entry : this.headers.entrySet()) {
			if (entry.getKey().equalsIgnoreCase(name)) {
				return entry.getValue().get(0);
			}
		}
		return null;
	}

	/**
	 * Tells whether the body is a stream of events, which is what the content type says.
	 * @return whether it is
	 */
	public boolean isEvents() {
		String type = header("Content-Type");
		return type != null && type.regionMatches(true, 0, EVENTS, 0, EVENTS.length())
				&& (type.length() == EVENTS.length() || " \t;".indexOf(type.charAt(EVENTS.length())) >= 0);
	}

	/**
	 * Returns the body.
	 * @return the body, or {@code null}
	 */
	public @Nullable Object body() {
		return this.body;
	}

	@Override
	public String toString() {
		return "HTTP " + this.status;
	}

}
