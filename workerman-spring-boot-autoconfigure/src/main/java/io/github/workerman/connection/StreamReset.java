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

package io.github.workerman.connection;

/**
 * Why a stream of HTTP/2 was reset because of what the peer has sent on it; its
 * connection stays. The names, in lower case, are the values of the {@code reason} tag of
 * the metric {@code workerman.http.streams.reset}.
 */
public enum StreamReset {

	/** A request that is not valid: its fields, its order, or its length. */
	MALFORMED,

	/** More bytes than the window of the stream allows, or a window that is too large. */
	FLOW_CONTROL,

	/** More streams at once than the server takes; the client may try again. */
	TOO_MANY,

	/** A request that came after the server's goodbye; the client may ask elsewhere. */
	GOING_AWAY,

	/** Something that was sent after the end of the stream. */
	CLOSED

}
