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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.system.CapturedOutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What a user reads whose servers cannot use their SSL bundles.
 */
class SslBundleFailureTests extends SslBundleFixture {

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
	void whenNameIsNotInItsAsciiFormThenThatIsSaid(CapturedOutput output) throws IOException {
		write(this.certificates.server(1, "localhost"));
		failsWith("workerman.servers.lines.ssl.server-names[*.b\u00fccher.example]=own");
		assertThat(output).contains("Property: workerman.servers.lines.ssl.server-names")
			.contains("has server name '*.b\u00fccher.example'")
			.contains("Names of other letters are written in their ASCII form, here '*.xn--bcher-kva.example'.");
	}

	@Test
	void whenNameHasNoAsciiFormThenNoneIsSaid(CapturedOutput output) throws IOException {
		write(this.certificates.server(1, "localhost"));
		failsWith("workerman.servers.lines.ssl.server-names[b\u00fccher example]=own");
		assertThat(output).contains("Property: workerman.servers.lines.ssl.server-names")
			.contains("A server name is a host name")
			.doesNotContain("ASCII form");
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

	private void failsWith(String property) {
		List<String> properties = new ArrayList<>(List.of(pem()));
		properties.add(property);
		fails(properties);
	}

	private void fails(List<String> properties) {
		assertThatException().isThrownBy(() -> run(properties.toArray(String[]::new)).close());
	}

}
