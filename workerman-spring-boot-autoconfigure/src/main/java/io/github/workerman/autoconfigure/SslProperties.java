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

import java.util.Map;

import io.github.workerman.transport.tls.TlsClientAuth;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how a server speaks TLS.
 */
public class SslProperties {

	/**
	 * Whether TLS is spoken where a bundle is set.
	 */
	private @Nullable Boolean enabled;

	/**
	 * Name of the SSL bundle with the server's certificate. Turns websocket into wss and
	 * http into https, and encrypts every other stream protocol. No TLS when not set.
	 */
	private @Nullable String bundle;

	/**
	 * Whether peers show a certificate: none, want, or need.
	 */
	private @Nullable TlsClientAuth clientAuth;

	/**
	 * Names of the SSL bundles for peers that ask for certain host names (SNI), such as
	 * chat.example.com or *.example.com. Peers that ask for another one, or for none, see
	 * the server's bundle.
	 */
	private @Nullable Map<String, String> serverNames;

	/**
	 * Whether peers may do without TLS on the same port.
	 */
	private @Nullable Boolean optional;

	public @Nullable Boolean getEnabled() {
		return this.enabled;
	}

	public void setEnabled(@Nullable Boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable String getBundle() {
		return this.bundle;
	}

	public void setBundle(@Nullable String bundle) {
		this.bundle = bundle;
	}

	public @Nullable TlsClientAuth getClientAuth() {
		return this.clientAuth;
	}

	public void setClientAuth(@Nullable TlsClientAuth clientAuth) {
		this.clientAuth = clientAuth;
	}

	public @Nullable Map<String, String> getServerNames() {
		return this.serverNames;
	}

	public void setServerNames(@Nullable Map<String, String> serverNames) {
		this.serverNames = serverNames;
	}

	public @Nullable Boolean getOptional() {
		return this.optional;
	}

	public void setOptional(@Nullable Boolean optional) {
		this.optional = optional;
	}

}
