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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workerman.connection.CloseReason;
import io.github.workerman.connection.Connection;
import io.github.workerman.connection.SendResult;
import io.github.workerman.connection.WebSocketConnection;
import io.github.workerman.connection.spi.ManagedConnection;
import io.github.workerman.connection.spi.ManagedConnection.Hold;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that several threads may do anything to connections at any time. What must hold
 * is checked by {@link RecordingListener}, {@link TestServer} and {@link LogRecorder}.
 */
@OnEachTransport
class ChaosTests extends TransportFixture {

	private static final int CLIENTS = 12;

	private static final int OPERATIONS = 6000;

	private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

	private final Queue<CompletableFuture<SendResult>> stages = new ConcurrentLinkedQueue<>();

	private final AtomicInteger tasks = new AtomicInteger();

	private final AtomicInteger tasksRun = new AtomicInteger();

	@Test
	void whenThreadsDoAnythingThenNothingBreaks() throws Exception {
		long seed = System.nanoTime();
		AtomicBoolean over = new AtomicBoolean();
		RecordingListener listener = new RecordingListener().forgetMessages().onMessage(ChaosTests::reply);
		try (TestServer server = TestServer.websocket(this.kind)
			.threads(2)
			.maxSendBuffer(20_000)
			.maxMessageSize(100_000)
			.start(listener);
				TestServer text = TestServer.text(this.kind)
					.name("text")
					.beside(server)
					.maxSendBuffer(20_000)
					.start(new RecordingListener().forgetMessages().onMessage(ChaosTests::reply))) {
			List<Thread> clients = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				boolean webSocket = i % 2 == 0;
				clients.add(start(() -> {
					while (!over.get()) {
						talk(webSocket ? server.openWebSocket() : text.connect(), webSocket, over);
					}
				}));
			}
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				Random random = new Random(seed + i);
				threads.add(start(() -> {
					for (int operation = 0; operation < OPERATIONS; operation++) {
						List<Connection> all = new ArrayList<>(server.connections().all());
						if (!all.isEmpty()) {
							operate(random, all);
						}
					}
				}));
			}
			for (Thread thread : threads) {
				thread.join();
			}
			over.set(true);
			server.endpoint().close();
			text.endpoint().close();
			for (Thread client : clients) {
				client.join();
			}
			assertThat(this.failures).as("seed " + seed).isEmpty();
			Waiting.until("all stages are complete", () -> this.stages.stream().allMatch(CompletableFuture::isDone));
			assertThat(this.stages).noneMatch(CompletableFuture::isCompletedExceptionally);
			Waiting.until("all tasks have run", () -> this.tasksRun.get() == this.tasks.get());
		}
	}

	private static void reply(ManagedConnection connection, Object message) {
		connection.send(message);
		if (message.equals("pause")) {
			connection.pause();
			connection.execute(connection::resume);
		}
	}

	private void operate(Random random, List<Connection> all) {
		ManagedConnection connection = (ManagedConnection) all.get(random.nextInt(all.size()));
		switch (random.nextInt(40)) {
			case 0 -> connection.close();
			case 1 -> connection.destroy();
			case 2 -> connection.close(CloseReason.of(4000, "chaos"));
			case 3 -> connection.close((Object) "last");
			case 4 -> connection.pipeTo(all.get(random.nextInt(all.size())));
			case 5, 6, 7 -> {
				connection.pause();
				connection.resume();
			}
			case 8 -> {
				connection.hold(Hold.MAILBOX);
				connection.release(Hold.MAILBOX);
			}
			case 9 -> connection.maxSendBuffer(1 + random.nextInt(50_000));
			case 10, 11 -> {
				this.tasks.incrementAndGet();
				connection.whenWritable(this.tasksRun::incrementAndGet);
			}
			case 12, 13 -> {
				this.tasks.incrementAndGet();
				connection.execute(() -> {
					connection.send("from the loop");
					Members.of(new PeerRecord(connection)).broadcast("to an audience");
					this.tasksRun.incrementAndGet();
				});
			}
			case 14 -> connection.send(new byte[30_000]);
			case 15, 16 -> ping(connection);
			case 17 -> connection.statistics();
			case 18 -> connection.attributes().set("chaos", random.nextInt());
			case 19 -> assertThat(connection.toString()).isNotEmpty();
			case 20, 21, 22, 23, 24 ->
				this.stages.add(connection.sendAsync("x".repeat(random.nextInt(5000))).toCompletableFuture());
			default -> connection.send("y".repeat(random.nextInt(300)));
		}
	}

	private static void ping(Connection connection) {
		if (connection instanceof WebSocketConnection webSocket) {
			webSocket.ping(ByteBuffer.allocate(10));
		}
	}

	private static void talk(RawSocket client, boolean webSocket, AtomicBoolean over) {
		try (client) {
			client.socket().setSoTimeout(50);
			for (int i = 0; i < 200 && !over.get(); i++) {
				String text = (i % 10 == 0) ? "pause" : "text " + i;
				client.write(webSocket ? RawWebSocket.frame(RawWebSocket.TEXT, text) : (text + "\n").getBytes());
				if (client.readSome(20_000).length == 0) {
					return;
				}
			}
			if (webSocket) {
				client.write(RawWebSocket.closeFrame(1000, ""));
			}
		}
		catch (UncheckedIOException | IOException ex) {
			// Closed, reset, or piped away: another one follows.
		}
	}

	private Thread start(Runnable work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (UncheckedIOException ex) {
				// The server does not listen any more.
			}
			catch (Throwable ex) {
				this.failures.add(ex);
			}
		});
		thread.start();
		return thread;
	}

}
