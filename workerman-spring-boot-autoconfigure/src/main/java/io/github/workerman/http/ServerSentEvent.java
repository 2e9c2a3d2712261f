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

import java.time.Duration;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * An event of a stream that a browser reads with {@code EventSource} (HTML living
 * standard, section 9.2). Immutable.
 *
 * @param data what the event says: a {@code String} as it is, any other object as JSON;
 * {@code null} for an event that says nothing, which browsers ignore
 * @param event the event's type, or {@code null} for {@code message}
 * @param id what the browser sends as {@code Last-Event-ID} when it connects again, or
 * {@code null}
 * @param retry after what time the browser is to connect again, or {@code null}
 * @param comment what browsers ignore, for instance to keep the connection alive, or
 * {@code null}
 */
public record ServerSentEvent(@Nullable Object data, @Nullable String event, @Nullable String id,
		@Nullable Duration retry, @Nullable String comment) {

	/**
	 * Creates an event.
	 * @throws IllegalArgumentException if type or id have a line break
	 */
	public ServerSentEvent {
		checkLine(event);
		checkLine(id);
	}

	private static void checkLine(@Nullable String value) {
		if (value != null && (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.indexOf(0) >= 0)) {
			throw new IllegalArgumentException("The type and the id of an event are one line each");
		}
	}

	/**
	 * Returns an event.
	 * @param data what it says
	 * @return the event
	 */
	public static ServerSentEvent of(Object data) {
		return new ServerSentEvent(data, null, null, null, null);
	}

	/**
	 * Returns a comment, which keeps connections alive and is otherwise ignored.
	 * @param comment the comment
	 * @return the event
	 */
	public static ServerSentEvent comment(String comment) {
		return new ServerSentEvent(null, null, null, null, comment);
	}

	/**
	 * Sets the type.
	 * @param event the type
	 * @return the event with it
	 */
	public ServerSentEvent withEvent(String event) {
		return new ServerSentEvent(this.data, event, this.id, this.retry, this.comment);
	}

	/**
	 * Sets the id.
	 * @param id the id
	 * @return the event with it
	 */
	public ServerSentEvent withId(String id) {
		return new ServerSentEvent(this.data, this.event, id, this.retry, this.comment);
	}

	/**
	 * Sets after what time the browser is to connect again.
	 * @param retry the time
	 * @return the event with it
	 */
	public ServerSentEvent withRetry(Duration retry) {
		return new ServerSentEvent(this.data, this.event, this.id, retry, this.comment);
	}

	/**
	 * Returns the event as it is sent.
	 * @param json turns data that is no {@code String} into text
	 * @return the lines, with the empty one at the end
	 */
	public String encode(Function<Object, String> json) {
		StringBuilder lines = new StringBuilder();
		if (this.comment != null) {
			lines(lines, ": ", this.comment);
		}
		if (this.event != null) {
			lines(lines, "event: ", this.event);
		}
		if (this.id != null) {
			lines(lines, "id: ", this.id);
		}
		if (this.retry != null) {
			lines(lines, "retry: ", String.valueOf(this.retry.toMillis()));
		}
		if (this.data != null) {
			lines(lines, "data: ", (this.data instanceof String text) ? text : json.apply(this.data));
		}
		return lines.append('\n').toString();
	}

	private static void lines(StringBuilder lines, String field, String value) {
		for (String line : value.split("\r\n|\r|\n", -1)) {
			lines.append(field).append(line).append('\n');
		}
	}

}
