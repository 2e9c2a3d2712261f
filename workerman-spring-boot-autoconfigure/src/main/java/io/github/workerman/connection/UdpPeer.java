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
 * Who has sent a datagram to a server of the protocol {@code udp}: an address to answer
 * to. There is no connection behind it. Each datagram brings a peer of its own, with its
 * own identifier and attributes, which may be kept to send later; neither the
 * {@link ConnectionRegistry} nor the gateway knows it, and of the handlers only those for
 * messages and errors are called.
 * <p>
 * What is sent becomes one datagram per message. {@link SendResult#ACCEPTED} says that it
 * was queued, {@link SendResult#BUFFER_FULL} that more than the server's
 * {@code max-send-buffer} waits on its socket, {@link SendResult#CLOSED} that the server
 * has stopped; a datagram that the operating system refuses is counted, and the stage of
 * {@link #sendAsync} completes with {@code CLOSED}. {@link #isOpen} tells whether the
 * server runs. Closing, destroying, pausing and resuming have no effect; limits cannot be
 * changed and nothing can be piped, which fails with
 * {@link UnsupportedOperationException}.
 */
public interface UdpPeer extends Connection {

}
