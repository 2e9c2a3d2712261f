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

package io.github.workerman.benchmarks.server;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.workerman.benchmarks.Pages;
import io.github.workerman.benchmarks.Protocol;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitResult;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;

/**
 * Spring WebFlux with a {@link WebSocketHandler} that gets and sends messages as strings,
 * or a controller that returns one; without metrics.
 */
public final class WebFluxServer {

	private WebFluxServer() {
	}

	/**
	 * Runs the server until the program is ended.
	 * @param args see {@link ServerOptions}
	 */
	public static void main(String[] args) {
		start(ServerOptions.parse(args)).await();
	}

	/**
	 * Starts the server.
	 * @param options what it does
	 * @return the server, which listens
	 * @throws IllegalArgumentException if it does not know the protocol
	 */
	public static RunningServer start(ServerOptions options) {
		boolean http = options.protocol() == Protocol.HTTP;
		if (!http && options.protocol() != Protocol.WEBSOCKET) {
			throw new IllegalArgumentException("WebFlux has no protocol '%s'".formatted(options.protocol().id()));
		}
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.sources(http ? HelloController.class : EndpointConfiguration.class)
			.web(WebApplicationType.REACTIVE)
			.initializers((application) -> application.getBeanFactory().registerSingleton("serverOptions", options))
			.run("--spring.main.banner-mode=off", "--server.address=" + ServerOptions.HOST,
					"--server.port=" + options.port(), "--logging.level.root=warn", "--workerman.enabled=false");
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		return new RunningServer(Integer.parseInt(port), context::close);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = { MetricsAutoConfiguration.class, ObservationAutoConfiguration.class })
	static class Application {

		@Bean(destroyMethod = "dispose")
		TransportLoopResources loops(ServerOptions options) {
			return new TransportLoopResources(options.transport(), options.threads());
		}

		@Bean
		WebServerFactoryCustomizer<NettyReactiveWebServerFactory> transportCustomizer(TransportLoopResources loops) {
			return (factory) -> factory.addServerCustomizers((server) -> server.runOn(loops));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EndpointConfiguration {

		@Bean
		SimpleUrlHandlerMapping webSocketMapping(ServerOptions options) {
			WebSocketHandler handler = switch (options.mode()) {
				case ECHO -> new EchoHandler();
				case BROADCAST -> new BroadcastHandler();
			};
			return new SimpleUrlHandlerMapping(Map.of("/", handler), -1);
		}

	}

	@RestController
	static class HelloController {

		@GetMapping(Pages.HELLO_PATH)
		String hello() {
			return Pages.HELLO;
		}

	}

	private static final class EchoHandler implements WebSocketHandler {

		@Override
		public Mono<Void> handle(WebSocketSession session) {
			return session.send(session.receive().map(WebSocketMessage::getPayloadAsText).map(session::textMessage));
		}

	}

	private static final class BroadcastHandler implements WebSocketHandler {

		private final Set<Sinks.Many<String>> sinks = ConcurrentHashMap.newKeySet();

		@Override
		public Mono<Void> handle(WebSocketSession session) {
			Sinks.Many<String> sink = Sinks.many().unicast().onBackpressureBuffer();
			this.sinks.add(sink);
			Flux<String> received = session.receive()
				.map(WebSocketMessage::getPayloadAsText)
				.doOnNext((message) -> this.sinks.forEach((target) -> emit(target, message)))
				.doFinally((signal) -> {
					this.sinks.remove(sink);
					sink.tryEmitComplete();
				});
			return session.send(sink.asFlux().map(session::textMessage)).and(received);
		}

		private static void emit(Sinks.Many<String> sink, String message) {
			while (sink.tryEmitNext(message) == EmitResult.FAIL_NON_SERIALIZED) {
				Thread.onSpinWait();
			}
		}

	}

}
