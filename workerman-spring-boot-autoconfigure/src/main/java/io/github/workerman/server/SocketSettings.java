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

package io.github.workerman.server;

/**
 * How the operating system treats the sockets of a server.
 *
 * @param backlog how many connections it may queue until they are accepted
 * @param reusePort whether several processes may listen on the port
 * @param tcpNoDelay whether small segments are sent at once
 * @param keepAlive whether idle peers are probed
 */
public record SocketSettings(int backlog, boolean reusePort, boolean tcpNoDelay, boolean keepAlive) {

	/** The defaults: 1024 in the queue, a port of one's own, no delay, probes. */
	public static final SocketSettings DEFAULT = new SocketSettings(1024, false, true, true);

}
