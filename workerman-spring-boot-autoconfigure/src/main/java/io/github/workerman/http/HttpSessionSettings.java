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

/**
 * Whether and how an http server keeps sessions.
 *
 * @param enabled whether it does
 * @param timeout how long a session lasts that no request asks for
 * @param maxSessions how many there may be at once
 * @param cookie how clients are told of them
 */
public record HttpSessionSettings(boolean enabled, Duration timeout, int maxSessions, HttpSessionCookie cookie) {

	/** No sessions. */
	public static final HttpSessionSettings OFF = new HttpSessionSettings(false, Duration.ofMinutes(30), 10_000,
			HttpSessionCookie.DEFAULT);

}
