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

package io.github.workerman.benchmarks;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;

/**
 * Whether and with what a program speaks TLS.
 */
public enum Tls {

	/**
	 * Not at all.
	 */
	OFF,

	/**
	 * With the engine of the JDK.
	 */
	JDK,

	/**
	 * With OpenSSL, or what netty-tcnative brings in its place.
	 */
	OPENSSL;

	private static final String NO_OPENSSL = "io.netty.handler.ssl.noOpenSsl";

	/**
	 * Returns the fastest one that there is.
	 * @return OpenSSL, else the JDK
	 */
	public static Tls best() {
		return OpenSsl.isAvailable() ? OPENSSL : JDK;
	}

	/**
	 * Sees to it that what takes the best engine of its own accord takes this one. Must
	 * be called before anything else looks for OpenSSL.
	 * @throws IllegalStateException if it is not available, or too late
	 */
	public void choose() {
		if (this == JDK) {
			System.setProperty(NO_OPENSSL, "true");
		}
		if (this != OFF && this != best()) {
			throw new IllegalStateException("TLS with '%s' is not available here".formatted(this));
		}
	}

	/**
	 * Returns Netty's name of it.
	 * @return the provider
	 */
	public SslProvider provider() {
		return (this == OPENSSL) ? SslProvider.OPENSSL : SslProvider.JDK;
	}

}
