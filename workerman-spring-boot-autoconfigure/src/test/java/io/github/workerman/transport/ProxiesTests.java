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

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.connection.WebSocketConnection;
import io.github.workerman.testsupport.ForeignProgram;
import io.github.workerman.testsupport.ProxyDocument;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.transport.tls.TestTls;
import io.netty.handler.ssl.SslProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.github.workerman.testsupport.Programs.output;
import static io.github.workerman.testsupport.Programs.program;
import static io.github.workerman.testsupport.ProxyDocument.CLIENTS;
import static io.github.workerman.testsupport.ProxyDocument.configurations;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with the proxies of others, in the configurations of
 * {@code docs/behind-a-proxy.md}: only ports and files are replaced.
 */
@OnEachTransport
class ProxiesTests extends TransportFixture {

	@TempDir
	Path directory;

	@Test
	void whenHaproxyIsInFrontOfWebSocketThenClientIsKnown() throws Exception {
		try (TestServer server = behindHaproxy(TestServer.websocket(this.kind));
				Haproxy proxy = haproxy(server, null)) {
			for (String address : CLIENTS) {
				try (RawSocket client = connect(address, proxy.chatPort)) {
					upgrade(client);
					assertNamed(server, client,
							((InetSocketAddress) client.socket().getLocalSocketAddress()).getPort());
				}
			}
		}
	}

	@Test
	void whenHaproxyIsInFrontOfTextThenClientIsKnown() throws Exception {
		try (TestServer server = behindHaproxy(TestServer.text(this.kind)); Haproxy proxy = haproxy(null, server)) {
			for (String address : CLIENTS) {
				try (RawSocket client = connect(address, proxy.linesPort)) {
					client.write("hello\n");
					assertThat(client.readLine()).isEqualTo("hello");
					assertNamed(server, client,
							((InetSocketAddress) client.socket().getLocalSocketAddress()).getPort());
				}
			}
		}
	}

	@Test
	void whenHaproxyPassesTlsOnThenItsHeaderComesBeforeIt() throws Exception {
		TestTls tls = TestTls.of(SslProvider.JDK);
		SSLContext context = tls.certificates().clientContext(null);
		try (TestServer chat = behindHaproxy(TestServer.websocket(this.kind).tls(tls));
				TestServer text = behindHaproxy(TestServer.text(this.kind).tls(tls).name("text").beside(chat));
				Haproxy proxy = haproxy(chat, null)) {
			for (String address : CLIENTS) {
				try (RawSocket client = RawSocket.over(tls.over(connect(address, proxy.chatPort).socket(), context))) {
					upgrade(client);
					PeerRecord peer = assertNamed(chat, client, client.socket().getLocalPort());
					assertThat(peer.connection().isSecure()).isTrue();
				}
			}
			try (RawSocket plain = RawSocket.connect(text.port())) {
				plain.write(ProxyHeaders.v2("2001:db8::7", 4711, new byte[0]));
				RawSocket client = RawSocket.over(tls.over(plain.socket(), context));
				client.write("hello\n");
				assertThat(client.readLine()).isEqualTo("hello");
				PeerRecord peer = text.listener().peers(1).get(0);
				assertThat(peer.connection().remoteAddress()).isEqualTo(new InetSocketAddress("2001:db8::7", 4711));
				assertThat(peer.connection().isSecure()).isTrue();
			}
		}
	}

	@Test
	void whenHaproxyChecksThenNothingBecomesAConnection() throws Exception {
		try (TestServer chat = behindHaproxy(TestServer.websocket(this.kind));
				TestServer lines = behindHaproxy(TestServer.text(this.kind).name("lines").beside(chat));
				Haproxy proxy = haproxy(chat, lines)) {
			proxy.program.assertRunning();
			Waiting.until("checked", () -> !chat.listener().rejected().isEmpty());
			Waiting.until("checked", () -> !lines.listener().rejected().isEmpty());
			assertThat(chat.listener().rejected()).containsOnly(RejectReason.ABANDONED);
			assertThat(lines.listener().rejected()).containsOnly(RejectReason.ABANDONED);
			assertThat(chat.listener().opened()).isZero();
			assertThat(lines.listener().opened()).isZero();
		}
	}

	@Test
	void whenNginxSpeaksTlsInFrontOfWebSocketThenClientIsKnown() throws Exception {
		String openssl = program("openssl");
		program("nginx");
		Path certificate = this.directory.resolve("chat.pem");
		Path key = this.directory.resolve("chat.key");
		output(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
				"-addext", "subjectAltName=DNS:localhost", "-out", certificate.toString(), "-keyout", key.toString());
		try (TestServer server = TestServer.websocket(this.kind)
			.proxyProtocol(ProxyProtocol.OFF, "127.0.0.1")
			.start(new RecordingListener().echo())) {
			int port = ForeignProgram.freePort();
			String configuration = configurations("nginx").get(0)
				.replace("8443", String.valueOf(port))
				.replace("7272", String.valueOf(server.port()))
				.replace("/etc/ssl/chat.pem", certificate.toString())
				.replace("/etc/ssl/chat.key", key.toString());
			try (ForeignProgram nginx = ForeignProgram.nginx(this.directory, configuration)) {
				nginx.awaitPort("::1", port);
				SSLContext trust = trusting(certificate);
				for (String address : CLIENTS) {
					try (RawSocket client = connect(trust, address, port)) {
						upgrade(client, "Origin: https://localhost:" + port, "X-Forwarded-For: 203.0.113.9");
						PeerRecord peer = assertNamed(server, client, 0);
						Handshake handshake = ((WebSocketConnection) peer.connection()).handshake();
						assertThat(handshake.host()).isEqualTo("localhost");
						assertThat(handshake.header("x-forwarded-for")).startsWith("203.0.113.9, ");
					}
				}
			}
		}
	}

	private static TestServer behindHaproxy(TestServer.Builder builder) {
		return builder.proxyProtocol(ProxyProtocol.REQUIRED, "127.0.0.1").start(new RecordingListener().echo());
	}

	private Haproxy haproxy(TestServer chat, TestServer lines) throws Exception {
		int chatPort = ForeignProgram.freePort();
		int linesPort = ForeignProgram.freePort();
		int nowhere = ForeignProgram.freePort();
		ForeignProgram program = ForeignProgram.haproxy(this.directory,
				configurations("haproxy").get(0)
					.replace(":8080", ":" + chatPort)
					.replace(":8081", ":" + linesPort)
					.replace(":7272", ":" + ((chat != null) ? chat.port() : nowhere))
					.replace(":2347", ":" + ((lines != null) ? lines.port() : nowhere)));
		// Looked at from within: a connection through it would reach the server.
		Waiting.until("HAProxy listens on both ports", () -> {
			program.assertRunning();
			String sockets = Files.readString(Path.of("/proc/net/tcp6"));
			return sockets.contains(listening(chatPort)) && sockets.contains(listening(linesPort));
		});
		return new Haproxy(program, chatPort, linesPort);
	}

	/* As Linux lists a socket of all addresses that has no peer, in the state LISTEN. */
	private static String listening(int port) {
		return ":%04X %s:0000 0A".formatted(port, "0".repeat(32));
	}

	private static void upgrade(RawSocket client, String... fields) {
		client.write(RawWebSocket.request("/", fields));
		assertThat(client.readLine()).isEqualTo("HTTP/1.1 101 Switching Protocols");
		while (!client.readLine().isEmpty()) {
			// a header field
		}
		client.write(RawWebSocket.frame(RawWebSocket.TEXT, "hello"));
		assertThat(client.read(7)).endsWith("hello".getBytes(StandardCharsets.US_ASCII));
	}

	private static PeerRecord assertNamed(TestServer server, RawSocket client, int port) {
		InetSocketAddress expected = new InetSocketAddress(client.socket().getLocalAddress(), port);
		PeerRecord named = server.listener()
			.peers(1)
			.stream()
			.filter((peer) -> peer.connection().remoteAddress().equals(expected))
			.findFirst()
			.orElseThrow(() -> new AssertionError("Nobody is " + expected));
		InetSocketAddress proxy = (InetSocketAddress) named.connection().peerAddress();
		assertThat(proxy.getAddress().getHostAddress()).isEqualTo("127.0.0.1");
		assertThat(proxy).isNotEqualTo(client.socket().getLocalSocketAddress());
		return named;
	}

	private static RawSocket connect(String address, int port) throws IOException {
		return RawSocket.over(ProxyDocument.connect(address, port));
	}

	private static RawSocket connect(SSLContext trust, String address, int port) throws IOException {
		Socket socket = connect(address, port).socket();
		SSLSocket tls = (SSLSocket) trust.getSocketFactory().createSocket(socket, "localhost", port, true);
		tls.startHandshake();
		return RawSocket.over(tls);
	}

	private static SSLContext trusting(Path certificate) throws Exception {
		KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
		store.load(null);
		try (InputStream in = Files.newInputStream(certificate)) {
			store.setCertificateEntry("chat", CertificateFactory.getInstance("X.509").generateCertificate(in));
		}
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(store);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, factory.getTrustManagers(), null);
		return context;
	}

	/**
	 * A running HAProxy.
	 */
	private record Haproxy(ForeignProgram program, int chatPort, int linesPort) implements AutoCloseable {

		@Override
		public void close() {
			this.program.close();
		}

	}

}
