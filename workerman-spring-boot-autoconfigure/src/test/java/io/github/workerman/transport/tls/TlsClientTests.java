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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.transport.OnEachTransport;
import io.github.workerman.transport.PeerRecord;
import io.github.workerman.transport.RecordingListener;
import io.github.workerman.transport.TestServer;
import io.github.workerman.transport.TransportFixture;
import io.github.workerman.transport.Waiting;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.github.workerman.testsupport.Programs.nodeModules;
import static io.github.workerman.testsupport.Programs.output;
import static io.github.workerman.testsupport.Programs.program;
import static io.github.workerman.testsupport.Programs.start;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of TLS with clients that others wrote: the JDK's, OpenSSL, and the npm package
 * {@code ws}.
 */
@OnEachTransport
class TlsClientTests extends TransportFixture {

	@TempDir
	Path directory;

	@OnEachProvider
	void whenJdkClientOpensWssThenIsUnderstood(SslProvider provider) throws Exception {
		TestTls tls = TestTls.of(provider);
		BlockingQueue<String> seen = new LinkedBlockingQueue<>();
		WebSocket.Listener listener = new WebSocket.Listener() {

			@Override
			public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
				seen.add("text " + data);
				webSocket.request(1);
				return null;
			}

			@Override
			public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
				seen.add("close " + statusCode);
				return null;
			}

			@Override
			public void onError(WebSocket webSocket, Throwable error) {
				seen.add("error " + error);
			}

		};
		try (TestServer server = TestServer.websocket(this.kind).tls(tls).start(new RecordingListener().echo())) {
			WebSocket webSocket = HttpClient.newBuilder()
				.sslContext(tls.certificates().clientContext(null))
				.build()
				.newWebSocketBuilder()
				.buildAsync(URI.create("wss://localhost:" + server.port() + "/"), listener)
				.get(20, TimeUnit.SECONDS);
			webSocket.sendText("Grüße 👋", true).get(20, TimeUnit.SECONDS);
			assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("text Grüße 👋");
			webSocket.sendClose(4321, "done").get(20, TimeUnit.SECONDS);
			assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("close 4321");
			assertThat(server.listener().peers(1).get(0).awaitClosed())
				.isEqualTo(new CloseReason(4321, "done", Cause.CLIENT));
		}
	}

	@OnEachProvider
	void whenOpensslTalksThenGetsAnswersOverEachVersion(SslProvider provider) throws Exception {
		String openssl = program("openssl");
		TestTls tls = TestTls.of(provider);
		try (TestServer server = TestServer.text(this.kind).tls(tls).start(new RecordingListener().echo())) {
			for (String version : List.of("-tls1_2", "-tls1_3")) {
				Process process = start(openssl, "s_client", "-connect", "127.0.0.1:" + server.port(), "-servername",
						"localhost", "-CAfile", authority(tls).toString(), "-verify_return_error", "-quiet", version);
				try (BufferedReader reader = new BufferedReader(
						new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
					process.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
					process.getOutputStream().flush();
					assertThat(reader.lines().filter((line) -> line.equals("hello")).findFirst()).isPresent();
				}
				finally {
					process.destroy();
				}
			}
			assertThat(server.listener().peers(2)).allMatch((peer) -> peer.connection().isSecure());
			server.listener().peers(2).forEach(PeerRecord::awaitClosed);
		}
	}

	@OnEachProvider
	void whenOpensslShowsItsCertificateThenIsKnown(SslProvider provider) throws Exception {
		String openssl = program("openssl");
		TestTls tls = TestTls.of(provider, TlsClientAuth.NEED);
		X509Bundle joe = tls.certificates().client("joe");
		Path certificate = Files.writeString(this.directory.resolve("joe.pem"), joe.getCertificatePathPEM());
		Path key = Files.writeString(this.directory.resolve("joe.key"), joe.getPrivateKeyPEM());
		RecordingListener listener = new RecordingListener()
			.onConnected((connection) -> connection.close((Object) ("hello " + connection.principal().getName())));
		try (TestServer server = TestServer.text(this.kind).tls(tls).start(listener)) {
			String address = "127.0.0.1:" + server.port();
			assertThat(output(openssl, "s_client", "-connect", address, "-CAfile", authority(tls).toString(), "-quiet",
					"-cert", certificate.toString(), "-key", key.toString()))
				.contains("hello CN=joe,O=Example");
			assertThat(output(openssl, "s_client", "-connect", address, "-CAfile", authority(tls).toString(), "-quiet"))
				.doesNotContain("hello");
			Waiting.until("counted", () -> listener.rejected().size() == 1);
			assertThat(listener.rejected()).containsExactly(RejectReason.TLS_CERTIFICATE);
		}
	}

	@OnEachProvider
	void whenOpensslDoesNotTrustTheServerThenItsAlertIsCounted(SslProvider provider) throws Exception {
		String openssl = program("openssl");
		TestTls tls = TestTls.of(provider);
		RecordingListener listener = new RecordingListener();
		try (TestServer server = TestServer.text(this.kind).tls(tls).start(listener)) {
			for (String version : List.of("-tls1_2", "-tls1_3")) {
				output(openssl, "s_client", "-connect", "127.0.0.1:" + server.port(), "-CAfile",
						authority(TestTls.of(provider)).toString(), "-verify_return_error", version);
			}
			Waiting.until("counted", () -> listener.rejected().size() == 2);
			assertThat(listener.rejected()).containsOnly(RejectReason.TLS_ALERT);
		}
	}

	@OnEachProvider
	void whenOpensslRenegotiatesThenIsRefused(SslProvider provider) throws Exception {
		String openssl = program("openssl");
		TestTls tls = TestTls.of(provider);
		try (TestServer server = TestServer.text(this.kind).tls(tls).start(new RecordingListener().echo())) {
			Process process = start(openssl, "s_client", "-connect", "127.0.0.1:" + server.port(), "-tls1_2", "-CAfile",
					authority(tls).toString());
			try {
				PeerRecord peer = server.listener().peers(1).get(0);
				// The letter R alone on a line asks s_client to renegotiate.
				process.getOutputStream().write("R\n".getBytes(StandardCharsets.UTF_8));
				process.getOutputStream().flush();
				assertThat(peer.awaitClosed().code()).isEqualTo(1006);
				assertThat(peer.messages()).isEmpty();
			}
			finally {
				process.destroy();
			}
		}
	}

	@Test
	void whenNodeClientOpensWssThenIsUnderstood() throws Exception {
		String node = program("node");
		String modules = nodeModules("ws");
		TestTls tls = TestTls.of(SslProvider.JDK);
		String script = """
				const { WebSocket } = require('ws');
				const ca = require('fs').readFileSync(process.argv[2]);
				const socket = new WebSocket(process.argv[1], { ca, servername: 'localhost' });
				const seen = [];
				socket.on('open', () => {
					socket.send('text €');
					socket.send(Buffer.alloc(70000, 7));
				});
				socket.on('message', (data, binary) => {
					seen.push(binary ? 'binary ' + data.length : 'text ' + data);
					if (binary) {
						socket.close(4000, 'enough');
					}
				});
				socket.on('close', (code) => console.log(seen.join('|') + '|close ' + code));
				socket.on('error', (error) => console.log('error ' + error));
				""";
		try (TestServer server = TestServer.websocket(this.kind).tls(tls).start(new RecordingListener().echo())) {
			ProcessBuilder builder = new ProcessBuilder(node, "-e", script, "wss://127.0.0.1:" + server.port() + "/",
					authority(tls).toString());
			builder.environment().put("NODE_PATH", modules);
			assertThat(output(builder).trim()).isEqualTo("text text €|binary 70000|close 4000");
		}
	}

	private Path authority(TestTls tls) throws IOException {
		return Files.writeString(this.directory.resolve("ca.pem"), tls.certificates().authority().getCertificatePEM());
	}

}
