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

package io.github.workerman.benchmarks.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;

import io.github.workerman.benchmarks.Pages;

/**
 * A key and a certificate that nobody knows, made anew by the JDK's {@code keytool}.
 */
final class SelfSigned {

	static final String TYPE = "PKCS12";

	static final String PASSWORD = "benchmark";

	private final Path file;

	private SelfSigned(Path file) {
		this.file = file;
	}

	static SelfSigned create() {
		try {
			Path directory = Files.createTempDirectory("benchmark-keys");
			Runtime.getRuntime().addShutdownHook(new Thread(() -> Pages.delete(directory)));
			Path file = directory.resolve("keys.p12");
			Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
			Process process = new ProcessBuilder(List.of(keytool.toString(), "-genkeypair", "-alias", "benchmark",
					"-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost", "-validity", "10",
					"-storetype", TYPE, "-storepass", PASSWORD, "-keystore", file.toString()))
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			if (process.waitFor() != 0) {
				throw new IllegalStateException("keytool has failed");
			}
			return new SelfSigned(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while keytool was at work", ex);
		}
	}

	/**
	 * Returns the key store.
	 * @return the file, of {@link #TYPE} with {@link #PASSWORD}
	 */
	Path file() {
		return this.file;
	}

	KeyManagerFactory keys() {
		try (InputStream in = Files.newInputStream(this.file)) {
			KeyStore store = KeyStore.getInstance(TYPE);
			store.load(in, PASSWORD.toCharArray());
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init(store, PASSWORD.toCharArray());
			return keys;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
