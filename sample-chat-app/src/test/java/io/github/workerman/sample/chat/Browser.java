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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real browser, whose tabs are users of the chat. It takes any certificate.
 */
final class Browser implements AutoCloseable {

	private final ChromeDriver driver;

	private final String page;

	/**
	 * Starts the browser.
	 * @param page the address of the chat's page
	 */
	Browser(String page) {
		this.page = page;
		Path chromedriver = Requirement.program("chromedriver");
		ChromeOptions options = new ChromeOptions();
		options.setBinary(Requirement.program("chromium", "chromium-browser", "google-chrome").toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
				"--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
				"--disable-sync", "--window-size=1000,700");
		options.setCapability(ChromeOptions.LOGGING_PREFS, Map.of(LogType.BROWSER, "WARNING"));
		options.setAcceptInsecureCerts(true);
		this.driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(chromedriver.toFile())
			.usingAnyFreePort()
			.build(), options);
	}

	Tab open(String name) {
		return new Tab(name, this.page);
	}

	String title() {
		return String.valueOf(this.driver.getTitle());
	}

	/**
	 * Runs a script in the tab that was used last, until it calls its argument.
	 */
	Object script(String script) {
		return this.driver.executeAsyncScript(script);
	}

	/**
	 * Fails on anything that the page or the browser has complained about.
	 */
	void assertNoErrorsInConsole() {
		assertThat(this.driver.manage().logs().get(LogType.BROWSER)).extracting(LogEntry::toString).isEmpty();
	}

	@Override
	public void close() {
		this.driver.quit();
	}

	/**
	 * One user, in a tab of the browser.
	 */
	final class Tab {

		private final String name;

		private final String handle;

		private Tab(String name, String page) {
			this.name = name;
			WebDriver driver = Browser.this.driver;
			driver.switchTo().newWindow(WindowType.TAB);
			this.handle = driver.getWindowHandle();
			driver.get(page);
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
			Browser.this.driver.executeScript("arguments[0].value = arguments[1]", find("#message"), content);
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
			Browser.this.driver.switchTo().window(this.handle);
		}

		private WebElement find(String selector) {
			return Browser.this.driver.findElement(By.cssSelector(selector));
		}

		private List<WebElement> elements(String selector) {
			return Browser.this.driver.findElements(By.cssSelector(selector));
		}

		private String textOf(WebElement element) {
			String text = element.getDomProperty("textContent");
			return (text != null) ? text.replaceAll("\\s+", " ").trim() : "";
		}

		private <T> T until(Function<WebDriver, T> condition) {
			return new WebDriverWait(Browser.this.driver, Duration.ofSeconds(30), Duration.ofMillis(50))
				.until(condition);
		}

	}

}
