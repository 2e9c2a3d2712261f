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

package io.github.workerman.sample.chat;

import io.github.workerman.connection.Connection;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Chats in a real browser over https and wss.
 */
@ChatTest
@TestPropertySource(properties = { "workerman.defaults.ssl.bundle=chat", "workerman.servers.page.http2.enabled=true",
		"workerman.servers.page.websocket.path=/ws" })
class SecureBrowserTests extends AbstractBrowserTests {

	@DynamicPropertySource
	static void certificate(DynamicPropertyRegistry properties) throws Exception {
		X509Bundle certificate = new CertificateBuilder().ecp256()
			.subject("CN=localhost")
			.addSanDnsName("localhost")
			.setIsCertificateAuthority(true)
			.buildSelfSigned();
		String prefix = "spring.ssl.bundle.pem.chat.keystore.";
		properties.add(prefix + "certificate", certificate::getCertificatePathPEM);
		properties.add(prefix + "private-key", certificate::getPrivateKeyPEM);
	}

	SecureBrowserTests() {
		super("https");
	}

	@Test
	void whenPageComesOverHttpsThenChatIsOverWss() {
		Browser.Tab ann = this.browser.open("ann");
		Browser.Tab bob = this.browser.open("bob");
		ann.join();
		bob.join();
		assertThat(this.connections.ofServer("chat")).hasSize(2).allMatch(Connection::isSecure);
		ann.waitForMessage("bob joined");
		ann.say("Everyone", "hello, 世界 👋");
		bob.waitForMessage("hello, 世界 👋");
		bob.say("ann", "just for you");
		assertThat(ann.waitForMessage("just for you").getDomAttribute("data-kind")).isEqualTo("private");
		bob.leave();
		ann.waitForMessage("bob left");
		this.browser.assertNoErrorsInConsole();
	}

	@Test
	void whenPageComesOverHttp2ThenWebsocketOfItsPortIsOverHttp11() {
		this.browser.open("ann");
		assertThat(this.browser.script("""
				const done = arguments[0];
				const loaded = performance.getEntriesByType("navigation")[0].nextHopProtocol;
				const socket = new WebSocket("wss://" + location.host + "/ws");
				socket.onopen = () => done(loaded + ", open");
				socket.onclose = (event) => done(loaded + ", closed with " + event.code);
				""")).isEqualTo("h2, open");
		await().until(() -> this.connections.ofServer("page").size() == 1);
		assertThat(this.connections.ofServer("page")).allMatch(Connection::isSecure);
	}

}
