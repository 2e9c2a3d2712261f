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

package io.github.workerman.sample.chat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replays the conversation that was captured between the original chat and two browsers
 * on 12 August 2014, and compares what the server sends byte by byte.
 */
@ChatTest
class CaptureReplayTests {

	private static final List<String> REQUEST = List.of("GET / HTTP/1.1", "Host: 127.0.0.1:7272",
			"User-Agent: Mozilla/5.0 (X11; Ubuntu; Linux i686; rv:31.0) Gecko/20100101 Firefox/31.0",
			"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
			"Accept-Language: zh-cn,zh;q=0.8,en-us;q=0.5,en;q=0.3", "Accept-Encoding: gzip, deflate",
			"Sec-WebSocket-Version: 13", "Origin: http://127.0.0.1:55151",
			"Sec-WebSocket-Key: zPDr6m4czzUdOFnsxIUEAw==", "Cookie: session=" + "0".repeat(210),
			"Connection: keep-alive, Upgrade", "Pragma: no-cache", "Cache-Control: no-cache", "Upgrade: websocket", "");

	/** Frame 7 of the capture, with two spaces after the comma. */
	private static final byte[] SAY = HexFormat.of()
		.parseHex("81b43c31374447134" + "33d4c54157e1e42563d1e1d1530536e422d58130d665d5d5b66101354"
				+ "2b5245522a48130d6654581b641c505b281c101539");

	@Value("${local.workerman.chat.port}")
	private int port;

	@Autowired
	private SetClock clock;

	@Test
	void whenCapturedBytesAreSentThenCapturedPayloadsComeBack() throws IOException {
		try (RawWebSocket b = new RawWebSocket(this.port); RawWebSocket a = new RawWebSocket(this.port)) {
			this.clock.set("2014-08-12T17:42:21");
			shakeHands(b);
			b.send("{\"type\":\"login\",\"name\":\"猪猪\"}");
			expect(b, "{\"type\":\"user_list\",\"user_list\":[{\"uid\":783654164,\"name\":\"\\u732a\\u732a\"}]}");
			expect(b, "{\"type\":\"login\",\"uid\":783654164,\"name\":\"\\u732a\\u732a\","
					+ "\"time\":\"2014-08-12 17:42:21\"}");

			this.clock.set("2014-08-12T17:50:00");
			shakeHands(a);
			this.clock.set("2014-08-12T17:50:30");
			byte[] login = RawWebSocket.maskedFrame("{\"type\":\"login\",\"name\":\"mynick\"}",
					HexFormat.of().parseHex("80265fff"));
			assertThat(login).hasSize(38);
			a.write(login);
			expect(a, "{\"type\":\"user_list\",\"user_list\":[{\"uid\":783654164,\"name\":\"\\u732a\\u732a\"},"
					+ "{\"uid\":783700053,\"name\":\"mynick\"}]}", 108);
			String loggedIn = "{\"type\":\"login\",\"uid\":783700053,\"name\":\"mynick\",\"time\":\"2014-08-12 17:50:30\"}";
			expect(a, loggedIn, 77);
			expect(b, loggedIn, 77);

			this.clock.set("2014-08-12T17:51:02");
			a.write(SAY);
			String said = "{\"type\":\"say\",\"from_uid\":783700053,\"to_uid\":\"all\",\"content\":\"hi,  all !\","
					+ "\"time\":\"2014-08-12 :51:02\"}";
			expect(a, said, 100);
			expect(b, said, 100);
		}
	}

	private void shakeHands(RawWebSocket socket) throws IOException {
		byte[] request = (String.join("\r\n", REQUEST) + "\r\n").getBytes(StandardCharsets.US_ASCII);
		assertThat(REQUEST).extracting((line) -> line.length() + 2)
			.containsExactly(16, 22, 88, 73, 54, 32, 27, 32, 45, 228, 33, 18, 25, 20, 2);
		assertThat(request).hasSize(715);
		socket.write(request);
		assertThat(socket.readResponse()).startsWith("HTTP/1.1 101 ")
			.containsIgnoringCase("\r\nUpgrade: websocket\r\n")
			.containsIgnoringCase("\r\nConnection: upgrade\r\n")
			.containsIgnoringCase("\r\nSec-WebSocket-Accept: ")
			.contains(" nSsCeIBUsFnDJCRb/BNlFzBUDpM=\r\n");
	}

	private void expect(RawWebSocket socket, String text) throws IOException {
		expect(socket, text, text.length());
	}

	/**
	 * Expects exactly that text in one unmasked frame.
	 */
	private void expect(RawWebSocket socket, String text, int length) throws IOException {
		byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
		assertThat(payload).hasSize(length);
		assertThat(socket.read(2)).as("header of the frame with " + text).containsExactly(0x81, length);
		assertThat(new String(socket.read(length), StandardCharsets.ISO_8859_1)).isEqualTo(text);
	}

	@TestConfiguration
	static class Captured {

		@Bean
		@Primary
		SetClock setClock() {
			return new SetClock();
		}

		@Bean
		@Primary
		UidGenerator capturedUids() {
			Queue<Long> uids = new ConcurrentLinkedQueue<>(List.of(783654164L, 783700053L));
			return uids::remove;
		}

		/**
		 * The original forgot the hour in the time of what is said.
		 */
		@Bean
		JsonMapperBuilderCustomizer withoutHour() {
			return (builder) -> builder.addMixIn(ChatEvent.Said.class, SaidWithoutHour.class);
		}

	}

	abstract static class SaidWithoutHour {

		@JsonFormat(pattern = "yyyy-MM-dd :mm:ss")
		abstract LocalDateTime time();

	}

	/**
	 * A clock that shows what it was set to.
	 */
	static final class SetClock extends Clock {

		private static final ZoneId ZONE = ZoneOffset.ofHours(8);

		private volatile LocalDateTime time = LocalDateTime.MIN;

		void set(String time) {
			this.time = LocalDateTime.parse(time);
		}

		@Override
		public ZoneId getZone() {
			return ZONE;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Instant instant() {
			return this.time.atZone(ZONE).toInstant();
		}

	}

}
