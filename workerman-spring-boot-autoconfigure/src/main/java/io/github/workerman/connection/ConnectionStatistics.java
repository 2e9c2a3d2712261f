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

import java.time.Instant;

/**
 * What has gone over a connection so far. Messages and bytes are those handed to the
 * handlers and to the operating system; bytes include framing and the handshake.
 *
 * @param openedAt when the connection was opened
 * @param messagesIn received messages
 * @param messagesOut sent messages
 * @param bytesIn received bytes
 * @param bytesOut sent bytes
 * @param dropped messages that were refused because the send buffer was full
 */
public record ConnectionStatistics(Instant openedAt, long messagesIn, long messagesOut, long bytesIn, long bytesOut,
		long dropped) {

}
