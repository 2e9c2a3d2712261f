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

import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * What TLS is spoken with.
 *
 * @param keys the certificate and its private key
 * @param trust what certificates of peers are trusted
 * @param ciphers the cipher suites, empty for the usual ones
 * @param versions the versions of TLS, of which 1.2 and 1.3 are used; empty for both
 */
public record TlsKeys(KeyManagerFactory keys, TrustManagerFactory trust, List<String> ciphers, List<String> versions) {

	/**
	 * Creates the keys.
	 */
	public TlsKeys {
		ciphers = List.copyOf(ciphers);
		versions = List.copyOf(versions);
	}

}
