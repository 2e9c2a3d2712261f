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

package io.github.workerman.gateway;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.workerman.annotation.OnConnect;
import io.github.workerman.annotation.OnMessage;
import io.github.workerman.autoconfigure.LineClient;
import io.github.workerman.autoconfigure.WorkermanAutoConfiguration;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.ConnectionRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link LocalGateway} on real servers.
 */
class GatewaySocketsTests {

	private static final int MESSAGES = 2000;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WorkermanAutoConfiguration.class))
		.withUserConfiguration(Members.class)
		.withPropertyValues("workerman.defaults.address=127.0.0.1", "workerman.defaults.port=0",
				"workerman.servers.line.protocol=text", "workerman.servers.web.protocol=websocket",
				"workerman.servers.raw.protocol=tcp", "workerman.servers.framed.protocol=frame");

	@Test
	void whenMembersSpeakDifferentProtocolsThenEachUnderstands() {
		this.runner.run((context) -> {
			Gateway gateway = context.getBean(Gateway.class);
			WebMember web = new WebMember(LineClient.portOf(context, "web"));
			try (LineClient line = LineClient.connect(context, "line");
					Socket raw = connect(context, "raw");
					Socket framed = connect(context, "framed")) {
				await().until(() -> gateway.countGroup("room") == 4);
				assertThat(gateway.connectionsOf("everybody")).isEqualTo(gateway.members("room"));
				gateway.toAll().send("grüße");
				gateway.toGroup("room").onServer("web", "line").send(Map.of("number", 1));
				gateway.toUser("everybody").send("end");
				assertThat(web.messages.poll(10, TimeUnit.SECONDS)).isEqualTo("grüße");
				assertThat(web.messages.poll(10, TimeUnit.SECONDS)).isEqualTo("{\"number\":1}");
				assertThat(web.messages.poll(10, TimeUnit.SECONDS)).isEqualTo("end");
				assertThat(line.receive()).isEqualTo("grüße");
				assertThat(line.receive()).isEqualTo("{\"number\":1}");
				assertThat(line.receive()).isEqualTo("end");
				assertThat(read(raw, 10)).isEqualTo("grüßeend");
				assertThat(read(framed, 4 + 7 + 4 + 3)).isEqualTo("\0\0\0\u000bgrüße\0\0\0\u0007end");
			}
		});
	}

	@Test
	void whenSentInDifferentWaysByOneThreadThenOrderIsKept() {
		this.runner.run((context) -> {
			Gateway gateway = context.getBean(Gateway.class);
			try (LineClient line = LineClient.connect(context, "line");
					LineClient other = LineClient.connect(context, "line")) {
				await().until(() -> gateway.countGroup("room") == 2);
				Connection connection = context.getBean(ConnectionRegistry.class).find(line.ask("id")).orElseThrow();
				sendInDifferentWays(gateway, connection);
				expectAll(line);
				line.send("go\n");
				expectAll(line);
			}
		});
	}

	@Test
	void whenPeersVanishThenNothingIsLeft() {
		this.runner.run((context) -> {
			LocalGateway gateway = context.getBean(LocalGateway.class);
			List<Socket> sockets = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				sockets.add(connect(context, "raw"));
			}
			await().until(() -> gateway.countGroup("room") == sockets.size());
			for (int i = 0; i < sockets.size(); i++) {
				// Half of them by a reset.
				sockets.get(i).setSoLinger(i % 2 == 0, 0);
				sockets.get(i).close();
				gateway.toGroup("room").send("anybody there?");
			}
			await().until(gateway::isEmpty);
		});
	}

	private void expectAll(LineClient client) {
		for (int i = 0; i < MESSAGES; i++) {
			assertThat(client.receive()).isEqualTo("" + i);
		}
	}

	private static void sendInDifferentWays(Gateway gateway, Connection connection) {
		for (int i = 0; i < MESSAGES; i++) {
			switch (i % 5) {
				case 0 -> connection.send("" + i);
				case 1 -> gateway.toGroup("room").send("" + i);
				case 2 -> gateway.toConnection(connection.id()).send("" + i);
				case 3 -> gateway.toAll().send("" + i);
				default -> gateway.toUser("everybody").send("" + i);
			}
		}
	}

	private Socket connect(ApplicationContext context, String server) throws IOException {
		return new Socket(InetAddress.getLoopbackAddress(), LineClient.portOf(context, server));
	}

	private String read(Socket socket, int length) throws IOException {
		socket.setSoTimeout(20_000);
		byte[] bytes = new byte[length];
		new DataInputStream(socket.getInputStream()).readFully(bytes);
		return new String(bytes, StandardCharsets.UTF_8);
	}

	static class Members {

		private final Gateway gateway;

		Members(Gateway gateway) {
			this.gateway = gateway;
		}

		@OnConnect
		void connected(Connection connection) {
			this.gateway.bindUser(connection, "everybody");
			this.gateway.join(connection, "room");
		}

		@OnMessage
		@Nullable String message(Connection connection, String text) {
			if (text.equals("id")) {
				return connection.id();
			}
			sendInDifferentWays(this.gateway, connection);
			return null;
		}

	}

	private static final class WebMember implements WebSocket.Listener {

		private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

		WebMember(int port) {
			HttpClient.newHttpClient()
				.newWebSocketBuilder()
				.buildAsync(URI.create("ws://localhost:" + port), this)
				.join();
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.messages.add(data.toString());
			socket.request(1);
			return null;
		}

	}

}
