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
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.WorkermanHandler;
import io.github.workerman.connection.CertificatePrincipal;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.server.WorkermanServerRegistry;
import io.github.workerman.testsupport.TestCertificates;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * Servers that speak TLS with the SSL bundles of their application.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class SslBundleTests {

	private final TestCertificates certificates = new TestCertificates();

	@TempDir
	Path directory;

	@Test
	void whenBundleIsOfPemFilesThenServerSpeaksTls(CapturedOutput output) throws Exception {
		write(this.certificates.server(1, "localhost"));
		try (ConfigurableApplicationContext context = run(pem()); Peer peer = connect(context, null)) {
			assertThat(peer.ask("who")).isEqualTo("secure true, nobody");
			assertThat(peer.serial()).isEqualTo(1);
			assertThat(output).contains("(text with TLS, 1 handler");
		}
	}

	@Test
	void whenBundleIsAKeyStoreThenServerSpeaksTls() throws Exception {
		Path store = this.directory.resolve("server.p12");
		try (OutputStream out = Files.newOutputStream(store)) {
			this.certificates.server(7, "localhost")
				.toKeyStore("secret".toCharArray())
				.store(out, "secret".toCharArray());
		}
		String prefix = "spring.ssl.bundle.jks.own.keystore.";
		try (ConfigurableApplicationContext context = run(prefix + "location=" + store.toUri(),
				prefix + "password=secret", prefix + "type=PKCS12"); Peer peer = connect(context, null)) {
			assertThat(peer.serial()).isEqualTo(7);
			assertThat(peer.ask("who")).isEqualTo("secure true, nobody");
		}
	}

	@Test
	void whenFilesAreReplacedThenNextHandshakeUsesThem(CapturedOutput output) throws Exception {
		write(this.certificates.server(1, "localhost"));
		try (ConfigurableApplicationContext context = run(pem("reload-on-update=true"));
				Peer before = connect(context, null)) {
			assertThat(before.serial()).isEqualTo(1);
			write(this.certificates.server(2, "localhost"));
			awaitSerial(context, 2);
			assertThat(before.ask("who")).isEqualTo("secure true, nobody");
			write(this.certificates.server(3, "localhost"));
			awaitSerial(context, 3);
			assertThat(before.ask("who")).isEqualTo("secure true, nobody");
			assertThat(output).contains("Server 'lines' uses the new certificate of SSL bundle 'own' from now on");
		}
	}

	@Test
	void whenNewFilesAreBrokenThenOldCertificateStays(CapturedOutput output) throws Exception {
		X509Bundle old = this.certificates.server(1, "localhost");
		write(old);
		try (ConfigurableApplicationContext context = run(pem("reload-on-update=true"));
				Peer before = connect(context, null)) {
			Files.writeString(this.directory.resolve("key.pem"),
					this.certificates.server(2, "localhost").getPrivateKeyPEM());
			awaitOutput(output, 0, "Server 'lines' keeps the old certificate");
			assertThat(output).contains("its private key does not belong to the certificate");
			try (Peer after = connect(context, null)) {
				assertThat(after.serial()).isEqualTo(1);
			}
			int said = output.toString().length();
			Files.writeString(this.directory.resolve("cert.pem"), "-----BEGIN CERTIFICATE-----\nnonsense");
			awaitOutput(output, said, "Unexpected SSL reload error", "keeps the old certificate, the new one");
			try (Peer after = connect(context, null)) {
				assertThat(after.serial()).isEqualTo(1);
			}
			write(this.certificates.server(4, "localhost"));
			awaitSerial(context, 4);
			assertThat(before.ask("who")).isEqualTo("secure true, nobody");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 100 })
	void whenNewCertificateIsNotValidNowThenOldOneStays(int endsInDays, CapturedOutput output) throws Exception {
		write(this.certificates.server(1, "localhost"));
		try (ConfigurableApplicationContext context = run(pem("reload-on-update=true"))) {
			Instant end = Instant.now().plus(Duration.ofDays(endsInDays)).truncatedTo(ChronoUnit.SECONDS);
			write(this.certificates.server(2, end, "localhost"));
			awaitOutput(output, 0, "Server 'lines' keeps the old certificate");
			assertThat(output).contains("cannot be used: the certificate of ").contains(" to " + end);
			try (Peer after = connect(context, null)) {
				assertThat(after.serial()).isEqualTo(1);
			}
			write(this.certificates.server(3, "localhost"));
			awaitSerial(context, 3);
		}
	}

	@Test
	void whenCertificateHasExpiredThenServerStartsAndWarns(CapturedOutput output) throws Exception {
		Instant end = Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
		write(this.certificates.server(1, end, "localhost"));
		try (ConfigurableApplicationContext context = run(pem())) {
			assertThat(context.isRunning()).isTrue();
			assertThat(output).contains("Peers of server 'lines' may refuse SSL bundle 'own': the certificate of ")
				.contains(" to " + end);
		}
	}

	@Test
	void whenServerIsStoppedAndStartedThenCertificateIsTheNewOne() throws Exception {
		write(this.certificates.server(1, "localhost"));
		try (ConfigurableApplicationContext context = run(pem("reload-on-update=true"))) {
			write(this.certificates.server(2, "localhost"));
			awaitSerial(context, 2);
			context.stop();
			context.start();
			awaitSerial(context, 2);
		}
	}

	@Test
	void whenCertificateIsNeededThenItIsThePrincipal() throws Exception {
		write(this.certificates.server(1, "localhost"));
		Path authority = this.directory.resolve("ca.pem");
		Files.writeString(authority, this.certificates.authority().getCertificatePEM());
		List<String> properties = new ArrayList<>(List.of(pem("truststore.certificate=" + authority.toUri())));
		properties.add("workerman.servers.lines.ssl.client-auth=need");
		try (ConfigurableApplicationContext context = run(properties.toArray(String[]::new));
				Peer peer = connect(context, this.certificates.client("joe"))) {
			assertThat(peer.ask("who")).isEqualTo("secure true, CN=joe,O=Example");
			assertThatException().isThrownBy(() -> {
				try (Peer stranger = connect(context, new TestCertificates().client("stranger"))) {
					stranger.ask("who");
				}
			});
			await().atMost(Duration.ofSeconds(20))
				.until(() -> context.getBean(WorkermanServerRegistry.class)
					.find("lines")
					.orElseThrow()
					.statistics()
					.rejected(RejectReason.TLS_CERTIFICATE) == 1);
		}
	}

	@Test
	void whenNamesHaveBundlesThenPeersGetThem() throws Exception {
		write(this.certificates.server(1, "localhost"));
		Path other = Files.createDirectory(this.directory.resolve("other"));
		write(other, this.certificates.server(9, "chat.example.com"));
		List<String> properties = new ArrayList<>(List.of(pem()));
		properties.addAll(List.of(pem(other, "other")));
		properties.add("workerman.servers.lines.ssl.server-names[*.example.com]=other");
		try (ConfigurableApplicationContext context = run(properties.toArray(String[]::new));
				Peer named = connect(context, null, "chat.example.com");
				Peer unnamed = connect(context, null)) {
			assertThat(named.serial()).isEqualTo(9);
			assertThat(unnamed.serial()).isEqualTo(1);
		}
	}

	@Test
	void whenBundleIsUnknownThenKnownOnesAreListed(CapturedOutput output) throws IOException {
		write(this.certificates.server(1, "localhost"));
		failsWith("workerman.servers.lines.ssl.bundle=own2");
		assertThat(output).contains("Server 'lines' names SSL bundle 'own2', which does not exist.")
			.contains("Property: workerman.servers.lines.ssl.bundle")
			.contains("Value:    own2")
			.contains("Use one of own, or define it");
	}

	@Test
	void whenBundleOfANameIsUnknownThenItIsSaid(CapturedOutput output) throws IOException {
		write(this.certificates.server(1, "localhost"));
		failsWith("workerman.servers.lines.ssl.server-names[chat.example.com]=nowhere");
		assertThat(output).contains("Server 'lines' names SSL bundle 'nowhere', which does not exist.")
			.contains("Property: workerman.servers.lines.ssl.server-names[chat.example.com]");
	}

	@Test
	void whenThereIsNoBundleThenItIsSaid(CapturedOutput output) {
		fails(List.of());
		assertThat(output).contains("names SSL bundle 'own', which does not exist").contains("There is none.");
	}

	@Test
	void whenFilesDoNotExistThenItIsSaid(CapturedOutput output) {
		fails(List.of(pem()));
		assertThat(output).contains("Server 'lines' cannot use SSL bundle 'own'");
	}

	@Test
	void whenKeyIsNotOfTheCertificateThenItIsSaid(CapturedOutput output) throws IOException {
		write(this.certificates.server(1, "localhost"));
		Files.writeString(this.directory.resolve("key.pem"),
				this.certificates.server(2, "localhost").getPrivateKeyPEM());
		fails(List.of(pem()));
		assertThat(output).contains("Server 'lines' cannot use SSL bundle 'own': its private key does not belong");
	}

	@Test
	void whenBundleHasNoKeyThenItIsSaid(CapturedOutput output) throws IOException {
		Path authority = this.directory.resolve("ca.pem");
		Files.writeString(authority, this.certificates.authority().getCertificatePEM());
		fails(List.of("spring.ssl.bundle.pem.own.truststore.certificate=" + authority.toUri()));
		assertThat(output)
			.contains("Server 'lines' cannot use SSL bundle 'own': it has no certificate with a private key");
	}

	@Test
	void whenBundleAllowsOldVersionsOnlyThenItIsSaid(CapturedOutput output) throws IOException {
		write(this.certificates.server(1, "localhost"));
		fails(List.of(pem("options.enabled-protocols=TLSv1.1")));
		assertThat(output).contains("it allows none of [TLSv1.3, TLSv1.2] but [TLSv1.1]");
	}

	@Test
	void whenTlsIsSwitchedOffForOneServerThenItIsPlain() throws Exception {
		write(this.certificates.server(1, "localhost"));
		List<String> properties = new ArrayList<>(List.of(pem()));
		properties.add("workerman.defaults.ssl.bundle=own");
		properties.add("workerman.servers.plain.protocol=text");
		properties.add("workerman.servers.plain.port=0");
		properties.add("workerman.servers.plain.address=127.0.0.1");
		properties.add("workerman.servers.plain.ssl.enabled=false");
		try (ConfigurableApplicationContext context = run(properties.toArray(String[]::new));
				LineClient plain = LineClient.connect(context, "plain");
				Peer secure = connect(context, null)) {
			assertThat(plain.ask("who")).isEqualTo("secure false, nobody");
			assertThat(secure.ask("who")).isEqualTo("secure true, nobody");
		}
	}

	private void awaitSerial(ConfigurableApplicationContext context, long serial) {
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			try (Peer peer = connect(context, null)) {
				assertThat(peer.serial()).isEqualTo(serial);
			}
		});
	}

	private static void awaitOutput(CapturedOutput output, int from, String... alternatives) {
		await().atMost(Duration.ofSeconds(30))
			.until(() -> List.of(alternatives).stream().anyMatch(output.toString().substring(from)::contains));
	}

	private void write(X509Bundle bundle) throws IOException {
		write(this.directory, bundle);
	}

	/* As tools that renew certificates do: each file changes at once. */
	private static void write(Path directory, X509Bundle bundle) throws IOException {
		replace(directory.resolve("key.pem"), bundle.getPrivateKeyPEM());
		replace(directory.resolve("cert.pem"), bundle.getCertificatePathPEM());
	}

	private static void replace(Path file, String content) throws IOException {
		Path temporary = file.resolveSibling(file.getFileName() + ".new");
		Files.writeString(temporary, content);
		Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private String[] pem(String... more) {
		return pem(this.directory, "own", more);
	}

	private static String[] pem(Path directory, String name, String... more) {
		String prefix = "spring.ssl.bundle.pem." + name + ".";
		List<String> properties = new ArrayList<>();
		properties.add(prefix + "keystore.certificate=" + directory.resolve("cert.pem").toUri());
		properties.add(prefix + "keystore.private-key=" + directory.resolve("key.pem").toUri());
		for (String property : more) {
			properties.add(prefix + property);
		}
		return properties.toArray(String[]::new);
	}

	private void failsWith(String property) {
		List<String> properties = new ArrayList<>(List.of(pem()));
		properties.add(property);
		fails(properties);
	}

	private void fails(List<String> properties) {
		assertThatException().isThrownBy(() -> run(properties.toArray(String[]::new)).close());
	}

	private static ConfigurableApplicationContext run(String... properties) {
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
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setRegisterShutdownHook(false);
		return application.run(arguments.toArray(String[]::new));
	}

	private Peer connect(ConfigurableApplicationContext context, @Nullable X509Bundle own) throws IOException {
		return connect(context, own, "localhost");
	}

	private Peer connect(ConfigurableApplicationContext context, @Nullable X509Bundle own, String name)
			throws IOException {
		return new Peer(LineClient.portOf(context, "lines"), this.certificates.clientContext(own), name);
	}

	private static final class Peer implements AutoCloseable {

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
