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

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.WorkermanHandler;
import io.github.workerman.connection.CertificatePrincipal;
import io.github.workerman.connection.Connection;
import io.github.workerman.testsupport.TestCertificates;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with a server that speaks TLS with an SSL bundle, the files of the
 * bundle, and peers.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
abstract class SslBundleFixture {

	final TestCertificates certificates = new TestCertificates();

	@TempDir
	Path directory;

	void write(X509Bundle bundle) throws IOException {
		write(this.directory, bundle);
	}

	/* As tools that renew certificates do: each file changes at once. */
	static void write(Path directory, X509Bundle bundle) throws IOException {
		replace(directory.resolve("key.pem"), bundle.getPrivateKeyPEM());
		replace(directory.resolve("cert.pem"), bundle.getCertificatePathPEM());
	}

	private static void replace(Path file, String content) throws IOException {
		Path temporary = file.resolveSibling(file.getFileName() + ".new");
		Files.writeString(temporary, content);
		Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	String[] pem(String... more) {
		return pem(this.directory, "own", more);
	}

	static String[] pem(Path directory, String name, String... more) {
		String prefix = "spring.ssl.bundle.pem." + name + ".";
		List<String> properties = new ArrayList<>();
		properties.add(prefix + "keystore.certificate=" + directory.resolve("cert.pem").toUri());
		properties.add(prefix + "keystore.private-key=" + directory.resolve("key.pem").toUri());
		for (String property : more) {
			properties.add(prefix + property);
		}
		return properties.toArray(String[]::new);
	}

	/* Replaces a key store at once. */
	static void write(Path store, Map<String, X509Bundle> entries) throws Exception {
		Path temporary = store.resolveSibling(store.getFileName() + ".new");
		try (OutputStream out = Files.newOutputStream(temporary)) {
			TestCertificates.keyStore(entries).store(out, "secret".toCharArray());
		}
		Files.move(temporary, store, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	static String[] keyStore(Path store, String alias) {
		String prefix = "spring.ssl.bundle.jks.own.";
		return new String[] { prefix + "keystore.location=" + store.toUri(), prefix + "keystore.password=secret",
				prefix + "keystore.type=PKCS12", prefix + "key.alias=" + alias, prefix + "reload-on-update=true" };
	}

	static ConfigurableApplicationContext run(String... properties) {
		List<String> arguments = new ArrayList<>(
				List.of("--workerman.servers.lines.port=0", "--workerman.servers.lines.address=127.0.0.1",
						"--spring.ssl.bundle.watch.file.quiet-period=200ms", "--spring.main.banner-mode=off"));
		if (!List.of(properties).toString().contains("ssl.bundle=own")) {
			arguments.add("--workerman.servers.lines.ssl.bundle=own");
		}
		if (!List.of(properties).toString().contains("lines.protocol=")) {
			arguments.add("--workerman.servers.lines.protocol=text");
		}
		for (String property : properties) {
			arguments.add("--" + property);
		}
		return TestApplication.of(Application.class).run(arguments.toArray(String[]::new));
	}

	Peer connect(ConfigurableApplicationContext context, @Nullable X509Bundle own) throws IOException {
		return connect(context, own, "localhost");
	}

	Peer connect(ConfigurableApplicationContext context, @Nullable X509Bundle own, String name) throws IOException {
		return new Peer(LineClient.portOf(context, "lines"), this.certificates.clientContext(own), name);
	}

	static final class Peer implements AutoCloseable {

		private final SSLSocket socket;

		private final BufferedReader reader;

		Peer(int port, SSLContext context, String name) throws IOException {
			Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
			plain.setSoTimeout(20_000);
			this.socket = (SSLSocket) context.getSocketFactory().createSocket(plain, name, port, true);
			this.socket.startHandshake();
			this.reader = new BufferedReader(
					new InputStreamReader(this.socket.getInputStream(), StandardCharsets.UTF_8));
		}

		String ask(String question) throws IOException {
			this.socket.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
			String answer = this.reader.readLine();
			if (answer == null) {
				throw new EOFException("no answer");
			}
			return answer;
		}

		long serial() throws IOException {
			return ((X509Certificate) this.socket.getSession().getPeerCertificates()[0]).getSerialNumber()
				.longValueExact();
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, WorkermanAutoConfiguration.class })
	static class Application {

		@Bean
		Lines lines() {
			return new Lines();
		}

	}

	@WorkermanHandler
	static class Lines {

		@OnMessage
		String who(Connection connection, @Nullable Principal principal, @Nullable CertificatePrincipal certificate,
				String message) {
			assertThat(certificate).isSameAs(principal);
			return "secure " + connection.isSecure() + ", " + ((principal != null) ? principal.getName() : "nobody");
		}

	}

}
