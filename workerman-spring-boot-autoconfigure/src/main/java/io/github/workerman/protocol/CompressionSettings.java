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

package io.github.workerman.protocol;

/**
 * How the messages of websocket connections are compressed (permessage-deflate, RFC
 * 7692), with peers that offer it. Immutable; what is not valid is found by
 * {@code ServerDefinition}.
 *
 * @param enabled whether compression is agreed to at all
 * @param threshold the size in bytes from which on messages are compressed; smaller ones
 * are sent as they are
 * @param level how hard to try, from 1 (fast) to 9 (small)
 * @param serverContextTakeover whether messages to a peer may refer to earlier ones,
 * which makes them smaller and costs memory on each connection
 * @param clientContextTakeover whether messages of a peer may do so
 * @param serverMaxWindowBits how far back messages to a peer may refer, as a power of
 * two, 8 to 15; below 15 peers need less memory, and messages are less compressed and
 * never refer to earlier ones
 * @param clientMaxWindowBits how far back messages of a peer may refer, if the peer can
 * be told
 */
public record CompressionSettings(boolean enabled, int threshold, int level, boolean serverContextTakeover,
		boolean clientContextTakeover, int serverMaxWindowBits, int clientMaxWindowBits) {

	/** The smallest window that can be agreed on. */
	public static final int MIN_WINDOW_BITS = 8;

	/** The largest window that can be agreed on. */
	public static final int MAX_WINDOW_BITS = 15;

	/** No compression, and the defaults of everything else. */
	public static final CompressionSettings OFF = new CompressionSettings(false, 1024, 6, false, false, MAX_WINDOW_BITS,
			MAX_WINDOW_BITS);

	/** Compression with the defaults. */
	public static final CompressionSettings ON = new CompressionSettings(true, OFF.threshold, OFF.level,
			OFF.serverContextTakeover, OFF.clientContextTakeover, OFF.serverMaxWindowBits, OFF.clientMaxWindowBits);

}
