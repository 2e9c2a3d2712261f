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

import io.github.workerman.connection.RejectReason;
import io.github.workerman.connection.SendResult;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.testsupport.RawWebSocket.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a defect of a listener costs: its connection, and nobody else anything.
 * All connections share one loop here.
 */
class ListenerDefectTests {

	private static final TransportKind KIND = TransportKind.NIO;

	@RegisterExtension
	final LogRecorder log = new LogRecorder();

	@ParameterizedTest
	@ValueSource(strings = { "connected", "message", "received", "sent", "full", "drained", "dropped" })
	void whenListenerThrowsThenPeerIsTold(String event) {
		this.log.expect("unexpected error");
		RecordingListener listener = new RecordingListener().onMessage(ListenerDefectTests::useBuffer);
		try (TestServer server = TestServer.websocket(KIND).maxSendBuffer(1000).start(listener);
				Bystander bystander = new Bystander(server)) {
			listener.failing(event);
			RawWebSocket client = server.openWebSocket();
			client.write(RawWebSocket.frame(RawWebSocket.TEXT, "fill"));
			RawWebSocket.Frame frame = client.readFrame();
			while (frame.first() != RawWebSocket.CLOSE) {
				frame = client.readFrame();
			}
			assertThat(frame.code()).isEqualTo(1011);
			bystander.isServed();
			client.sendClose(1011, "");
			assertThat(client.readAll()).isEmpty();
			client.close();
			assertThat(listener.peer(client).awaitClosed().code()).isEqualTo(1011);
		}
	}

	private static void useBuffer(io.github.workerman.connection.spi.ManagedConnection connection, Object message) {
		if (message.equals("fill")) {
			assertThat(connection.send("x".repeat(900))).isEqualTo(SendResult.ACCEPTED);
			assertThat(connection.send("x".repeat(900))).isEqualTo(SendResult.BUFFER_FULL);
		}
		else {
			connection.send(message);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "failed", "ending", "closed" })
	void whenListenerThrowsAtTheEndThenConnectionEndsAllTheSame(String event) {
		this.log.expect("on purpose");
		RecordingListener listener = new RecordingListener().echo();
		try (TestServer server = TestServer.text(KIND).maxMessageSize(100).start(listener);
				TestServer websockets = TestServer.websocket(KIND).beside(server).start(new RecordingListener().echo());
				Bystander bystander = new Bystander(websockets)) {
			listener.failing(event);
			RawSocket client = server.connect();
			PeerRecord peer = listener.peer(client);
			if (event.equals("failed")) {
				client.write("x".repeat(200));
			}
			client.shutdownOutput();
			assertThat(client.readAll()).isEmpty();
			peer.awaitClosed();
			client.close();
			bystander.isServed();
		}
	}

	@Test
	void whenListenerThrowsAtRejectionThenPeerGetsItsAnswer() {
		this.log.expect("on purpose");
		RecordingListener listener = new RecordingListener().echo();
		try (TestServer server = TestServer.websocket(KIND).start(listener);
				Bystander bystander = new Bystander(server);
				RawWebSocket client = RawWebSocket.connect(server.port())) {
			listener.failing("rejected");
			client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
			assertThat(client.readResponse().status()).isEqualTo(426);
			assertThat(client.readAll()).isEmpty();
			bystander.isServed();
		}
	}

	@Test
	void whenListenerThrowsAtHandshakeThenPeerGets500() {
		this.log.expect("on purpose");
		RecordingListener listener = new RecordingListener().echo();
		try (TestServer server = TestServer.websocket(KIND).start(listener);
				Bystander bystander = new Bystander(server);
				RawWebSocket client = RawWebSocket.connect(server.port())) {
			listener.failing("handshake");
			client.write(RawWebSocket.request("/"));
			Response response = client.readResponse();
			assertThat(response.status()).isEqualTo(500);
			assertThat(response.body()).doesNotContain("purpose");
			assertThat(client.readAll()).isEmpty();
			assertThat(listener.rejected()).containsExactly(RejectReason.ERROR);
			bystander.isServed();
		}
	}

}
