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
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import io.github.workerman.autoconfigure.WorkermanAutoConfiguration;
import io.github.workerman.autoconfigure.WorkermanSecurityAutoConfiguration;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.server.WorkermanServer;
import io.github.workerman.server.WorkermanServerRegistry;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.TestCertificates;
import io.netty.pkitesting.X509Bundle;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.awaitility.Awaitility.await;

/**
 * An application with an https server, whose certificates are made for it, and clients of
 * it.
 */
final class HttpsFixture implements AutoCloseable {

	private final TestCertificates certificates;

	private final ConfigurableApplicationContext context;

	private HttpsFixture(TestCertificates certificates, ConfigurableApplicationContext context) {
		this.certificates = certificates;
		this.context = context;
	}

	static HttpsFixture start(Class<?> handlers, String... properties) {
		TestCertificates certificates = new TestCertificates();
		List<String> all = new ArrayList<>(pem("own", certificates.server(1, "localhost")));
		all.add("--spring.ssl.bundle.pem.own.truststore.certificate=" + certificates.authority().getCertificatePEM());
		all.addAll(pem("other", certificates.server(9, "chat.example.com")));
		all.addAll(List.of("--workerman.servers.web.protocol=http", "--workerman.servers.web.port=0",
				"--workerman.servers.web.address=127.0.0.1"));
		if (!String.join(" ", properties).contains("web.ssl.bundle=")) {
			all.add("--workerman.servers.web.ssl.bundle=own");
		}
		for (String property : properties) {
			all.add("--" + property);
		}
		return new HttpsFixture(certificates,
				new SpringApplicationBuilder(Application.class, handlers).web(WebApplicationType.NONE)
					.run(all.toArray(String[]::new)));
	}

	private static List<String> pem(String name, X509Bundle bundle) {
		String prefix = "--spring.ssl.bundle.pem." + name + ".keystore.";
		return List.of(prefix + "certificate=" + bundle.getCertificatePathPEM(),
				prefix + "private-key=" + bundle.getPrivateKeyPEM());
	}

	TestCertificates certificates() {
		return this.certificates;
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	WorkermanServer server() {
		return this.context.getBean(WorkermanServerRegistry.class).find("web").orElseThrow();
	}

	int port() {
		return ((InetSocketAddress) Objects.requireNonNull(server().address())).getPort();
	}

	void awaitRejected(RejectReason reason, long count) {
		await().until(() -> server().statistics().rejected(reason) == count);
	}

	void awaitNoConnections() {
		await().until(() -> server().connectionCount() == 0);
	}

	URI uri(String path) {
		return URI.create("https://localhost:" + port() + path);
	}

	/**
	 * Makes a client that trusts the server.
	 * @param own the client's certificate, or {@code null} for none
	 */
	HttpClient client(HttpClient.Version version, X509Bundle own) {
		return HttpClient.newBuilder()
			.version(version)
			.sslContext(this.certificates.clientContext(own))
			.connectTimeout(Duration.ofSeconds(20))
			.build();
	}

	String get(String path) {
		return get(client(HttpClient.Version.HTTP_1_1, null), path);
	}

	String get(HttpClient client, String path) {
		return send(client, java.net.http.HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20)).build())
			.body();
	}

	java.net.http.HttpResponse<String> send(HttpClient client, java.net.http.HttpRequest request) {
		try {
			return client.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Opens a websocket at {@code /ws}, which is closed again.
	 * @return the answer to a text
	 */
	String askWebSocket(HttpClient client, String text) {
		CompletableFuture<String> answer = new CompletableFuture<>();
		WebSocket socket = client.newWebSocketBuilder()
			.buildAsync(URI.create("wss://localhost:" + port() + "/ws"), new WebSocket.Listener() {

				@Override
				public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
					answer.complete(data.toString());
					return null;
				}

			})
			.orTimeout(20, TimeUnit.SECONDS)
			.join();
		socket.sendText(text, true).orTimeout(20, TimeUnit.SECONDS).join();
		String first = answer.orTimeout(20, TimeUnit.SECONDS).join();
		socket.sendClose(1000, "").orTimeout(20, TimeUnit.SECONDS).join();
		return first;
	}

	/**
	 * Connects without TLS.
	 */
	RawSocket connectPlain() {
		return RawSocket.connect(port());
	}

	SSLSocket connect() {
		return connect("localhost", this.certificates.clientContext(null));
	}

	/**
	 * Connects and completes the handshake.
	 */
	SSLSocket connect(String name, SSLContext context) {
		try {
			Socket plain = new Socket(InetAddress.getLoopbackAddress(), port());
			plain.setTcpNoDelay(true);
			plain.setSoTimeout(20_000);
			SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, name, port(), true);
			socket.startHandshake();
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, WorkermanAutoConfiguration.class,
			WorkermanSecurityAutoConfiguration.class, JacksonAutoConfiguration.class })
	static class Application {

	}

}
