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

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import io.github.workerman.connection.RejectReason;
import io.github.workerman.server.WorkermanServerRegistry;
import io.github.workerman.testsupport.TestCertificates;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * Servers that speak TLS with the SSL bundles of their application.
 */
class SslBundleTests extends SslBundleFixture {

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

}
