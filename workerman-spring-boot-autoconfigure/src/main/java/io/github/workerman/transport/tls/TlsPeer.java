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

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import io.github.workerman.connection.CertificatePrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who the peer of a TLS session is. Usable from any thread.
 */
public final class TlsPeer {

	private TlsPeer() {
	}

	/**
	 * Returns the peer, as far as it has shown a certificate.
	 * @param session the session of a handshake that is over
	 * @return the peer, or {@code null} if it has shown none
	 */
	public static @Nullable CertificatePrincipal principal(SSLSession session) {
		try {
			List<X509Certificate> chain = new ArrayList<>();
			for (Certificate certificate : session.getPeerCertificates()) {
				if (certificate instanceof X509Certificate x509) {
					chain.add(x509);
				}
			}
			return chain.isEmpty() ? null : new CertificatePrincipal(chain);
		}
		catch (SSLPeerUnverifiedException ex) {
			// It was asked for a certificate and has none.
			return null;
		}
	}

}
