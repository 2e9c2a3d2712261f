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

/**
 * HTTP/2 on an http server.
 *
 * @param enabled whether it is spoken besides HTTP/1.1: over TLS when the client asks for
 * it by ALPN, else when it begins with it
 * @param maxConcurrentStreams how many requests of one connection may be under way
 */
public record Http2Settings(boolean enabled, int maxConcurrentStreams) {

	/** What holds unless something else is said: no HTTP/2. */
	public static final Http2Settings DEFAULT = new Http2Settings(false, 100);

}
