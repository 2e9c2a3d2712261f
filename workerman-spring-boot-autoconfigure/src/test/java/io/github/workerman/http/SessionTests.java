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

package io.github.workerman.http;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static io.github.workerman.testsupport.Programs.output;
import static io.github.workerman.testsupport.Programs.program;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions of an http server, with the JDK's client and with curl.
 */
@Timeout(60)
class SessionTests {

	private static final String COOKIE = "SESSION=[A-Za-z0-9_-]{27}; Path=/; HttpOnly; SameSite=Lax";

	@RegisterExtension
	private static HttpFixture http = HttpFixture.of(SessionHandlers.class, "servers.web.http.session.enabled=true");

	@TempDir
	Path directory;

	@Test
	void whenNothingIsSetThenThereIsNoCookie() {
		var response = http.get("/whoami");
		assertThat(response.body()).isEqualTo("nobody new []");
		assertThat(response.headers().allValues("set-cookie")).isEmpty();
		assertThat(response.headers().firstValue("cache-control")).isEmpty();
	}

	@Test
	void whenSomethingIsSetThenTheNextRequestFindsItAndNoCookieIsSetAgain() {
		Browser browser = new Browser();
		var first = browser.get("/set/color/red");
		assertThat(first.headers().allValues("set-cookie")).singleElement().asString().matches(COOKIE);
		assertThat(first.headers().firstValue("cache-control")).contains("no-store");
		var second = browser.get("/get/color");
		assertThat(second.body()).isEqualTo("red");
		assertThat(second.headers().allValues("set-cookie")).isEmpty();
		assertThat(browser.get("/pull/color").body()).isEqualTo("red");
		assertThat(browser.get("/pull/color").statusCode()).isEqualTo(204);
		assertThat(new Browser().get("/get/color").statusCode()).isEqualTo(204);
	}

	@Test
	void whenClientLogsInThenTheIdentifierChangesAndTheRestStays() {
		Browser browser = new Browser();
		browser.get("/set/color/red");
		String before = browser.cookie();
		assertThat(browser.get("/login/ann").body()).isEqualTo("welcome ann");
		assertThat(browser.cookie()).isNotEqualTo(before);
		assertThat(browser.get("/whoami").body()).isEqualTo("ann known [color, user]");
		assertThat(with(before, "/whoami").body()).isEqualTo("nobody new []");
	}

	@Test
	void whenIdentifierIsMadeUpThenItIsNeverAdopted() {
		String forged = "SESSION=AAAAAAAAAAAAAAAAAAAAAAAAAAA";
		assertThat(with(forged, "/whoami").body()).isEqualTo("nobody new []");
		var response = with(forged, "/set/color/red");
		assertThat(response.headers().allValues("set-cookie")).singleElement()
			.asString()
			.matches(COOKIE)
			.doesNotContain("AAAAAAAAAAAAAAAAAAAAAAAAAAA");
		assertThat(with(forged, "/get/color").statusCode()).isEqualTo(204);
	}

	@Test
	void whenAnotherCookieHasTheSameNameThenTheRealOneIsFound() {
		Browser browser = new Browser();
		browser.get("/set/color/red");
		assertThat(with("SESSION=nonsense; a=b; " + browser.cookie(), "/get/color").body()).isEqualTo("red");
	}

	@Test
	void whenClientLogsOutThenTheSessionIsGoneAndTheCookieToo() {
		Browser browser = new Browser();
		browser.get("/login/bob");
		String before = browser.cookie();
		var response = browser.get("/logout");
		assertThat(response.headers().allValues("set-cookie"))
			.containsExactly("SESSION=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
		assertThat(browser.cookies()).isEmpty();
		assertThat(with(before, "/whoami").body()).isEqualTo("nobody new []");
	}

	@Test
	void whenSessionEndsAndAnotherOneBeginsThenTheClientGetsThatOne() {
		Browser browser = new Browser();
		browser.get("/set/color/red");
		String before = browser.cookie();
		var response = browser.get("/restart");
		assertThat(response.headers().allValues("set-cookie")).singleElement().asString().matches(COOKIE);
		assertThat(browser.cookie()).isNotEqualTo(before);
		assertThat(browser.get("/whoami").body()).isEqualTo("nobody known [fresh]");
	}

	@Test
	void whenSessionBeginsAndEndsInOneRequestThenTheClientLearnsNothing() {
		assertThat(http.get("/vain").headers().allValues("set-cookie")).isEmpty();
	}

	@Test
	void whenHandlerBlocksOrAnswersLaterThenTheSessionIsTold() {
		Browser browser = new Browser();
		assertThat(browser.get("/blocking/1").headers().allValues("set-cookie")).hasSize(1);
		assertThat(browser.get("/later/2").headers().allValues("set-cookie")).isEmpty();
		assertThat(browser.get("/whoami").body()).isEqualTo("nobody known [blocking, later]");
		assertThat(new Browser().get("/later/3").headers().allValues("set-cookie")).hasSize(1);
	}

	@Test
	void whenHandlerFailsThenTheSessionIsToldNevertheless() {
		Browser browser = new Browser();
		var response = browser.get("/fail");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).isEqualTo("failed in a new session");
		assertThat(browser.get("/whoami").body()).isEqualTo("nobody known [before]");
	}

	@Test
	void whenResponseHasBegunThenNoSessionBegins() {
		assertThat(http.get("/stream").body()).isEqualTo("then IllegalStateException");
		Browser browser = new Browser();
		browser.get("/set/color/red");
		assertThat(browser.get("/stream").body()).isEqualTo("then set");
		assertThat(browser.get("/get/streamed").body()).isEqualTo("yes");
	}

	@Test
	void whenManyRequestsUseASessionThenNothingIsLost() {
		Browser browser = new Browser();
		browser.get("/set/color/red");
		List<CompletableFuture<String>> answers = IntStream.range(0, 200)
			.mapToObj((i) -> browser.getLater((i % 2 == 0) ? "/count" : "/count-blocking"))
			.toList();
		answers.forEach(CompletableFuture::join);
		assertThat(browser.get("/counted").body()).isEqualTo("200");
	}

	@Test
	void whenCurlKeepsItsCookiesThenItIsKnown() {
		String curl = program("curl");
		String jar = this.directory.resolve("jar").toString();
		assertThat(curl(curl, jar, "/whoami")).isEqualTo("nobody new []");
		assertThat(curl(curl, jar, "/set/color/red")).isEmpty();
		assertThat(curl(curl, jar, "/login/carl")).isEqualTo("welcome carl");
		assertThat(jar()).contains("#HttpOnly_127.0.0.1").contains("SESSION");
		assertThat(curl(curl, jar, "/whoami")).isEqualTo("carl known [color, user]");
		assertThat(curl(curl, jar, "/logout")).isEmpty();
		assertThat(jar()).doesNotContain("SESSION");
		assertThat(curl(curl, jar, "/whoami")).isEqualTo("nobody new []");
	}

	private String curl(String curl, String jar, String path) {
		return output(curl, "-sS", "--max-time", "20", "-b", jar, "-c", jar, http.uri(path).toString());
	}

	private String jar() {
		try {
			return Files.readString(this.directory.resolve("jar"));
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	private static java.net.http.HttpResponse<String> with(String cookies, String path) {
		return http.send(http.request(path).header("Cookie", cookies).build());
	}

	/**
	 * The JDK's client with cookies of its own.
	 */
	private static final class Browser {

		private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);

		private final HttpClient client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.cookieHandler(this.cookies)
			.build();

		java.net.http.HttpResponse<String> get(String path) {
			return this.client.sendAsync(http.request(path).build(), BodyHandlers.ofString()).join();
		}

		CompletableFuture<String> getLater(String path) {
			return this.client.sendAsync(http.request(path).build(), BodyHandlers.ofString())
				.thenApply(java.net.http.HttpResponse::body);
		}

		List<java.net.HttpCookie> cookies() {
			return this.cookies.getCookieStore().getCookies();
		}

		String cookie() {
			assertThat(cookies()).hasSize(1);
			return "SESSION=" + cookies().get(0).getValue();
		}

	}

}
