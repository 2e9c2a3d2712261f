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

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.annotation.WorkermanHandler;
import io.github.workerman.benchmarks.Compression;
import io.github.workerman.benchmarks.Pages;
import io.github.workerman.benchmarks.Protocol;
import io.github.workerman.benchmarks.Tls;
import io.github.workerman.gateway.Gateway;
import io.github.workerman.server.WorkermanServerRegistry;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * This project's starter with an annotated handler that gets and returns strings, and
 * with all its metrics in a Prometheus registry.
 */
public final class WorkermanServer {

	/**
	 * The name of the server.
	 */
	public static final String NAME = "benchmark";

	private WorkermanServer() {
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
	 */
	public static RunningServer start(ServerOptions options) {
		ConfigurableApplicationContext context = startApplication(options);
		return new RunningServer(portOf(context), context::close);
	}

	/**
	 * Starts the application with the handler that the mode asks for.
	 * @param options what it does
	 * @return its context
	 */
	public static ConfigurableApplicationContext startApplication(ServerOptions options) {
		if (options.protocol() == Protocol.HTTP) {
			return startApplication(options, HelloHandler.class);
		}
		return startApplication(options, switch (options.mode()) {
			case ECHO -> EchoHandler.class;
			case BROADCAST -> BroadcastHandler.class;
		});
	}

	/**
	 * Starts the application with other handlers.
	 * @param options what it does; the mode does not matter
	 * @param beans the handlers, and other beans
	 * @return its context
	 */
	public static ConfigurableApplicationContext startApplication(ServerOptions options, Class<?>... beans) {
		Handlers handlers = options.handlers();
		handlers.checkAvailable();
		String prefix = "workerman.servers." + NAME + ".";
		Map<String, Object> properties = new HashMap<>(Map.of("spring.main.banner-mode", "off", "logging.level.root",
				"warn", "workerman.transport", options.transport().name().toLowerCase(Locale.ROOT), prefix + "protocol",
				options.protocol().id(), prefix + "address", ServerOptions.HOST, prefix + "port", options.port(),
				prefix + "threads", options.threads(), prefix + "execution",
				(handlers == Handlers.EVENT_LOOP) ? "event-loop" : "blocking", "spring.threads.virtual.enabled",
				handlers == Handlers.VIRTUAL));
		switch (options.protocol()) {
			case WEBSOCKET -> addCompression(properties, prefix + "compression.", options.compression());
			case HTTP -> addFiles(properties, prefix + "static.");
			default -> {
				// nothing to add
			}
		}
		if (options.tls() != Tls.OFF) {
			options.tls().choose();
			addTls(properties, prefix + "ssl.");
		}
		return new SpringApplicationBuilder(Application.class).sources(beans)
			.web(WebApplicationType.NONE)
			.initializers((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource(NAME, properties)))
			.run();
	}

	private static void addCompression(Map<String, Object> properties, String prefix, Compression compression) {
		properties.put(prefix + "enabled", compression != Compression.OFF);
		properties.put(prefix + "threshold", 0);
		properties.put(prefix + "server-context-takeover", compression == Compression.TAKEOVER);
		properties.put(prefix + "client-context-takeover", compression == Compression.TAKEOVER);
	}

	private static void addFiles(Map<String, Object> properties, String prefix) {
		properties.put(prefix + "location", "file:" + Pages.writeFiles());
		properties.put(prefix + "path", Pages.FILES_PATH);
	}

	private static void addTls(Map<String, Object> properties, String prefix) {
		String store = "spring.ssl.bundle.jks." + NAME + ".keystore.";
		properties.put(store + "location", SelfSigned.create().file().toUri().toString());
		properties.put(store + "type", SelfSigned.TYPE);
		properties.put(store + "password", SelfSigned.PASSWORD);
		properties.put(prefix + "bundle", NAME);
	}

	/**
	 * Returns where the server of an application listens.
	 * @param context the application
	 * @return the port
	 */
	public static int portOf(ConfigurableApplicationContext context) {
		return context.getBean(WorkermanServerRegistry.class)
			.find(NAME)
			.map(io.github.workerman.server.WorkermanServer::address)
			.map(InetSocketAddress.class::cast)
			.orElseThrow()
			.getPort();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@WorkermanHandler(NAME)
	static final class EchoHandler {

		@OnMessage
		String echo(String message) {
			return message;
		}

	}

	@WorkermanHandler(NAME)
	static final class HelloHandler {

		@OnRequest(path = Pages.HELLO_PATH, method = "GET")
		String hello() {
			return Pages.HELLO;
		}

	}

	@WorkermanHandler(NAME)
	static final class BroadcastHandler {

		private final Gateway gateway;

		BroadcastHandler(Gateway gateway) {
			this.gateway = gateway;
		}

		@OnMessage
		void broadcast(String message) {
			this.gateway.toAll().send(message);
		}

	}

}
