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

package io.github.workerman.autoconfigure;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;

import io.github.workerman.testsupport.TestCertificates;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Websockets on the port of a WebFlux application with TLS.
 */
@Timeout(60)
class WebMountTlsTests extends WebMountFixture {

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenWebServerHasTlsThenSocketsHaveItToo(boolean http2, @TempDir Path directory) throws Exception {
		TestCertificates certificates = new TestCertificates();
		X509Bundle bundle = certificates.server(1, "localhost");
		Files.writeString(directory.resolve("key.pem"), bundle.getPrivateKeyPEM());
		Files.writeString(directory.resolve("cert.pem"), bundle.getCertificatePathPEM());
		start("server.ssl.bundle=own", "server.http2.enabled=" + http2,
				"spring.ssl.bundle.pem.own.keystore.certificate=" + directory.resolve("cert.pem").toUri(),
				"spring.ssl.bundle.pem.own.keystore.private-key=" + directory.resolve("key.pem").toUri());
		HttpClient client = HttpClient.newBuilder().sslContext(certificates.clientContext(null)).build();
		HttpResponse<String> page = get(client, "https", "/hello");
		assertThat(page.body()).isEqualTo("hello");
		assertThat(page.version()).isEqualTo(http2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
		JdkSocket socket = JdkSocket.open(client, "wss://localhost:" + port() + "/rooms/blue");
		socket.webSocket.sendText("x", true).get(20, TimeUnit.SECONDS);
		assertThat(socket.next()).isEqualTo("blue secure x");
		String large = "0123456789".repeat(30_000);
		socket.webSocket.sendText(large, true).get(20, TimeUnit.SECONDS);
		assertThat(socket.next()).isEqualTo("blue secure " + large);
		assertThat(get(client, "https", "/rooms/blue").body()).isEqualTo("page of a room");
		server().stop();
		assertThat(socket.next()).isEqualTo("close 1001");
	}

	@Test
	void whenWebServerAsksForCertificatesThenTheyAreThePrincipal(@TempDir Path directory) throws Exception {
		TestCertificates certificates = new TestCertificates();
		X509Bundle bundle = certificates.server(1, "localhost");
		Files.writeString(directory.resolve("key.pem"), bundle.getPrivateKeyPEM());
		Files.writeString(directory.resolve("cert.pem"), bundle.getCertificatePathPEM());
		Files.writeString(directory.resolve("ca.pem"), certificates.authority().getCertificatePEM());
		start("server.ssl.bundle=own", "server.ssl.client-auth=want",
				"spring.ssl.bundle.pem.own.keystore.certificate=" + directory.resolve("cert.pem").toUri(),
				"spring.ssl.bundle.pem.own.keystore.private-key=" + directory.resolve("key.pem").toUri(),
				"spring.ssl.bundle.pem.own.truststore.certificate=" + directory.resolve("ca.pem").toUri());
		assertThat(who(certificates.clientContext(certificates.client("amy")))).contains("amy");
		assertThat(who(certificates.clientContext(null))).isEqualTo("nobody");
	}

	private String who(SSLContext context) throws Exception {
		HttpClient client = HttpClient.newBuilder().sslContext(context).build();
		JdkSocket socket = JdkSocket.open(client, "wss://localhost:" + port() + "/who");
		socket.webSocket.sendText("?", true).get(20, TimeUnit.SECONDS);
		return socket.next();
	}

}
