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
 * What a server limits. The names, in lower case, are the values of the {@code limit} tag
 * of the metric {@code workerman.limits.exceeded}.
 */
public enum Limit {

	/** The connections of the server. */
	CONNECTIONS,

	/** The connections from one address. */
	CONNECTIONS_PER_ADDRESS,

	/** How many times in a second one address may connect. */
	CONNECT_RATE,

	/** The messages that a peer may send in a second. */
	MESSAGES,

	/** The bytes that a peer may send in a second. */
	BYTES,

	/** The time until a peer's first message. */
	FIRST_MESSAGE,

	/** The time in which nothing is received, sent or taken by the peer. */
	IDLE

}
