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

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.testsupport.RawWebSocket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that connections that come and go leave nothing behind.
 */
@OnEachTransport
class ChurnTests extends TransportFixture {

	private static final int THREADS = 4;

	@Test
	void whenThousandsComeAndGoThenNothingIsLeft() throws Exception {
		RecordingListener listener = new RecordingListener().forgetMessages().echo();
		RecordingListener lines = new RecordingListener().forgetMessages().echo();
		try (TestServer server = TestServer.websocket(this.kind).threads(2).start(listener);
				TestServer text = TestServer.text(this.kind).name("text").beside(server).start(lines)) {
			churn(server, text, 100);
			long before = DirectMemory.used();
			churn(server, text, 180);
			assertThat(DirectMemory.used() - before).as("direct memory that was not given back")
				.isLessThanOrEqualTo(2 << 20);
			int rounds = (100 + 180) * THREADS;
			assertThat(listener.opened()).isEqualTo(3 * rounds);
			assertThat(listener.closed()).isEqualTo(3 * rounds);
			// A reset may come before the connection is accepted at all.
			assertThat(listener.rejected()).hasSizeBetween(rounds, 2 * rounds);
			assertThat(lines.opened()).isEqualTo(rounds);
		}
	}

	private static void churn(TestServer server, TestServer text, int rounds) throws InterruptedException {
		Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			Thread thread = new Thread(() -> {
				try {
					for (int round = 0; round < rounds; round++) {
						comeAndGo(server, text);
					}
				}
				catch (Throwable ex) {
					failures.add(ex);
				}
			});
			thread.start();
			threads.add(thread);
		}
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(failures).isEmpty();
		server.awaitEmpty();
		Waiting.until("lines are gone", () -> text.isEmpty());
	}

	private static void comeAndGo(TestServer server, TestServer text) {
		try (RawWebSocket client = server.openWebSocket()) {
			client.sendText("hello");
			assertThat(client.readText()).isEqualTo("hello");
			client.sendClose(1000, "");
			client.readClose();
			client.readAll();
		}
		try (RawWebSocket client = server.openWebSocket()) {
			client.write(RawWebSocket.frame(RawWebSocket.PING, "x"));
			client.readFrame();
			client.reset();
		}
		try (RawWebSocket client = server.openWebSocket()) {
			client.write(new byte[] { 1 });
		}
		try (RawWebSocket client = RawWebSocket.connect(server.port())) {
			client.write("GET / HTTP/1.1\r\n\r\n");
			assertThat(client.readResponse().status()).isEqualTo(426);
		}
		RawWebSocket.connect(server.port()).reset();
		try (RawSocket client = text.connect()) {
			client.write("hello\nagain");
			assertThat(client.readLine()).isEqualTo("hello");
		}
	}

}
