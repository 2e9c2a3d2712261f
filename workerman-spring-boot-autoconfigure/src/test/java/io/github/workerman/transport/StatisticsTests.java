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

package io.github.workerman.transport;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import io.github.workerman.connection.Connection;
import io.github.workerman.connection.ConnectionStatistics;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for what a connection knows about itself, and for finding it.
 */
@OnEachTransport
class StatisticsTests extends TransportFixture {

	@Test
	void whenMessagesComeAndGoThenTheyAreCountedExactly() {
		RecordingListener listener = new RecordingListener().onMessage((connection, message) -> {
			connection.send(message);
			connection.send(message);
		});
		try (TestServer server = TestServer.websocket(this.kind).start(listener)) {
			Instant before = Instant.now().minusSeconds(1);
			RawWebSocket client = RawWebSocket.connect(server.port());
			String request = RawWebSocket.request("/");
			client.write(request);
			String responseHead = "";
			for (String line = client.readLine(); !line.isEmpty(); line = client.readLine()) {
				responseHead += line + "\r\n";
			}
			long in = request.length();
			long out = responseHead.length() + 2;
			PeerRecord peer = listener.peer(client);
			for (int size : new int[] { 0, 10, 125, 126, 1000, 70_000 }) {
				byte[] frame = RawWebSocket.frame(RawWebSocket.BINARY, new byte[size]);
				client.write(frame);
				in += frame.length;
				assertThat(client.readFrame().payload()).hasSize(size);
				assertThat(client.readFrame().payload()).hasSize(size);
				out += 2 * (frame.length - 4);
			}
			client.write(RawWebSocket.frame(RawWebSocket.PING, "12345"));
			in += 11;
			assertThat(client.readFrame().payload()).hasSize(5);
			out += 7;
			byte[] part = { (byte) RawWebSocket.TEXT, (byte) 0x85, 0, 0, 0, 0, 'h', 'e' };
			client.write(part);
			in += part.length;
			long bytesIn = in;
			long bytesOut = out;
			Waiting.untilAsserted(() -> {
				ConnectionStatistics statistics = peer.connection().statistics();
				assertThat(statistics.bytesIn()).isEqualTo(bytesIn);
				assertThat(statistics.bytesOut()).isEqualTo(bytesOut);
				assertThat(statistics.messagesIn()).isEqualTo(6);
				assertThat(statistics.messagesOut()).isEqualTo(12);
				assertThat(statistics.dropped()).isZero();
				assertThat(statistics.openedAt()).isBetween(before, Instant.now().plusSeconds(1));
				assertThat(peer.bytesIn()).isEqualTo(bytesIn);
				assertThat(peer.bytesOut()).isEqualTo(bytesOut);
				assertThat(peer.messagesIn()).isEqualTo(6);
				assertThat(peer.messagesOut()).isEqualTo(12);
			});
			client.write("llo");
			assertThat(client.readText()).isEqualTo("hello");
			assertThat(client.readText()).isEqualTo("hello");
			client.sendClose(1000, "");
			client.readClose();
			client.close();
			peer.awaitClosed();
			assertThat(peer.bytesIn()).isEqualTo(bytesIn + 3 + 8);
			assertThat(peer.bytesOut()).isEqualTo(bytesOut + 2 * 7 + 4);
			assertThat(peer.connection().statistics().bytesIn()).isEqualTo(peer.bytesIn());
			assertThat(peer.connection().statistics().bytesOut()).isEqualTo(peer.bytesOut());
			assertThat(peer.connection().statistics().messagesIn()).isEqualTo(7);
			assertThat(peer.messagesOut()).isEqualTo(14);
		}
	}

	@Test
	void whenConnectionsComeAndGoThenTheyAreFoundAndCounted() {
		RecordingListener listener = new RecordingListener();
		Set<String> foundInHandlers = new HashSet<>();
		try (TestServer server = TestServer.text(this.kind)
			.name("first")
			.start(listener.onConnected((connection) -> foundInHandlers.add(connection.id())));
				TestServer second = TestServer.websocket(this.kind).name("second").beside(server).start()) {
			Connections connections = server.connections();
			Set<String> ids = new HashSet<>();
			RawSocket[] clients = new RawSocket[20];
			for (int i = 0; i < clients.length; i++) {
				clients[i] = server.connect();
				PeerRecord peer = listener.peer(clients[i]);
				ids.add(peer.connection().id());
				assertThat(connections.find(peer.connection().id())).containsSame(peer.connection());
			}
			RawWebSocket webSocket = second.openWebSocket();
			PeerRecord other = second.listener().peer(webSocket);
			ids.add(other.connection().id());
			assertThat(ids).hasSize(clients.length + 1);
			assertThat(foundInHandlers).hasSize(clients.length).isSubsetOf(ids);
			assertThat(connections.count()).isEqualTo(clients.length + 1);
			assertThat(connections.count("first")).isEqualTo(clients.length);
			assertThat(connections.count("second")).isEqualTo(1);
			assertThat(connections.count("third")).isZero();
			assertThat(connections.all()).extracting(Connection::id).containsExactlyInAnyOrderElementsOf(ids);
			assertThat(connections.ofServer("second")).singleElement().isSameAs(other.connection());
			assertThat(connections.ofServer("third")).isEmpty();
			assertThat(connections.pendingBytes("first")).isZero();
			for (RawSocket client : clients) {
				client.close();
			}
			Waiting.until("gone", () -> connections.count("first") == 0);
			assertThat(connections.count()).isEqualTo(1);
			ids.remove(other.connection().id());
			assertThat(ids).allSatisfy((id) -> assertThat(connections.find(id)).isEmpty());
			webSocket.close();
		}
	}

	@Test
	void whenIdIsNoneThenNothingIsFound() {
		try (TestServer server = TestServer.text(this.kind).start(); RawSocket client = server.connect()) {
			String id = server.listener().peer(client).connection().id();
			Connections connections = server.connections();
			assertThat(connections.find(id)).isPresent();
			assertThat(connections.find("")).isEmpty();
			assertThat(connections.find(id + "0")).isEmpty();
			assertThat(connections.find(id.toUpperCase() + " ")).isEmpty();
			assertThat(connections.find(id.replace("-", "-0"))).isEmpty();
			assertThat(connections.find(id.replace("-", "-+"))).isEmpty();
			assertThat(connections.find(id.substring(0, id.indexOf('-') + 1))).isEmpty();
			assertThat(connections.find(id + "ffffffffffffffffff")).isEmpty();
		}
	}

	@Test
	void whenClosingThenIsFoundUntilCloseHandlers() {
		RecordingListener listener = new RecordingListener();
		Set<Boolean> foundWhenClosed = new HashSet<>();
		try (TestServer server = TestServer.text(this.kind).start(listener); RawSocket client = server.connect()) {
			listener
				.onClosed((connection) -> foundWhenClosed.add(server.connections().find(connection.id()).isPresent()));
			PeerRecord peer = listener.peer(client);
			client.close();
			peer.awaitClosed();
			peer.onLoop(() -> assertThat(foundWhenClosed).containsExactly(false));
		}
	}

	@Test
	void whenAskedThenKnowsAddressesAndNames() {
		try (TestServer server = TestServer.text(this.kind).start(); RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			assertThat(peer.connection().remoteAddress()).isEqualTo(client.socket().getLocalSocketAddress());
			assertThat(((InetSocketAddress) peer.connection().localAddress()).getPort()).isEqualTo(server.port());
			assertThat(peer.connection().server()).isEqualTo("chat");
			assertThat(peer.connection().protocol()).isEqualTo("text");
			assertThat(peer.connection().principal()).isNull();
			assertThat(peer.connection().isOpen()).isTrue();
			assertThat(peer.connection().toString()).contains(peer.connection().id(), "chat");
		}
	}

	@Test
	void whenAttributesAreSetThenAnyThreadSeesThem() throws Exception {
		try (TestServer server = TestServer.text(this.kind).start(); RawSocket client = server.connect()) {
			PeerRecord peer = server.listener().peer(client);
			peer.onLoop(() -> peer.connection().attributes().set("name", "Joe"));
			assertThat(peer.connection().attributes().<String>get("name")).isEqualTo("Joe");
			assertThat(peer.connection().attributes().names()).containsExactly("name");
			assertThat(peer.connection().attributes().<String>remove("name")).isEqualTo("Joe");
			assertThat(peer.connection().attributes().<String>get("name")).isNull();
			peer.connection().attributes().set("gone", "x");
			peer.connection().attributes().set("gone", null);
			assertThat(peer.connection().attributes().names()).isEmpty();
			Set<Object> made = java.util.concurrent.ConcurrentHashMap.newKeySet();
			Thread[] threads = new Thread[4];
			for (int i = 0; i < threads.length; i++) {
				threads[i] = new Thread(
						() -> made.add(peer.connection().attributes().computeIfAbsent("once", Object::new)));
				threads[i].start();
			}
			for (Thread thread : threads) {
				thread.join();
			}
			assertThat(made).hasSize(1);
		}
	}

	@Test
	void whenMaxMessageSizeIsChangedThenHoldsForTheNextMessage() {
		try (TestServer server = TestServer.websocket(this.kind)
			.maxMessageSize(100)
			.start(new RecordingListener().echo());
				RawWebSocket client = server.openWebSocket();
				RawWebSocket other = server.openWebSocket()) {
			PeerRecord peer = server.listener().peer(client);
			assertThat(peer.connection().maxMessageSize()).isEqualTo(100);
			peer.connection().maxMessageSize(200);
			client.sendText("x".repeat(200));
			assertThat(client.readText()).hasSize(200);
			peer.connection().maxMessageSize(10);
			client.sendText("x".repeat(10));
			assertThat(client.readText()).hasSize(10);
			client.sendText("x".repeat(11));
			assertThat(client.readClose().code()).isEqualTo(1009);
			other.sendText("x".repeat(101));
			assertThat(other.readClose().code()).isEqualTo(1009);
			assertThatIllegalArgumentException().isThrownBy(() -> peer.connection().maxMessageSize(0));
		}
	}

}
