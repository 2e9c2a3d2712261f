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

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLSocket;

import io.github.workerman.connection.CertificatePrincipal;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.transport.OnEachTransport;
import io.github.workerman.transport.RecordingListener;
import io.github.workerman.transport.TestServer;
import io.github.workerman.transport.TransportFixture;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for whom a handshake over TLS lets in: what each side shows of itself, and what
 * the connection knows of it.
 */
@OnEachTransport
class TlsHandshakeTests extends TransportFixture {

	@OnEachProvider
	void whenHandshakeIsCompleteThenConnectionOpens(SslProvider provider) throws IOException {
		TestTls tls = TestTls.of(provider);
		try (TestServer server = TestServer.text(this.kind).tls(tls).start(new RecordingListener().echo());
				RawSocket early = server.connect();
				Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
			assertThat(server.listener().peer(early).connection().isSecure()).isTrue();
			assertThat(server.listener().peer(early).connection().principal()).isNull();
			RawSocket client = RawSocket.over(tls.over(plain));
			assertThat(server.listener().opened()).isEqualTo(1);
			client.write("hello\n");
			assertThat(client.readLine()).isEqualTo("hello");
			assertThat(server.listener().opened()).isEqualTo(2);
			early.write("still here\n");
			assertThat(early.readLine()).isEqualTo("still here");
			assertThat(server.listener().rejected()).isEmpty();
		}
	}

	@OnEachProvider
	void whenKeysAreReplacedThenNextHandshakeUsesThem(SslProvider provider) throws Exception {
		TestTls tls = TestTls.of(provider);
		try (TestServer server = TestServer.text(this.kind).tls(tls).start(new RecordingListener().echo());
				SSLSocket before = tls.connect(server.port())) {
			assertThat(serial(before)).isEqualTo(1);
			tls.identity().replace(tls.keys(tls.certificates().server(2, "localhost")));
			try (SSLSocket after = tls.connect(server.port())) {
				assertThat(serial(after)).isEqualTo(2);
			}
			RawSocket client = RawSocket.over(before);
			client.write("still here\n");
			assertThat(client.readLine()).isEqualTo("still here");
		}
	}

	@OnEachProvider
	void whenKeyIsOfEd25519ThenHandshakeIsCompleted(SslProvider provider) throws Exception {
		TestTls tls = TestTls.of(provider);
		tls.identity()
			.replace(tls.keys(new CertificateBuilder().algorithm(CertificateBuilder.Algorithm.ed25519)
				.subject("CN=localhost,O=Example")
				.addSanDnsName("localhost")
				.buildIssuedBy(tls.certificates().authority())));
		try (TestServer server = TestServer.text(this.kind).tls(tls).start(new RecordingListener().echo());
				RawSocket client = RawSocket.over(tls.connect(server.port()))) {
			client.write("hello\n");
			assertThat(client.readLine()).isEqualTo("hello");
		}
	}

	@OnEachProvider
	void whenAliasIsNamedThenOtherEntriesNeedNotBeUsable(SslProvider provider) throws Exception {
		TestTls tls = TestTls.of(provider);
		X509Bundle expired = tls.certificates().server(2, Instant.now().minus(Duration.ofDays(1)), "localhost");
		X509Bundle strange = X509Bundle.fromCertificatePath(expired.getCertificatePath(), expired.getRootCertificate(),
				tls.certificates().server(3, "localhost").getKeyPair());
		tls.identity()
			.replace(tls.keys("new", Map.of("new", tls.certificates().server(4, "localhost"), "old", strange)));
		try (TestServer server = TestServer.text(this.kind).tls(tls).start(new RecordingListener().echo());
				SSLSocket client = tls.connect(server.port())) {
			assertThat(serial(client)).isEqualTo(4);
		}
	}

	@OnEachProvider
	void whenAliasIsOfAKeyForTheJdkThenOthersDoNotChooseTheEngine(SslProvider provider) throws Exception {
		TestTls tls = TestTls.of(provider);
		KeyPair pair = keyPair();
		X509Bundle pss = pss(tls, pair, pair);
		tls.identity().replace(tls.keys("new", Map.of("new", pss, "old", tls.certificates().server(2, "localhost"))));
		try (TestServer server = TestServer.text(this.kind).tls(tls).start(new RecordingListener().echo());
				RawSocket client = RawSocket.over(tls.connect(server.port()))) {
			client.write("hello\n");
			assertThat(client.readLine()).isEqualTo("hello");
		}
	}

	@OnEachProvider
	void whenKeyOfRsassaPssIsOfAnotherCertificateThenItIsNotTaken(SslProvider provider) throws Exception {
		TestTls tls = TestTls.of(provider);
		TlsKeys strange = tls.keys(pss(tls, keyPair(), keyPair()));
		assertThatIllegalArgumentException().isThrownBy(() -> tls.identity().replace(strange))
			.withMessageContaining("its private key does not belong to the certificate");
	}

	private static KeyPair keyPair() throws Exception {
		return KeyPairGenerator.getInstance("RSASSA-PSS").generateKeyPair();
	}

	private static X509Bundle pss(TestTls tls, KeyPair certified, KeyPair shown) throws Exception {
		X509Bundle authority = tls.certificates().authority();
		X509Bundle issued = new CertificateBuilder().publicKey(certified.getPublic())
			.subject("CN=localhost,O=Example")
			.addSanDnsName("localhost")
			.buildIssuedBy(authority);
		return X509Bundle.fromCertificatePath(issued.getCertificatePath(), authority.getCertificate(), shown);
	}

	@OnEachProvider
	void whenPeerShowsACertificateThenItIsThePrincipal(SslProvider provider) throws Exception {
		TestTls tls = TestTls.of(provider, TlsClientAuth.WANT);
		RecordingListener listener = new RecordingListener().echo().onHandshake((connection, handshake, decision) -> {
			assertThat(connection.principal()).isEqualTo(handshake.principal());
			decision.accept(HandshakeDecision.accept());
		});
		try (TestServer server = TestServer.websocket(this.kind).tls(tls).start(listener);
				RawWebSocket anonymous = server.openWebSocket();
				RawWebSocket joe = RawWebSocket.open(
						tls.connect(server.port(), tls.certificates().clientContext(tls.certificates().client("joe"))),
						"/")) {
			assertThat(listener.peer(anonymous).connection().principal()).isNull();
			assertThat(listener.peer(joe).connection().principal()).isInstanceOfSatisfying(CertificatePrincipal.class,
					(principal) -> {
						assertThat(principal.getName()).isEqualTo("CN=joe,O=Example");
						assertThat(principal.chain()).isNotEmpty();
					});
		}
	}

	@OnEachProvider
	void whenPeerAsksForANameThenGetsItsCertificate(SslProvider provider) throws Exception {
		TestTls tls = TestTls.of(provider).serverName("chat.example.com", 11).serverName("*.example.org", 12);
		try (TestServer server = TestServer.text(this.kind).tls(tls).start(new RecordingListener().echo())) {
			assertThat(serialFor("chat.example.com", tls, server)).isEqualTo(11);
			assertThat(serialFor("CHAT.example.com", tls, server)).isEqualTo(11);
			assertThat(serialFor("push.example.org", tls, server)).isEqualTo(12);
			assertThat(serialFor("a.push.example.org", tls, server)).isEqualTo(1);
			assertThat(serialFor("example.org", tls, server)).isEqualTo(1);
			assertThat(serialFor("127.0.0.1", tls, server)).isEqualTo(1);
		}
	}

	@Test
	void whenPageCameOverHttpThenMayNotOpenASecureConnection() {
		TestTls tls = TestTls.of(SslProvider.JDK);
		try (TestServer server = TestServer.websocket(this.kind).tls(tls).start(new RecordingListener());
				RawSocket insecure = server.connect();
				RawSocket secure = server.connect()) {
			insecure.write(RawWebSocket.request("/", "Origin: http://localhost"));
			assertThat(insecure.readLine()).startsWith("HTTP/1.1 403");
			secure.write(RawWebSocket.request("/", "Origin: https://localhost"));
			assertThat(secure.readLine()).startsWith("HTTP/1.1 101");
			assertThat(server.listener().rejected()).containsExactly(RejectReason.ORIGIN);
		}
	}

	@OnEachProvider
	void whenTlsIsOptionalThenBothAreServed(SslProvider provider) throws IOException {
		TestTls tls = TestTls.optional(provider);
		try (TestServer server = TestServer.websocket(this.kind).tls(tls).start(new RecordingListener().echo());
				RawWebSocket secure = server.openWebSocket();
				RawWebSocket plain = RawWebSocket.open(server.port())) {
			for (RawWebSocket client : List.of(secure, plain)) {
				client.sendText("hello");
				assertThat(client.readText()).isEqualTo("hello");
			}
			assertThat(server.listener().peer(secure).connection().isSecure()).isTrue();
			assertThat(server.listener().peer(plain).connection().isSecure()).isFalse();
		}
		try (TestServer server = TestServer.tcp(this.kind).tls(tls).start(new RecordingListener().echo());
				RawSocket plain = RawSocket.connect(server.port());
				RawSocket slow = RawSocket.connect(server.port())) {
			byte[] almostTls = { 22, 3, 3, 0, 100, 2, 7 };
			plain.write(almostTls);
			assertThat(plain.read(7)).isEqualTo(almostTls);
			slow.write(new byte[] { 22 });
			slow.write(new byte[] { 3 });
			slow.write(new byte[] { 99 });
			assertThat(slow.read(3)).containsExactly(22, 3, 99);
			assertThat(server.listener().rejected()).isEmpty();
		}
	}

	private static long serialFor(String name, TestTls tls, TestServer server) throws IOException {
		try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
			plain.setSoTimeout(20_000);
			SSLSocket socket = (SSLSocket) tls.certificates()
				.clientContext(null)
				.getSocketFactory()
				.createSocket(plain, name, server.port(), true);
			socket.startHandshake();
			long serial = serial(socket);
			socket.close();
			return serial;
		}
	}

	private static long serial(SSLSocket socket) throws IOException {
		return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber().longValueExact();
	}

}
