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

package io.github.workerman.transport.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import javax.net.ssl.SSLSocket;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.MessageKind;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.http.Http2Settings;
import io.github.workerman.http.HttpExchange;
import io.github.workerman.http.HttpListener;
import io.github.workerman.http.HttpResponse;
import io.github.workerman.http.HttpSettings;
import io.github.workerman.protocol.CompressionSettings;
import io.github.workerman.protocol.FrameSettings;
import io.github.workerman.protocol.PathPattern;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.protocol.TrustedProxies;
import io.github.workerman.protocol.websocket.WebSocketProtocol;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.transport.Connections;
import io.github.workerman.transport.EndpointEnvironment;
import io.github.workerman.transport.EndpointSettings;
import io.github.workerman.transport.EventLoops;
import io.github.workerman.transport.OnEachTransport;
import io.github.workerman.transport.PeerRecord;
import io.github.workerman.transport.ProxyProtocol;
import io.github.workerman.transport.RecordingListener;
import io.github.workerman.transport.ToStringCodec;
import io.github.workerman.transport.TransportCustomizer;
import io.github.workerman.transport.TransportFixture;
import io.github.workerman.transport.Waiting;
import io.github.workerman.transport.limit.LimitSettings;
import io.github.workerman.transport.tls.OnEachProvider;
import io.github.workerman.transport.tls.TestTls;
import io.github.workerman.transport.tls.TlsClientAuth;
import io.netty.handler.ssl.SslProvider;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that https does not depend on who encrypts.
 */
@OnEachTransport
@Timeout(120)
class HttpsEngineTests extends TransportFixture {

	@OnEachProvider
	void whenVersionIsAgreedOnThenItIsSpoken(SslProvider provider) throws Exception {
		TestTls tls = TestTls.of(provider, TlsClientAuth.WANT);
		try (Server server = start(tls)) {
			byte[] body = new byte[300_000];
			for (Version version : Version.values()) {
				HttpClient client = HttpClient.newBuilder()
					.version(version)
					.sslContext(tls.certificates().clientContext(tls.certificates().client("joe")))
					.build();
				for (int i = 0; i < 3; i++) {
					var response = client
						.send(HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/" + i))
							.timeout(Duration.ofSeconds(20))
							.POST(BodyPublishers.ofByteArray(body))
							.build(), BodyHandlers.ofString());
					assertThat(response.version()).isEqualTo(version);
					assertThat(response.body()).isEqualTo("300000 CN=joe,O=Example true");
				}
			}
		}
	}

	@OnEachProvider
	void whenPeersAreTurnedAwayOrUpgradedThenTheyAreTold(SslProvider provider) throws Exception {
		TestTls tls = TestTls.of(provider);
		try (Server server = start(tls)) {
			try (SSLSocket socket = tls.connect(server.port())) {
				RawSocket client = RawSocket.over(socket);
				client.write("GET / HTTP/1.1\r\n\r\n" + "x".repeat(50_000));
				// Would fail without close_notify.
				assertThat(new String(client.readAll(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 400 ");
			}
			try (RawWebSocket socket = RawWebSocket.open(tls.connect(server.port()), "/")) {
				socket.sendText("hello");
				assertThat(socket.readText()).isEqualTo("hello");
				socket.sendClose(1000, "");
				assertThat(socket.readClose().code()).isEqualTo(1000);
				assertThat(socket.readAll()).isEmpty();
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = "JDK")
	void whenPeerSaysGoodbyeThenGetsWhatItHasAskedFor(SslProvider provider) throws Exception {
		TestTls tls = TestTls.of(provider);
		BlockingQueue<HttpExchange> asked = new LinkedBlockingQueue<>();
		RecordingListener listener = new RecordingListener();
		try (Server server = start(tls, listener, asked::add)) {
			try (PartingPeer client = new PartingPeer(tls, server.port())) {
				client.write("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3");
				client.sayGoodbye();
				HttpExchange first = Objects.requireNonNull(asked.poll(20, TimeUnit.SECONDS));
				// When somebody else has been served the loop has seen the goodbye.
				tls.connect(server.port()).close();
				first.respond(HttpResponse.of(200).withBody("first"));
				Objects.requireNonNull(asked.poll(20, TimeUnit.SECONDS))
					.respond(HttpResponse.of(200).withBody("second"));
				assertThat(client.readAll()).contains("first").endsWith("second");
			}
			PeerRecord peer = listener.peers(1).get(0);
			assertThat(peer.awaitClosed()).isEqualTo(CloseReason.NO_STATUS);
		}
	}

	@ParameterizedTest
	@EnumSource(names = "JDK")
	void whenGoodbyeComesBetweenResponsesThenNoRequestIsForgotten(SslProvider provider) throws Exception {
		TestTls tls = TestTls.of(provider);
		String requests = "GET /%s HTTP/1.1\r\nHost: a\r\n\r\n".repeat(3).formatted(1, 2, 3);
		try (Server server = start(tls, new RecordingListener(), (exchange) -> CompletableFuture
			.runAsync(() -> exchange.respond(HttpResponse.of(200).withBody("got " + exchange.request().path()))))) {
			for (int i = 0; i < 50; i++) {
				try (PartingPeer client = new PartingPeer(tls, server.port())) {
					client.write(requests);
					client.sayGoodbye();
					assertThat(client.readAll()).contains("got /1", "got /2", "got /3");
				}
			}
		}
	}

	@OnEachProvider
	void whenRecordBeforeTheFirstRequestIsForgedThenIsCounted(SslProvider provider) throws Exception {
		TestTls tls = TestTls.of(provider);
		RecordingListener listener = new RecordingListener();
		try (Server server = start(tls, listener, HttpsEngineTests::respond)) {
			try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port());
					SSLSocket socket = tls.over(plain)) {
				socket.startHandshake();
				plain.getOutputStream().write(TestTls.forgedRecords());
				Waiting.until("rejected", () -> !listener.rejected().isEmpty());
			}
		}
		assertThat(listener.rejected()).containsExactly(RejectReason.TLS_HANDSHAKE);
		assertThat(listener.opened()).isZero();
	}

	private Server start(TestTls tls) {
		return start(tls, new RecordingListener().echo(), HttpsEngineTests::respond);
	}

	private Server start(TestTls tls, RecordingListener listener, HttpListener requests) {
		EventLoops loops = EventLoops.create(this.kind, 1, "test");
		HttpEndpoint endpoint = endpoint(loops, tls, listener, requests);
		return new Server(loops, endpoint, ((InetSocketAddress) endpoint.bind()).getPort());
	}

	private static HttpEndpoint endpoint(EventLoops loops, TestTls tls, RecordingListener listener,
			HttpListener requests) {
		EndpointSettings settings = new EndpointSettings("web",
				new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024, false, true, true, 1024 * 1024,
				1024 * 1024, Duration.ofMinutes(1), Duration.ofMinutes(1), false, Set.of(MessageKind.TEXT),
				LimitSettings.DEFAULT, ProxyProtocol.OFF, TrustedProxies.of(List.of()), Set.of());
		HttpSettings http = new HttpSettings(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ZERO,
				DataSize.ofKilobytes(8), DataSize.ofKilobytes(64), new Http2Settings(true, 100));
		ProtocolSettings protocol = new ProtocolSettings("web", List.of(new PathPattern("/")), List.of(), List.of(),
				16 * 1024, FrameSettings.DEFAULT, Map.of(), CompressionSettings.OFF, TrustedProxies.of(List.of()));
		return new HttpEndpoint(settings, http, new WebSocketProtocol(), protocol,
				new EndpointEnvironment(loops, new Connections(), new ToStringCodec(), listener,
						new TransportCustomizer(UnaryOperator.identity(), UnaryOperator.identity()),
						tls.termination("h2", "http/1.1")),
				requests);
	}

	private static void respond(HttpExchange exchange) {
		var principal = exchange.connection().principal();
		exchange.respond(HttpResponse.of(200)
			.withBody(exchange.request().bytes().length + " " + ((principal != null) ? principal.getName() : "nobody")
					+ " " + exchange.request().isSecure()));
	}

	/**
	 * An endpoint with a loop of its own.
	 */
	private record Server(EventLoops loops, HttpEndpoint endpoint, int port) implements AutoCloseable {

		@Override
		public void close() {
			this.endpoint.close();
			this.loops.close();
		}

	}

}
