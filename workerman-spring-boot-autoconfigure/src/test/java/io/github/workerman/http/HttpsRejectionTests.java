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

package io.github.workerman.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import io.github.workerman.annotation.OnRequest;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Those who come to an https port and are turned away, which nobody else notices.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class HttpsRejectionTests {

	private static final String DEBUG = "logging.level.io.github.workerman.connection=debug";

	@Test
	void whenRequestIsPlainThenIsToldToUseTls(CapturedOutput output) {
		try (HttpsFixture https = HttpsFixture.start(Handlers.class, DEBUG)) {
			try (RawSocket client = https.connectPlain()) {
				client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
				client.write("x".repeat(1000));
				assertThat(new String(client.readAll(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 400 Bad Request")
					.contains("this port speaks TLS")
					.contains("https://");
			}
			https.awaitRejected(RejectReason.NOT_TLS, 1);
			assertThat(https.get("/")).isEqualTo("hello");
			assertThat(https.server().statistics().opened()).isEqualTo(1);
			assertThat(output.toString().lines().filter((line) -> line.contains("Rejected 127.0.0.1"))).singleElement()
				.asString()
				.endsWith("at server 'web': no TLS on a port with TLS");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 100 })
	void whenHandshakeIsNotGoneOnWithThenTimeEndsIt(int sent) {
		try (HttpsFixture https = HttpsFixture.start(Handlers.class, "workerman.servers.web.handshake-timeout=600ms");
				RawSocket client = https.connectPlain()) {
			byte[] hello = new byte[sent];
			System.arraycopy(new byte[] { 22, 3, 1, 2, 0, 1 }, 0, hello, 0, Math.min(sent, 6));
			client.write(hello);
			readToTheEnd(client);
			https.awaitRejected(RejectReason.TIMEOUT, 1);
			assertThat(https.server().statistics().rejected(RejectReason.ABANDONED)).isZero();
		}
	}

	@Test
	void whenOnlyTheRequestIsMissingThenItsOwnTimeEndsIt() {
		try (HttpsFixture https = HttpsFixture.start(Handlers.class, "workerman.servers.web.http.request-timeout=600ms",
				"workerman.servers.web.handshake-timeout=1h");
				RawSocket silent = RawSocket.over(https.connect());
				RawSocket slow = RawSocket.over(https.connect())) {
			slow.write("GET / HT");
			assertThat(silent.readAll()).isEmpty();
			assertThat(new String(slow.readAll(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 408 ");
			https.awaitRejected(RejectReason.TIMEOUT, 2);
		}
	}

	@Test
	void whenRecordIsGarbageThenHandshakeFails() {
		try (HttpsFixture https = HttpsFixture.start(Handlers.class); RawSocket client = https.connectPlain()) {
			byte[] garbage = new byte[200];
			System.arraycopy(new byte[] { 22, 3, 3, 0, 100, 99 }, 0, garbage, 0, 6);
			client.write(garbage);
			readToTheEnd(client);
			https.awaitRejected(RejectReason.TLS_HANDSHAKE, 1);
		}
	}

	@Test
	void whenPeerLeavesDuringTheHandshakeThenHasLeft() {
		try (HttpsFixture https = HttpsFixture.start(Handlers.class)) {
			try (RawSocket client = https.connectPlain()) {
				client.write(new byte[] { 22, 3, 1, 2, 0, 1, 0 });
			}
			https.awaitRejected(RejectReason.ABANDONED, 1);
		}
	}

	@Test
	void whenPeerDoesNotTrustTheServerThenItsAlertIsCounted() {
		try (HttpsFixture https = HttpsFixture.start(Handlers.class)) {
			assertThatExceptionOfType(UncheckedIOException.class)
				.isThrownBy(() -> https.connect("localhost", new TestCertificates().clientContext(null)))
				.withCauseInstanceOf(SSLException.class);
			https.awaitRejected(RejectReason.TLS_ALERT, 1);
		}
	}

	@Test
	void whenCertificateIsNeededThenOthersAreRefused() throws Exception {
		try (HttpsFixture https = HttpsFixture.start(Handlers.class, "workerman.servers.web.ssl.client-auth=need")) {
			for (var own : new io.netty.pkitesting.X509Bundle[] { null, new TestCertificates().client("stranger") }) {
				try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), https.port());
						SSLSocket socket = (SSLSocket) https.certificates()
							.clientContext(own)
							.getSocketFactory()
							.createSocket(plain, "localhost", https.port(), true)) {
					socket.setSoTimeout(20_000);
					socket.startHandshake();
					assertThat(socket.getInputStream().read()).isEqualTo(-1);
				}
				catch (IOException ex) {
					assertThat(ex).isNotInstanceOf(SocketTimeoutException.class);
				}
			}
			https.awaitRejected(RejectReason.TLS_CERTIFICATE, 2);
			assertThat(https.get(https.client(Version.HTTP_1_1, https.certificates().client("friend")), "/"))
				.isEqualTo("hello");
		}
	}

	@Test
	void whenServerStopsThenPeersInTheHandshakeAreNotWaitedFor() throws Exception {
		try (HttpsFixture https = HttpsFixture.start(Handlers.class, "workerman.servers.web.handshake-timeout=1h",
				"workerman.servers.web.shutdown.grace-period=1h");
				RawSocket arriving = https.connectPlain();
				RawSocket idle = RawSocket.over(https.connect())) {
			arriving.write(new byte[] { 22, 3, 1, 2, 0, 1, 0 });
			idle.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
			assertThat(idle.readLine()).isEqualTo("HTTP/1.1 200 OK");
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> https.server().stop());
			assertThat(new String(idle.readAll(), StandardCharsets.UTF_8)).endsWith("hello");
			readToTheEnd(arriving);
			stopped.get(20, TimeUnit.SECONDS);
		}
	}

	@Test
	void whenTlsComesToAPlainPortThenGetsAnAlertAndIsCounted() {
		try (HttpFixture http = HttpFixture.start(Handlers.class);
				HttpsFixture https = HttpsFixture.start(Handlers.class)) {
			for (int first : new int[] { 1, 2, 6 }) {
				try (RawSocket client = http.connect()) {
					byte[] hello = new byte[200];
					System.arraycopy(new byte[] { 22, 3, 1, 0, 100, 1 }, 0, hello, 0, 6);
					client.write(java.util.Arrays.copyOf(hello, first));
					client.write(java.util.Arrays.copyOfRange(hello, first, hello.length));
					assertThat(client.readAll()).startsWith(21, 3);
				}
			}
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> {
				try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), http.port());
						SSLSocket socket = (SSLSocket) https.certificates()
							.clientContext(null)
							.getSocketFactory()
							.createSocket(plain, "localhost", http.port(), true)) {
					socket.startHandshake();
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}).withMessageContaining("handshake_failure");
			org.awaitility.Awaitility.await().until(() -> http.server().statistics().rejected(RejectReason.TLS) == 4);
			assertThat(http.get("/").body()).isEqualTo("hello");
		}
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

	static class Handlers {

		@OnRequest("/")
		String hello() {
			return "hello";
		}

	}

}
