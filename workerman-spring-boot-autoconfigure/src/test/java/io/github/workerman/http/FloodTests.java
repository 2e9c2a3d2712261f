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

package io.github.workerman.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.connection.RejectReason;
import io.github.workerman.server.ServerStatistics;
import io.github.workerman.testsupport.RawSocket;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many peers at once that send what no server should keep, and one that is served
 * nevertheless.
 */
@Timeout(120)
class FloodTests {

	private static final int COUNT = 100;

	private static final long SLACK = 4 * 1024 * 1024;

	private final List<Socket> peers = new ArrayList<>();

	private HttpFixture http;

	private RawSocket bystander;

	private long memory;

	@BeforeEach
	void start() {
		this.http = HttpFixture.start(Handlers.class, "servers.web.http.request-timeout=2s",
				"servers.web.max-message-size=64KB");
		this.bystander = this.http.connect();
		isServed();
		this.memory = memory();
	}

	@AfterEach
	void stop() throws IOException {
		for (Socket peer : this.peers) {
			peer.close();
		}
		this.bystander.close();
		this.http.close();
	}

	@Test
	void whenHeadersDripThenAllAreToldAndCounted() throws IOException {
		connect("GET / HTTP/1.1\r\nHost: a\r\n");
		drip("X: y\r\n");
		assertAnswers("HTTP/1.1 408 ");
		await().untilAsserted(() -> assertThat(statistics().rejected(RejectReason.TIMEOUT)).isEqualTo(COUNT));
		assertThat(statistics().opened()).isOne();
		assertThat(this.http.bean(Handlers.class).requests).hasValue(0);
	}

	@Test
	void whenBodiesDripThenAllAreToldAndCounted() throws IOException {
		connect("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n");
		drip("x");
		assertAnswers("HTTP/1.1 408 ");
		await().untilAsserted(() -> assertThat(statistics().closed(Cause.PROTOCOL)).isEqualTo(COUNT));
		assertThat(this.http.bean(Handlers.class).requests).hasValue(0);
	}

	@Test
	void whenHeadersNeverEndThenAllAreToldAndCounted() throws IOException {
		String fields = "X: y\r\n".repeat(3000);
		connect("GET / HTTP/1.1\r\nHost: a\r\n" + fields);
		assertAnswers("HTTP/1.1 431 ");
		await().untilAsserted(() -> assertThat(statistics().rejected(RejectReason.HEADER_TOO_LARGE)).isEqualTo(COUNT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1;%s", "0\r\n%s" })
	void whenChunksHaveEndlessAdornmentsThenAllAreToldAndCounted(String form) throws IOException {
		boolean trailer = form.startsWith("0");
		String filling = trailer ? "X: y\r\n".repeat(3000) : "x".repeat(20_000);
		connect("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + form.formatted(filling));
		assertAnswers(trailer ? "HTTP/1.1 431 " : "HTTP/1.1 400 ");
		await().untilAsserted(() -> assertThat(statistics().closed(Cause.PROTOCOL)).isEqualTo(COUNT));
		assertThat(this.http.bean(Handlers.class).requests).hasValue(0);
	}

	@Test
	void whenBodyComesInChunksOfOneByteThenItsLimitHolds() {
		String chunk = "1\r\nx\r\n";
		String head = "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
		assertThat(this.http.exchange(head + chunk.repeat(65_536) + "0\r\n\r\n")).startsWith("HTTP/1.1 200")
			.endsWith("65536");
		assertThat(this.http.exchange(head + chunk.repeat(65_537))).startsWith("HTTP/1.1 413");
		assertThat(memory() - this.memory).isLessThan(SLACK);
		isServed();
	}

	@Test
	void whenMoreComesThanWasSaidThenTheRestIsNoRequest() {
		String all = this.http.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcdefg\r\n\r\n");
		assertThat(all).startsWith("HTTP/1.1 200").contains("\r\n\r\n3HTTP/1.1 400 ");
		assertThat(this.http.bean(Handlers.class).requests).hasValue(1);
		await().untilAsserted(() -> assertThat(statistics().closed(Cause.PROTOCOL)).isOne());
	}

	@Test
	void whenLessComesThanWasSaidThenThereIsNoRequest() {
		try (RawSocket socket = this.http.connect()) {
			socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 30\r\n\r\nabc");
			await().until(() -> statistics().opened() == 2);
		}
		await().untilAsserted(() -> assertThat(this.http.server().connectionCount()).isEqualTo(1));
		assertThat(this.http.bean(Handlers.class).requests).hasValue(0);
		isServed();
	}

	@Test
	void whenBodyIsACompressedBombThenItStaysAsSmallAsItCame() throws IOException {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
			gzip.write(new byte[50_000_000]);
		}
		try (RawSocket socket = this.http.connect()) {
			socket.write("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: "
					+ packed.size() + "\r\n\r\n");
			socket.write(packed.toByteArray());
			assertThat(new String(socket.readAll(), StandardCharsets.UTF_8)).endsWith("\r\n\r\n" + packed.size());
		}
		assertThat(memory() - this.memory).isLessThan(SLACK);
		isServed();
	}

	private void connect(String beginning) throws IOException {
		for (int i = 0; i < COUNT; i++) {
			Socket peer = new Socket(InetAddress.getLoopbackAddress(), this.http.port());
			this.peers.add(peer);
			peer.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
		}
	}

	/* An answer would be lost to a peer that goes on nevertheless: it would be reset. */
	private void drip(String further) {
		await().until(() -> {
			int answered = 0;
			for (Socket peer : this.peers) {
				if (peer.getInputStream().available() > 0) {
					answered++;
				}
				else {
					peer.getOutputStream().write(further.getBytes(StandardCharsets.US_ASCII));
				}
			}
			return answered == COUNT;
		});
	}

	private void assertAnswers(String beginning) throws IOException {
		isServed();
		assertThat(memory() - this.memory).isLessThan(SLACK);
		for (Socket peer : this.peers) {
			peer.setSoTimeout(20_000);
			byte[] answer = peer.getInputStream().readNBytes(beginning.length());
			assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo(beginning);
			peer.close();
		}
		isServed();
	}

	private void isServed() {
		this.bystander.write("GET /bystander HTTP/1.1\r\nHost: a\r\n\r\n");
		String line = this.bystander.readLine();
		assertThat(line).startsWith("HTTP/1.1 200");
		while (!line.isEmpty()) {
			line = this.bystander.readLine().strip();
		}
		assertThat(this.bystander.readSome(1)).containsExactly('0');
	}

	private ServerStatistics statistics() {
		return this.http.server().statistics();
	}

	private static long memory() {
		return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory()
				+ PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
	}

	static class Handlers {

		private final AtomicInteger requests = new AtomicInteger();

		@OnMessage
		String size(HttpRequest request) {
			if (!request.path().equals("/bystander")) {
				this.requests.incrementAndGet();
			}
			return String.valueOf(request.bytes().length);
		}

	}

}
