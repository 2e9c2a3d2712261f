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

package io.github.workerman.transport;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.testsupport.RawSocket;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What tests that run {@linkplain OnEachTransport on each transport} have in common.
 */
public abstract class TransportFixture {

	/** What may have been read by the time that reading stops: as much as in one turn. */
	protected static final long READ_AHEAD = 1L << 20;

	@Parameter
	protected TransportKind kind;

	@RegisterExtension
	protected final LogRecorder log = new LogRecorder();

	/**
	 * Ends a peer's side of the stream in the middle of a line and checks that the peer
	 * gets an answer to each whole line and a regular end.
	 * @param server an echo server that speaks text
	 * @param client the peer
	 * @return what the server saw of the peer
	 */
	protected static PeerRecord assertRepliesAndAnEnd(TestServer server, RawSocket client) {
		PeerRecord peer = server.listener().peer(client);
		client.write("first\nsecond\nincomplete");
		client.shutdownOutput();
		assertThat(client.readLine()).isEqualTo("first");
		assertThat(client.readLine()).isEqualTo("second");
		assertThat(client.readAll()).isEmpty();
		assertThat(peer.awaitClosed()).isEqualTo(CloseReason.NO_STATUS);
		return peer;
	}

}
