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

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.protocol.CompressionSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.workerman.testsupport.Programs.nodeModules;
import static io.github.workerman.testsupport.Programs.output;
import static io.github.workerman.testsupport.Programs.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests with clients that others wrote: the JDK's, curl, and the npm package {@code ws}.
 */
@OnEachTransport
class IndependentClientTests extends TransportFixture {

	@Test
	void whenJdkClientTalksThenIsUnderstood() throws Exception {
		try (TestServer server = TestServer.websocket(this.kind).start(new RecordingListener().echo())) {
			JdkClient client = JdkClient.open(server.port());
			client.webSocket.sendText("Grüße 👋", true).join();
			assertThat(client.next()).isEqualTo("text Grüße 👋");
			client.webSocket.sendText("in ", false).join();
			client.webSocket.sendPing(ByteBuffer.wrap(new byte[] { 1, 2, 3 })).join();
			client.webSocket.sendText("parts", true).join();
			assertThat(client.next()).isEqualTo("pong 3");
			assertThat(client.next()).isEqualTo("text in parts");
			String large = "0123456789€".repeat(20_000);
			client.webSocket.sendText(large, true).join();
			assertThat(client.next()).isEqualTo("text " + large);
			client.webSocket.sendBinary(ByteBuffer.allocate(100_000), true).join();
			assertThat(client.next()).isEqualTo("binary 100000");
			client.webSocket.sendClose(4321, "done").join();
			assertThat(client.next()).isEqualTo("close 4321 ");
			PeerRecord peer = server.listener().peers(1).get(0);
			assertThat(peer.awaitClosed()).isEqualTo(new CloseReason(4321, "done", Cause.CLIENT));
		}
	}

	@Test
	void whenServerClosesThenJdkClientLearnsWhy() throws Exception {
		try (TestServer server = TestServer.websocket(this.kind).start()) {
			JdkClient client = JdkClient.open(server.port());
			PeerRecord peer = server.listener().peers(1).get(0);
			peer.connection().send("last words");
			peer.connection().close(CloseReason.of(4001, "bye €"));
			assertThat(client.next()).isEqualTo("text last words");
			assertThat(client.next()).isEqualTo("close 4001 bye €");
			assertThat(peer.awaitClosed()).isEqualTo(new CloseReason(4001, "bye €", Cause.SERVER));
			Waiting.until("the client knows that it has answered", client.webSocket::isOutputClosed);
		}
	}

	@Test
	void whenJdkClientBreaksOffThenIsLost() throws Exception {
		try (TestServer server = TestServer.websocket(this.kind).start()) {
			JdkClient client = JdkClient.open(server.port());
			PeerRecord peer = server.listener().peers(1).get(0);
			client.webSocket.abort();
			assertThat(peer.awaitClosed()).isEqualTo(CloseReason.LOST);
		}
	}

	@Test
	void whenServerDestroysThenJdkClientSeesAnError() throws Exception {
		try (TestServer server = TestServer.websocket(this.kind).start()) {
			JdkClient client = JdkClient.open(server.port());
			server.listener().peers(1).get(0).connection().destroy();
			assertThat(client.next()).startsWith("error ");
		}
	}

	@Test
	void whenJdkClientIsTurnedAwayThenLearnsTheStatus() {
		RecordingListener listener = new RecordingListener().onHandshake(
				(connection, handshake, decision) -> decision.accept(HandshakeDecision.reject(403, "not you")));
		try (TestServer server = TestServer.websocket(this.kind).start(listener)) {
			assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> JdkClient.open(server.port()))
				.withCauseInstanceOf(WebSocketHandshakeException.class)
				.satisfies((ex) -> assertThat(((WebSocketHandshakeException) ex.getCause()).getResponse().statusCode())
					.isEqualTo(403));
		}
	}

	@Test
	void whenCurlAsksThenGetsHelp() throws Exception {
		String curl = program("curl");
		try (TestServer server = TestServer.websocket(this.kind).start()) {
			String url = "http://127.0.0.1:" + server.port() + "/";
			assertThat(output(curl, "-s", "-i", "--max-time", "20", url)).contains("HTTP/1.1 426 Upgrade Required")
				.contains("Sec-WebSocket-Version: 13")
				.contains("websocket client");
			assertThat(output(curl, "-s", "-I", "--max-time", "20", url)).startsWith("HTTP/1.1 405");
			assertThat(output(curl, "-s", "-i", "--max-time", "20", "-d", "a=b", url)).contains("HTTP/1.1 405");
			assertThat(server.listener().rejected()).hasSize(3);
		}
	}

	@Test
	void whenCurlUpgradesThenGetsFrames() throws Exception {
		String curl = program("curl");
		RecordingListener listener = new RecordingListener()
			.onConnected((connection) -> connection.close((Object) "hello curl"));
		try (TestServer server = TestServer.websocket(this.kind).closeTimeout(Duration.ofMillis(200)).start(listener)) {
			String output = output(curl, "-s", "--http1.1", "--include", "--no-buffer", "--max-time", "20", "-H",
					"Connection: Upgrade", "-H", "Upgrade: websocket", "-H", "Sec-WebSocket-Version: 13", "-H",
					"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "http://127.0.0.1:" + server.port() + "/");
			assertThat(output).startsWith("HTTP/1.1 101 Switching Protocols")
				.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
				.contains("hello curl");
		}
	}

	@Test
	void whenNodeClientTalksThenIsUnderstood() throws Exception {
		String node = program("node");
		String modules = nodeModules("ws");
		String script = """
				const { WebSocket } = require('ws');
				const socket = new WebSocket(process.argv[1], { perMessageDeflate: true });
				const seen = [];
				socket.on('open', () => {
					socket.send('text €');
					socket.send(Buffer.alloc(70000, 7));
					socket.send('in ', { fin: false });
					socket.send('parts', { fin: true });
					socket.ping('p');
				});
				socket.on('message', (data, binary) => {
					seen.push(binary ? 'binary ' + data.length : 'text ' + data);
				});
				socket.on('pong', (data) => {
					seen.push('pong ' + data);
					socket.close(4000, 'enough');
				});
				socket.on('close', (code) => console.log(seen.join('|') + '|close ' + code));
				socket.on('error', (error) => console.log('error ' + error));
				""";
		try (TestServer server = TestServer.websocket(this.kind).start(new RecordingListener().echo())) {
			ProcessBuilder builder = new ProcessBuilder(node, "-e", script, "ws://127.0.0.1:" + server.port() + "/");
			builder.environment().put("NODE_PATH", modules);
			assertThat(output(builder).trim()).isEqualTo("text text €|binary 70000|text in parts|pong p|close 4000");
			assertThat(server.listener().peers(1).get(0).awaitClosed())
				.isEqualTo(new CloseReason(4000, "enough", Cause.CLIENT));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			true  | {}
			true  | { serverNoContextTakeover: true }
			true  | { clientNoContextTakeover: true }
			true  | { serverMaxWindowBits: 9 }
			true  | { clientMaxWindowBits: 10 }
			false | {}
			""")
	void whenNodeClientCompressesThenIsUnderstood(boolean takeover, String options) throws Exception {
		String node = program("node");
		String modules = nodeModules("ws");
		String script = """
				const { WebSocket } = require('ws');
				const crypto = require('crypto');
				const options = eval('(' + process.argv[2] + ')');
				const socket = new WebSocket(process.argv[1], { perMessageDeflate: { threshold: 0, ...options } });
				const sent = [];
				let received = 0;
				socket.on('open', () => {
					for (let i = 0; i < 60; i++) {
						const size = [0, 1, 10, 300, 5000, 70000][i % 6];
						const text = ('Grüße 👋 ' + i).repeat(1 + size / 10);
						const data = (i % 4 == 3) ? crypto.randomBytes(size) : text;
						sent.push(Buffer.from(data));
						if (i % 5 == 4) {
							socket.send(data.slice(0, 5), { binary: i % 4 == 3, fin: false });
							socket.send(data.slice(5), { fin: true });
						}
						else {
							socket.send(data);
						}
					}
				});
				socket.on('message', (data, binary) => {
					if (!data.equals(sent[received]) || binary != (received % 4 == 3)) {
						console.log('message ' + received + ' differs');
						socket.terminate();
					}
					received++;
					if (received == sent.length) {
						socket.close(4000, 'enough');
					}
				});
				socket.on('close', (code) => console.log(socket.extensions + ' | ' + received + ' | close ' + code));
				socket.on('error', (error) => console.log('error ' + error));
				""";
		CompressionSettings settings = new CompressionSettings(true, 100, 6, takeover, takeover, 15, 15);
		try (TestServer server = TestServer.websocket(this.kind)
			.maxSendBuffer(10_000_000)
			.compression(settings)
			.start(new RecordingListener().echo())) {
			ProcessBuilder builder = new ProcessBuilder(node, "-e", script, "ws://127.0.0.1:" + server.port() + "/",
					options);
			builder.environment().put("NODE_PATH", modules);
			assertThat(output(builder).trim()).isEqualTo("permessage-deflate | 60 | close 4000");
			assertThat(server.listener().peers(1).get(0).awaitClosed())
				.isEqualTo(new CloseReason(4000, "enough", Cause.CLIENT));
		}
	}

	/**
	 * The JDK's client, which notes what it sees.
	 */
	private static final class JdkClient implements WebSocket.Listener {

		private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

		private final List<CharSequence> parts = new ArrayList<>();

		private int binary;

		private WebSocket webSocket;

		static JdkClient open(int port) {
			JdkClient client = new JdkClient();
			client.webSocket = HttpClient.newHttpClient()
				.newWebSocketBuilder()
				.buildAsync(URI.create("ws://127.0.0.1:" + port + "/"), client)
				.join();
			return client;
		}

		String next() throws InterruptedException {
			String next = this.seen.poll(20, TimeUnit.SECONDS);
			assertThat(next).as("what the client sees").isNotNull();
			return next;
		}

		@Override
		public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.parts.add(data.toString());
			if (last) {
				this.seen.add("text " + String.join("", this.parts));
				this.parts.clear();
			}
			webSocket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
			this.binary += data.remaining();
			if (last) {
				this.seen.add("binary " + this.binary);
				this.binary = 0;
			}
			webSocket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
			this.seen.add("pong " + message.remaining());
			webSocket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
			this.seen.add("close " + statusCode + " " + reason);
			return null;
		}

		@Override
		public void onError(WebSocket webSocket, Throwable error) {
			this.seen.add("error " + error);
		}

	}

}
