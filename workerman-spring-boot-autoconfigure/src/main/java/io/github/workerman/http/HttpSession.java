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

import java.time.Instant;
import java.util.Set;

import io.github.workerman.connection.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * What the server keeps for one client between its requests, found by a cookie. Begins
 * when something is set in it, not before; ends when it is {@linkplain #invalidate()
 * invalidated}, when no request has asked for it during
 * {@code workerman.servers.<name>.http.session.timeout}, and with the server.
 * <p>
 * One object for each request; usable from any thread, also while other requests of the
 * client use the session. Once the response has begun, a session can neither begin nor
 * change its identifier: the client could not be told.
 */
public interface HttpSession extends Attributes {

	/**
	 * Returns the identifier, which is all that proves who the client is. Begins the
	 * session.
	 * @return the identifier, not to be logged
	 * @throws IllegalStateException if the session would begin after the response
	 * @throws HttpException with status 503 if there are as many sessions as there may be
	 */
	String id();

	/**
	 * Tells whether the client did not come with this session.
	 * @return {@code true} if it begins with this request or has not begun
	 */
	boolean isNew();

	/**
	 * Returns when the session began.
	 * @return the time, or {@code null} if it has not begun
	 */
	@Nullable Instant createdAt();

	/**
	 * Gives the session another identifier and keeps what is in it; the old identifier is
	 * worth nothing from now on. To be called when a client logs in, so that nobody who
	 * made it use an identifier of theirs is logged in as well. Has no effect on a
	 * session that has not begun.
	 * @throws IllegalStateException if the response has begun
	 */
	void changeId();

	/**
	 * Ends the session and has the client forget the cookie. What is set afterwards
	 * begins another one.
	 */
	void invalidate();

	/**
	 * Sets a value; begins the session.
	 * @param name the name
	 * @param value the value, which other threads may see at once; {@code null} removes
	 * it
	 * @throws IllegalStateException if the session would begin after the response
	 * @throws HttpException with status 503 if there are as many sessions as there may be
	 */
	@Override
	void set(String name, @Nullable Object value);

	/**
	 * Returns the names in use.
	 * @return a snapshot, empty if the session has not begun
	 */
	@Override
	Set<String> names();

}
