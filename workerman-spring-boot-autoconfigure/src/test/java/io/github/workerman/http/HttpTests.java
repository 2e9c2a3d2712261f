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

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.workerman.annotation.Blocking;
import io.github.workerman.annotation.OnError;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.annotation.PathParam;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests and what handlers make of them.
 */
@Timeout(60)
class HttpTests {

	@RegisterExtension
	private static HttpFixture http = HttpFixture.of(Handlers.class, "servers.web.max-message-size=64KB");

	@Test
	void whenErrorOfABlockingHandlerCannotBeToldThenServerIsToBlame() {
		assertThat(http.get("/fail/twice").statusCode()).isEqualTo(500);
	}

	@Test
	void whenHandlerReturnsStringThenItIsPlainText() {
		var response = http.get("/hello?name=w%C3%B6rld");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("hello w\u00F6rld");
		assertThat(response.headers().firstValue("content-type")).contains("text/plain;charset=utf-8");
		assertThat(response.headers().firstValue("content-length")).contains("12");
	}

	@Test
	void whenHandlerReturnsObjectThenItIsJson() {
		var response = http.get("/users/7");
		assertThat(response.body()).isEqualTo("{\"id\":7,\"name\":\"u7\"}");
		assertThat(response.headers().firstValue("content-type")).contains("application/json");
	}

	@Test
	void whenPathParameterDoesNotFitThenRequestIsBad() {
		assertThat(http.get("/users/seven").statusCode()).isEqualTo(400);
	}

	@Test
	void whenHandlerReturnsNothingThenThereIsNoContent() {
		var response = http.send(http.request("/users/7").DELETE().build());
		assertThat(response.statusCode()).isEqualTo(204);
		assertThat(response.headers().firstValue("content-length")).isEmpty();
		assertThat(http.get("/nothing").statusCode()).isEqualTo(204);
		assertThat(http.get("/empty").statusCode()).isEqualTo(204);
	}

	@Test
	void whenTargetIsEncodedThenItIsToldBothWays() {
		assertThat(http.get("/target/%C3%A4%3F/b?c=%3F?").body())
			.isEqualTo("/target/ä?/b /target/%C3%A4%3F/b c=%3F? /target/%C3%A4%3F/b?c=%3F?");
		assertThat(http.get("/target/").body()).isEqualTo("/target/ /target/  /target/");
	}

	@Test
	void whenBodyIsJsonThenRecordIsRead() {
		var response = http.post("/users", "application/json", "{\"id\":1,\"name\":\"ann\"}");
		assertThat(response.statusCode()).isEqualTo(201);
		assertThat(response.headers().firstValue("location")).contains("/users/1");
		assertThat(response.headers().allValues("set-cookie")).containsExactly("a=1; Path=/; HttpOnly; SameSite=Lax",
				"b=x%20y; Path=/; HttpOnly; SameSite=Lax");
	}

	@Test
	void whenJsonIsBrokenThenRequestIsBad() {
		var response = http.post("/users", "application/json", "{");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("\"code\":\"invalid_json\"").doesNotContain("Exception");
	}

	@Test
	void whenBodyIsNotValidThenFieldsAreNamed() {
		var response = http.post("/users", "application/json", "{\"id\":1,\"name\":\" \"}");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("\"validation_failed\"").contains("\"name\":");
	}

	@Test
	void whenHandlerFailsThenNothingOfItIsTold() {
		var response = http.get("/fail");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).isEqualTo("Internal Server Error");
		assertThat(http.get("/fail-later").statusCode()).isEqualTo(500);
	}

	@Test
	void whenErrorHandlerTakesExceptionThenItResponds() {
		var response = http.get("/conflict");
		assertThat(response.statusCode()).isEqualTo(409);
		assertThat(response.body()).isEqualTo("/conflict: taken");
		assertThat(http.get("/teapot").statusCode()).isEqualTo(418);
	}

	@Test
	void whenNobodyTakesPathThenRestHandlerDoes() {
		var response = http.post("/any/where", "text/plain", "body");
		assertThat(response.body()).isEqualTo("POST /any/where body");
	}

	@Test
	void whenResultComesLaterThenItIsTheResponse() {
		assertThat(http.get("/mono").body()).isEqualTo("later");
		assertThat(http.get("/stage").body()).isEqualTo("staged");
		assertThat(http.get("/blocking").body()).doesNotContain("loop-").isNotEmpty();
		assertThat(http.get("/thread").body()).isNotEqualTo(http.get("/blocking").body());
	}

	@Test
	void whenHandlerReturnsFluxThenElementsAreChunks() {
		var response = http.get("/chunks");
		assertThat(response.body()).isEqualTo("abc");
		assertThat(response.headers().firstValue("transfer-encoding")).contains("chunked");
		assertThat(http.get("/lines").body()).isEqualTo("{\"id\":1,\"name\":\"a\"}\n{\"id\":2,\"name\":\"b\"}\n");
	}

	@Test
	void whenParametersHaveBracketsThenTheyNest() {
		assertThat(http.get("/nested?a%5Bb%5D=c&l[]=x&l[]=y&a[d][e]=f&p=1&p=2").body())
			.isEqualTo("{\"a\":{\"b\":\"c\",\"d\":{\"e\":\"f\"}},\"l\":[\"x\",\"y\"],\"p\":\"2\"}");
		assertThat(http.post("/form", "application/x-www-form-urlencoded", "a=1&b=%C3%A4+b").body())
			.isEqualTo("{a=[1], b=[\u00E4 b]}");
	}

	@Test
	void whenPathIsKnownButNotTheMethodThenAllowedOnesAreNamed() {
		try (HttpFixture other = HttpFixture.start(OnlyRoutes.class)) {
			var response = other.send(other.request("/one").DELETE().build());
			assertThat(response.statusCode()).isEqualTo(405);
			assertThat(response.headers().firstValue("allow")).contains("GET, HEAD, OPTIONS, POST");
			var options = other.send(other.request("/one").method("OPTIONS", BodyPublishers.noBody()).build());
			assertThat(options.statusCode()).isEqualTo(204);
			assertThat(options.headers().firstValue("allow")).contains("GET, HEAD, OPTIONS, POST");
			assertThat(other.get("/two").statusCode()).isEqualTo(404);
			assertThat(other.exchange("OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
				.startsWith("HTTP/1.1 204");
			assertThat(other.get("/files/a/b%2Fc").body()).isEqualTo("a/b/c");
			assertThat(other.get("/%6Fne").body()).isEqualTo("one");
			assertThat(other.get("/x/static").body()).isEqualTo("literal");
			assertThat(other.get("/x/other").body()).isEqualTo("variable other");
		}
	}

	@Test
	void whenCookieIsEncodedThenHandlerGetsItsValue() {
		var response = http.send(http.request("/cookies")
			.header("Cookie", "a=" + HttpCookie.of("a", "x y+\u00E4;").toString().split("[=;]")[1] + "; b=1+1; c=100%")
			.build());
		assertThat(response.body()).isEqualTo("x y+\u00E4;|1+1|100%");
	}

	@Test
	void whenFieldIsNoAsciiThenItIsTheSameOnEachWay() {
		assertThat(http.get("/latin").headers().firstValue("x-name")).contains("caf\u00E9");
		assertThat(http.post("/latin", "text/plain", "x").headers().firstValue("x-name")).contains("caf\u00E9");
	}

	record User(int id, @NotBlank String name) {

	}

	static class Handlers {

		@OnRequest("/hello")
		String hello(HttpRequest request) {
			return "hello " + request.query("name");
		}

		@OnRequest(path = "/users/{id}", method = "GET")
		User user(@PathParam int id) {
			return new User(id, "u" + id);
		}

		@OnRequest(path = "/users/{id}", method = "DELETE")
		void delete(@PathParam("id") long key) {
		}

		@OnRequest(path = "/users", method = "POST")
		HttpResponse create(@Valid User user) {
			return HttpResponse.of(201)
				.withHeader("Location", "/users/" + user.id())
				.withCookie(HttpCookie.of("a", "1"))
				.withCookie(HttpCookie.of("b", "x y"));
		}

		@OnRequest("/fail")
		String fail() {
			throw new IllegalStateException("secret");
		}

		@OnRequest("/fail-later")
		Mono<String> failLater() {
			return Mono.error(new IllegalStateException("secret"));
		}

		@OnRequest("/conflict")
		String conflict() {
			throw new IllegalArgumentException("taken");
		}

		@OnRequest("/teapot")
		String teapot() {
			throw new HttpException(418, "short and stout");
		}

		@OnError(IllegalArgumentException.class)
		HttpResponse taken(IllegalArgumentException error, HttpRequest request) {
			return HttpResponse.of(409).withBody(request.path() + ": " + error.getMessage());
		}

		@OnRequest("/nothing")
		Mono<Void> nothing() {
			return Mono.empty();
		}

		@OnRequest("/empty")
		Mono<String> empty() {
			return Mono.empty();
		}

		@OnRequest("/mono")
		Mono<String> mono() {
			return Mono.delay(Duration.ofMillis(1)).thenReturn("later");
		}

		@OnRequest("/stage")
		CompletionStage<String> stage() {
			return CompletableFuture.supplyAsync(() -> "staged");
		}

		@Blocking
		@OnRequest("/fail/twice")
		String failTwice() {
			throw new HttpException(400, "none") {

				@Override
				public String getMessage() {
					throw new IllegalStateException("no message");
				}

			};
		}

		@Blocking
		@OnRequest("/blocking")
		String blocking() {
			return Thread.currentThread().toString().replaceAll("[0-9#]", "");
		}

		@OnRequest("/thread")
		String thread() {
			return Thread.currentThread().toString().replaceAll("[0-9#]", "");
		}

		@OnRequest("/chunks")
		Flux<String> chunks() {
			return Flux.just("a", "b", "c");
		}

		@OnRequest("/lines")
		Flux<User> lines() {
			return Flux.just(new User(1, "a"), new User(2, "b"));
		}

		@OnRequest("/nested")
		Map<String, Object> nested(HttpRequest request) {
			return request.query().nested();
		}

		@OnRequest("/cookies")
		String cookies(HttpRequest request) {
			return request.cookie("a") + "|" + request.cookie("b") + "|" + request.cookie("c");
		}

		@OnRequest("/latin")
		HttpResponse latin() {
			return HttpResponse.ok("x").withHeader("X-Name", "caf\u00E9");
		}

		@OnRequest("/target/{*rest}")
		String target(HttpRequest request) {
			return request.path() + " " + request.rawPath() + " " + request.queryString() + " " + request.uri();
		}

		@OnRequest("/form")
		String form(HttpRequest request) {
			return request.form().toString();
		}

		@OnMessage
		String rest(HttpRequest request, String body) {
			return request.method() + " " + request.path() + " " + body;
		}

	}

	static class OnlyRoutes {

		@OnRequest(path = "/one", method = { "GET", "POST" })
		String one() {
			return "one";
		}

		@OnRequest("/files/{*path}")
		String file(@PathParam String path) {
			return path;
		}

		@OnRequest("/x/{name}")
		String variable(@PathParam String name) {
			return "variable " + name;
		}

		@OnRequest("/x/static")
		String literal() {
			return "literal";
		}

	}

}
