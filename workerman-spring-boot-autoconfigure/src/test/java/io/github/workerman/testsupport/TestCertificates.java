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

package io.github.workerman.testsupport;

import java.math.BigInteger;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

/**
 * A certificate authority for one test, and what it signs.
 */
public final class TestCertificates {

	private final X509Bundle authority;

	/**
	 * Creates an authority that nobody knows.
	 */
	public TestCertificates() {
		this.authority = make(() -> new CertificateBuilder().ecp256()
			.subject("CN=Test Authority,O=Example")
			.setIsCertificateAuthority(true)
			.buildSelfSigned());
	}

	/**
	 * Returns the authority's own certificate.
	 * @return the certificate and its key
	 */
	public X509Bundle authority() {
		return this.authority;
	}

	/**
	 * Signs a certificate of a server.
	 * @param serial its serial number
	 * @param names its host names
	 * @return the certificate and its key
	 */
	public X509Bundle server(long serial, String... names) {
		return server(serial, Instant.now().plus(Duration.ofDays(1)), names);
	}

	/**
	 * Signs a certificate of a server.
	 * @param serial its serial number
	 * @param notAfter when it expires; ten days before it becomes valid
	 * @param names its host names
	 * @return the certificate and its key
	 */
	public X509Bundle server(long serial, Instant notAfter, String... names) {
		return make(() -> {
			CertificateBuilder builder = new CertificateBuilder().ecp256()
				.notBefore(notAfter.minus(Duration.ofDays(10)))
				.notAfter(notAfter)
				.serial(BigInteger.valueOf(serial))
				.subject("CN=" + names[0] + ",O=Example")
				.addExtendedKeyUsageServerAuth();
			for (String name : names) {
				builder.addSanDnsName(name);
			}
			return builder.addSanIpAddress("127.0.0.1").buildIssuedBy(this.authority);
		});
	}

	/**
	 * Signs a certificate of a client.
	 * @param name its name
	 * @return the certificate and its key
	 */
	public X509Bundle client(String name) {
		return client(name, Instant.now().plus(Duration.ofDays(1)));
	}

	/**
	 * Signs a certificate of a client.
	 * @param name its name
	 * @param notAfter when it expires
	 * @return the certificate and its key
	 */
	public X509Bundle client(String name, Instant notAfter) {
		return make(() -> new CertificateBuilder().ecp256()
			.subject("CN=" + name + ",O=Example")
			.notBefore(notAfter.minus(Duration.ofDays(10)))
			.notAfter(notAfter)
			.addExtendedKeyUsageClientAuth()
			.buildIssuedBy(this.authority));
	}

	/**
	 * Makes a key store of the type PKCS12, whose password is {@code secret}.
	 * @param entries the certificates and their keys by alias
	 * @return the key store
	 */
	public static KeyStore keyStore(Map<String, X509Bundle> entries) {
		return make(() -> {
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(null, null);
			for (Map.Entry<String, X509Bundle> entry : entries.entrySet()) {
				store.setKeyEntry(entry.getKey(), entry.getValue().getKeyPair().getPrivate(), "secret".toCharArray(),
						entry.getValue().getCertificatePath());
			}
			return store;
		});
	}

	/**
	 * Makes what a client needs that trusts this authority.
	 * @param own the client's certificate, or {@code null} for none
	 * @return the context
	 */
	public SSLContext clientContext(X509Bundle own) {
		return make(() -> {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init((own != null) ? own.toKeyManagerFactory().getKeyManagers() : new KeyManager[0],
					new TrustManager[] { this.authority.toTrustManager() }, null);
			return context;
		});
	}

	/**
	 * Does what cannot fail in a test.
	 * @param <T> what is made
	 * @param maker makes it
	 * @return what was made
	 */
	public static <T> T make(Maker<T> maker) {
		try {
			return maker.make();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Makes something.
	 *
	 * @param <T> what is made
	 */
	@FunctionalInterface
	public interface Maker<T> {

		/**
		 * Makes it.
		 * @return what was made
		 * @throws Exception if that is not possible
		 */
		T make() throws Exception;

	}

}
