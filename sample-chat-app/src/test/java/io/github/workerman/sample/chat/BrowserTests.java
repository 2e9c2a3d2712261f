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

import java.util.List;

import io.github.workerman.connection.Connection;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Chats in the tabs of a real browser.
 */
@ChatTest
class BrowserTests extends AbstractBrowserTests {

	@LocalServerPort
	private int managementPort;

	BrowserTests() {
		super("http");
	}

	@Test
	void whenTwoTabsChatThenEachSeesWhatIsMeantForIt() {
		Browser.Tab ann = this.browser.open("ann");
		Browser.Tab bob = this.browser.open("bob");
		ann.join();
		bob.join();
		assertThat(new Scrape(this.managementPort).connections()).isEqualTo(2);
		ann.waitForMessage("bob joined");
		assertThat(ann.users()).containsExactly("ann", "bob");
		assertThat(bob.users()).containsExactly("ann", "bob");

		ann.say("Everyone", "hello, 世界 👋");
		assertThat(ann.waitForMessage("hello, 世界 👋").getDomAttribute("data-own")).isEqualTo("true");
		assertThat(bob.waitForMessage("hello, 世界 👋").getDomAttribute("data-own")).isNull();

		bob.say("ann", "just for you");
		assertThat(bob.waitForMessage("just for you").getDomAttribute("data-kind")).isEqualTo("private");
		assertThat(ann.waitForMessage("just for you").getDomAttribute("data-kind")).isEqualTo("private");

		bob.leave();
		ann.waitForMessage("bob left");
		assertThat(ann.users()).containsExactly("ann");
		this.browser.assertNoErrorsInConsole();
	}

	@Test
	void whenPrivateMessageIsSentThenThirdTabDoesNotGetIt() {
		Browser.Tab ann = this.browser.open("ann");
		Browser.Tab bob = this.browser.open("bob");
		Browser.Tab eve = this.browser.open("eve");
		List.of(ann, bob, eve).forEach(Browser.Tab::join);
		bob.waitForMessage("eve joined");
		bob.say("ann", "secret");
		bob.say("Everyone", "public");
		ann.waitForMessage("secret");
		eve.waitForMessage("public");
		assertThat(eve.messages()).noneMatch((message) -> message.contains("secret"));
	}

	@Test
	void whenMarkupIsSentThenItIsShownAsText() {
		String markup = "<img src=x onerror=\"document.title='hacked'\"><b>bold</b> &amp; <script>document.title='hacked'</script>";
		Browser.Tab ann = this.browser.open("<i>ann</i>");
		Browser.Tab bob = this.browser.open("bob");
		ann.join();
		bob.join();
		ann.say("Everyone", markup);
		WebElement message = bob.waitForMessage(markup);
		assertThat(message.findElements(By.cssSelector("img[src=x], b, i, script"))).isEmpty();
		assertThat(bob.users()).containsExactly("<i>ann</i>", "bob");
		assertThat(this.browser.title()).doesNotContain("hacked");
		ann.waitForMessage(markup);
		assertThat(this.browser.title()).doesNotContain("hacked");
		this.browser.assertNoErrorsInConsole();
	}

	@Test
	void whenConnectionIsDroppedThenPageSaysSoAndComesBackByItself() {
		Browser.Tab ann = this.browser.open("ann");
		ann.join();
		List<Connection> before = List.copyOf(this.connections.ofServer("chat"));
		assertThat(before).hasSize(1);
		before.forEach(Connection::destroy);
		ann.waitForMessage("The connection to the server was lost.");
		ann.waitForMessage("The connection is back.");
		assertThat(ann.status()).isEqualTo("Online");
		assertThat(this.connections.ofServer("chat")).hasSize(1).doesNotContainAnyElementsOf(before);
		ann.say("Everyone", "here again");
		ann.waitForMessage("here again");
	}

	@Test
	void whenPageIsLoadedThenItMayOnlyConnectToTheChat() {
		Browser.Tab ann = this.browser.open("ann");
		ann.join();
		Object blocked = this.browser.script("""
				const done = arguments[0];
				document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
				try {
					new WebSocket("ws://localhost:1/");
				}
				catch (error) {
					done(error.message);
				}
				""");
		assertThat(blocked).isEqualTo("connect-src");
	}

}
