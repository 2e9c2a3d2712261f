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
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.workerman.annotation.Blocking;
import io.github.workerman.annotation.OnClose;
import io.github.workerman.annotation.OnConnect;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.PathParam;
import io.github.workerman.annotation.WorkermanHandler;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.WebSocketConnection;
import io.github.workerman.server.ServerState;
import io.github.workerman.server.WorkermanServer;
import io.github.workerman.server.WorkermanServerRegistry;
import io.github.workerman.server.WorkermanServerStartedEvent;
import io.github.workerman.testsupport.RawWebSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real WebFlux application with servers on its port, for one test at a time.
 */
abstract class WebMountFixture {

	ConfigurableApplicationContext context;

	@AfterEach
	void stop() {
		if (this.context != null) {
			this.context.close();
		}
	}

	void start(String... properties) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1",
				"--workerman.servers.chat.protocol=websocket", "--workerman.servers.chat.mount=web",
				"--spring.main.banner-mode=off", "--management.endpoints.web.exposure.include=*"));
		for (String property : properties) {
			arguments.add("--" + property);
		}
		SpringApplication application = new SpringApplication(Application.class);
		if (arguments.toString().contains("workerman.servers.other.")) {
			application.addPrimarySources(List.of(Other.class));
		}
		application.setWebApplicationType(WebApplicationType.REACTIVE);
		this.context = application.run(arguments.toArray(String[]::new));
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	WorkermanServer server() {
		return this.context.getBean(WorkermanServerRegistry.class).find("chat").orElseThrow();
	}

	RawWebSocket open(String target) {
		RawWebSocket socket = RawWebSocket.connect(port());
		socket.write(RawWebSocket.request(target));
		assertThat(socket.readResponse().status()).as(target).isEqualTo(101);
		return socket;
	}

	static String ask(RawWebSocket socket, String text) {
		socket.sendText(text);
		return socket.readText();
	}

	RawWebSocket.Response request(String request) {
		try (RawWebSocket socket = RawWebSocket.connect(port())) {
			socket.write(request);
			return socket.readResponse();
		}
	}

	HttpResponse<String> get(HttpClient client, String scheme, String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + port() + path)).build();
		return client.send(request, HttpResponse.BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = { TomcatReactiveWebServerAutoConfiguration.class,
			TomcatReactiveManagementContextAutoConfiguration.class })
	@Import({ Pages.class, Chat.class, Starts.class })
	static class Application {

		/* Loops end at once. */
		@Bean
		ReactorResourceFactory reactorResourceFactory() {
			ReactorResourceFactory factory = new ReactorResourceFactory();
			factory.setUseGlobalResources(false);
			factory.setShutdownQuietPeriod(Duration.ZERO);
			return factory;
		}

	}

	@RestController
	static class Pages {

		@GetMapping("/hello")
		String hello() {
			return "hello";
		}

		@GetMapping("/later")
		Mono<String> later() {
			return Mono.just("later").delayElement(Duration.ofMillis(100));
		}

		@GetMapping("/rooms/{name}")
		String room() {
			return "page of a room";
		}

		@PostMapping("/echo")
		Mono<String> echo(@RequestBody Mono<String> text) {
			return text;
		}

	}

	@WorkermanHandler("chat")
	static class Chat {

		final BlockingQueue<String> begun = new LinkedBlockingQueue<>();

		final CompletableFuture<String> finish = new CompletableFuture<>();

		final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();

		@OnMessage(path = "/rooms/{room}")
		String message(WebSocketConnection connection, @PathParam String room, String text) {
			return room + (connection.handshake().isSecure() ? " secure " : " plain ") + text;
		}

		@OnMessage(path = "/who")
		String who(@Nullable Principal principal) {
			return (principal != null) ? principal.getName() : "nobody";
		}

		@Blocking
		@OnMessage(path = "/work")
		String work(String text) throws Exception {
			this.begun.add(text);
			return this.finish.get(20, TimeUnit.SECONDS);
		}

		@OnClose
		void closed(CloseReason reason) {
			this.closed.add(reason);
		}

	}

	@WorkermanHandler("other")
	static class Other {

		@OnConnect
		void connected(WebSocketConnection connection) {
			assertThat(connection.handshake().path()).startsWith("/other/");
		}

		@OnMessage
		String message(String text) {
			return "other " + text;
		}

	}

	/**
	 * Notes the starts of servers.
	 */
	static class Starts {

		final List<Integer> ports = new ArrayList<>();

		final List<ServerState> states = new ArrayList<>();

		@EventListener
		void webServerListens(WebServerInitializedEvent event) {
			this.states.add(event.getApplicationContext()
				.getBean(WorkermanServerRegistry.class)
				.find("chat")
				.orElseThrow()
				.state());
		}

		@EventListener
		void started(WorkermanServerStartedEvent event) {
			if (event.server().name().equals("chat")) {
				this.ports.add(event.port());
			}
		}

	}

	/**
	 * The JDK's client, which notes what it sees.
	 */
	static final class JdkSocket implements WebSocket.Listener {

		private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

		private final StringBuilder text = new StringBuilder();

		WebSocket webSocket;

		static JdkSocket open(HttpClient client, String uri) throws Exception {
			JdkSocket socket = new JdkSocket();
			socket.webSocket = client.newWebSocketBuilder()
				.buildAsync(URI.create(uri), socket)
				.get(20, TimeUnit.SECONDS);
			return socket;
		}

		String next() throws InterruptedException {
			return this.seen.poll(20, TimeUnit.SECONDS);
		}

		@Override
		public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.text.append(data);
			if (last) {
				this.seen.add(this.text.toString());
				this.text.setLength(0);
			}
			webSocket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
			this.seen.add("close " + statusCode);
			return null;
		}

		@Override
		public void onError(WebSocket webSocket, Throwable error) {
			this.seen.add("error " + error);
		}

	}

}
