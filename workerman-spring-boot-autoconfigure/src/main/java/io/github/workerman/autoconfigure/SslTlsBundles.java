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

import java.util.List;
import java.util.NoSuchElementException;

import io.github.workerman.server.TlsBundles;
import io.github.workerman.transport.tls.TlsKeys;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * The SSL bundles of a Spring Boot application.
 */
final class SslTlsBundles implements TlsBundles {

	private final SslBundles bundles;

	SslTlsBundles(SslBundles bundles) {
		this.bundles = bundles;
	}

	@Override
	public List<String> names() {
		return this.bundles.getBundleNames();
	}

	@Override
	public TlsKeys get(String name) {
		try {
			SslBundle bundle = this.bundles.getBundle(name);
			return new TlsKeys(bundle.getManagers().getKeyManagerFactory(),
					bundle.getManagers().getTrustManagerFactory(), list(bundle.getOptions().getCiphers()),
					list(bundle.getOptions().getEnabledProtocols()));
		}
		catch (NoSuchSslBundleException ex) {
			throw noSuchElement(name, ex);
		}
	}

	@Override
	public void whenUpdated(String name, Runnable action) {
		try {
			this.bundles.addBundleUpdateHandler(name, (bundle) -> action.run());
		}
		catch (NoSuchSslBundleException ex) {
			throw noSuchElement(name, ex);
		}
	}

	private static NoSuchElementException noSuchElement(String name, NoSuchSslBundleException cause) {
		NoSuchElementException exception = new NoSuchElementException(name);
		exception.initCause(cause);
		return exception;
	}

	private static List<String> list(String @Nullable [] values) {
		return (values != null) ? List.of(values) : List.of();
	}

}
