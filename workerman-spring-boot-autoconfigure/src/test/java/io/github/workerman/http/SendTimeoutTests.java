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

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLSocket;

import io.github.workerman.annotation.OnMessage;
import io.github.workerman.annotation.OnRequest;
import io.github.workerman.connection.CloseReason.Cause;
import io.github.workerman.server.WorkermanServer;
import io.github.workerman.testsupport.RawSocket;
import io.github.workerman.transport.OnEachTransport;
import io.github.workerman.transport.TransportKind;
import io.github.workerman.transport.Waiting;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of clients that do not take what they have asked for.
 */
@OnEachTransport
@Timeout(60)
class SendTimeoutTests {

	private static final int SIZE = 40_000_000;

	private static final int PORTION = 300_000;

	private static final String GET = "GET %s HTTP/1.1\r\nHost: a\r\n\r\n";

	private static final String TIMEOUT = "servers.web.http.send-timeout=1s";

	@TempDir
	private static Path directory;

	@Parameter
	TransportKind kind;

	@BeforeAll
	static void writeFile() throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(directory.resolve("large.bin").toFile(), "rw")) {
			file.setLength(SIZE);
		}
	}

	@Test
	void whenNothingIsTakenThenConnectionIsResetAndSlowerOnesGoOn() {
		// Long enough for the system to show what the slow ones take: it does in large
		// steps.
		try (HttpFixture http = start("servers.web.http.send-timeout=3s");
				RawSocket silent = http.connect();
				RawSocket slow = http.connect();
				RawSocket slowFile = http.connect()) {
			silent.write(GET.formatted("/silent"));
			slow.write(GET.formatted("/bytes"));
			slowFile.write(GET.formatted("/files/large.bin"));
			List<RawSocket> stuck = new ArrayList<>();
			for (String path : new String[] { "/bytes", "/later", "/stream", "/files/large.bin" }) {
				RawSocket socket = RawSocket.connect(http.port(), 4096);
				socket.write(GET.formatted(path));
				stuck.add(socket);
			}
			int taken = 0;
			while (timedOut(http.server()) < stuck.size()) {
				slow.read(PORTION);
				slowFile.read(PORTION);
				taken += PORTION;
				Waiting.aMoment();
			}
			stuck.forEach(RawSocket::expectReset);
			slow.read(SIZE - taken);
			slowFile.read(SIZE - taken);
			http.bean(Handlers.class).answer.tryEmitValue("at last");
			assertThat(silent.readLine()).startsWith("HTTP/1.1 200 ");
			assertThat(timedOut(http.server())).isEqualTo(stuck.size());
		}
	}

	@Test
	void whenWindowsOfHttp2StayFullThenConnectionIsReset() {
		try (HttpFixture http = start(TIMEOUT, "servers.web.http2.enabled=true");
				RawSocket silent = http.connect();
				RawSocket stuck = http.connect()) {
			RawHttp2.open(silent).get(1, "/silent");
			RawHttp2.open(stuck).get(1, "/bytes");
			Waiting.until("timed out", () -> timedOut(http.server()) == 1);
			stuck.expectReset();
			assertThat(http.server().connectionCount()).isOne();
		}
	}

	@Test
	void whenNothingIsTakenOverTlsThenConnectionIsReset() throws IOException {
		try (HttpsFixture https = HttpsFixture.start(Handlers.class, "workerman." + TIMEOUT,
				"workerman.transport=" + this.kind.name()); SSLSocket stuck = https.connect()) {
			stuck.getOutputStream().write(GET.formatted("/bytes").getBytes(StandardCharsets.US_ASCII));
			Waiting.until("timed out", () -> timedOut(https.server()) == 1);
			https.awaitNoConnections();
		}
	}

	@Test
	void whenThereIsNoLimitThenClientsMayWait() {
		try (HttpFixture http = start("servers.web.http.send-timeout=0s");
				HttpFixture limited = start(TIMEOUT);
				RawSocket waiting = RawSocket.connect(http.port(), 4096);
				RawSocket stuck = RawSocket.connect(limited.port(), 4096)) {
			waiting.write(GET.formatted("/bytes"));
			assertThat(waiting.readLine()).startsWith("HTTP/1.1 200 ");
			stuck.write(GET.formatted("/bytes"));
			Waiting.until("timed out", () -> timedOut(limited.server()) == 1);
			assertThat(waiting.read(SIZE)).hasSize(SIZE);
			assertThat(timedOut(http.server())).isZero();
		}
	}

	private HttpFixture start(String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("transport=" + this.kind.name());
		all.add("servers.web.static.path=/files");
		all.add("servers.web.static.location=file:" + directory + "/");
		return HttpFixture.start(Handlers.class, all.toArray(String[]::new));
	}

	private static long timedOut(WorkermanServer server) {
		return server.statistics().closed(Cause.TIMEOUT);
	}

	static class Handlers {

		final Sinks.One<String> answer = Sinks.one();

		@OnRequest(path = "/bytes")
		byte[] bytes() {
			return new byte[SIZE];
		}

		@OnRequest(path = "/later")
		Mono<byte[]> later() {
			return Mono.fromSupplier(this::bytes);
		}

		@OnRequest(path = "/stream")
		Flux<String> stream() {
			return Flux.range(0, 1_000_000).map((number) -> "x".repeat(1000));
		}

		@OnRequest(path = "/silent")
		Mono<String> silent() {
			return this.answer.asMono();
		}

		@OnMessage
		String other() {
			return "other";
		}

	}

}
