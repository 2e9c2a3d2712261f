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

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.workerman.annotation.Blocking;
import io.github.workerman.annotation.OnError;
import io.github.workerman.annotation.OnHandshake;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.connection.Handshake;
import io.github.workerman.connection.HandshakeDecision;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.annotation.Observed;
import io.micrometer.observation.aop.ObservedAspect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for handlers that Spring Security guards or Micrometer observes.
 */
class SecuredHandlersTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WorkermanAutoConfiguration.class,
				WorkermanSecurityAutoConfiguration.class, AopAutoConfiguration.class))
		.withPropertyValues("workerman.servers.chat.protocol=websocket", "workerman.servers.chat.port=0",
				"workerman.servers.chat.address=127.0.0.1");

	@Test
	void whenPeerHasTheRoleThenHandlerRunsAsThePeer() {
		this.runner.withUserConfiguration(Security.class, Guarded.class).run((context) -> {
			int port = port(context);
			assertThat(ask(port, "?user=ann&role=ROLE_ADMIN", "x")).isEqualTo("admin ann said x");
			assertThat(ask(port, "?user=bob&role=ROLE_USER", "x")).isEqualTo("denied");
			assertThat(ask(port, "?plain=eve", "x")).isEqualTo("denied");
			assertThat(ask(port, "", "x")).isEqualTo("nobody");
			assertThat(ask(port, "?user=ann&role=ROLE_ADMIN", "y")).isEqualTo("admin ann said y");
		});
	}

	@Test
	void whenHandlersBlockThenTheyRunAsThePeerToo() {
		this.runner.withUserConfiguration(Security.class, BlockingGuarded.class).run((context) -> {
			int port = port(context);
			assertThat(ask(port, "?user=ann&role=ROLE_ADMIN", "x")).isEqualTo("admin ann said x");
			assertThat(ask(port, "", "x")).isEqualTo("nobody");
		});
	}

	@Test
	void whenPrincipalIsNoAuthenticationThenPeerIsAuthenticatedWithoutAuthorities() {
		this.runner.withUserConfiguration(Security.class, Named.class).run((context) -> {
			assertThat(ask(port(context), "?plain=eve", "x")).isEqualTo("eve []");
			assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
		});
	}

	@Test
	void whenSpringSecurityIsNotThereThenNothingObserves() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.withUserConfiguration(EchoHandlers.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("workermanSecurityObserver"));
	}

	@Test
	void whenHandlerIsObservedThenAnObservationIsMade() {
		this.runner.withUserConfiguration(Observations.class, ObservedHandler.class).run((context) -> {
			assertThat(ask(port(context), "", "x")).isEqualTo("seen x");
			assertThat(context.getBean(Observations.class).stopped).containsExactly("chat.say");
		});
	}

	private static int port(ApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.workerman.chat.port", Integer.class);
	}

	private static @Nullable String ask(int port, String query, String text) throws Exception {
		BlockingQueue<String> answers = new LinkedBlockingQueue<>();
		WebSocket socket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.buildAsync(URI.create("ws://127.0.0.1:" + port + "/" + query), new WebSocket.Listener() {

				@Override
				public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
					answers.add(data.toString());
					webSocket.request(1);
					return null;
				}

			})
			.get(20, TimeUnit.SECONDS);
		socket.sendText(text, true).get(20, TimeUnit.SECONDS);
		String answer = answers.poll(20, TimeUnit.SECONDS);
		socket.abort();
		return answer;
	}

	static class Guests {

		@OnHandshake
		HandshakeDecision who(Handshake handshake) {
			String user = handshake.query("user");
			String plain = handshake.query("plain");
			if (user != null) {
				return HandshakeDecision.accept()
					.withPrincipal(new TestingAuthenticationToken(user, "", handshake.query("role")));
			}
			return (plain != null) ? HandshakeDecision.accept().withPrincipal(() -> plain) : HandshakeDecision.accept();
		}

		@OnError
		String denied(AccessDeniedException ex) {
			return "denied";
		}

		@OnError
		String nobody(AuthenticationCredentialsNotFoundException ex) {
			return "nobody";
		}

	}

	static class Guarded extends Guests {

		@OnMessage
		@PreAuthorize("hasRole('ADMIN')")
		String say(String text) {
			return "admin " + SecurityContextHolder.getContext().getAuthentication().getName() + " said " + text;
		}

	}

	@Blocking
	static class BlockingGuarded extends Guests {

		@OnMessage
		@PreAuthorize("hasRole('ADMIN')")
		String say(String text) {
			return "admin " + SecurityContextHolder.getContext().getAuthentication().getName() + " said " + text;
		}

	}

	static class Named extends Guests {

		@OnMessage
		@PreAuthorize("isAuthenticated()")
		String say(String text) {
			return SecurityContextHolder.getContext().getAuthentication().getName() + " "
					+ SecurityContextHolder.getContext().getAuthentication().getAuthorities();
		}

	}

	static class ObservedHandler {

		@OnMessage
		@Observed(name = "chat.say")
		String say(String text) {
			return "seen " + text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	static class Security {

	}

	@Configuration(proxyBeanMethods = false)
	static class Observations implements ObservationHandler<Observation.Context> {

		final List<String> stopped = new CopyOnWriteArrayList<>();

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStop(Observation.Context context) {
			this.stopped.add(context.getName());
		}

		@Bean
		ObservationRegistry observationRegistry() {
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig().observationHandler(this);
			return registry;
		}

		@Bean
		ObservedAspect observedAspect(ObservationRegistry registry) {
			return new ObservedAspect(registry);
		}

	}

}
