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

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import io.github.workerman.connection.RejectReason;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.testsupport.RawWebSocket.Response;
import io.github.workerman.testsupport.TestCertificates;
import io.github.workerman.transport.Bystander;
import io.github.workerman.transport.OnEachTransport;
import io.github.workerman.transport.PeerRecord;
import io.github.workerman.transport.RecordingListener;
import io.github.workerman.transport.TestServer;
import io.github.workerman.transport.TransportFixture;
import io.github.workerman.transport.Waiting;
import io.netty.handler.ssl.SslProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for those who come to a TLS port and are turned away, which nobody else notices.
 */
@OnEachTransport
class TlsRejectionTests extends TransportFixture {

	private static final int ALERT = 21;

	private static final int PROTOCOL_VERSION = 70;

	@OnEachProvider
	void whenRequestIsPlainThenIsToldToUseTls(SslProvider provider) {
		rejects(TestTls.of(provider), RejectReason.NOT_TLS, (server) -> {
			try (RawWebSocket client = RawWebSocket.connect(server.port())) {
				client.write(RawWebSocket.request("/"));
				Response response = client.readResponse();
				assertThat(response.status()).isEqualTo(400);
				assertThat(response.body()).contains("TLS").contains("wss://");
				assertThat(client.readAll()).isEmpty();
			}
		});
	}

	@OnEachProvider
	void whenBytesArePlainThenIsClosedWithoutAWord(SslProvider provider) {
		RecordingListener listener = new RecordingListener().echo();
		try (TestServer server = TestServer.text(this.kind).tls(provider).start(listener);
				RawSocket client = RawSocket.connect(server.port())) {
			client.write("hello\nhello\n");
			assertThat(client.readAll()).isEmpty();
			assertThat(listener.rejected()).containsExactly(RejectReason.NOT_TLS);
			assertThat(listener.opened()).isZero();
		}
	}

	@OnEachProvider
	void whenRecordIsGarbageThenHandshakeFails(SslProvider provider) {
		rejects(TestTls.of(provider), RejectReason.TLS_HANDSHAKE, (server) -> {
			try (RawSocket client = RawSocket.connect(server.port())) {
				byte[] garbage = new byte[200];
				garbage[0] = 22;
				garbage[1] = 3;
				garbage[2] = 3;
				garbage[4] = 100;
				garbage[5] = 99;
				client.write(garbage);
				readToTheEnd(client);
			}
		});
	}

	@OnEachProvider
	void whenOnlyTheFirstByteIsOfTlsThenHandshakeFails(SslProvider provider) {
		rejects(TestTls.of(provider), RejectReason.TLS_HANDSHAKE, (server) -> {
			try (RawSocket client = RawSocket.connect(server.port())) {
				client.write("\u0016 is not a record of any version");
				readToTheEnd(client);
			}
		});
	}

	@OnEachProvider
	void whenNamesAreLookedAtAndRecordIsGarbageThenHandshakeFails(SslProvider provider) {
		rejects(TestTls.of(provider).serverName("chat.example.com", 5), RejectReason.TLS_HANDSHAKE, (server) -> {
			try (RawSocket client = RawSocket.connect(server.port())) {
				client.write("\u0016 is not a record of any version");
				readToTheEnd(client);
			}
		});
	}

	@OnEachProvider
	void whenNameIsNoHostNameThenItIsForTheEngine(SslProvider provider) {
		TestTls tls = TestTls.of(provider).serverName("chat.example.com", 5);
		byte[] hello = hello(tls, "xn--a.example.com");
		// No character of ASCII, and what has one cannot begin with xn-- (RFC 5890).
		hello[new String(hello, StandardCharsets.ISO_8859_1).indexOf("xn--a") + 4] = (byte) 0x80;
		// OpenSSL takes it for an unknown name, and goes on.
		RejectReason reason = (provider == SslProvider.JDK) ? RejectReason.TLS_HANDSHAKE : RejectReason.ABANDONED;
		rejects(tls, reason, (server) -> {
			try (RawSocket client = RawSocket.connect(server.port())) {
				client.write(hello);
				assertThat(client.read(1)).isNotEmpty();
			}
		});
		assertThat(this.log.messages("io.github.workerman.connection"))
			.noneMatch((line) -> line.contains("unexpected"));
	}

	@OnEachProvider
	void whenPeerKnowsOldVersionsOnlyThenIsRefused(SslProvider provider) {
		rejects(TestTls.of(provider), RejectReason.TLS_VERSION, (server) -> {
			try (RawSocket client = RawSocket.connect(server.port())) {
				client.write(helloOfTls11());
				byte[] alert = client.read(7);
				assertThat(alert[0]).isEqualTo((byte) ALERT);
				assertThat(alert[6]).isEqualTo((byte) PROTOCOL_VERSION);
				readToTheEnd(client);
			}
		});
	}

	@OnEachProvider
	void whenPeerKnowsNewerVersionsOnlyThenIsRefused(SslProvider provider) {
		TestTls tls = TestTls.of(provider);
		TlsKeys keys = tls.keys(tls.certificates().server(2, "localhost"));
		tls.identity().replace(new TlsKeys(keys.keys(), keys.trust(), List.of(), List.of("TLSv1.2")));
		rejects(tls, RejectReason.TLS_VERSION, (server) -> {
			try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port());
					SSLSocket client = tls.over(plain)) {
				client.setEnabledProtocols(new String[] { "TLSv1.3" });
				assertThatExceptionOfType(SSLException.class).isThrownBy(client::startHandshake);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	@OnEachProvider
	void whenHelloIsCutThenPeerHasLeft(SslProvider provider) {
		TestTls tls = TestTls.of(provider);
		byte[] hello = hello(tls);
		rejects(tls, RejectReason.ABANDONED, (server) -> {
			try (RawSocket client = RawSocket.connect(server.port())) {
				client.write(Arrays.copyOf(hello, hello.length / 2));
				client.shutdownOutput();
				readToTheEnd(client);
			}
		});
	}

	@OnEachProvider
	void whenPeerResetsDuringTheHandshakeThenHasLeft(SslProvider provider) {
		TestTls tls = TestTls.of(provider);
		byte[] hello = hello(tls);
		rejects(tls, RejectReason.ABANDONED, (server) -> {
			RawSocket client = RawSocket.connect(server.port());
			client.write(hello);
			assertThat(client.read(1)).isNotEmpty();
			client.reset();
		});
	}

	@OnEachProvider
	void whenHandshakeIsNotGoneOnWithThenTimeEndsIt(SslProvider provider) {
		TestTls tls = TestTls.of(provider).serverName("chat.example.com", 5);
		byte[] hello = hello(tls);
		for (int sent : new int[] { 0, 1, hello.length / 2, hello.length }) {
			RecordingListener listener = new RecordingListener().echo();
			try (TestServer server = TestServer.websocket(this.kind)
				.tls(tls)
				.handshakeTimeout(Duration.ofMillis(600))
				.start(listener);
					Bystander bystander = new Bystander(server);
					RawSocket client = RawSocket.connect(server.port())) {
				client.write(Arrays.copyOf(hello, sent));
				readToTheEnd(client);
				bystander.isServed();
				assertThat(listener.rejected()).containsExactly(RejectReason.TIMEOUT);
			}
		}
	}

	@OnEachProvider
	void whenOnlyTheUpgradeIsMissingThenPeerIsTold(SslProvider provider) {
		RecordingListener listener = new RecordingListener();
		try (TestServer server = TestServer.websocket(this.kind)
			.tls(provider)
			.handshakeTimeout(Duration.ofMillis(600))
			.start(listener); RawSocket client = server.connect()) {
			client.write("GET / HT");
			assertThat(client.readLine()).isEqualTo("HTTP/1.1 408 Request Timeout");
			readToTheEnd(client);
			assertThat(listener.rejected()).containsExactly(RejectReason.TIMEOUT);
		}
	}

	@OnEachProvider
	void whenPeerDoesNotTrustTheServerThenItsAlertIsCounted(SslProvider provider) {
		TestTls tls = TestTls.of(provider);
		SSLContext suspicious = new TestCertificates().clientContext(null);
		rejects(tls, RejectReason.TLS_ALERT,
				(server) -> assertThatExceptionOfType(UncheckedIOException.class)
					.isThrownBy(() -> tls.connect(server.port(), suspicious))
					.withCauseInstanceOf(SSLException.class));
	}

	@OnEachProvider
	void whenCertificateIsNeededThenOthersAreRefused(SslProvider provider) {
		TestTls tls = TestTls.of(provider, TlsClientAuth.NEED);
		TestCertificates certificates = tls.certificates();
		TestCertificates foreign = new TestCertificates();
		List<SSLContext> refused = List.of(certificates.clientContext(null),
				certificates.clientContext(certificates.client("late", Instant.now().minus(Duration.ofDays(1)))),
				certificates.clientContext(foreign.client("stranger")));
		RecordingListener listener = new RecordingListener().echo();
		try (TestServer server = TestServer.text(this.kind).tls(tls).start(listener);
				RawSocket friend = RawSocket
					.over(tls.connect(server.port(), certificates.clientContext(certificates.client("friend"))))) {
			for (SSLContext context : refused) {
				refused(server, tls, context);
			}
			Waiting.until("counted", () -> listener.rejected().size() == refused.size());
			assertThat(listener.rejected()).containsOnly(RejectReason.TLS_CERTIFICATE);
			friend.write("hello\n");
			assertThat(friend.readLine()).isEqualTo("hello");
			assertThat(listener.opened()).isEqualTo(1);
			assertThat(listener.peer(friend).connection().principal().getName()).isEqualTo("CN=friend,O=Example");
		}
	}

	/*
	 * With TLS 1.3 a client learns only when it reads that its certificate was refused.
	 */
	private void refused(TestServer server, TestTls tls, SSLContext context) {
		try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port());
				SSLSocket socket = tls.over(plain, context)) {
			socket.startHandshake();
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
		catch (IOException ex) {
			assertThat(ex).isNotInstanceOf(SocketTimeoutException.class);
		}
	}

	@OnEachProvider
	void whenPeerRenegotiatesThenIsClosed(SslProvider provider) throws IOException {
		TestTls tls = TestTls.of(provider);
		RecordingListener listener = new RecordingListener().echo();
		try (TestServer server = TestServer.text(this.kind).tls(tls).start(listener);
				RawSocket bystander = server.connect();
				Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port());
				SSLSocket socket = tls.over(plain)) {
			socket.setEnabledProtocols(new String[] { "TLSv1.2" });
			RawSocket client = RawSocket.over(socket);
			client.write("hello\n");
			assertThat(client.readLine()).isEqualTo("hello");
			PeerRecord peer = listener.peer(client);
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
				socket.startHandshake();
				socket.getOutputStream().write('x');
				socket.getInputStream().read();
				socket.getInputStream().read();
				throw new EOFException("the server went on after it had refused");
			});
			assertThat(peer.awaitClosed().code()).isEqualTo(1006);
			bystander.write("still here\n");
			assertThat(bystander.readLine()).isEqualTo("still here");
		}
	}

	@OnEachProvider
	void whenRecordIsForgedThenConnectionIsLost(SslProvider provider) throws IOException {
		TestTls tls = TestTls.of(provider);
		RecordingListener listener = new RecordingListener().echo();
		try (TestServer server = TestServer.text(this.kind).tls(tls).start(listener);
				Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port());
				SSLSocket socket = tls.over(plain)) {
			RawSocket client = RawSocket.over(socket);
			client.write("hello\n");
			assertThat(client.readLine()).isEqualTo("hello");
			plain.getOutputStream().write(TestTls.forgedRecords());
			PeerRecord peer = listener.peers(1).get(0);
			assertThat(peer.awaitClosed().code()).isEqualTo(1006);
			assertThat(peer.failures()).hasSize(1);
		}
	}

	private void rejects(TestTls tls, RejectReason reason, Peer peer) {
		RecordingListener listener = new RecordingListener().echo();
		try (TestServer server = TestServer.websocket(this.kind).tls(tls).start(listener);
				Bystander bystander = new Bystander(server)) {
			peer.visit(server);
			Waiting.until("rejected", () -> !listener.rejected().isEmpty());
			bystander.isServed();
			assertThat(listener.rejected()).containsExactly(reason);
			assertThat(listener.opened()).isEqualTo(1);
		}
		assertThat(this.log.messages("io.github.workerman.connection")
			.stream()
			.filter((line) -> line.startsWith("Rejected"))
			.toList()).hasSizeLessThanOrEqualTo(1).noneMatch((line) -> line.contains("\n"));
	}

	private static void readToTheEnd(RawSocket client) {
		try {
			client.readAll();
		}
		catch (UncheckedIOException ex) {
			// A reset is an end, too; a time-out is none.
			assertThat(ex.getCause()).isNotInstanceOf(SocketTimeoutException.class);
		}
	}

	private static byte[] hello(TestTls tls) {
		return hello(tls, "localhost");
	}

	private static byte[] hello(TestTls tls, String name) {
		return TestCertificates.make(() -> {
			SSLEngine engine = tls.certificates().clientContext(null).createSSLEngine(name, 1);
			engine.setUseClientMode(true);
			ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
			engine.wrap(ByteBuffer.allocate(0), out);
			byte[] hello = new byte[out.position()];
			out.flip().get(hello);
			return hello;
		});
	}

	/**
	 * A ClientHello of TLS 1.1 (RFC 4346 section 7.4.1.2) with two cipher suites.
	 */
	private static byte[] helloOfTls11() {
		ByteBuffer hello = ByteBuffer.allocate(52);
		hello.put((byte) 22).putShort((short) 0x0301).putShort((short) 47);
		hello.put((byte) 1).put((byte) 0).putShort((short) 43);
		hello.putShort((short) 0x0302).put(new byte[32]).put((byte) 0);
		hello.putShort((short) 4).putShort((short) 0x002F).putShort((short) 0xC009);
		hello.put((byte) 1).put((byte) 0);
		return hello.array();
	}

	/**
	 * Misbehaves.
	 */
	@FunctionalInterface
	private interface Peer {

		void visit(TestServer server);

	}

}
