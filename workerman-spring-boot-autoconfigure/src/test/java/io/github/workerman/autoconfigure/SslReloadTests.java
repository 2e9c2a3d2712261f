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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Servers whose SSL bundles change while they run.
 */
class SslReloadTests extends SslBundleFixture {

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
	void whenOtherEntriesOfAKeyStoreAreNotUsableThenTheOneThatIsNamedIs(CapturedOutput output) throws Exception {
		X509Bundle expired = this.certificates.server(1, Instant.now().minus(Duration.ofDays(1)), "localhost");
		X509Bundle strange = X509Bundle.fromCertificatePath(expired.getCertificatePath(), expired.getRootCertificate(),
				this.certificates.server(2, "localhost").getKeyPair());
		Path store = this.directory.resolve("server.p12");
		write(store, Map.of("new", this.certificates.server(3, "localhost"), "older", strange));
		try (ConfigurableApplicationContext context = run(keyStore(store, "new"))) {
			awaitSerial(context, 3);
			assertThat(output).doesNotContain("may refuse SSL bundle");
			write(store, Map.of("new", this.certificates.server(4, "localhost"), "old", expired, "older", strange));
			awaitSerial(context, 4);
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

}
