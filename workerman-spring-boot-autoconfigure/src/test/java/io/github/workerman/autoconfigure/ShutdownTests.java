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

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.workerman.annotation.Blocking;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.autoconfigure.TestApplication.Application;
import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.ConnectionRegistry;
import io.github.workerman.server.ServerState;
import io.github.workerman.server.WorkermanServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static io.github.workerman.autoconfigure.TestApplication.arguments;
import static io.github.workerman.autoconfigure.TestApplication.run;
import static io.github.workerman.autoconfigure.TestApplication.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of connections and handlers when the application context closes.
 */
@Timeout(60)
class ShutdownTests {

	@Test
	void whenPeerDoesNotAnswerGoodbyeThenItIsDroppedAfterGracePeriod() throws IOException {
		try (ConfigurableApplicationContext context = run(Application.class, "workerman.servers.ws.protocol=websocket",
				"workerman.servers.ws.port=0", "workerman.servers.ws.close-timeout=1h",
				"workerman.servers.ws.shutdown.grace-period=300ms");
				LineClient client = LineClient.connect(context, "ws")) {
			client.send("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
					+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
			assertThat(client.receive()).isEqualTo("HTTP/1.1 101 Switching Protocols");
			await().until(() -> context.getBean(ConnectionRegistry.class).count() == 1);
			WorkermanServer server = server(context);
			context.close();
			assertThat(server.state()).isEqualTo(ServerState.STOPPED);
			assertThat(server.connectionCount()).isZero();
			assertThat(server.statistics().closed(CloseReason.Cause.SHUTDOWN)).isEqualTo(1);
		}
	}

	@Test
	void whenContextClosesThenWebSocketPeersAreToldWhy() throws Exception {
		CompletableFuture<Integer> closed = new CompletableFuture<>();
		try (ConfigurableApplicationContext context = run(Application.class, "workerman.servers.ws.protocol=websocket",
				"workerman.servers.ws.port=0", "workerman.servers.ws.address=127.0.0.1")) {
			HttpClient.newHttpClient()
				.newWebSocketBuilder()
				.buildAsync(URI.create("ws://127.0.0.1:" + LineClient.portOf(context, "ws") + "/"),
						new WebSocket.Listener() {

							@Override
							public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
								closed.complete(code);
								return null;
							}

						})
				.join();
			await().until(() -> context.getBean(ConnectionRegistry.class).count() == 1);
		}
		assertThat(closed.get(20, TimeUnit.SECONDS)).isEqualTo(1001);
	}

	@Test
	void whenContextClosesThenHandlersAtWorkMayFinish() throws Exception {
		SlowHandlers handlers = new SlowHandlers();
		SpringApplication application = TestApplication.of(Application.class);
		application.addInitializers((context) -> context.getBeanFactory().registerSingleton("slowHandlers", handlers));
		ConfigurableApplicationContext context = application.run(arguments("workerman.servers.echo.protocol=text",
				"workerman.servers.echo.port=0", "workerman.servers.echo.address=127.0.0.1"));
		try (LineClient client = LineClient.connect(context, "echo")) {
			client.send("one\ntwo\n");
			assertThat(handlers.entered.await(20, TimeUnit.SECONDS)).isTrue();
			WorkermanServer server = server(context);
			int port = LineClient.portOf(context, "echo");
			Thread closing = new Thread(context::close);
			closing.start();
			await().until(() -> server.state() == ServerState.DRAINING);
			assertThatException().isThrownBy(() -> LineClient.connect(port));
			handlers.proceed.countDown();
			assertThat(client.receive()).isEqualTo("one done");
			assertThat(client.receive()).isEqualTo("two done");
			assertThat(client.receive()).isNull();
			closing.join(30_000);
			assertThat(closing.isAlive()).isFalse();
			assertThat(server.state()).isEqualTo(ServerState.STOPPED);
		}
		finally {
			handlers.proceed.countDown();
			context.close();
		}
	}

	static class SlowHandlers {

		private final CountDownLatch entered = new CountDownLatch(1);

		private final CountDownLatch proceed = new CountDownLatch(1);

		@Blocking
		@OnMessage
		String message(String message) throws InterruptedException {
			this.entered.countDown();
			this.proceed.await();
			return message + " done";
		}

	}

}
