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

package io.github.workerman.server;

import java.util.Map;

import io.github.workerman.transport.tls.TlsClientAuth;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how a server speaks TLS.
 *
 * @param enabled whether it does where there is a bundle
 * @param bundle the name of the SSL bundle with the server's certificate, or {@code null}
 * to speak no TLS
 * @param clientAuth whether peers show a certificate
 * @param serverNames the names of the SSL bundles for peers that ask for these host
 * names, of which {@code *.} at the beginning stands for all names one level below
 * @param optional whether peers may do without TLS on the same port
 */
public record SslSettings(boolean enabled, @Nullable String bundle, TlsClientAuth clientAuth,
		Map<String, String> serverNames, boolean optional) {

	/** No TLS. */
	public static final SslSettings OFF = builder().build();

	/**
	 * Creates the settings.
	 */
	public SslSettings {
		serverNames = Map.copyOf(serverNames);
	}

	/**
	 * Tells whether the server speaks TLS.
	 * @return whether it does
	 */
	public boolean isActive() {
		return this.enabled && this.bundle != null;
	}

	/**
	 * Begins with the defaults, which is no TLS.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Collects the settings. Not for use by several threads.
	 */
	public static final class Builder {

		private boolean enabled = true;

		private @Nullable String bundle;

		private TlsClientAuth clientAuth = TlsClientAuth.NONE;

		private Map<String, String> serverNames = Map.of();

		private boolean optional;

		private Builder() {
		}

		/**
		 * Sets whether TLS is spoken where there is a bundle.
		 * @param enabled see {@link SslSettings#enabled()}
		 * @return this
		 */
		public Builder enabled(boolean enabled) {
			this.enabled = enabled;
			return this;
		}

		/**
		 * Sets the SSL bundle with the server's certificate.
		 * @param bundle see {@link SslSettings#bundle()}
		 * @return this
		 */
		public Builder bundle(@Nullable String bundle) {
			this.bundle = bundle;
			return this;
		}

		/**
		 * Sets whether peers show a certificate.
		 * @param clientAuth see {@link SslSettings#clientAuth()}
		 * @return this
		 */
		public Builder clientAuth(TlsClientAuth clientAuth) {
			this.clientAuth = clientAuth;
			return this;
		}

		/**
		 * Sets the SSL bundles for peers that ask for certain host names.
		 * @param serverNames see {@link SslSettings#serverNames()}
		 * @return this
		 */
		public Builder serverNames(Map<String, String> serverNames) {
			this.serverNames = serverNames;
			return this;
		}

		/**
		 * Sets whether peers may do without TLS on the same port.
		 * @param optional see {@link SslSettings#optional()}
		 * @return this
		 */
		public Builder optional(boolean optional) {
			this.optional = optional;
			return this;
		}

		/**
		 * Makes the settings.
		 * @return the settings
		 */
		public SslSettings build() {
			return new SslSettings(this.enabled, this.bundle, this.clientAuth, this.serverNames, this.optional);
		}

	}

}
