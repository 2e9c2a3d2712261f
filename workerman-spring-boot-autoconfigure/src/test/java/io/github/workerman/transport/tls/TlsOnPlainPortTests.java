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

package io.github.workerman.transport.tls;

import java.util.Arrays;

import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.transport.OnEachTransport;
import io.github.workerman.transport.PeerRecord;
import io.github.workerman.transport.RecordingListener;
import io.github.workerman.transport.TestServer;
import io.github.workerman.transport.TransportFixture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for peers that speak TLS to a port that does not.
 */
@OnEachTransport
class TlsOnPlainPortTests extends TransportFixture {

	private static final int ALERT = 21;

	@Test
	void whenProtocolIsTextThenPeerIsClosedAtItsFirstBytes() {
		rejects(TestServer.text(this.kind));
	}

	@Test
	void whenProtocolIsFrameThenLengthShowsIt() {
		rejects(TestServer.frame(this.kind));
	}

	private void rejects(TestServer.Builder builder) {
		RecordingListener listener = new RecordingListener().echo();
		try (TestServer server = builder.start(listener);
				RawSocket bystander = server.connect();
				RawSocket client = server.connect()) {
			PeerRecord peer = listener.peer(client);
			client.write(hello());
			assertThat(client.readAll()).startsWith(ALERT, 3);
			assertThat(peer.awaitClosed().cause()).isEqualTo(Cause.PROTOCOL);
			assertThat(peer.awaitClosed().text()).isEqualTo("TLS on a port without TLS");
			assertThat(peer.messages()).isEmpty();
			assertThat(listener.rejected()).containsExactly(RejectReason.TLS);
			assertThat(listener.peer(bystander).connection().isOpen()).isTrue();
		}
	}

	@Test
	void whenProtocolIsOfBytesThenTheyAreData() {
		RecordingListener listener = new RecordingListener().echo();
		try (TestServer server = TestServer.tcp(this.kind).start(listener); RawSocket client = server.connect()) {
			client.write(hello());
			assertThat(client.read(hello().length)).isEqualTo(hello());
			assertThat(listener.rejected()).isEmpty();
		}
	}

	@Test
	void whenMessageCameBeforeThenItIsAnErrorOfTheProtocol() {
		RecordingListener listener = new RecordingListener().echo();
		try (TestServer server = TestServer.frame(this.kind).start(listener); RawSocket client = server.connect()) {
			client.write(new byte[] { 0, 0, 0, 5, 1 });
			assertThat(client.read(5)).containsExactly(0, 0, 0, 5, 1);
			client.write(hello());
			assertThat(client.readAll()).isEmpty();
			assertThat(listener.rejected()).isEmpty();
		}
	}

	@Test
	void whenTextOnlyBeginsWithTheSameByteThenItIsText() {
		RecordingListener listener = new RecordingListener().echo();
		try (TestServer server = TestServer.text(this.kind).start(listener); RawSocket client = server.connect()) {
			client.write("\u0016\u0004 hello\n");
			assertThat(client.readLine()).isEqualTo("\u0016\u0004 hello");
		}
	}

	private static byte[] hello() {
		byte[] hello = new byte[105];
		Arrays.fill(hello, (byte) '\n');
		System.arraycopy(new byte[] { 22, 3, 1, 0, 100, 1 }, 0, hello, 0, 6);
		return hello;
	}

}
