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

import java.util.Arrays;

import io.github.workerman.annotation.OnClose;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.annotation.PathParam;
import io.github.workerman.annotation.WorkermanHandler;
import io.github.workerman.autoconfigure.TestApplication.Application;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What an application is told whose paths do not fit together.
 */
@ExtendWith(OutputCaptureExtension.class)
class PathFailureAnalysisTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "websocket|path|workerman.servers.web.path",
			"http|websocket.path|workerman.servers.web.websocket.path" })
	void whenServerDoesNotServeThePathThenItIsSaid(String protocol, String key, String property,
			CapturedOutput output) {
		fails(Chat.class, "protocol=" + protocol, key + "=/talk,/rooms/{id}");
		assertThat(output).contains(
				"@OnMessage method Chat.message(String) of bean 'pathFailureAnalysisTests.Chat' asks for path '/chat', at which"
						+ " server 'web' does not accept websockets.")
			.contains("add it to '" + property + "', which has /rooms/{id}, /talk.")
			.contains("PathFailureAnalysisTests$Chat.message(String)");
	}

	@Test
	void whenProtocolHasNoPathsThenItIsSaid(CapturedOutput output) {
		fails(Chat.class, "protocol=text");
		assertThat(output)
			.contains("asks for path '/chat', but connections of protocol 'text', as server 'web' has them,"
					+ " have none.")
			.contains("Remove the path");
	}

	@Test
	void whenBeanIsForAnyServerThenOneMustServeItsPath(CapturedOutput output) {
		fails(Anywhere.class, "protocol=websocket", "path=/talk");
		assertThat(output).contains(
				"@OnClose method Anywhere.closed() of bean 'pathFailureAnalysisTests.Anywhere' asks for path '/chat', at which no server"
						+ " accepts websockets.")
			.contains("'workerman.servers.<name>.path'");
	}

	@Test
	void whenBeanIsForAnyServerThenOthersNeedNotServeItsPath() {
		try (ConfigurableApplicationContext context = run(Anywhere.class, "protocol=websocket", "path=/chat,/talk",
				"port=0", "../lines.protocol=text", "../lines.port=0", "../other.protocol=websocket", "../other.port=0",
				"../other.path=/other")) {
			assertThat(context.isRunning()).isTrue();
		}
	}

	@Test
	void whenHandlersOfTheSameConnectionTakeTheSameMessagesThenItIsSaid(CapturedOutput output) {
		fails(Overlapping.class, "protocol=websocket");
		assertThat(output).contains("Two handlers of server 'web' take untyped text messages:")
			.contains("Overlapping.lobby(String)")
			.contains("Overlapping.room(String)")
			.contains("give each a path (@OnMessage(path = \"/path\"))");
	}

	@Test
	void whenNoServedPathFitsBothHandlersThenTheyMayTakeTheSame() {
		try (ConfigurableApplicationContext context = run(Apart.class, "protocol=websocket", "path=/a/x,/b/y",
				"port=0")) {
			assertThat(context.isRunning()).isTrue();
		}
	}

	@Test
	void whenPathHasNoSuchVariableThenItIsSaid(CapturedOutput output) {
		fails(Misnamed.class, "protocol=websocket");
		assertThat(output).contains("Parameter 'rooom' of @OnMessage method Misnamed.message(String, String) of bean"
				+ " 'pathFailureAnalysisTests.Misnamed' asks for '{rooom}', which path '/rooms/{room}' does not have.")
			.contains("Parameter: rooom");
	}

	@Test
	void whenPathOfARequestHasNoSuchVariableThenItIsSaid(CapturedOutput output) {
		fails(MisnamedRequest.class, "protocol=http");
		assertThat(output).contains("Parameter 'uid' of @OnRequest method MisnamedRequest.user(String) of bean"
				+ " 'pathFailureAnalysisTests.MisnamedRequest' asks for '{uid}', which path '/users/{id}' does not have.")
			.contains("Parameter: uid");
	}

	@Test
	void whenVariableIsOfATypeThatPathsCannotBeThenItIsSaid(CapturedOutput output) {
		fails(Mistyped.class, "protocol=websocket");
		assertThat(output).contains("Nothing can provide parameter 'room'")
			.contains("@PathParam(\"name\") of a simple type");
	}

	@Test
	void whenHandlersPathIsNoneThenItIsSaid(CapturedOutput output) {
		fails(Malformed.class, "protocol=websocket");
		assertThat(output).contains(
				"@OnMessage method Malformed.message(String) of bean 'pathFailureAnalysisTests.Malformed' is for the paths 'chat':"
						+ " A path begins with a slash.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "websocket|path|chat|begins with a slash", "http|websocket.path|/a b|contains no white space",
					"websocket|path|/a/{b}/{b}|occurs twice", "http|websocket.path|/**/a|come last" })
	void whenServersPathIsNoneThenItIsSaid(String protocol, String key, String path, String problem,
			CapturedOutput output) {
		fails(Nothing.class, "protocol=" + protocol, key + "=" + path);
		assertThat(output).contains("Server 'web' has path '" + path + "'.")
			.contains("Property: workerman.servers.web." + key)
			.contains(problem);
	}

	@Test
	void whenSamePathsFitTwoOfAServerThenItIsSaid(CapturedOutput output) {
		fails(Nothing.class, "protocol=websocket", "path[0]=/rooms/{id}", "path[1]=/rooms/{name}");
		assertThat(output).contains("Server 'web' has path '/rooms/{name}'.")
			.contains("Property: workerman.servers.web.path[1]")
			.contains("The same paths fit '/rooms/{id}'");
	}

	private static void fails(Class<?> handlers, String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 1);
		all[properties.length] = "port=0";
		assertThatException().isThrownBy(() -> run(handlers, all).close());
	}

	private static ConfigurableApplicationContext run(Class<?> handlers, String... properties) {
		SpringApplication spring = new SpringApplication(Application.class, handlers);
		spring.setWebApplicationType(WebApplicationType.NONE);
		return spring.run(Arrays.stream(properties)
			.map((property) -> "--workerman.servers."
					+ (property.startsWith("../") ? property.substring(3) : "web." + property))
			.toArray(String[]::new));
	}

	static class Nothing {

	}

	@WorkermanHandler(value = "web", path = "/chat")
	static class Chat {

		@OnMessage
		void message(String text) {
		}

	}

	@WorkermanHandler(path = "/chat")
	static class Anywhere {

		@OnClose
		void closed() {
		}

	}

	static class Overlapping {

		@OnMessage(path = "/rooms/lobby")
		void lobby(String text) {
		}

		@OnMessage(path = "/rooms/{name}")
		void room(String text) {
		}

	}

	static class Apart {

		@OnMessage(path = "/a/{name}")
		void one(String text) {
		}

		@OnMessage(path = "/{name}/y")
		void other(String text) {
		}

	}

	static class Misnamed {

		@OnMessage(path = "/rooms/{room}")
		void message(String text, @PathParam String rooom) {
		}

	}

	static class MisnamedRequest {

		@OnRequest("/users/{id}")
		String user(@PathParam String uid) {
			return uid;
		}

	}

	static class Mistyped {

		@OnMessage(path = "/rooms/{room}")
		void message(String text, @PathParam Runnable room) {
		}

	}

	static class Malformed {

		@OnMessage(path = "chat")
		void message(String text) {
		}

	}

}
