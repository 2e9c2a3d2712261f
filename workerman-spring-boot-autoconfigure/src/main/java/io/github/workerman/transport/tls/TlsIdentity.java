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
import java.util.Set;

import javax.net.ssl.SSLException;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import org.jspecify.annotations.Nullable;

/**
 * What a server shows to its peers during a TLS handshake. Its keys can be replaced at
 * any time and on any thread, for the handshakes to come; connections that are open go on
 * with what they have.
 */
public final class TlsIdentity {

	private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

	private final TlsClientAuth clientAuth;

	private final List<String> applicationProtocols;

	private final SslProvider provider;

	private volatile SslContext context;

	/**
	 * Creates an identity. OpenSSL is used when the application has netty-tcnative, else
	 * the JDK.
	 * @param keys what TLS is spoken with
	 * @param clientAuth whether peers show a certificate
	 * @param applicationProtocols what is offered by ALPN (RFC 7301), in order of
	 * preference, empty for no ALPN
	 * @throws IllegalArgumentException if the keys cannot be used
	 */
	public TlsIdentity(TlsKeys keys, TlsClientAuth clientAuth, List<String> applicationProtocols) {
		this(keys, clientAuth, applicationProtocols, OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK);
	}

	TlsIdentity(TlsKeys keys, TlsClientAuth clientAuth, List<String> applicationProtocols, SslProvider provider) {
		this.clientAuth = clientAuth;
		this.applicationProtocols = List.copyOf(applicationProtocols);
		this.provider = provider;
		TlsKeysCheck check = new TlsKeysCheck(keys);
		check.checkPairs();
		this.context = create(keys, check);
	}

	/**
	 * Says why peers are likely to refuse keys that can be used otherwise.
	 * @param keys what TLS is spoken with
	 * @return what is wrong, such as that the certificate has expired, or {@code null}
	 */
	public static @Nullable String validityProblem(TlsKeys keys) {
		return new TlsKeysCheck(keys).validityProblem();
	}

	/**
	 * Replaces the keys for the handshakes to come.
	 * @param keys the new keys
	 * @throws IllegalArgumentException if they cannot be used or are not valid at this
	 * time; the old ones stay
	 */
	public void replace(TlsKeys keys) {
		TlsKeysCheck check = new TlsKeysCheck(keys);
		check.checkPairs();
		String problem = check.validityProblem();
		if (problem != null) {
			throw new IllegalArgumentException(problem);
		}
		this.context = create(keys, check);
	}

	/**
	 * Returns what the next handshake is to use.
	 * @return the context, to be asked for anew each time
	 */
	public SslContext context() {
		return this.context;
	}

	TlsClientAuth clientAuth() {
		return this.clientAuth;
	}

	private SslContext create(TlsKeys keys, TlsKeysCheck check) {
		try {
			SslContextBuilder builder = SslContextBuilder.forServer(keys.keys())
				.trustManager(keys.trust())
				// OpenSSL's engine finds no others, and fails at every handshake.
				.sslProvider(check.hasKeysOf("RSA", "EC") ? this.provider : SslProvider.JDK)
				.clientAuth(ClientAuth.valueOf((this.clientAuth == TlsClientAuth.NEED) ? "REQUIRE"
						: (this.clientAuth == TlsClientAuth.WANT) ? "OPTIONAL" : "NONE"))
				.protocols(versions(keys));
			if (!keys.ciphers().isEmpty()) {
				builder.ciphers(keys.ciphers(), SupportedCipherSuiteFilter.INSTANCE);
			}
			if (!this.applicationProtocols.isEmpty()) {
				builder.applicationProtocolConfig(
						new ApplicationProtocolConfig(Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE,
								SelectedListenerFailureBehavior.ACCEPT, this.applicationProtocols));
			}
			return builder.build();
		}
		catch (SSLException | RuntimeException ex) {
			throw new IllegalArgumentException(String.valueOf(ex.getMessage()), ex);
		}
	}

	private static List<String> versions(TlsKeys keys) {
		if (keys.versions().isEmpty()) {
			return VERSIONS;
		}
		Set<String> asked = Set.copyOf(keys.versions());
		List<String> versions = VERSIONS.stream().filter(asked::contains).toList();
		if (versions.isEmpty()) {
			throw new IllegalArgumentException("it allows none of " + VERSIONS + " but " + keys.versions());
		}
		return versions;
	}

}
