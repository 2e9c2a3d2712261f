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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import io.github.workerman.testsupport.RawWebSocket;
import io.github.workerman.testsupport.TestCertificates;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;

import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslStoreBundle;

/**
 * A server's side of TLS and clients that trust it.
 */
public final class TestTls {

	private final TestCertificates certificates = new TestCertificates();

	private final SslProvider provider;

	private final TlsClientAuth clientAuth;

	private final boolean optional;

	private final TlsIdentity identity;

	private final Map<String, TlsIdentity> serverNames = new LinkedHashMap<>();

	private TestTls(SslProvider provider, TlsClientAuth clientAuth, boolean optional) {
		this.provider = provider;
		this.clientAuth = clientAuth;
		this.optional = optional;
		this.identity = identity(this.certificates.server(1, "localhost"), List.of());
	}

	public static TestTls of(SslProvider provider) {
		return new TestTls(provider, TlsClientAuth.NONE, false);
	}

	public static TestTls of(SslProvider provider, TlsClientAuth clientAuth) {
		return new TestTls(provider, clientAuth, false);
	}

	public static TestTls optional(SslProvider provider) {
		return new TestTls(provider, TlsClientAuth.NONE, true);
	}

	public TestTls serverName(String name, long serial) {
		this.serverNames.put(name, identity(this.certificates.server(serial, name.replace("*", "any")), List.of()));
		return this;
	}

	private TlsIdentity identity(X509Bundle bundle, List<String> applicationProtocols) {
		return new TlsIdentity(keys(bundle), this.clientAuth, applicationProtocols, this.provider);
	}

	public TlsKeys keys(X509Bundle bundle) {
		return TestCertificates.make(() -> new TlsKeys(bundle.toKeyManagerFactory(),
				this.certificates.authority().toTrustManagerFactory(), List.of(), List.of()));
	}

	/**
	 * Takes one entry of a key store.
	 */
	public TlsKeys keys(String alias, Map<String, X509Bundle> entries) {
		SslManagerBundle managers = SslManagerBundle.from(
				SslStoreBundle.of(TestCertificates.keyStore(entries), "secret", null),
				SslBundleKey.of("secret", alias));
		return TestCertificates.make(() -> new TlsKeys(managers.getKeyManagerFactory(),
				this.certificates.authority().toTrustManagerFactory(), List.of(), List.of()));
	}

	public TlsTermination termination() {
		return new TlsTermination(this.identity, this.serverNames, this.optional, Duration.ZERO);
	}

	/**
	 * Offers protocols by ALPN and knows no other names.
	 */
	public TlsTermination termination(String... applicationProtocols) {
		TlsIdentity offering = identity(this.certificates.server(1, "localhost"), List.of(applicationProtocols));
		return new TlsTermination(offering, Map.of(), this.optional, Duration.ZERO);
	}

	public TestCertificates certificates() {
		return this.certificates;
	}

	public TlsIdentity identity() {
		return this.identity;
	}

	public SSLSocket connect(int port) {
		return connect(port, this.certificates.clientContext(null));
	}

	/**
	 * Connects and completes the handshake.
	 */
	public SSLSocket connect(int port, SSLContext context) {
		try {
			SSLSocket socket = over(new Socket(InetAddress.getLoopbackAddress(), port), context);
			socket.startHandshake();
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Puts TLS over a socket, but does not begin the handshake.
	 */
	public SSLSocket over(Socket socket, SSLContext context) {
		try {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout(20_000);
			return (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Puts TLS over a socket for a client without a certificate.
	 */
	public SSLSocket over(Socket socket) {
		return over(socket, this.certificates.clientContext(null));
	}

	/**
	 * Returns records of application data that nobody has encrypted. OpenSSL's engine
	 * sends an alert for the first and fails with the second.
	 */
	public static byte[] forgedRecords() {
		byte[] record = new byte[45];
		System.arraycopy(new byte[] { 23, 3, 3, 0, 40 }, 0, record, 0, 5);
		return RawWebSocket.join(record, record);
	}

}
