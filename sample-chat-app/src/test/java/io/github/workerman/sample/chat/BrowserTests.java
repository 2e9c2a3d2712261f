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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.workerman.connection.Connection;
import io.github.workerman.connection.ConnectionRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Chats in the tabs of a real browser.
 */
@ChatTest
class BrowserTests {

	@Value("${local.workerman.page.port}")
	private int pagePort;

	@LocalServerPort
	private int managementPort;

	@Autowired
	private ConnectionRegistry connections;

	private ChromeDriver driver;

	@BeforeEach
	void startBrowser() {
		await().until(() -> this.connections.count() == 0);
		Path chromedriver = Requirement.program("chromedriver");
		ChromeOptions options = new ChromeOptions();
		options.setBinary(Requirement.program("chromium", "chromium-browser", "google-chrome").toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
				"--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
				"--disable-sync", "--window-size=1000,700");
		options.setCapability(ChromeOptions.LOGGING_PREFS, Map.of(LogType.BROWSER, "WARNING"));
		this.driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(chromedriver.toFile())
			.usingAnyFreePort()
			.build(), options);
	}

	@AfterEach
	void stopBrowser() {
		if (this.driver != null) {
			this.driver.quit();
		}
	}

	@Test
	void whenTwoTabsChatThenEachSeesWhatIsMeantForIt() {
		Tab ann = new Tab("ann");
		Tab bob = new Tab("bob");
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
		assertNoErrorsInConsole();
	}

	@Test
	void whenPrivateMessageIsSentThenThirdTabDoesNotGetIt() {
		Tab ann = new Tab("ann");
		Tab bob = new Tab("bob");
		Tab eve = new Tab("eve");
		List.of(ann, bob, eve).forEach(Tab::join);
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
		Tab ann = new Tab("<i>ann</i>");
		Tab bob = new Tab("bob");
		ann.join();
		bob.join();
		ann.say("Everyone", markup);
		WebElement message = bob.waitForMessage(markup);
		assertThat(message.findElements(By.cssSelector("img[src=x], b, i, script"))).isEmpty();
		assertThat(bob.users()).containsExactly("<i>ann</i>", "bob");
		assertThat(this.driver.getTitle()).doesNotContain("hacked");
		ann.waitForMessage(markup);
		assertThat(this.driver.getTitle()).doesNotContain("hacked");
		assertNoErrorsInConsole();
	}

	@Test
	void whenConnectionIsDroppedThenPageSaysSoAndComesBackByItself() {
		Tab ann = new Tab("ann");
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
		Tab ann = new Tab("ann");
		ann.join();
		Object blocked = this.driver.executeAsyncScript("""
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

	/**
	 * Fails on anything that the page or the browser has complained about.
	 */
	private void assertNoErrorsInConsole() {
		assertThat(this.driver.manage().logs().get(LogType.BROWSER)).extracting(LogEntry::toString).isEmpty();
	}

	/**
	 * One user, in a tab of the browser.
	 */
	private final class Tab {

		private final String name;

		private final String handle;

		Tab(String name) {
			this.name = name;
			WebDriver driver = BrowserTests.this.driver;
			driver.switchTo().newWindow(WindowType.TAB);
			this.handle = driver.getWindowHandle();
			driver.get("http://localhost:" + BrowserTests.this.pagePort + "/");
		}

		void join() {
			show();
			find("#nickname").sendKeys(this.name, Keys.ENTER);
			until((driver) -> status().equals("Online"));
			waitForMessage(this.name + " joined");
		}

		void leave() {
			show();
			find("#leave").click();
		}

		void say(String recipient, String content) {
			show();
			new Select(find("#recipient")).selectByVisibleText(recipient);
			// ChromeDriver's keyboard has no characters beyond the basic plane.
			BrowserTests.this.driver.executeScript("arguments[0].value = arguments[1]", find("#message"), content);
			find("#message").sendKeys(Keys.ENTER);
		}

		/**
		 * Waits for a line with that text and returns its element.
		 */
		WebElement waitForMessage(String content) {
			show();
			return until((driver) -> elements("#messages > li").stream()
				.filter((line) -> textOf(line).contains(content))
				.findFirst()
				.orElse(null));
		}

		List<String> messages() {
			show();
			return elements("#messages > li").stream().map(this::textOf).toList();
		}

		List<String> users() {
			show();
			return elements("#users .name").stream().map(this::textOf).toList();
		}

		String status() {
			show();
			return textOf(find("#status"));
		}

		private void show() {
			BrowserTests.this.driver.switchTo().window(this.handle);
		}

		private WebElement find(String selector) {
			return BrowserTests.this.driver.findElement(By.cssSelector(selector));
		}

		private List<WebElement> elements(String selector) {
			return BrowserTests.this.driver.findElements(By.cssSelector(selector));
		}

		private String textOf(WebElement element) {
			String text = element.getDomProperty("textContent");
			return (text != null) ? text.replaceAll("\\s+", " ").trim() : "";
		}

		private <T> T until(Function<WebDriver, T> condition) {
			return new WebDriverWait(BrowserTests.this.driver, Duration.ofSeconds(30), Duration.ofMillis(50))
				.until(condition);
		}

	}

}
