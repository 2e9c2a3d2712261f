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

import java.util.ArrayList;
import java.util.List;

import io.github.workerman.annotation.OnHandshake;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.annotation.WorkermanHandler;
import io.github.workerman.autoconfigure.TestApplication.Application;
import io.github.workerman.docs.DeviceProtocol;
import io.github.workerman.docs.JsonLineProtocol;
import io.github.workerman.protocol.CodecFactory;
import io.github.workerman.protocol.Protocol;
import io.github.workerman.protocol.ProtocolSettings;
import io.github.workerman.protocol.text.TextProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static io.github.workerman.autoconfigure.TestApplication.fails;
import static io.github.workerman.autoconfigure.TestApplication.run;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a user reads whose servers cannot start.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTests {

	@Test
	void whenProtocolIsUnknownThenKnownOnesAreListed(CapturedOutput output) {
		fails(Application.class, "workerman.servers.chat.protocol=websockets", "workerman.servers.chat.port=0");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Server 'chat' uses unknown protocol 'websockets'.")
			.contains("Property: workerman.servers.chat.protocol")
			.contains("Value:    websockets")
			.contains("Origin:   \"workerman.servers.chat.protocol\" from property source \"commandLineArgs\"")
			.contains(
					"Use one of delimiter, frame, http, length-field, tcp, text, udp, websocket, or add a bean of type "
							+ Protocol.class.getName());
	}

	@Test
	void whenProtocolIsUnknownThenThoseOfBeansAreListedToo(CapturedOutput output) {
		fails(CustomProtocolApplication.class, "workerman.servers.chat.protocol=x", "workerman.servers.chat.port=0");
		assertThat(output)
			.contains("Use one of delimiter, frame, http, length-field, mqtt-ish, tcp, text, udp, websocket");
	}

	@Test
	void whenTwoProtocolsHaveOneNameThenBothAreTold(CapturedOutput output) {
		fails(TwoProtocolsApplication.class, "workerman.servers.chat.protocol=mqtt-ish",
				"workerman.servers.chat.port=0");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Two beans of type Protocol are named 'mqtt-ish':")
			.contains("    " + CustomProtocolApplication.class.getName() + "$1")
			.contains("    " + TwoProtocolsApplication.class.getName() + "$1")
			.contains("Have name() of one of them return another name, or remove one of the beans.");
	}

	@Test
	void whenProtocolIsABeanTwiceThenThatIsSaid(CapturedOutput output) {
		fails(TwiceOneProtocolApplication.class, "workerman.servers.chat.protocol=device",
				"workerman.servers.chat.port=0");
		assertThat(output).contains("Two beans of type Protocol are named 'device':")
			.contains("The class is a bean twice, for instance as a component and by a @Bean method: remove one.");
	}

	@Test
	void whenValueIsOfDefaultsThenTheyAreNamed(CapturedOutput output) {
		fails(Application.class, "workerman.defaults.protocol=x", "workerman.servers.chat.port=0");
		assertThat(output).contains("Property: workerman.defaults.protocol");
	}

	@ParameterizedTest
	@CsvSource({ "protocol, has no protocol", "port, has no port" })
	void whenValueIsMissingThenItIsNamed(String key, String problem, CapturedOutput output) {
		List<String> properties = new ArrayList<>(
				List.of("workerman.servers.chat.protocol=text", "workerman.servers.chat.port=0"));
		properties.removeIf((property) -> property.contains(key));
		fails(Application.class, properties.toArray(String[]::new));
		assertThat(output).contains("Server 'chat' " + problem)
			.contains("Property: workerman.servers.chat." + key)
			.contains("Value:    (not set)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "65536" })
	void whenPortIsOutOfRangeThenRangeIsGiven(String port, CapturedOutput output) {
		fails(Application.class, "workerman.servers.chat.protocol=text", "workerman.servers.chat.port=" + port);
		assertThat(output).contains("Server 'chat' has port " + port + ", which does not exist.")
			.contains("Property: workerman.servers.chat.port")
			.contains("Use 1 to 65535, or 0 for any free port.");
	}

	@ParameterizedTest
	@CsvSource({ "max-message-size, 0B", "max-message-size, -1KB", "max-message-size, 2GB", "max-send-buffer, 0",
			"max-header-size, -5", "max-header-size, 3GB", "handshake-timeout, 0s", "handshake-timeout, -1s",
			"close-timeout, 0", "shutdown.grace-period, -1s", "threads, -1", "backlog, 0", "path, chat",
			"path, /chat?x=1", "path, /a b", "subprotocols, 'a b'", "allowed-origins, https://example.com/",
			"allowed-origins, example.com", "message-type-field, ' '", "frame.length-bytes, 5", "frame.offset, -1",
			"frame.offset, 1025", "frame.delimiter, a\\", "frame.delimiter, \\q", "frame.delimiter, \\x4",
			"compression.threshold, -1B", "compression.threshold, 2GB", "compression.level, 0", "compression.level, 10",
			"compression.server-max-window-bits, 7", "compression.client-max-window-bits, 16", "unix.mode, 660",
			"unix.mode, rwxrwx", "udp.multicast-groups, 10.0.0.1", "http.session.timeout, 0s",
			"http.session.max-sessions, 0", "http.session.cookie.path, app", "http.session.cookie.name, __Host-id",
			"http.session.cookie.same-site, none", "http.session.cookie.name, a b", "http.session.cookie.path, /a;b" })
	void whenValueIsNotValidThenPropertyIsNamed(String key, String value, CapturedOutput output) {
		fails(Application.class, "workerman.servers.chat.protocol=" + protocolWith(key), key.startsWith("unix.")
				? "workerman.servers.chat.address=unix:/tmp/never-bound.sock" : "workerman.servers.chat.port=0",
				"workerman.servers.chat." + key + "=" + value);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Server 'chat' ")
			.contains("Property: workerman.servers.chat." + key)
			.containsIgnoringCase("Value:    " + value)
			.contains("Action:")
			.doesNotContain("which means nothing to");
	}

	@ParameterizedTest
	@ValueSource(strings = { "__Host-id", "__host-id" })
	void whenNameOfSessionCookieIsForTheWholeHostThenItsPathMustBe(String name, CapturedOutput output) {
		fails(Application.class, "workerman.servers.web.protocol=http", "workerman.servers.web.port=0",
				"workerman.servers.web.http.session.cookie.secure=true",
				"workerman.servers.web.http.session.cookie.name=" + name,
				"workerman.servers.web.http.session.cookie.path=/app");
		assertThat(output).contains("Server 'web' has session cookie '" + name + "' for path '/app'.")
			.contains("Property: workerman.servers.web.http.session.cookie.path");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "http.idle-timeout | or 0s to let connections wait for ever.",
					"http.send-timeout | or 0s to let clients keep responses waiting for ever.",
					"shutdown.grace-period | or 0s to drop connections at once." })
	void whenTimeIsNegativeThenItIsSaidWhatZeroMeans(String key, String zero, CapturedOutput output) {
		fails(Application.class, "workerman.servers.web.protocol=http", "workerman.servers.web.port=0",
				"workerman.servers.web." + key + "=-1s");
		assertThat(output).contains("Property: workerman.servers.web." + key).contains(zero);
	}

	private static String protocolWith(String key) {
		if (key.startsWith("frame.")) {
			return key.equals("frame.delimiter") ? "delimiter" : "length-field";
		}
		return switch (key.substring(0, key.indexOf('.') + 1)) {
			case "http." -> "http";
			case "udp." -> "udp";
			default -> "websocket";
		};
	}

	@Test
	void whenElementOfListIsNotValidThenItIsNamed(CapturedOutput output) {
		fails(Application.class, "workerman.servers.chat.protocol=websocket", "workerman.servers.chat.port=0",
				"workerman.servers.chat.subprotocols[0]=chat", "workerman.servers.chat.subprotocols[1]=no,token");
		assertThat(output).contains("Server 'chat' has sub-protocol 'no,token'.")
			.contains("Property: workerman.servers.chat.subprotocols[1]");
	}

	@ParameterizedTest
	@CsvSource({ "blocking.max-threads, 0", "blocked-loop.threshold, -1s", "shutdown.grace-period, -1s" })
	void whenValueOfApplicationIsNotValidThenPropertyIsNamed(String key, String value, CapturedOutput output) {
		fails(Application.class, "workerman." + key + "=" + value);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Invalid value '" + value + "' for configuration property 'workerman." + key + "'");
	}

	@Test
	void whenNameCannotBeUsedThenItIsSaid(CapturedOutput output) {
		fails(Application.class, "workerman.servers[my chat].protocol=text", "workerman.servers[my chat].port=0");
		assertThat(output).contains("Server 'my chat' has a name that cannot be used.");
	}

	@Test
	void whenHandlerNamesUnknownServerThenBothAreNamed(CapturedOutput output) {
		fails(StrayHandlerApplication.class, "workerman.servers.chat.protocol=text", "workerman.servers.chat.port=0");
		assertThat(output).contains("There are handlers for servers that do not exist:")
			.contains("server 'caht': ")
			.contains("server 'caht': strayHandlers")
			.contains("Configured servers: chat.")
			.contains("Configure 'workerman.servers.caht.protocol' and '.port', or correct the name");
	}

	@ParameterizedTest
	@CsvSource({ "text", "tcp" })
	void whenNoServerOfABeanHasHandshakesThenItsVetoIsNotForgotten(String protocol, CapturedOutput output) {
		fails(VetoApplication.class, "workerman.servers.chat.protocol=" + protocol, "workerman.servers.chat.port=0",
				"workerman.servers.devices.protocol=frame", "workerman.servers.devices.port=0",
				"workerman.servers.pages.protocol=http", "workerman.servers.pages.port=0");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("@OnHandshake method VetoHandlers.veto() of bean 'vetoHandlers' is never called: connections of"
					+ " protocol '" + protocol + "', as server 'chat' has them, begin without a handshake.")
			.contains("Method:    " + VetoHandlers.class.getName() + ".veto()")
			.contains("Decide in an @OnConnect method who may stay");
	}

	@Test
	void whenNoServerOfABeanHasRequestsThenItIsSaid(CapturedOutput output) {
		fails(VetoApplication.class, "workerman.servers.chat.protocol=websocket", "workerman.servers.chat.port=0",
				"workerman.servers.devices.protocol=frame", "workerman.servers.devices.port=0",
				"workerman.servers.pages.protocol=text", "workerman.servers.pages.port=0");
		assertThat(output)
			.contains("is never called: connections of protocol 'text', as server 'pages' has them, bring no requests.")
			.contains("Remove it, or use protocol http.");
	}

	@Test
	void whenOneServerOfABeanHasHandshakesThenTheOthersNeedNone() {
		try (ConfigurableApplicationContext context = run(VetoApplication.class, "workerman.servers.chat.protocol=text",
				"workerman.servers.chat.port=0", "workerman.servers.devices.protocol=websocket",
				"workerman.servers.devices.port=0", "workerman.servers.pages.protocol=http",
				"workerman.servers.pages.port=0")) {
			assertThat(context.isRunning()).isTrue();
		}
	}

	@Test
	void whenParameterCannotBeProvidedThenMethodIsNamed(CapturedOutput output) {
		fails(BadParameterApplication.class, "workerman.servers.chat.protocol=text", "workerman.servers.chat.port=0");
		assertThat(output).contains("APPLICATION FAILED TO START").contains("BadParameterHandlers").contains("Action:");
	}

	@Test
	void whenTwoHandlersTakeTheSameThenBothAreNamed(CapturedOutput output) {
		fails(DuplicateHandlerApplication.class, "workerman.servers.chat.protocol=text",
				"workerman.servers.chat.port=0");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Two handlers of server 'chat'")
			.contains("DuplicateHandlers.one")
			.contains("DuplicateHandlers.other");
	}

	@Test
	void whenServerHasNoHandlerThenThatIsOnlyAWarning(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run(Application.class, "workerman.servers.chat.protocol=text",
				"workerman.servers.chat.port=0")) {
			assertThat(context.isRunning()).isTrue();
			assertThat(output).containsPattern("WARN .* Server 'chat' has no handler");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class CustomProtocolApplication extends Application {

		@Bean
		Protocol mqttProtocol() {
			return new Protocol() {

				@Override
				public String name() {
					return "mqtt-ish";
				}

				@Override
				public CodecFactory codecs(ProtocolSettings settings) {
					return new TextProtocol().codecs(settings);
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoProtocolsApplication extends CustomProtocolApplication {

		@Bean
		Protocol otherProtocol() {
			return new JsonLineProtocol() {

				@Override
				public String name() {
					return "mqtt-ish";
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwiceOneProtocolApplication extends Application {

		@Bean
		Protocol device() {
			return new DeviceProtocol();
		}

		@Bean
		Protocol sameDevice() {
			return new DeviceProtocol();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class StrayHandlerApplication extends Application {

		@Bean
		StrayHandlers strayHandlers() {
			return new StrayHandlers();
		}

	}

	@WorkermanHandler("caht")
	static class StrayHandlers {

		@OnMessage
		void message(String message) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BadParameterApplication extends Application {

		@Bean
		BadParameterHandlers badParameterHandlers() {
			return new BadParameterHandlers();
		}

	}

	static class BadParameterHandlers {

		@OnMessage
		void message(String message, Thread thread) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DuplicateHandlerApplication extends Application {

		@Bean
		DuplicateHandlers duplicateHandlers() {
			return new DuplicateHandlers();
		}

	}

	static class DuplicateHandlers {

		@OnMessage
		void one(String message) {
		}

		@OnMessage
		void other(String message) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class VetoApplication extends Application {

		@Bean
		VetoHandlers vetoHandlers() {
			return new VetoHandlers();
		}

		@Bean
		PageHandlers pageHandlers() {
			return new PageHandlers();
		}

	}

	@WorkermanHandler({ "chat", "devices" })
	static class VetoHandlers {

		@OnHandshake
		boolean veto() {
			return false;
		}

	}

	@WorkermanHandler("pages")
	static class PageHandlers {

		@OnRequest("/")
		String page() {
			return "page";
		}

	}

}
