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
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import javax.net.ssl.SSLSocket;

import io.github.workerman.connection.CertificatePrincipal;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.HandshakeDecision;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.WebSocketConnection;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.transport.LogRecorder;
import io.github.workerman.transport.Members;
import io.github.workerman.transport.OnEachTransport;
import io.github.workerman.transport.PeerRecord;
import io.github.workerman.transport.RecordingListener;
import io.github.workerman.transport.TestServer;
import io.github.workerman.transport.TransportKind;
import io.github.workerman.transport.Waiting;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that connections over TLS behave as those without.
 */
@OnEachTransport
class TlsTests {

	@Parameter
	TransportKind kind;

	@RegisterExtension
	final LogRecorder log = new LogRecorder();

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
	void whenHandshakeIsCompleteThenConnectionOpens(SslProvider provider) throws IOException {
		TestTls tls = TestTls.of(provider);
		try (TestServer server = TestServer.text(this.kind).tls(tls).start(new RecordingListener().echo());
				RawSocket early = server.connect();
				Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
			assertThat(server.listener().peer(early).connection().isSecure()).isTrue();
			assertThat(server.listener().peer(early).connection().principal()).isNull();
			RawSocket client = RawSocket.over(tls.over(plain, tls.certificates().clientContext(null)));
			assertThat(server.listener().opened()).isEqualTo(1);
			client.write("hello\n");
			assertThat(client.readLine()).isEqualTo("hello");
			assertThat(server.listener().opened()).isEqualTo(2);
			early.write("still here\n");
			assertThat(early.readLine()).isEqualTo("still here");
			assertThat(server.listener().rejected()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
	void whenServerSpeaksFirstThenPeerHearsIt(SslProvider provider) {
		RecordingListener listener = new RecordingListener().onConnected((connection) -> connection.send("welcome"));
		try (TestServer server = TestServer.text(this.kind).tls(TestTls.of(provider)).start(listener);
				RawSocket client = server.connect()) {
			assertThat(client.readLine()).isEqualTo("welcome");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
	void whenMessagesAreLargeThenArriveWhole(SslProvider provider) {
		String large = "0123456789".repeat(50_000);
		try (TestServer server = TestServer.websocket(this.kind)
			.tls(TestTls.of(provider))
			.start(new RecordingListener().echo()); RawWebSocket client = server.openWebSocket()) {
			for (int i = 0; i < 3; i++) {
				client.sendText(large + i);
				assertThat(client.readText()).isEqualTo(large + i);
			}
			WebSocketConnection connection = (WebSocketConnection) server.listener().peer(client).connection();
			assertThat(connection.handshake().isSecure()).isTrue();
			Waiting.until("nothing waits", () -> connection.pendingBytes() == 0);
			client.sendClose(4000, "enough");
			assertThat(client.readClose().code()).isEqualTo(4000);
			assertThat(client.readAll()).isEmpty();
			assertThat(server.listener().peer(client).awaitClosed())
				.isEqualTo(new CloseReason(4000, "enough", Cause.CLIENT));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
	void whenProtocolIsOfBytesThenBytesArrive(SslProvider provider) {
		RecordingListener listener = new RecordingListener().echo();
		try (TestServer server = TestServer.tcp(this.kind).tls(TestTls.of(provider)).start(listener);
				RawSocket client = server.connect()) {
			byte[] bytes = new byte[100_000];
			for (int i = 0; i < bytes.length; i++) {
				bytes[i] = (byte) i;
			}
			client.write(bytes);
			assertThat(client.read(bytes.length)).isEqualTo(bytes);
		}
		try (TestServer server = TestServer.frame(this.kind).tls(TestTls.of(provider)).start(listener);
				RawSocket client = server.connect()) {
			client.write(new byte[] { 0, 0, 0, 6, 1, 2 });
			assertThat(client.read(6)).containsExactly(0, 0, 0, 6, 1, 2);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
	void whenServerClosesThenPeerSeesARegularEnd(SslProvider provider) {
		try (TestServer server = TestServer.text(this.kind)
			.tls(TestTls.of(provider))
			.start(new RecordingListener()
				.onMessage((connection, message) -> connection.close((Object) ("bye " + message))));
				RawSocket client = server.connect()) {
			client.write("joe\n");
			assertThat(client.readLine()).isEqualTo("bye joe");
			// Would fail without close_notify.
			assertThat(client.readAll()).isEmpty();
			client.close();
			assertThat(server.listener().peers(1).get(0).awaitClosed().cause()).isEqualTo(Cause.SERVER);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
	void whenPeerGoesOnSendingAfterTheEndThenStillSeesARegularEnd(SslProvider provider) {
		try (TestServer server = TestServer.text(this.kind)
			.tls(TestTls.of(provider))
			.start(new RecordingListener().onMessage((connection, message) -> connection.close((Object) "bye")));
				RawSocket client = server.connect()) {
			client.write("joe\n");
			assertThat(client.readLine()).isEqualTo("bye");
			for (int i = 0; i < 10; i++) {
				client.write(new byte[100_000]);
			}
			assertThat(client.readAll()).isEmpty();
			client.close();
			assertThat(server.listener().peers(1).get(0).awaitClosed().cause()).isEqualTo(Cause.SERVER);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
	void whenServerDestroysThenPeerSeesAReset(SslProvider provider) {
		try (TestServer server = TestServer.text(this.kind).tls(TestTls.of(provider)).start();
				RawSocket client = server.connect()) {
			server.listener().peer(client).connection().destroy();
			client.expectReset();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
	void whenServerDestroysAPeerThatDoesNotReadThenIsGoneAtOnce(SslProvider provider) {
		try (TestServer server = TestServer.text(this.kind).tls(TestTls.of(provider)).smallSocketBuffers().start();
				RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			String large = "x".repeat(500_000);
			peer.onLoop(() -> {
				peer.connection().send(large);
				peer.connection().send(large);
			});
			Waiting.until("bytes wait", () -> peer.connection().pendingBytes() > 100_000);
			peer.connection().destroy();
			assertThat(peer.awaitClosed().cause()).isEqualTo(Cause.ERROR);
			server.awaitEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
	void whenPeerDoesNotReadThenSendBufferFillsAndDrains(SslProvider provider) {
		try (TestServer server = TestServer.text(this.kind)
			.tls(TestTls.of(provider))
			.maxSendBuffer(200_000)
			.smallSocketBuffers()
			.start(); RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			String text = "y".repeat(9_999);
			AtomicInteger accepted = new AtomicInteger();
			peer.onLoop(() -> {
				for (int i = 0; i < 1000 && peer.connection().send(text) == SendResult.ACCEPTED; i++) {
					accepted.incrementAndGet();
				}
			});
			assertThat(accepted.get()).isLessThan(1000);
			Waiting.until("full", () -> peer.count("full") == 1);
			assertThat(peer.connection().pendingBytes()).isPositive();
			for (int i = 0; i < accepted.get(); i++) {
				assertThat(client.readLine()).isEqualTo(text);
			}
			Waiting.until("drained", () -> peer.count("drained") == 1);
			assertThat(peer.connection().send("more")).isEqualTo(SendResult.ACCEPTED);
			assertThat(client.readLine()).isEqualTo("more");
			Waiting.until("nothing waits", () -> peer.connection().pendingBytes() == 0);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
	void whenSentAsynchronouslyThenCompletesWithTheWrite(SslProvider provider) throws Exception {
		try (TestServer server = TestServer.text(this.kind).tls(TestTls.of(provider)).start();
				RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			List<CompletionStage<SendResult>> results = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				results.add(peer.connection().sendAsync("message " + i));
			}
			for (int i = 0; i < 20; i++) {
				assertThat(client.readLine()).isEqualTo("message " + i);
				assertThat(results.get(i).toCompletableFuture().get(20, TimeUnit.SECONDS))
					.isEqualTo(SendResult.ACCEPTED);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
	void whenReadsBringManyMessagesThenRepliesAreOneRecord(SslProvider provider) {
		RecordCounter counter = new RecordCounter();
		try (TestServer server = TestServer.websocket(this.kind)
			.tls(TestTls.of(provider))
			.customizer((tcp) -> tcp
				.doOnChannelInit((observer, channel, address) -> channel.pipeline().addFirst(counter.handler())))
			.start(new RecordingListener().echo()); RawWebSocket client = server.openWebSocket()) {
			client.sendText("first");
			assertThat(client.readText()).isEqualTo("first");
			int before = counter.records.get();
			int flushes = counter.flushes.get();
			client.write(RawWebSocket.join(IntStream.range(0, 100)
				.mapToObj((i) -> RawWebSocket.frame(RawWebSocket.TEXT, "message " + i))
				.toArray(byte[][]::new)));
			for (int i = 0; i < 100; i++) {
				assertThat(client.readText()).isEqualTo("message " + i);
			}
			// The client's socket may cut what it writes into two records.
			assertThat(counter.records.get() - before).isBetween(1, 2);
			assertThat(counter.flushes.get() - flushes).isBetween(1, 4);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
	void whenBroadcastThenEachPeerGetsAllInOrder(SslProvider provider) {
		try (TestServer server = TestServer.websocket(this.kind).tls(TestTls.of(provider)).start();
				RawWebSocket one = server.openWebSocket();
				RawWebSocket two = server.openWebSocket();
				RawWebSocket three = server.openWebSocket()) {
			List<PeerRecord> peers = server.listener().peers(3);
			Members members = Members.of(peers.toArray(PeerRecord[]::new));
			PeerRecord first = server.listener().peer(one);
			first.onLoop(() -> {
				for (int i = 0; i < 50; i++) {
					first.connection().loop().broadcast(members, "to all " + i);
					if (i == 20) {
						first.connection().send("to one");
					}
				}
			});
			for (RawWebSocket client : List.of(one, two, three)) {
				for (int i = 0; i < 50; i++) {
					assertThat(client.readText()).isEqualTo("to all " + i);
					if (i == 20 && client == one) {
						assertThat(client.readText()).isEqualTo("to one");
					}
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
	void whenServerDrainsThenPeersAreToldAndGone(SslProvider provider) throws Exception {
		try (TestServer server = TestServer.websocket(this.kind).tls(TestTls.of(provider)).start();
				RawWebSocket client = server.openWebSocket();
				Socket arriving = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
			Waiting.until("arrived", () -> !server.isEmpty());
			CompletableFuture<Void> drained = server.endpoint()
				.drain(CloseReason.GOING_AWAY, Duration.ofSeconds(20))
				.toCompletableFuture();
			assertThat(client.readClose().code()).isEqualTo(1001);
			client.sendClose(1001, "");
			assertThat(client.readAll()).isEmpty();
			assertThat(arriving.getInputStream().read()).isEqualTo(-1);
			client.close();
			drained.get(20, TimeUnit.SECONDS);
		}
	}

	@ParameterizedTest
	@EnumSource(names = "JDK")
	void whenPeerEndsItsStreamThenGetsRepliesAndAnEnd(SslProvider provider) throws IOException {
		try (TestServer server = TestServer.text(this.kind)
			.tls(TestTls.of(provider))
			.start(new RecordingListener().echo()); RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			client.write("first\nsecond\nincomplete");
			client.shutdownOutput();
			assertThat(client.readLine()).isEqualTo("first");
			assertThat(client.readLine()).isEqualTo("second");
			assertThat(client.readAll()).isEmpty();
			assertThat(peer.awaitClosed()).isEqualTo(CloseReason.NO_STATUS);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
	void whenStreamIsCutThenConnectionIsLost(SslProvider provider) throws IOException {
		TestTls tls = TestTls.of(provider);
		try (TestServer server = TestServer.text(this.kind).tls(tls).start(new RecordingListener().echo());
				Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port());
				SSLSocket socket = tls.over(plain, tls.certificates().clientContext(null))) {
			RawSocket client = RawSocket.over(socket);
			client.write("hello\n");
			assertThat(client.readLine()).isEqualTo("hello");
			PeerRecord peer = server.listener().peers(1).get(0);
			plain.shutdownOutput();
			assertThat(peer.awaitClosed()).isEqualTo(CloseReason.LOST);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
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

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
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

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
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

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
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

	/**
	 * Counts what goes to the socket.
	 */
	private static final class RecordCounter {

		private static final int APPLICATION_DATA = 23;

		private final AtomicInteger records = new AtomicInteger();

		private final AtomicInteger flushes = new AtomicInteger();

		ChannelOutboundHandlerAdapter handler() {
			return new ChannelOutboundHandlerAdapter() {

				@Override
				public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
					if (message instanceof ByteBuf bytes) {
						int at = bytes.readerIndex();
						while (at + 5 <= bytes.writerIndex()) {
							if (bytes.getUnsignedByte(at) == APPLICATION_DATA) {
								RecordCounter.this.records.incrementAndGet();
							}
							at += 5 + bytes.getUnsignedShort(at + 3);
						}
					}
					context.write(message, promise);
				}

				@Override
				public void flush(ChannelHandlerContext context) {
					RecordCounter.this.flushes.incrementAndGet();
					context.flush();
				}

			};
		}

	}

}
