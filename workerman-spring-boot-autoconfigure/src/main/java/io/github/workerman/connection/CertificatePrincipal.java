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

package io.github.workerman.connection;

import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A peer that has proven with a certificate who it is: the {@link Connection#principal()}
 * of a TLS connection whose peer has shown a certificate that the server trusts.
 *
 * @param chain the peer's certificate, followed by those of who has signed it, as far as
 * the peer has sent them
 */
public record CertificatePrincipal(List<X509Certificate> chain) implements Principal {

	/**
	 * Creates a principal.
	 * @throws IllegalArgumentException if there is no certificate
	 */
	public CertificatePrincipal {
		chain = List.copyOf(chain);
		if (chain.isEmpty()) {
			throw new IllegalArgumentException("A peer without a certificate is no principal");
		}
	}

	/**
	 * Returns the peer's own certificate.
	 * @return the first of the chain
	 */
	public X509Certificate certificate() {
		return this.chain.get(0);
	}

	/**
	 * Returns the subject of the peer's certificate.
	 * @return the distinguished name in the form of RFC 2253, such as
	 * {@code CN=sensor-7,O=Example}
	 */
	@Override
	public String getName() {
		return certificate().getSubjectX500Principal().getName();
	}

	@Override
	public String toString() {
		return getName();
	}

}
